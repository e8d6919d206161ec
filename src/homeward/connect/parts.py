"""Parts: what a scene holds for some groups, as rows for the engine's workers, and as a scene again there.

A row is a group, with its ads and everything that rules ask of them: no group needs another one's row. What
is a number of something else (a value, a template, a city) keeps its place in their order, so that rules
which go by it find the same in a part as in the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa

from homeward.connect.card import Card
from homeward.connect.facts import Facts
from homeward.connect.groups import BASED, KINDS, Bools, Scene
from homeward.connect.tools import Ints, listed, parted, rows_of
from homeward.connect.written import Written

# Groups of one row set: what a kernel is handed at once.
GROUPS_AT_ONCE = 1_000

_SAID = pa.struct(
    [("value", pa.int64()), ("kind", pa.int8()), ("text", pa.string()), ("generic", pa.bool_()),
     ("borrowed", pa.bool_())]
)  # fmt: skip
_NUMBER = pa.struct(
    [("value", pa.string()), ("titled", pa.bool_()), ("begin", pa.int64()), ("end", pa.int64()),
     ("hidden", pa.bool_())]
)  # fmt: skip
_HIT = pa.struct([("family", pa.string()), ("word", pa.string())])
_WHOLE = ("same", "wording", "template", "persona", "city", "contact", "networks", "cities", "days", "week")
_REAL = ("first_day", "last_day", "price", "local_price")
_AD = pa.struct(
    [("ad", pa.string()), ("capture", pa.string()), ("title", pa.string()), ("body", pa.string()),
     ("city_name", pa.string()), *((name, pa.int64()) for name in _WHOLE),
     *((name, pa.float64()) for name in _REAL), ("number", pa.bool_()), ("obscured", pa.bool_()),
     ("said", pa.list_(_SAID)), ("numbers", pa.list_(_NUMBER)), ("hits", pa.list_(_HIT))]
)  # fmt: skip
# Of each group its ads, what is usual around it (`BASED`), and the card's factors as JSON.
INPUT = pa.schema([("ads", pa.list_(_AD)), ("bases", pa.list_(pa.float64())), ("card", pa.string())])


@dataclass(frozen=True)
class Groups:
    """The groups of a scene that are judged, those of two ads or more that say different things."""

    scene: Scene
    week: Ints  # of each ad

    @cached_property
    def judged(self) -> tuple[list[Ints], list[Ints]]:
        """The ads of each group, and those among them that say different things."""
        some = list(self.scene.groups())
        return [ads for ads, _ in some], [once for _, once in some]

    def parts(self, card: Card) -> Iterator[pa.Table]:
        """Yield the groups in order, some at a time, as rows of `INPUT`."""
        ads, once = self.judged
        said = orjson.dumps(dict(card.factors)).decode()
        for at in range(0, len(ads), GROUPS_AT_ONCE):
            some = slice(at, at + GROUPS_AT_ONCE)
            yield self._part(ads[some], once[some], said)

    def _part(self, groups: list[Ints], once: list[Ints], card: str) -> pa.Table:
        sizes = np.array([len(ads) for ads in groups], dtype=np.int64)
        flat = np.concatenate([*groups, np.empty(0, dtype=np.int64)]).astype(np.int64)
        columns = self._columns(flat, self._both_ways(flat, sizes))
        ads = pa.StructArray.from_arrays([columns[field.name] for field in _AD], fields=list(_AD))
        bases = np.array([self._bases(some) for some in once], dtype=np.float64).ravel()
        per = np.arange(len(groups) + 1) * len(BASED)
        return pa.table(
            [listed(sizes, ads), pa.ListArray.from_arrays(pa.array(per, pa.int32()), pa.array(bases)),
             pa.array([card] * len(groups), pa.string())],
            schema=INPUT,
        )  # fmt: skip

    def _bases(self, once: Ints) -> list[float]:
        """Return what is usual around a group, of each of `BASED` that its own ads hold."""
        return [
            self.scene.baseline(family, once) if held[once].any() else np.nan
            for family, held in zip(BASED, self._held, strict=True)
        ]

    @cached_property
    def _held(self) -> list[Bools]:
        """Of each of `BASED` the ads that hold it."""
        scene = self.scene
        hits = np.zeros((len(BASED) - 1, scene.facts.count), dtype=bool)
        for ad, pairs in scene.hits.items():
            for family, _ in pairs:
                if family in BASED:
                    hits[BASED.index(family) - 1, ad] = True
        return [scene.obscured, *hits]

    def _both_ways(self, flat: Ints, sizes: Ints) -> Bools:
        """Return which ads are of a group that spells numbers here and writes them plainly there.

        Only of those is it asked how a number stands in the text.
        """
        scene = self.scene
        if not len(flat):
            return np.zeros(0, dtype=bool)
        starts = np.cumsum(sizes) - sizes
        ways = (scene.obscured[flat], scene.has_number[flat] & ~scene.obscured[flat])
        spelled, plain = (np.logical_or.reduceat(way, starts) for way in ways)
        return np.asarray(np.repeat(spelled & plain, sizes))

    def _columns(self, flat: Ints, both_ways: Bools) -> dict[str, pa.Array]:
        """Return what is said of some ads, by the name of the field."""
        scene, facts = self.scene, self.scene.facts
        template = scene.template[flat]
        numbers = {
            "same": scene.same[flat], "wording": scene.wording[flat], "template": template,
            "persona": scene.persona[flat], "city": facts.city[flat],
            "contact": scene.contact[scene.poster[flat]], "networks": scene.template_networks[template],
            "cities": scene.template_cities[template], "days": scene.template_days[template],
            "week": self.week[flat], "first_day": facts.first_day[flat], "last_day": facts.last_day[flat],
            "price": scene.price[flat], "local_price": scene.local_price[flat],
            "number": scene.has_number[flat], "obscured": scene.obscured[flat],
        }  # fmt: skip
        every, asked = pa.array(flat), pa.array(flat, mask=~both_ways)
        taken = [("ad", every), ("capture", every), ("title", asked), ("body", asked)]
        texts = {name: _one(facts.ads[name].take(some)) for name, some in taken}
        city = pa.array(facts.city[flat], mask=facts.city[flat] < 0)
        return {
            **{name: pa.array(column) for name, column in numbers.items()},
            **texts, "city_name": self._cities.take(city), "said": self._said(flat),
            "numbers": self._numbers(np.where(both_ways, flat, -1)), "hits": self._hits(flat),
        }  # fmt: skip

    @cached_property
    def _cities(self) -> pa.Array:
        return pa.array(self.scene.facts.city_names, pa.string())

    @cached_property
    def _values(self) -> tuple[Ints, Ints, Ints, Bools, Bools]:
        """The start of each ad's values, the values, and of each value there is its kind and its flags."""
        facts, scene = self.scene.facts, self.scene
        starts, value = facts.by_ad(*KINDS)
        names, code = facts.kinds
        kind = np.array([KINDS.index(name) if name in KINDS else -1 for name in names], dtype=np.int64)
        flags = np.zeros((2, len(facts.value_kind)), dtype=bool)
        for flag, some in zip(flags, (scene.generic, scene.borrowed), strict=True):
            flag[list(some)] = True
        return starts, value, kind[code] if len(names) else code, flags[0], flags[1]

    def _said(self, flat: Ints) -> pa.ListArray:
        """Return what ads say, of the kinds that rules read."""
        starts, values, kind, generic, borrowed = self._values
        counts, rows = rows_of(starts, flat)
        value = values[rows]
        columns = [
            pa.array(value), pa.array(kind[value], pa.int8()),
            pa.array(self.scene.facts.value_text[value], pa.string()), pa.array(generic[value]),
            pa.array(borrowed[value]),
        ]  # fmt: skip
        return listed(counts, pa.StructArray.from_arrays(columns, fields=list(_SAID)))

    def _numbers(self, flat: Ints) -> pa.ListArray:
        """Return where numbers stand in the texts of ads; -1 is none of them."""
        told = self.scene.written
        counts, rows = rows_of(told.starts, flat)
        columns = [
            told.value.take(pa.array(rows)), pa.array(told.titled[rows]), pa.array(told.begin[rows]),
            pa.array(told.end[rows]), pa.array(told.hidden[rows]),
        ]  # fmt: skip
        return listed(counts, pa.StructArray.from_arrays(columns, fields=list(_NUMBER)))

    def _hits(self, flat: Ints) -> pa.ListArray:
        """Return the wording families that ads hold, with the words."""
        found = [self.scene.hits.get(ad, ()) for ad in flat.tolist()]
        pairs = [pair for some in found for pair in some]
        columns = [pa.array([pair[at] for pair in pairs], pa.string()) for at in (0, 1)]
        counts = np.array([len(some) for some in found], dtype=np.int64)
        return listed(counts, pa.StructArray.from_arrays(columns, fields=list(_HIT)))


def _one(column: Any) -> pa.Array:
    """Return a column in one piece."""
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def scene_of(batch: pa.RecordBatch) -> tuple[Scene, Ints]:
    """Return the scene of some groups (rows of `INPUT`), numbered from 0 as networks, and each ad's week."""
    sizes, ads = parted(batch["ads"])
    bases = batch["bases"].flatten().to_numpy(zero_copy_only=False).reshape(-1, len(BASED))
    column = {name: ads.field(name).to_numpy(zero_copy_only=False) for name in (*_WHOLE, *_REAL)}
    network = np.repeat(np.arange(len(sizes)), sizes)
    _, first, template = np.unique(column["template"], return_index=True, return_inverse=True)
    told = _Told.of(ads)
    facts = _facts(ads, column, told)
    hits = _hits_of(ads.field("hits"))

    def baseline(family: str, some: Ints) -> float:
        return float(bases[network[some[0]], BASED.index(family)])

    has, obscured = (ads.field(name).to_numpy(zero_copy_only=False) for name in ("number", "obscured"))
    scene = Scene(
        facts=facts, wording=column["wording"], template=template.astype(np.int64),
        template_networks=column["networks"][first], template_cities=column["cities"][first],
        template_days=column["days"][first], persona=column["persona"], network=network,
        poster=np.arange(len(ads)), contact=told.among(column["contact"]), same=column["same"],
        generic=told.flagged("generic"), borrowed=told.flagged("borrowed"), has_number=has,
        obscured=obscured, written=_written(facts, ads.field("numbers")), hits=hits,
        price=column["price"], local_price=column["local_price"], baseline=baseline,
    )  # fmt: skip
    return scene, column["week"]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the ads of a part say: (ad, value) pairs, and the distinct values in order."""

    ad: Ints
    value: Ints  # places in `known`
    known: Ints
    first: Ints  # where each one is said first
    rows: pa.StructArray

    @staticmethod
    def of(ads: pa.StructArray) -> _Told:
        counts, rows = parted(ads.field("said"))
        known, first, value = np.unique(
            rows.field("value").to_numpy(), return_index=True, return_inverse=True
        )
        return _Told(np.repeat(np.arange(len(counts)), counts), value.astype(np.int64), known, first, rows)

    def among(self, values: Ints) -> Ints:
        """Return the place of each value among those said here, -1 if it is not."""
        if not len(self.known):
            return np.full(len(values), -1, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.known, values), len(self.known) - 1)
        return np.where(self.known[place] == values, place, -1)

    def flagged(self, name: str) -> frozenset[int]:
        """Return the values that have a flag."""
        flag = self.rows.field(name).to_numpy(zero_copy_only=False)[self.first]
        return frozenset(np.flatnonzero(flag).tolist())

    def spelled(self) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]:
        """Return the kind and the text of each value."""
        kind = self.rows.field("kind").to_numpy()[self.first]
        text = self.rows.field("text").take(pa.array(self.first))
        return np.array(KINDS, dtype=object)[kind], text.to_numpy(zero_copy_only=False)


def _facts(ads: pa.StructArray, column: dict[str, npt.NDArray[Any]], told: _Told) -> Facts:
    """Return the facts of a part's ads; sites and languages, which no rule reads, are none."""
    cities, first, city = np.unique(column["city"], return_index=True, return_inverse=True)
    names = ads.field("city_name").take(pa.array(first)).to_pylist()
    nowhere = int(len(cities) > 0 and cities[0] < 0)
    kind, text = told.spelled()
    none = np.full(len(ads), -1, dtype=np.int64)
    names_of = {name: ads.field(name) for name in ("ad", "capture", "title", "body")}
    return Facts(
        ads=pa.table(names_of), first_day=column["first_day"], last_day=column["last_day"], site=none,
        site_names=[], city=city.astype(np.int64) - nowhere, city_names=names[nowhere:], language=none,
        language_names=[], said_ad=told.ad, said_value=told.value, value_kind=kind, value_text=text,
    )  # fmt: skip


def _written(facts: Facts, numbers: pa.ListArray) -> Written:
    counts, rows = parted(numbers)
    titled, begin, end, hidden = (
        rows.field(name).to_numpy(zero_copy_only=False) for name in ("titled", "begin", "end", "hidden")
    )
    starts = np.concatenate([[0], np.cumsum(counts)])
    return Written(facts, starts, rows.field("value"), titled, begin, end, hidden)


def _hits_of(lists: pa.ListArray) -> dict[int, tuple[tuple[str, str], ...]]:
    counts, rows = parted(lists)
    pairs = list(zip(rows.field("family").to_pylist(), rows.field("word").to_pylist(), strict=True))
    ends = np.cumsum(counts)
    some = np.flatnonzero(counts)
    bounds = zip(some.tolist(), (ends - counts)[some].tolist(), ends[some].tolist(), strict=True)
    return {ad: tuple(pairs[first:last]) for ad, first, last in bounds}
