"""A group of ads, as a page tells it: its values, places, weeks, photos and wordings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import Any

import pyarrow.compute as pc

from homeward.desk import docs as documents
from homeward.desk import runs, sites
from homeward.desk.docs import Doc
from homeward.desk.labels import kind_label, kind_place, label
from homeward.desk.runs import GROUPS_HELD, Run
from homeward.house import House
from homeward.store.ledger import corrections

Row = dict[str, Any]
VALUES_SHOWN = 50  # of one kind; the total says how many there are
PHOTOS_SHOWN = 50
DAY = timedelta(days=1)
HOURS_NOTE = "Hours of posting, UTC, where the source gives a zone."
NO_HOURS_NOTE = "The source gives no zone for its times: hours of the day are not shown."


@dataclass(eq=False)
class Group:
    """An identity's ads, oldest first, with what follows from them; each part is worked out once."""

    id: str
    ads: list[Doc]
    members: dict[str, Row]
    run: Run
    corrected: tuple[int, int]  # what stood of values when its ads were loaded

    @cached_property
    def common(self) -> dict[tuple[str, str], str]:
        """Values that join nothing, with the reason: shared too widely, or here the site's own."""
        return self.run.filtered | sites.own_values(self.ads, self.run.site_lines)

    @cached_property
    def links(self) -> list[Row]:
        """The reasons that join the group's ads."""
        wanted = (pc.field("run") == self.run.id) & (pc.field("identity") == self.id)
        table = self.run.house.lake.read(
            "links", version=self.run.pins.get("links"),
            columns=["a", "b", "kind", "value", "weight", "reason"], filters=wanted,
        )  # fmt: skip
        hidden = self.run.house.hidden
        return [link for link in table.to_pylist() if link["a"] not in hidden and link["b"] not in hidden]

    @property
    def first(self) -> datetime | None:
        """When its first ad was posted, or else seen."""
        return min((d.at for d in self.ads if d.at), default=None)

    @property
    def last(self) -> datetime | None:
        """When its last ad was posted, or else seen."""
        return max((d.at for d in self.ads if d.at), default=None)

    @cached_property
    def by_value(self) -> dict[tuple[str, str], list[Doc]]:
        """The ads that mention each value, oldest first."""
        found: dict[tuple[str, str], list[Doc]] = defaultdict(list)
        for doc in self.ads:
            for key in dict.fromkeys((m["kind"], m["value"]) for m in doc.said):
                found[key].append(doc)
        return dict(found)

    def value_row(self, kind: str, value: str) -> Row:
        """Return in how many ads a value stands, from when to when, and whether it is common."""
        ads = self.by_value.get((kind, value), [])
        return {
            "kind": kind, "value": value, "label": label(kind, value), "ads": len(ads), **span(ads),
            "common": (why := self.common.get((kind, value), "")), "site_own": sites.is_own(why),
        }  # fmt: skip

    @cached_property
    def values(self) -> list[Row]:
        """Values by kind, most used first."""
        kinds: dict[str, list[str]] = defaultdict(list)
        for kind, value in self.by_value:
            kinds[kind].append(value)
        found = []
        for kind in sorted(kinds, key=lambda k: (kind_place(k), k)):
            order = sorted(kinds[kind], key=lambda v: (-len(self.by_value[kind, v]), v))
            found.append(
                {
                    "kind": kind,
                    "label": kind_label(kind),
                    "note": "",
                    "total": len(order),
                    "values": [self.value_row(kind, v) for v in order[:VALUES_SHOWN]],
                }
            )
        return found

    @cached_property
    def places(self) -> list[Row]:
        """The cities the ads are filed under or name, in order of their first ad."""
        grouped: dict[str, list[Doc]] = defaultdict(list)
        for doc in self.ads:
            if doc.place:
                grouped[doc.place].append(doc)
        found = []
        for name, ads in grouped.items():
            at = next((d.position for d in ads if d.position), None)
            lat, lon = at if at else (None, None)
            found.append({"label": name, "lat": lat, "lon": lon, "ads": len(ads), **span(ads)})
        return found

    @cached_property
    def stays(self) -> list[Row]:
        """Consecutive ads naming one place; days with several places are marked as a conflict."""
        number = {place["label"]: n for n, place in enumerate(self.places)}
        on_day: dict[date, set[str]] = defaultdict(set)
        dated = [d for d in self.ads if d.at is not None and d.place]
        for doc in dated:
            if doc.day is not None:
                on_day[doc.day].add(doc.place)
        stays: list[Row] = []
        for doc in dated:
            conflict = doc.day is not None and len(on_day[doc.day]) > 1
            if stays and stays[-1]["place"] == number[doc.place]:
                stay = stays[-1]
                stay.update(last=doc.at, ads=stay["ads"] + 1, conflict=stay["conflict"] or conflict)
            else:
                stays.append(
                    {
                        "place": number[doc.place],
                        "first": doc.at,
                        "last": doc.at,
                        "ads": 1,
                        "conflict": conflict,
                    }
                )
        return stays

    @cached_property
    def weekly(self) -> Row:
        """Ads a week."""
        return weekly(d.day for d in self.ads)

    @cached_property
    def hours(self) -> tuple[list[list[int]], str]:
        """Ads by weekday and hour, and the note that goes with them."""
        known = [
            d.fields["posted_at"] for d in self.ads if d.fields["posted_at"] and not d.fields["zone_assumed"]
        ]
        if not known:
            return [], NO_HOURS_NOTE
        grid = [[0] * 24 for _ in range(7)]
        for at in known:
            grid[at.weekday()][at.hour] += 1
        return grid, HOURS_NOTE

    @cached_property
    def by_photo(self) -> dict[str, list[Doc]]:
        """The ads of each photo, most shown first; one hash, or else one name, is one photo."""
        found: dict[str, list[Doc]] = defaultdict(list)
        for doc in self.ads:
            for key in dict.fromkeys(filter(None, map(photo_key, doc.fields["photos"] or []))):
                found[key].append(doc)
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    @cached_property
    def photo_numbers(self) -> dict[str, int]:
        """The number by which every page of the group calls a photo, by each of its hashes."""
        found = {key: number for number, key in enumerate(self.by_photo, 1)}
        for doc in self.ads:
            for photo in doc.fields["photos"] or []:
                if (key := photo_key(photo)) and photo["pdq"]:
                    found.setdefault(photo["pdq"], found[key])
        return found

    def names(self, ads: Iterable[Doc] | None = None) -> list[str]:
        """The names used in some of its ads, most used first, without those that only a site wrote."""
        found = names(self.ads if ads is None else ads)
        return [name for name in found if not sites.is_own(self.common.get(("name", name), ""))]

    @cached_property
    def photos(self) -> Row:
        """What is known of the photos without opening one."""
        repeated = {key: ads for key, ads in self.by_photo.items() if len(ads) > 1}
        return {
            "total": sum(len(d.fields["photos"] or []) for d in self.ads),
            "distinct": len(self.by_photo),
            "ads_with": sum(1 for d in self.ads if d.fields["photos"]),
            "repeated": [
                {
                    "label": f"Photo {self.photo_numbers[key]}", "ads": len(ads),
                    "cities": len({d.place for d in ads if d.place}), "names": self.names(ads), **span(ads),
                }
                for key, ads in islice(repeated.items(), PHOTOS_SHOWN)
            ],
        }  # fmt: skip

    @cached_property
    def by_wording(self) -> dict[str, list[Doc]]:
        """The ads of each shared wording, most used first."""
        grouped: dict[str, list[Doc]] = defaultdict(list)
        for doc in self.ads:
            template = (self.members.get(doc.id) or {}).get("template")
            if template:
                grouped[template].append(doc)
        return dict(sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0])))

    def typical(self) -> Doc | None:
        """The ad to show first: the latest of the most used wording, or else the latest."""
        best = next(iter(self.by_wording.values()), self.ads)
        return best[-1] if best else None


def of(run: Run, identity: Row) -> Group:
    """Return an identity's group, made once a run, and again once a value of any ad was corrected."""
    with run.house.ledger.read() as tx:
        corrected = corrections.state(tx)
    with run.lock:
        held: Group | None = run.groups.get(identity["id"])
        if held is not None and held.corrected == corrected:
            run.groups.move_to_end(identity["id"])
            return held
    members = run.members_of(identity["ads"])
    captures = {ad: row["capture"] for ad, row in members.items()}
    loaded = documents.load(run.house, identity["ads"], pins=run.pins, captures=captures)
    ads = sorted(loaded.values(), key=lambda d: (d.at is None, d.at or datetime.min, d.id))
    group = Group(identity["id"], ads, members, run, corrected)
    with run.lock:
        run.groups[identity["id"]] = group
        while len(run.groups) > GROUPS_HELD:
            run.groups.popitem(last=False)
    return group


def warm(house: House) -> None:
    """Open the group of the first lead: whoever opens a lead first waits for nothing but that lead."""
    if (run := runs.current(house)) is not None:
        for lead in run.leads[:1]:
            of(run, run.identity(lead["identity"]))


def span(ads: Sequence[Doc]) -> Row:
    """Return the first and last time of some ads."""
    times = [d.at for d in ads if d.at]
    return {"first": min(times, default=None), "last": max(times, default=None)}


def photo_key(photo: Mapping[str, Any]) -> str | None:
    """Return what a photo is told apart by: the hash of its bytes, else of its likeness, else its name."""
    key: str | None = photo["sha256"] or photo["pdq"] or photo["url"] or photo["path"]
    return key


def names(ads: Iterable[Doc]) -> list[str]:
    """Return the names used in some ads, most used first; see also `Group.names`."""
    counts = Counter(
        name for doc in ads for name in {m["value"] for m in doc.mentions if m["kind"] == "name"}
    )
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def weekly(days: Iterable[date | None]) -> Row:
    """Return ads a week, from the Monday of the first week on, without gaps."""
    mondays = Counter(day - DAY * day.weekday() for day in days if day is not None)
    if not mondays:
        return {"start": None, "counts": []}
    first, last = min(mondays), max(mondays)
    weeks = (last - first).days // 7 + 1
    if weeks > MOST_WEEKS:  # a wrong year would make a page of zeroes: the latest weeks are shown
        first = last - DAY * 7 * (MOST_WEEKS - 1)
        weeks = MOST_WEEKS
    return {"start": first, "counts": [mondays.get(first + DAY * 7 * n, 0) for n in range(weeks)]}


MOST_WEEKS = 520
