"""Fragments: what is left alone, held against whole groups.

A heavy edit shares less with any single copy of its text than average likeness asks for, but it holds words
of that text and of no other. So what nobody joined is compared with what each group agrees on, and goes where
it clearly belongs; what resembles several groups about equally is made of common phrases and stays alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, vstack

from homeward.connect import parameters as p
from homeward.connect.clusters import dots
from homeward.connect.languages import Told, counted_in, rarity_in
from homeward.connect.tools import Floats, Ints, distinct, relabel
from homeward.connect.wordings import Bools, Wordings

_CHUNK = 4_000  # fragments multiplied at a time
_CORES = 20_000  # cores whose wordings are added up at a time: those of all would be a second copy of them


@dataclass(frozen=True, slots=True)
class _Weights:
    """In how many cores each shingle stands, by language, and which shingles say nothing."""

    told: Told
    silent: Bools


def attach(wordings: Wordings, label: Ints, only: Bools | None = None) -> Ints:
    """Return the groups after each wording that is alone has gone to the group that clearly has its words.

    `only` says which wordings may go.
    """
    size = np.bincount(label, weights=wordings.copies, minlength=len(label)).astype(np.int64)
    alone = np.flatnonzero((size[label] == 1) & ~wordings.thin & (True if only is None else only))
    kept = size >= 2
    kept[label[wordings.thin]] = False
    cores = np.flatnonzero(kept)
    if not len(alone) or not len(cores):
        return label
    agreed, weights = _agreed(wordings, label, cores, size)
    proposing = _proposing(agreed)
    out = label.copy()
    for start in range(0, len(alone), _CHUNK):
        rows = alone[start : start + _CHUNK]
        held = _weighed(wordings.matrix[rows], wordings.language[rows], weights)
        fragment, core = _proposed(csr_matrix(held @ proposing))
        best, lead, core = _best(len(rows), fragment, core, dots(held, agreed, fragment, core))
        least = np.maximum(p.FRAGMENT_LEAD, p.FRAGMENT_LEAD_SHARE * best)
        goes = (best >= p.FRAGMENT) & (lead >= least)
        out[rows[goes]] = cores[core[goes]]
    return relabel(out)


def _agreed(wordings: Wordings, label: Ints, cores: Ints, size: Ints) -> tuple[csr_matrix, _Weights]:
    """Return what each core agrees on (unit rows) and what shingles weigh, counted over cores."""
    place = np.full(len(label), -1, dtype=np.int64)
    place[cores] = np.arange(len(cores))
    core = place[label]
    some = [
        _shared(wordings, core, size[cores], start, min(start + _CORES, len(cores)))
        for start in range(0, len(cores), _CORES)
    ]
    shares = csr_matrix(vstack(some, format="csr"))
    del some
    silent = np.ones(shares.shape[1], dtype=bool)
    silent[wordings.matrix.indices[wordings.matrix.data > 0]] = False
    language, beyond = wordings.language[cores], wordings.beyond.cores  # a core is named by its earliest
    weights = _Weights(counted_in(shares, language, beyond.languages) + beyond, silent)
    return _weighed(shares, language, weights), weights


def _shared(wordings: Wordings, core: Ints, size: Ints, first: int, last: int) -> csr_matrix:
    """Return which shingles enough copies of some cores have; `core` says which one each wording is of."""
    rows = np.flatnonzero((core >= first) & (core < last))
    held = wordings.matrix[rows]
    held.data = np.ones(len(held.data))
    share = wordings.copies[rows] / size[core[rows]]
    chosen = csr_matrix((share, (core[rows] - first, np.arange(len(rows)))), shape=(last - first, len(rows)))
    shares = csr_matrix(chosen @ held)
    shares.data = np.where(shares.data >= p.AGREED, 1.0, 0.0)
    shares.eliminate_zeros()
    return shares


def _proposing(agreed: csr_matrix) -> csr_matrix:
    """Return the cores by shingle, without those that very many share: a phrase of k groups costs no k²."""
    among = np.bincount(agreed.indices, minlength=agreed.shape[1])
    kept = agreed.copy()
    kept.data = np.where(among[kept.indices] <= p.PHRASE_CORES, kept.data, 0.0)
    kept.eliminate_zeros()
    return csr_matrix(kept.T)


def _proposed(scores: csr_matrix) -> tuple[Ints, Ints]:
    """Return (row, column) of the few best columns of each row."""
    rows = np.repeat(np.arange(scores.shape[0]), np.diff(scores.indptr))
    # Sorted as one number each, by rows, likeness to nine digits (the highest first) and columns.
    best = distinct(rows, -np.rint(scores.data * 1e9).astype(np.int64), scores.indices.astype(np.int64))
    few = np.arange(len(rows)) - np.asarray(scores.indptr)[rows] < p.CORES_TRIED
    return best[few, 0], best[few, 2]


def _weighed(rows: csr_matrix, language: Ints, weights: _Weights) -> csr_matrix:
    """Return rows of unit length whose products are the shared weight over that of both."""
    held = np.where(weights.silent[rows.indices], 0.0, rarity_in(rows, language, weights.told))
    made = csr_matrix((np.sqrt(held), rows.indices, rows.indptr), shape=rows.shape)
    scale = np.sqrt(np.maximum(np.asarray(made.multiply(made).sum(axis=1)).ravel(), 1e-9))
    made.data /= np.repeat(scale, np.diff(made.indptr))
    return made


def _best(count: int, rows: Ints, columns: Ints, alike: Floats) -> tuple[Floats, Floats, Ints]:
    """Return of each row (they ascend) the best likeness, how far it leads the next, and its column."""
    order = np.lexsort((columns, -alike, rows))
    rows, alike, columns = rows[order], alike[order], columns[order]
    best, second = np.zeros(count), np.zeros(count)
    core = np.zeros(count, dtype=np.int64)
    first = np.ones(len(rows), dtype=bool)
    first[1:] = rows[1:] != rows[:-1]
    best[rows[first]], core[rows[first]] = alike[first], columns[first]
    next_one = np.zeros(len(rows), dtype=bool)
    next_one[1:] = first[:-1] & ~first[1:]
    second[rows[next_one]] = alike[next_one]
    return best, best - second, core
