"""The facts that joining works on: ads in order of first being seen, and the values that each one says.

A value is known by its number; arrays of (ad, value) stand for the spoken mentions, because a million ads
make nine million of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import parameters as p
from homeward.connect.pictures import same_picture
from homeward.connect.statements import statement
from homeward.connect.tools import Engine, Floats, Ints, codes_of, distinct, flatten, number, ranked

# Columns of `ads` that joining needs; refresh reads no others.
AD_COLUMNS = (
    "ad", "capture", "source_id", "url", "site", "posted_at", "seen_at", "title", "body",
    "city", "region", "country", "language", "photos",
)  # fmt: skip
DAY = 86_400_000_000  # microseconds
MOST_IN_ONE = 1 << 31  # bytes; Arrow's texts in one piece can be no longer
Objects = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Facts:
    """Ads numbered from 0 in order of first being seen, and the (ad, value) pairs that they say.

    `value_kind[v]` and `value_text[v]` spell value v out; `said_ad` and `said_value` are sorted by ad.
    `first_day` and `last_day` are days since 1970, -1 where no clock is known; `site` and `city` are
    numbers of `site_names` and `city_names`, -1 where the ad names none.
    """

    ads: pa.Table
    first_day: Floats
    last_day: Floats
    site: Ints
    site_names: list[str]
    city: Ints
    city_names: list[str]
    language: Ints
    language_names: list[str]
    said_ad: Ints
    said_value: Ints
    value_kind: npt.NDArray[np.object_]
    value_text: npt.NDArray[np.object_]

    @property
    def count(self) -> int:
        """How many ads there are."""
        return int(self.ads.num_rows)

    @cached_property
    def ad_ids(self) -> list[str]:
        """The ads' ids, in order."""
        ids: list[str] = self.ads["ad"].to_pylist()
        return ids

    @cached_property
    def captures(self) -> list[str]:
        """The ads' latest captures, in order."""
        captures: list[str] = self.ads["capture"].to_pylist()
        return captures

    @cached_property
    def contents(self) -> Ints:
        """A number for what each ad says: the same title and body have the same one."""
        title, body = (
            codes_of(pc.fill_null(pc.dictionary_encode(self.ads[name].combine_chunks()).indices, -1))
            for name in ("title", "body")
        )
        return title * (self.count + 1) + body

    def of_kind(self, *kinds: str) -> tuple[Ints, Ints]:
        """Return the (ad, value) pairs of some kinds, sorted by ad."""
        keep = self.says(*kinds)
        return self.said_ad[keep], self.said_value[keep]

    def by_ad(self, *kinds: str) -> tuple[Ints, Ints]:
        """Return where each ad's values of some kinds begin (and the last one's end), and the values."""
        ad, value = self.of_kind(*kinds)
        return np.searchsorted(ad, np.arange(self.count + 1)), value

    def says(self, *kinds: str) -> npt.NDArray[np.bool_]:
        """Return which of the (ad, value) pairs are of some kinds."""
        names, _, said = self._kinds
        return np.array([name in kinds for name in names], dtype=bool)[said]

    @property
    def kinds(self) -> tuple[list[str], Ints]:
        """The kinds there are, and the place of each value's among them."""
        return self._kinds[:2]

    @cached_property
    def _kinds(self) -> tuple[list[str], Ints, npt.NDArray[np.int16]]:
        """`kinds`, and the place of the kind of each (ad, value) pair: a build asks dozens of times."""
        codes, names = number(pa.array(self.value_kind, pa.string()))
        return names, codes, codes.astype(np.int16)[self.said_value]


def read_facts(inputs: dict[str, pa.Table], engine: Engine) -> Facts:
    """Return the facts of `inputs`: the latest capture of each ad, its mentions, prints and sightings.

    The ads are taken out of `inputs`: texts are not held twice.
    """
    ads = in_order(inputs.pop("ads"), inputs["sightings"], engine)
    both, kinds, texts = _said(ads, inputs)
    both = both[~_names_of_places(both, kinds, texts)]
    city, city_names = number(city_keys(ads))
    site, site_names = number(ads["site"])
    language, language_names = number(ads["language"])
    return Facts(
        ads=ads,
        first_day=days(ads["first_seen"]),
        last_day=days(ads["last_seen"]),
        site=site,
        site_names=site_names,
        city=city,
        city_names=city_names,
        language=language,
        language_names=language_names,
        said_ad=both[:, 0],
        said_value=both[:, 1],
        value_kind=kinds,
        value_text=texts,
    )


def _said(ads: pa.Table, inputs: Mapping[str, pa.Table]) -> tuple[Ints, Objects, Objects]:
    """Return which (ad, value) pairs are said, once each and sorted, and each value's kind and text."""
    said = pa.concat_tables(
        [_mentioned(ads, inputs["mentions"]), pictured(ads, inputs["prints"]), _placed(ads)]
    )
    # Numbered one by one: of a million ads, kinds and texts spelled as one would be a quarter of a gigabyte.
    kind, kinds = number(said["kind"])
    text, texts = number(said["value"])
    known, numbers = ranked(kind * max(len(texts), 1) + text)
    del kind, text
    both = distinct(codes_of(said["place"]), numbers)
    of_kind, of_text = np.divmod(known, max(len(texts), 1))
    return both, np.array(kinds, dtype=object)[of_kind], np.array(texts, dtype=object)[of_text]


def city_keys(ads: pa.Table) -> pa.ChunkedArray:
    """Return by which text the city of each ad is known, null where it names none."""
    region = pc.fill_null(pc.utf8_lower(ads["region"]), "")
    return pc.binary_join_element_wise(pc.utf8_lower(ads["city"]), region, ",")


def _names_of_places(said: Ints, kinds: Objects, texts: Objects) -> npt.NDArray[np.bool_]:
    """Return which (ad, value) pairs are a name that is half of a place's in the same ad: Louis, St. Louis.

    A name that is the whole of a place's (Savannah) may well be hers.
    """
    places: dict[str, set[int]] = defaultdict(set)
    for place in np.flatnonzero((kinds == "city") | (kinds == "place")).tolist():
        words = texts[place].partition(",")[0].casefold().replace(".", " ").split()
        if len(words) > 1:
            for word in words:
                places[word].add(place)
    names = np.flatnonzero(kinds == "name").tolist()
    folded = {v: texts[v].casefold() for v in names}
    named = {v: places[text] for v, text in folded.items() if text in places}
    out = np.zeros(len(said), dtype=bool)
    for row in np.flatnonzero(np.isin(said[:, 1], list(named))).tolist():
        ad, name = said[row].tolist()
        first, last = np.searchsorted(said[:, 0], [ad, ad + 1])
        out[row] = not named[name].isdisjoint(said[first:last, 1].tolist())
    return out


def in_order(ads: pa.Table, sightings: pa.Table, engine: Engine) -> pa.Table:
    """Return ads in order of first being seen, with the columns `first_seen` and `last_seen`."""
    columns = {name: ads[name] for name in AD_COLUMNS if name in ads.column_names}
    clocks = ads.select(["ad", "posted_at", "seen_at"]).append_column("place", pa.array(range(ads.num_rows)))
    order = engine.sql(
        statement("order"),
        {"ads": clocks, "sightings": sightings.select(["ad", "posted_at", "seen_at"])},
    )
    place = order["place"]
    del ads  # where nobody else holds them, a column goes when it is in order
    for name in columns:
        if columns[name].nbytes < MOST_IN_ONE:  # `take` would put the pieces together beside them
            columns[name] = columns[name].combine_chunks()
        columns[name] = columns[name].take(place)
    seen = {name: order[name] for name in ("first_seen", "last_seen")}
    return pa.table({**columns, **seen}).combine_chunks()


def _mentioned(ads: pa.Table, mentions: pa.Table) -> pa.Table:
    """Return what ads say; readings below the confidence asked for say nothing, but stay searchable."""
    place = pc.index_in(mentions["capture"], value_set=ads["capture"].combine_chunks())
    told = pa.table({"place": place, "kind": mentions["kind"], "value": mentions["value"]})
    sure = pc.greater_equal(mentions["confidence"], p.LEAST_CONFIDENCE)
    return told.filter(pc.and_(sure, pc.is_valid(place))).cast(_SAID)


_SAID = pa.schema([("place", pa.int64()), ("kind", pa.string()), ("value", pa.string())])


def pictured(ads: pa.Table, prints: pa.Table) -> pa.Table:
    """Return each ad's photos as values of kind `photo`: its PDQ where there is one, else its SHA-256."""
    offsets, _ = flatten(ads["photos"].combine_chunks())
    photos = pc.list_flatten(ads["photos"]).combine_chunks()
    place = np.repeat(np.arange(ads.num_rows), np.diff(offsets))
    value = pc.coalesce(
        *(
            pc.if_else(pc.equal(field, ""), None, field)
            for field in (photos.field("pdq"), photos.field("sha256"))
        )
    )
    own = pa.table({"place": place, "value": value})
    where = pc.index_in(prints["capture"], value_set=ads["capture"].combine_chunks())
    made = pa.table({"place": codes_of(pc.fill_null(where, -1)), "value": prints["value"]})
    made = made.filter(pc.and_(pc.equal(prints["kind"], "pdq"), pc.is_valid(where)))
    both = pa.concat_tables([own, made]).filter(pc.is_valid(pc.field("value")))
    kind = pa.array(["photo"] * both.num_rows, pa.string())
    return pa.table({"place": both["place"], "kind": kind, "value": _one_picture(both["value"])}).cast(_SAID)


def _one_picture(hashes: pa.ChunkedArray) -> pa.Array:
    """Return each hash as the one that stands for its picture: near ones are the same (see pictures.py)."""
    numbers, known = number(hashes)
    stands = same_picture(known, np.bincount(numbers, minlength=len(known)))
    return pa.array(known, pa.string()).take(pa.array(stands[numbers]))


def _placed(ads: pa.Table) -> pa.Table:
    """Return the city each ad is filed under, as a value of kind `city`."""
    city = pc.binary_join_element_wise(ads["city"], pc.fill_null(ads["region"], ""), ", ")
    table = pa.table(
        {
            "place": pa.array(np.arange(ads.num_rows)),
            "kind": pa.array(["city"] * ads.num_rows, pa.string()),
            "value": city,
        }
    )
    return table.filter(pc.is_valid(table["value"])).cast(_SAID)


def days(clock: pa.ChunkedArray) -> Floats:
    """Return times as days since 1970, -1 where none is known."""
    micros = pc.cast(clock, pa.int64()).to_numpy().astype(np.float64)
    return np.where(np.isnan(micros), -1.0, micros / DAY)
