"""Nearby: what does a refresh have to build anew, and what can stay as it is?

Reads, of everything, only what must be counted; finds the neighbourhood of what is new (connect's
`neighbourhood.py`) and reads that whole. Every outcome is a function of the tables pinned by the run before
and of those there are now, so that a refresh that was killed and started again ends the same.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import boilerplate, neighbourhood, placing, signature
from homeward.connect import parameters as p
from homeward.connect.boilerplate import Line, kept_in
from homeward.connect.carry import Carried
from homeward.connect.elsewhere import SAID, Elsewhere
from homeward.connect.evidence import AREA_OFF
from homeward.connect.facts import days, in_order, pictured
from homeward.connect.near import Near
from homeward.connect.neighbourhood import Before, Begun, News
from homeward.connect.tools import coded, codes_of, taken
from homeward.connect.traits import contents
from homeward.house import House
from homeward.inputs import COLUMNS, Source, Tables, read_inputs, read_run
from homeward.model import schema
from homeward.owed import without_corrected
from homeward.store.ledger import judgements
from homeward.store.ledger.pins import Run

Bools = npt.NDArray[np.bool_]

# A neighbourhood of more than this share of all ads is built no quicker than everything.
MOST_NEAR = 0.5
# Old templates are not taken apart, and boilerplate is looked for among new sites only, until everything is
# built anew: at the latest when there are this many times as many ads as then.
MOST_GROWTH = 1.25
COUNTED = (*p.CONTACTS, "url", "name", "age", "price")
TOUCHING = (*p.CONTACTS, "url")


@dataclass(frozen=True)
class Plan:
    """What to build: the inputs of the neighbourhood, what is told of the rest, and what is taken over."""

    inputs: Tables
    near: Near
    carried: Carried
    lines: list[Line]


def plan(house: House, source: Source, before: Run, captures: pa.Array, run: str) -> Plan | None:
    """Return what to build of the latest `captures`, None if everything must be."""
    if len(captures) > MOST_GROWTH * before.meta["whole"]:
        return None
    found = _find(house, source, before, captures)
    known, placed = found.known, found.placed
    now = placing.apply(known.ads, ~known.changed, placed)
    telling = {name for ad, name in placed.of_new.items() if ad not in placed.thin} - {""}
    hit = neighbourhood.touched(known, found.begun, pa.array(sorted(telling), pa.string()), now)
    inside = hit & ~known.changed
    if inside.sum() + len(found.fresh) > MOST_NEAR * len(captures):
        return None
    stays = known.ads["capture"].combine_chunks().filter(pa.array(inside))
    mine = pa.concat_arrays([found.fresh, captures.take(stays)])
    inputs = read_inputs(house, source, mine, names=("ads", "mentions", "prints"))
    inputs["bands"] = found.bands.filter(pc.is_in(found.bands["capture"], value_set=mine))
    lines = _lines(before, inputs, known)
    rest = known.ads.filter(pa.array(~hit & ~known.changed))
    elsewhere = _elsewhere(rest, now.filter(pa.array(~hit & ~known.changed)), found.said)
    built = known.ads.select(["ad", "thin"]).append_column("template", now).filter(pa.array(inside))
    thin = built.filter(pc.field("thin"))["ad"].to_pylist()
    near = Near(elsewhere, _templates(built) | placed.of_new, placed.thin.union(thin), found.generic)
    carried = Carried(found.old, elsewhere, placing.everywhere(known.ads, now, placed), run)
    return Plan(inputs, near, carried, lines)


@dataclass(frozen=True)
class _Found:
    """What was found out of everything: the ads there were, and what is new of them, placed."""

    old: Tables
    known: Before
    fresh: pa.Array  # the captures that are new
    bands: pa.Table  # capture and wording
    said: pa.Table
    generic: frozenset[tuple[str, str]]
    placed: placing.Placed
    begun: Begun


def _find(house: House, source: Source, before: Run, captures: pa.Array) -> _Found:
    """Read what must be counted; whom contacts and pictures touch is found while wordings are placed."""
    with ThreadPoolExecutor(1) as aside:
        signed = aside.submit(_signed, house, source)
        spoken = aside.submit(_said, house, source, captures)
        old = read_run(house, before, ("members", "traits", "filtered"))  # the rest is read when it is due
        known = Before.of(_with_traits(old), captures)
        standing = known.standing(("capture", *placing.COLUMNS))
        is_new = np.ones(len(captures), dtype=bool)
        is_new[codes_of(standing["capture"])] = False
        fresh = captures.filter(pa.array(is_new))
        new = read_inputs(house, source, fresh, names=("ads", "prints"), together=True)
        order = in_order(new["ads"], new["sightings"], house.engine)
        seeds = _seeds(house, source, before, known)
        generic = _generic(old["filtered"])
        said = spoken.result()
        mine = _New(is_new, _where(order, captures), pictured(order, new["prints"])["value"].combine_chunks())
        begun = aside.submit(_begin, known, mine, said, seeds, generic)
        bands = signed.result()
        placed = _placed(order, standing, bands)
        bands = bands.select(["capture", "wording"])
        del signed  # it held the lists, which nothing needs from here on: half a gigabyte of a million ads
        return _Found(old, known, fresh, bands, said, generic, placed, begun.result())


@dataclass(frozen=True)
class _New:
    """The new ads: which captures they are, where they are (`_where`), and the pictures that they show."""

    captures: Bools
    where: pa.Table
    photos: pa.Array


def _begin(
    known: Before, new: _New, said: pa.Table, seeds: Bools, generic: frozenset[tuple[str, str]]
) -> Begun:
    """Return whom all that is new touches but by its wordings."""
    touching = said.filter(_kinds(said, TOUCHING))
    mine = touching.filter(pa.array(new.captures[codes_of(touching["capture"])]))
    seeds = seeds | neighbourhood.priced_otherwise(known, new.where, said)
    return neighbourhood.begin(known, News(mine, new.photos), touching, seeds, generic)


def _with_traits(old: Tables) -> pa.Table:
    """Return the members of a run with their traits; both tables are sorted by ad."""
    members, traits = (_by_ad(old[name]) for name in ("members", "traits"))
    for name in traits.column_names:
        if name not in ("ad", "run"):
            members = members.append_column(name, traits[name])
    return members.combine_chunks()


def _by_ad(table: pa.Table) -> pa.Table:
    """Return a table sorted by ad, as tables of runs are: sorting a million would be a copy beside them."""
    ad = table["ad"].combine_chunks()
    return table if pc.all(pc.less(ad[:-1], ad[1:])).as_py() is not False else table.sort_by("ad")


def _templates(ads: pa.Table) -> dict[str, str]:
    return dict(zip(ads["ad"].to_pylist(), pc.fill_null(ads["template"], "").to_pylist(), strict=True))


def _kinds(said: pa.Table, kinds: tuple[str, ...]) -> pa.ChunkedArray:
    return pc.is_in(said["kind"], value_set=pa.array(kinds))


def _said(house: House, source: Source, captures: pa.Array) -> pa.Table:
    """Return what all ads say of the kinds that are counted: the place of the capture, kind, value."""
    sure = (pc.field("confidence") >= p.LEAST_CONFIDENCE) & pc.field("kind").isin(COUNTED)
    found = house.lake.read(
        "mentions",
        columns=["capture", "kind", "value", "confidence"],
        version=source["mentions"],
        filters=sure,
    )
    found = without_corrected(house, found)
    place = pc.index_in(found["capture"], value_set=captures)
    told = pa.table({"capture": place, "kind": found["kind"], "value": found["value"]})
    return told.filter(pc.is_valid(place))


def _signed(house: House, source: Source) -> pa.Table:
    """Return what is signed of all ads."""
    current = [("version", "=", signature.VERSION)]
    return house.lake.read("bands", columns=COLUMNS["bands"], version=source["bands"], filters=current)


def _placed(order: pa.Table, standing: pa.Table, bands: pa.Table) -> placing.Placed:
    """Return the templates of the new ads, which are in order of first being seen, among those there were."""
    wording = bands["wording"].take(
        pc.index_in(order["capture"], value_set=bands["capture"].combine_chunks())
    )
    fresh = pa.table(
        {
            "ad": order["ad"],
            "wording": pc.fill_null(wording, pa.scalar(0, pa.uint64())),
            "contents": contents(order),
            "site": order["site"],
            "language": order["language"],
            "first_day": days(order["first_seen"]),
            "template": pa.nulls(order.num_rows, pa.string()),
        }
    )
    keys, first = np.unique(bands["wording"].to_numpy(), return_index=True)
    lists = {name: taken(bands[name], first) for name in ("shingles", "bands")}
    distinct = pa.table({"wording": pa.array(keys, pa.uint64()), **lists})
    return placing.place(fresh, standing, distinct)


def _generic(filtered: pa.Table) -> frozenset[tuple[str, str]]:
    """Return the contacts that the run before found to join nothing."""
    rows = filtered.select(["kind", "value"]).to_pylist()
    return frozenset((row["kind"], row["value"]) for row in rows if row["kind"] in p.CONTACTS)


def _where(order: pa.Table, captures: pa.Array) -> pa.Table:
    """Return where the new ads are, and the places of their captures."""
    place = pc.index_in(order["capture"], value_set=captures)
    return order.select(["city", "region"]).append_column("capture", place)


def _seeds(house: House, source: Source, before: Run, known: Before) -> Bools:
    """Return which ads were judged or seen again since the run before."""
    with house.ledger.read() as tx:
        judged = judgements.since(tx, before.meta["judgements"])
    seen: list[Any] = []
    was = before.pins.get("sightings", -1)
    if was != source["sightings"]:
        now = _sightings(house, source["sightings"])
        then = _sightings(house, was) if was >= 0 else {}
        seen = [ad for ad, count in now.items() if then.get(ad) != count]
    wanted = pa.array(sorted({*judged, *seen}), pa.string())
    return np.asarray(pc.is_in(known.ads["ad"], value_set=wanted).to_numpy(), dtype=bool)


def _sightings(house: House, version: int) -> dict[str, int]:
    counts = pc.value_counts(house.lake.read("sightings", columns=["ad"], version=version)["ad"])
    return {row["values"]: row["counts"] for row in counts.to_pylist()}


def _lines(before: Run, inputs: Tables, known: Before) -> list[Line]:
    """Return boilerplate: that of the run before, and what is found of sites that are mostly new."""
    lines = kept_in(before.meta)
    here, there = (
        {row["values"]: row["counts"] for row in pc.value_counts(ads["site"]).to_pylist()}
        for ads in (inputs["ads"], known.ads)
    )
    mostly = {site for site, count in here.items() if 2 * count > there.get(site, 0) + count}
    if not mostly - {None}:
        return lines
    told = {(line.site, line.text) for line in lines}
    found = boilerplate.find_lines(inputs["ads"], inputs["mentions"])
    return lines + [line for line in found if line.site in mostly and (line.site, line.text) not in told]


def _elsewhere(rest: pa.Table, templates: pa.Array, said: pa.Table) -> Elsewhere:
    """Return the ads that are not built, counted."""
    network = coded(rest["network"])[0]
    spoken = _spoken(said)
    place = pc.index_in(spoken["capture"], value_set=rest["capture"].combine_chunks())
    held = pc.is_valid(place)
    spoken, of = spoken.filter(held), pa.array(network[codes_of(place.filter(held))])
    table = pa.table({"network": of, "kind": spoken["kind"], "value": spoken["value"]}).cast(SAID)
    distinct = table.group_by(SAID.names).aggregate([]).select(SAID.names)
    ordered = distinct.sort_by([(name, "ascending") for name in SAID.names])
    return Elsewhere(rest.select(schema.TRAITS.names), network, templates, ordered)


def _spoken(said: pa.Table) -> pa.Table:
    """Return what is counted besides contacts: of a telephone number, its area."""
    others = said.filter(pc.invert(_kinds(said, p.CONTACTS)))
    phones = said.filter(_kinds(said, ("phone",)))
    areas = pc.utf8_slice_codeunits(phones["value"], 0, -AREA_OFF)
    kind = pa.array(["area"] * phones.num_rows, pa.string())
    return pa.concat_tables(
        [others, pa.table({"capture": phones["capture"], "kind": kind, "value": areas}, schema=others.schema)]
    )
