"""Placing: which template is the wording of an ad that has just come in, the others being as they are?

A new wording is held against the old ones that share a band or one of its rarest shingles, and against the
whole templates of those; all other wordings only count, so that rarity is what it is among everything. Old
templates are never taken apart here: that is done when everything is built anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from homeward.connect import parameters as p
from homeward.connect.languages import rarity_of
from homeward.connect.templates import candidates, group
from homeward.connect.tools import (
    Floats,
    Ints,
    ascending,
    codes_of,
    flatten,
    number,
    places,
    relabel,
    taken,
)
from homeward.connect.wordings import Beyond, Wordings, read_wordings, told_once
from homeward.model import ids

Bools = npt.NDArray[np.bool_]

# What is known of each ad, old or new; `template` is null where nobody shares the wording, and of new ads.
COLUMNS = ("ad", "wording", "contents", "site", "language", "first_day", "template")
# Old wordings are looked at from this likeness to a new one on, guessed from what is rare, which is half of
# what joins a heavy edit to its text; or if they share so many bands.
GUESSED, BANDS = 0.15, 2
SHINGLES = 1 << 20  # that are told apart in the guess
CROWD = 2_000  # wordings; a band of more proposes nothing here
AT_ONCE = 2_000  # new wordings looked up at a time by each core


@dataclass(frozen=True, slots=True)
class Placed:
    """Templates by ad, "" for none: of every new ad, and of old ones that had none (`moved`).

    `renamed` are old templates that have become one with another; `thin` the new ads whose wording says too
    little to tell who wrote it.
    """

    of_new: dict[str, str]
    moved: dict[str, str]
    renamed: dict[str, str]
    thin: frozenset[str]


def place(new: pa.Table, old: pa.Table, bands: pa.Table) -> Placed:
    """Place the wordings of `new` ads among those of `old` ones (columns `COLUMNS` both).

    `bands` has one row a distinct wording of both, ascending: wording, shingles, bands.
    """
    if not new.num_rows:
        return Placed({}, {}, {}, frozenset())
    near = _near(new, old, bands)
    row_in = np.asarray(pc.is_in(old["wording"], value_set=near).to_numpy(), dtype=bool)
    rest, beside = old.filter(pa.array(~row_in)), old.filter(pa.array(row_in))
    fresh = pa.array([True] * new.num_rows + [False] * beside.num_rows)
    ads = pa.concat_tables([new.select(COLUMNS), beside.select(COLUMNS)]).append_column("new", fresh)
    ads = _in_order(ads)
    sites, names = number(ads["site"])
    own = told_once(bands, places(ads["wording"], bands["wording"]))
    contents = codes_of(pc.dictionary_encode(ads["contents"].combine_chunks()).indices)
    languages = number(pa.chunked_array([*ads["language"].chunks, *rest["language"].chunks], pa.string()))[0]
    beyond = _beyond(rest, bands, names, languages[ads.num_rows :])
    wordings = read_wordings(own, np.maximum(sites, 0), languages[: ads.num_rows], contents, beyond)
    start, is_new = _start(wordings, ads)
    label = group(wordings, candidates(wordings, own, is_new), start, is_new)
    silent = np.diff(wordings.matrix.indptr) == 0
    label[silent] = len(label) + np.flatnonzero(silent)
    return _named(label[wordings.of_row], silent[wordings.of_row], ads, wordings)


def _in_order(ads: pa.Table) -> pa.Table:
    """Return ads in order of first being seen, those without a clock last, as the whole build has them."""
    day = ads["first_day"].to_numpy()
    rank = pc.rank(ads["ad"], sort_keys="ascending").to_numpy()
    return ads.take(pa.array(np.lexsort((rank, np.where(day < 0, np.inf, day)))))


def _near(new: pa.Table, old: pa.Table, bands: pa.Table) -> pa.Array:
    """Return the wordings of new ads, the old ones that may be like them, and those of their templates."""
    fresh = pc.unique(new["wording"].combine_chunks())
    strange = fresh.filter(pc.invert(pc.is_in(fresh, value_set=pc.unique(old["wording"].combine_chunks()))))
    mine = np.asarray(pc.is_in(bands["wording"], value_set=strange).to_numpy(), dtype=bool)
    found = bands["wording"].combine_chunks().take(pa.array(_alike(bands, mine)))
    wanted = pc.unique(pa.concat_arrays([fresh, found]))
    held = old.filter(pc.is_in(old["wording"], value_set=wanted))
    mates = old.filter(pc.is_in(old["template"], value_set=pc.drop_null(pc.unique(held["template"]))))
    return pc.unique(pa.concat_arrays([wanted, mates["wording"].combine_chunks()]))


def _alike(bands: pa.Table, mine: Bools) -> Ints:
    """Return the rows that may be like one of those that are `mine`: those that share enough that is rare.

    Likeness is only guessed here: shingles are told apart by their last bits, and common ones are left out.
    What is alike by bands too, as short texts of common words are, shares several of them.
    """
    offsets, values = flatten(bands["shingles"].combine_chunks())
    column = (values & np.uint64(SHINGLES - 1)).astype(np.int32)
    commonness = np.bincount(column, minlength=SHINGLES)
    rarity = rarity_of(commonness, len(mine))
    held = np.add.reduceat(np.append(rarity[column], 0.0), offsets[:-1]) * (np.diff(offsets) > 0)
    telling = (commonness <= p.RARE_MOST) & _met(column, offsets, mine)
    told = _incidence(column, offsets, telling[column], np.sqrt(rarity))
    found = [_banded(bands, mine)]
    every = told.T.tocsr()  # once: scipy would turn it with each product

    def alike(rows: Ints) -> Ints:
        shared = told[rows] @ every
        row = np.repeat(rows, np.diff(shared.indptr))
        like = shared.data >= GUESSED * np.sqrt(held[row] * held[shared.indices])
        return ascending(shared.indices[like]).astype(np.int64)

    return ascending(np.concatenate([*found, *_side_by_side(alike, mine)]))


def _banded(bands: pa.Table, mine: Bools) -> Ints:
    """Return the rows that share several bands with one of those that are `mine`."""
    offsets, values = flatten(bands["bands"].combine_chunks())
    column = (values & np.uint64(SHINGLES - 1)).astype(np.int32)
    kept = (np.bincount(column, minlength=SHINGLES) <= CROWD) & _met(column, offsets, mine)
    told = _incidence(column, offsets, kept[column], np.ones(SHINGLES))
    every = told.T.tocsr()

    def banded(rows: Ints) -> Ints:
        shared = told[rows] @ every
        return ascending(shared.indices[shared.data >= BANDS]).astype(np.int64)

    return ascending(np.concatenate([np.flatnonzero(mine), *_side_by_side(banded, mine)]))


def _met(column: Any, offsets: Ints, mine: Bools) -> Bools:
    """Return which columns the rows that are `mine` have: the others say nothing of them."""
    met = np.zeros(SHINGLES, dtype=bool)
    met[column[np.repeat(mine, np.diff(offsets))]] = True
    return met


def _side_by_side(look_up: Callable[[Ints], Ints], mine: Bools) -> list[Ints]:
    """Look the rows that are `mine` up, some at a time, which bounds the memory.

    All cores do so at once, since scipy and numpy let go of the interpreter meanwhile.
    """
    rows = np.flatnonzero(mine)
    with ThreadPoolExecutor(pa.cpu_count()) as pool:
        return list(pool.map(look_up, np.split(rows, range(AT_ONCE, len(rows), AT_ONCE))))


def _incidence(column: Any, offsets: Ints, kept: Bools, weight: Floats) -> csr_matrix:
    """Return rows by columns with the weight of each column, entries that are not kept left out."""
    ends = np.concatenate([[0], np.cumsum(kept)])[offsets]
    column = column[kept]
    shape = (len(offsets) - 1, SHINGLES)
    return csr_matrix((weight[column].astype(np.float32), column, ends.astype(np.int32)), shape=shape)


def _beyond(rest: pa.Table, bands: pa.Table, sites: list[str], languages: Ints) -> Beyond:
    """Return the distinct wordings of ads that are not looked at."""
    _, first = np.unique(rest["wording"].to_numpy(), return_index=True)
    rest = rest.take(pa.array(first))
    shingles = taken(bands["shingles"], places(rest["wording"], bands["wording"]))
    site = codes_of(pc.fill_null(pc.index_in(rest["site"], value_set=pa.array(sites, pa.string())), -1))
    site[site < 0] = len(sites)  # sites that no ad here is of: any one will do
    code = number(rest["template"])[0]
    alone = code < 0
    code[alone] = int(code.max(initial=-1)) + 1 + np.arange(int(alone.sum()))
    return Beyond(shingles, site, languages[first], code)


def _start(wordings: Wordings, ads: pa.Table) -> tuple[Ints, Bools]:
    """Return the groups that old templates and equal thin wordings make, and which wordings are new."""
    count = len(wordings.first)
    is_new = np.ones(count, dtype=bool)
    old = ~np.asarray(ads["new"].to_numpy(), dtype=bool)
    is_new[wordings.of_row[old]] = False
    template = number(ads["template"])[0]
    held = old & (template >= 0)
    fresh = np.flatnonzero(is_new)
    a = np.concatenate([wordings.of_row[held], fresh])
    b = np.concatenate([count + template[held], wordings.same[fresh]])
    nodes = count + int(template.max(initial=-1)) + 1
    graph = coo_matrix((np.ones(len(a), dtype=np.int8), (a, b)), shape=(nodes, nodes))
    return relabel(connected_components(graph, directed=False)[1][:count].astype(np.int64)), is_new


def _named(label: Ints, silent: Bools, ads: pa.Table, wordings: Wordings) -> Placed:
    """Return the outcome by ad, a template that was there keeping its id."""
    new = ads["new"].to_pylist()
    name, template = ads["ad"].to_pylist(), ads["template"].to_pylist()
    members: dict[int, list[int]] = defaultdict(list)
    for row, (one, quiet) in enumerate(zip(label.tolist(), silent.tolist(), strict=True)):
        if not quiet:
            members[one].append(row)
    of_new: dict[str, str] = {ad: "" for ad, fresh in zip(name, new, strict=True) if fresh}
    moved: dict[str, str] = {}
    renamed: dict[str, str] = {}
    for rows in members.values():
        if len(rows) < 2:
            continue
        there = [template[row] for row in rows if template[row]]
        chosen = there[0] if there else ids.template_id(name[rows[0]])
        renamed.update({other: chosen for other in there if other != chosen})
        for row in rows:
            if new[row]:
                of_new[name[row]] = chosen
            elif not template[row]:
                moved[name[row]] = chosen
    thin = wordings.thin[wordings.of_row]
    said = frozenset(ad for ad, fresh, quiet in zip(name, new, thin.tolist(), strict=True) if fresh and quiet)
    return Placed(of_new, moved, renamed, said)


def apply(ads: pa.Table, stands: Bools, placed: Placed) -> pa.Array:
    """Return the template that each old ad has now (its id), null for none.

    `ads` have the columns ad and template; those that do not stand have one only if they are new again.
    """
    template = pc.if_else(pa.array(stands), ads["template"].combine_chunks(), None)
    renamed = _looked_up(template, placed.renamed)
    told = _looked_up(ads["ad"].combine_chunks(), {**placed.moved, **placed.of_new})
    now = pc.coalesce(told, renamed, template)
    return pc.if_else(pc.equal(now, ""), None, now)


def everywhere(ads: pa.Table, now: pa.Array, placed: Placed) -> pa.Table:
    """Return every ad once with the template that it has now: old `ads`, and those that are new."""
    there, new = ads["ad"].combine_chunks(), pa.array(list(placed.of_new), pa.string())
    fresh = pc.invert(pc.is_in(new, value_set=there))
    names = pa.array([name or None for name in placed.of_new.values()], pa.string())
    columns = ([there, new.filter(fresh)], [now, names.filter(fresh)])
    return pa.table([pa.concat_arrays(column) for column in columns], names=["ad", "template"])


def _looked_up(keys: pa.Array, values: Mapping[str, str]) -> pa.Array:
    """Return the value of each key, null for a key without one."""
    place = pc.index_in(keys, value_set=pa.array(list(values), pa.string()))
    return pa.array(list(values.values()), pa.string()).take(place)
