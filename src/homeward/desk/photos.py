"""A group's photos as facts: how many, in which ads, cities and dates, under which names, which repeat.

No picture is opened, decoded or sent: a photo is known here by the hash that its source gave.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from homeward.desk import groups, runs
from homeward.desk.acts import note
from homeward.desk.docs import Doc
from homeward.desk.groups import Group, photo_key, span
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import QueryError
from homeward.model.event import Act
from homeward.model.query import field

Row = dict[str, Any]
SHOWN = 200  # photos of one group, most used first; the total says how many there are
CITIES_NAMED = 12
ADS_NAMED = 100


@permitted("corpus.look")
def photos(actor: Actor, house: House, identity: str) -> Row:
    """Return every photo of an identity that stands in most ads first, with where and under which names."""
    run = runs.needed(house, "identity", identity)
    group = groups.of(run, run.identity(identity))
    by_photo = group.by_photo
    note(actor, house, Act.LOOK, [identity], what="photos")
    return {
        "total": sum(len(d.fields["photos"] or []) for d in group.ads),
        "distinct": len(by_photo),
        "repeated": sum(1 for ads in by_photo.values() if len(ads) > 1),
        "ads": len(group.ads),
        "ads_with": sum(1 for d in group.ads if d.fields["photos"]),
        "photos": [
            _photo(house, group, group.photo_numbers[key], key, ads)
            for key, ads in islice(by_photo.items(), SHOWN)
        ],
    }


def _photo(house: House, group: Group, number: int, key: str, ads: list[Doc]) -> Row:
    places = list(dict.fromkeys(d.place for d in ads if d.place))
    return {
        "number": number,
        "ads_count": len(ads),
        "ads": [d.id for d in ads[:ADS_NAMED]],
        "cities": places[:CITIES_NAMED],
        "cities_count": len(places),
        "names": group.names(ads),
        **span(ads),
        "days": sorted({d.day for d in ads if d.day}),
        "known_by": _known_by(ads, key),
        "elsewhere": _elsewhere(house, key, ads),
    }


def _known_by(ads: list[Doc], key: str) -> str:
    """Return by what two photos count as one: equal bytes, a likeness hash, or the name the source gives."""
    for photo in ads[0].fields["photos"]:
        if photo_key(photo) == key:
            return "bytes" if photo["sha256"] else "likeness" if photo["pdq"] else "name"
    return "name"


def _elsewhere(house: House, key: str, ads: list[Doc]) -> int:
    """Return how many ads outside the group show the same photo; 0 where no search can name it."""
    return max(0, with_photo(house, key) - len(ads))


def with_photo(house: House, key: str) -> int:
    """Return how many ads show a photo; 0 where no search can name it."""
    try:
        return house.index.total(field("photo", key))
    except QueryError:
        return 0
