"""Templates: wordings that are the same text with other fillings or edits.

Equal wordings are collapsed first, so the cost is in distinct wordings. Bands and shared rare shingles
propose pairs, every proposed pair is verified by rarity-weighted likeness, and groups join by average
likeness (clusters.py): a chain of weak pairs never becomes one group. What is left alone then is held against
the groups themselves (fragments.py): a heavy edit resembles its text more than it does any single copy of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_matrix

from homeward.connect import parameters as p
from homeward.connect.buckets import meetings
from homeward.connect.clusters import cluster, measured
from homeward.connect.fragments import attach
from homeward.connect.tools import Ints, among, ascending, distinct, flatten, taken
from homeward.connect.wordings import Wordings, read_wordings, reweighed

Bools = npt.NDArray[np.bool_]
_ROWS, _PAIRS = 50_000, 2_000_000  # looked at together, so that no copy of everything stands beside it


def candidates(wordings: Wordings, bands: pa.Table, new: Bools | None = None) -> Ints:
    """Return pairs (n × 2, smaller first, distinct) of wordings that may be alike; with `new`, one is new."""
    worth = np.flatnonzero(~wordings.thin)
    offsets, values = flatten(taken(bands["bands"], wordings.first[worth]))
    places = np.repeat(worth, np.diff(offsets))
    rare = _rare(wordings)
    band = np.concatenate([values, rare[1].astype(np.uint64)])
    place = np.concatenate([places, rare[0]])
    del values, places, rare
    if new is not None:
        held = among(band, band[new[place]])
        band, place = band[held], place[held]
    return meetings(band, place, of=new)


def _rare(wordings: Wordings) -> tuple[Ints, Ints]:
    """Return (wording, shingle) for the few rarest shingles that each telling wording shares with another."""
    matrix, commonness = wordings.matrix, wordings.commonness
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    keep = (commonness[matrix.indices] >= 2) & (commonness[matrix.indices] <= p.RARE_MOST) & (matrix.data > 0)
    rows, columns = rows[keep], matrix.indices[keep].astype(np.int64)
    rows, _, columns = distinct(rows, commonness[columns], columns).T
    starts = np.searchsorted(rows, np.arange(matrix.shape[0]))
    rank = np.arange(len(rows)) - starts[rows]
    few = (rank < p.RARE_SHINGLES) & ~wordings.thin[rows]
    return rows[few], columns[few]


def unit_rows(wordings: Wordings) -> csr_matrix:
    """Return the wordings as rows whose products are their likeness: shared rarity over that of both."""
    matrix = wordings.matrix
    scale = np.sqrt(np.maximum(wordings.rarity, 1e-9))
    shared, several = wordings.commonness >= 2, wordings.copies >= 2
    keep, entries = np.empty(len(matrix.data), dtype=bool), []
    # Of a million ads these are 33 million entries: they are cut out of the rows, some at a time.
    for first in range(0, len(scale), _ROWS):
        rows, ends = slice(first, first + _ROWS), matrix.indptr[first : first + _ROWS + 1]
        some, lengths = slice(ends[0], ends[-1]), np.diff(ends)
        keep[some] = shared[matrix.indices[some]] | np.repeat(several[rows], lengths)
        keep[some] &= matrix.data[some] > 0
        entries.append((matrix.data[some] / np.repeat(scale[rows], lengths))[keep[some]])
    ends = np.concatenate([[0], np.cumsum(keep, dtype=np.int64)])[matrix.indptr]
    values = np.concatenate([*entries, np.zeros(0)])
    del entries
    made = csr_matrix((values, matrix.indices[keep], ends), shape=matrix.shape)
    made.sort_indices()
    return made


def group(wordings: Wordings, pairs: Ints, start: Ints | None = None, new: Bools | None = None) -> Ints:
    """Return each wording's group: the number of its earliest wording.

    `start` are groups given already, `new` the wordings that were not there when these were made.
    """
    label = wordings.same if start is None else start
    # What is nearly the same is together before rarity is counted over groups: else a text that comes back
    # with two hundred different edits would take its own words for common ones.
    for levels in (p.ALIKE_LEVELS, (*p.ALIKE_LEVELS[-1:], p.ALIKE)):
        pairs = _between(pairs, label)
        unit = unit_rows(reweighed(wordings, label) if levels is not p.ALIKE_LEVELS else wordings)
        near = measured(unit, pairs, label, levels[-1])
        label = cluster(unit, *near, levels, label, wordings.copies)
        del unit, near  # before the next are made
    return attach(wordings, label, new)


def _between(pairs: Ints, label: Ints) -> Ints:
    """Return which groups the pairs lie between, each two once, by their labels, ascending.

    Of a million ads 24 million pairs of wordings are ten million of groups, once what is nearly the same is
    together.
    """
    found = [np.zeros(0, dtype=np.int64)]
    for at in range(0, len(pairs), _PAIRS):
        both = np.sort(label[pairs[at : at + _PAIRS]], axis=1)
        both = both[both[:, 0] != both[:, 1]]
        found.append(ascending(both[:, 0] * len(label) + both[:, 1]))
    return np.stack(np.divmod(ascending(np.concatenate(found)), len(label)), axis=1)


@dataclass(frozen=True, slots=True)
class Worded:
    """Each ad's wording and template. Rows are ads in order of first being seen.

    `shown` are templates, thin wordings' among them; in `template` an ad whose wording is thin stands alone:
    it is what joining and indicators build on. `keys` are the hashes of the masked wordings. `names` are the
    ids of templates that were there before; the others are named by their earliest ad.
    """

    shown: Ints
    template: Ints
    wording: Ints
    thin: Bools
    keys: npt.NDArray[np.uint64]
    names: Mapping[int, str]


def group_ads(bands: pa.Table, sites: Ints, languages: Ints, contents: Ints | None = None) -> Worded:
    """Return each ad's template (the number of its earliest wording), and its wording.

    Rows of `bands` are ads in order of first being seen. An ad whose wording says nothing at all is in a
    template of its own: the number counts on after the last wording. `languages` are numbered, -1 for none.
    """
    wordings = read_wordings(bands, sites, languages, contents)
    bands = bands.select(["bands", "wording"])  # their shingles are half a gigabyte of a million ads
    groups = group(wordings, candidates(wordings, bands))
    shown = groups[wordings.of_row]
    silent = np.diff(wordings.matrix.indptr)[wordings.of_row] == 0
    shown[silent] = len(wordings.first) + np.flatnonzero(silent)
    thin = wordings.thin[wordings.of_row]
    template = telling(shown, thin, max(len(wordings.first) + len(shown), 1))
    return Worded(shown, template, wordings.of_row, thin, bands["wording"].to_numpy(), {})


def telling(shown: Ints, thin: Bools, beyond: int) -> Ints:
    """Return the templates that joining may build on: an ad whose wording says too little stands alone.

    Such ads get numbers from `beyond` on.
    """
    out = shown.copy()
    out[thin] = beyond + np.flatnonzero(thin)
    return out
