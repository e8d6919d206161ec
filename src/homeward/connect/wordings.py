"""Wordings: the distinct masked texts of some ads, what their shingles tell, and which tell too little.

Rarity is counted over wordings, then over groups of them (`reweighed`), never over ads: a text put out two
hundred times, each time edited, is as telling as one put out twice. It is counted within a language
(`languages.py`): the everyday words of one that few write in are rare among all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix, vstack

from homeward.connect import parameters as p
from homeward.connect.languages import Told, counted_in, no_wordings, rarity_in, together, told_apart
from homeward.connect.signature import STYLES
from homeward.connect.tools import Floats, Ints, distinct, flatten, ranked, taken
from homeward.connect.variants import fold_variants

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wordings:
    """The distinct wordings of some ads, numbered by their earliest ad.

    `of_row` gives each ad's wording; `first` the row of each wording's earliest ad; `copies` how many
    different contents have it; row i of `matrix` is wording i's shingles, each weighing the square root of
    its rarity. `thin` are the wordings that hold too little that is rare to tell who wrote them; `same` is
    the earliest wording with the very same shingles, a thin one's only company. `beyond` are the wordings
    that only count.
    """

    of_row: Ints
    first: Ints
    copies: Ints
    matrix: csr_matrix
    rarity: Floats  # nats, the sum over the wording's shingles
    commonness: Ints  # of each shingle: the number of wordings that have it
    thin: Bools
    same: Ints
    language: Ints  # numbered from 0; what few write in is one
    beyond: Counted


@dataclass(frozen=True, slots=True)
class Beyond:
    """Distinct wordings that are not grouped now, in other groups than those that are: they only count.

    `shingles` are lists; `group` numbers each wording's template from 0.
    """

    shingles: pa.Array
    sites: Ints
    languages: Ints
    group: Ints


@dataclass(frozen=True, slots=True)
class Counted:
    """What groups beyond tell of shingles, and what those of several wordings do."""

    groups: Told
    cores: Told


def told_once(bands: pa.Table, rows: Ints) -> pa.Table:
    """Return some rows of `bands`, -1 being an ad that could not be signed: its wording is 0.

    Lists stand only where a wording comes first: `read_wordings` looks at no others.
    """
    wording = pc.fill_null(bands["wording"].take(pa.array(rows, mask=rows < 0)), pa.scalar(0, pa.uint64()))
    first = np.unique(wording.to_numpy(), return_index=True)[1]
    heads = np.full(len(rows), -1, dtype=np.int64)
    heads[first] = rows[first]
    lists = [name for name in ("shingles", "bands") if name in bands.column_names]
    return pa.table({"wording": wording, **{name: taken(bands[name], heads) for name in lists}})


def read_wordings(
    bands: pa.Table, sites: Ints, languages: Ints, contents: Ints | None = None, beyond: Beyond | None = None
) -> Wordings:
    """Return the distinct wordings of `bands`, whose rows are in order of first being seen.

    `languages` numbers each ad's language as `beyond` does, -1 for none told. `contents` numbers what each
    ad says before masking: an ad put out again unchanged counts once.
    """
    keys = bands["wording"].to_numpy()
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    first, of_row = first[order].astype(np.int64), number[inverse]
    offsets, values = flatten(taken(bands["shingles"], first))
    known, columns = ranked(values)
    columns = columns.astype(np.int32)  # some forty million of a million ads, and so are all that follow
    shape = (len(first), len(known))
    other = _matrix_beyond(beyond, known)
    commonness = (np.bincount(columns, minlength=len(known)) + _columns_of(other)).astype(np.int64)
    language = told_apart(np.concatenate([languages[first], beyond.languages if beyond else languages[:0]]))
    spoken = int(language.max(initial=0)) + 1
    every = np.concatenate([sites[first], beyond.sites if beyond else sites[:0]])
    marked = csr_matrix((np.ones(len(columns), dtype=np.int8), columns, offsets), shape)
    both = csr_matrix(vstack([marked, other])) if beyond else marked
    footer = _footers(both, every)[: len(columns)]
    weights = rarity_in(marked, language[: len(first)], counted_in(both, language, spoken))
    weights[footer] = 0.0
    del both, marked
    held = _sums(np.minimum(weights, p.MOST_SUBSTANCE), offsets)
    thin = held < p.LEAST_SUBSTANCE
    rarity = _sums(weights, offsets)
    matrix = csr_matrix((np.sqrt(weights, out=weights), columns, offsets), shape)
    del weights, columns
    copies = _copies(of_row, contents, len(first))
    values = np.where(footer, 0, values)
    same = _same(values, offsets, thin, copies)
    counted = _counted(beyond, other, language[len(first) :], spoken)
    return Wordings(
        of_row, first, copies, matrix, rarity, commonness, thin, same, language[: len(first)], counted
    )


def _columns_of(matrix: csr_matrix) -> Ints:
    """Return how many entries each column has."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1])


def _matrix_beyond(beyond: Beyond | None, known: npt.NDArray[np.uint64]) -> csr_matrix:
    """Return which of the `known` shingles each wording beyond has."""
    if beyond is None:
        return csr_matrix((0, len(known)))
    offsets, values = flatten(beyond.shingles)
    column = pc.index_in(pa.array(values, pa.uint64()), value_set=pa.array(known, pa.uint64()))
    held = np.asarray(column.is_valid().to_numpy(zero_copy_only=False), dtype=bool)
    ends = np.concatenate([[0], np.cumsum(held)])[offsets]
    columns = pc.drop_null(column).to_numpy().astype(np.int64)
    return csr_matrix((np.ones(len(columns)), columns, ends), (len(beyond.sites), len(known)))


def _counted(beyond: Beyond | None, other: csr_matrix, language: Ints, languages: int) -> Counted:
    none = no_wordings(languages, other.shape[1])
    if beyond is None or not len(beyond.group):
        return Counted(none, none)
    several = (np.bincount(beyond.group) > 1)[beyond.group]
    return Counted(
        counted_in(other, language, languages, beyond.group),
        counted_in(csr_matrix(other[several]), language[several], languages, beyond.group[several]),
    )


def reweighed(wordings: Wordings, label: Ints) -> Wordings:
    """Return the wordings with rarity counted over groups of them, given each one's group."""
    matrix, language = wordings.matrix, wordings.language
    among = counted_in(matrix, language, wordings.beyond.groups.languages, label)
    rarity = rarity_in(matrix, language, among + wordings.beyond.groups)
    weights = np.where(matrix.data > 0, rarity, 0.0)
    made = csr_matrix((np.sqrt(weights), matrix.indices, matrix.indptr), shape=matrix.shape)
    return replace(wordings, matrix=made, rarity=_sums(weights, matrix.indptr.astype(np.int64)))


def _copies(of_row: Ints, contents: Ints | None, count: int) -> Ints:
    """Return how many different contents each wording stands for."""
    if contents is not None:
        of_row = distinct(of_row, contents)[:, 0]
    return np.bincount(of_row, minlength=count).astype(np.int64)


def _same(values: npt.NDArray[np.uint64], offsets: Ints, thin: Bools, copies: Ints) -> Ints:
    """Return for thin wordings the earliest that says the same (0 says nothing), else the wording.

    The same are the same shingles, and variants of a common wording: see `variants.py`.
    """
    mixed = values * np.uint64(0x9E3779B97F4A7C15) ^ (values >> np.uint64(29))
    mixed[values == 0] = 0
    total = np.concatenate([[np.uint64(0)], np.cumsum(mixed)])
    key = total[offsets[1:]] - total[offsets[:-1]]
    del total
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    # What has the same shingles, but for footers, is as thin: the first of them nearly always is.
    same = np.where(thin & thin[first[inverse]], first[inverse], np.arange(len(thin)))
    heads = np.flatnonzero(thin & (same == np.arange(len(thin))))
    if not len(heads):
        return same
    rows = np.repeat(np.arange(len(thin), dtype=np.int32), np.diff(offsets))
    typed = np.isin(values, np.array(STYLES, dtype=np.uint64))
    is_head = np.zeros(len(thin), dtype=bool)
    is_head[heads] = True
    kept = is_head[rows] & (mixed != 0) & ~typed
    ends = np.concatenate(
        [[0], np.cumsum(np.bincount(np.searchsorted(heads, rows[kept]), minlength=len(heads)))]
    )
    typing = np.zeros(len(thin), dtype=np.uint64)
    typing[rows[typed]] = mixed[typed]
    often = np.bincount(np.searchsorted(heads, same[thin]), weights=copies[thin], minlength=len(heads))
    of = fold_variants(mixed[kept], ends.astype(np.int64), typing[heads], often.astype(np.int64))
    moved = np.arange(len(thin))
    moved[heads] = heads[of]
    return moved[same]


def _footers(matrix: csr_matrix, sites: Ints) -> Bools:
    """Return for each entry whether its site writes it under everybody's ads, and few write it elsewhere."""
    sizes = np.bincount(sites)
    counts = together(matrix, sites, len(sizes))
    every = np.asarray(counts.sum(axis=0)).ravel()
    site = np.repeat(np.arange(len(sizes)), np.diff(counts.indptr))
    here, rest = counts.data, sizes.sum() - sizes[site]
    share = here / np.maximum(sizes[site], 1)
    elsewhere = (every[counts.indices] - here) / np.maximum(rest, 1)
    found = (here >= p.FOOTER_LEAST) & (share >= p.FOOTER_SHARE)
    found &= (rest > 0) & (share >= p.FOOTER_LIFT * elsewhere)
    footer = np.zeros(len(matrix.data), dtype=bool)
    for one in np.unique(site[found]).tolist():
        its = np.zeros(matrix.shape[1], dtype=bool)
        its[counts.indices[found & (site == one)]] = True
        mine = np.repeat(sites == one, np.diff(matrix.indptr))
        footer |= mine & its[matrix.indices]
    return footer


def _sums(entries: Floats, offsets: Ints) -> Floats:
    """Return the sum of each row's entries."""
    total = np.zeros(len(offsets) - 1)
    filled = np.flatnonzero(np.diff(offsets))
    if len(filled):
        total[filled] = np.add.reduceat(entries, offsets[:-1][filled])
    return total
