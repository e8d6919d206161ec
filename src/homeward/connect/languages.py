"""Languages: how rare is a shingle within the language of the ads that have it?

Counted over all ads, everyday words of a language that few write in look as rare as odd words do, and
strangers' texts look alike. What a language's own wordings do not tell is taken from all of them together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from homeward.connect import parameters as p
from homeward.connect.tools import Floats, Ints, numbered

_ROWS = 50_000  # looked up at a time: of a million ads there are half a million, with 33 million shingles


@dataclass(frozen=True, slots=True)
class Told:
    """Of each language, how many wordings (or groups) there are, and how many have each shingle."""

    sizes: Ints
    counts: csr_matrix  # languages × shingles

    @property
    def languages(self) -> int:
        """How many languages are told apart."""
        return len(self.sizes)

    def __add__(self, other: Told) -> Told:
        if not other.counts.nnz:
            return Told(self.sizes + other.sizes, self.counts)
        return Told(self.sizes + other.sizes, csr_matrix(self.counts + other.counts))


def no_wordings(languages: int, shingles: int) -> Told:
    """Return that nothing is told."""
    return Told(np.zeros(languages, dtype=np.int64), csr_matrix((languages, shingles), dtype=np.int64))


def told_apart(languages: Ints) -> Ints:
    """Return languages numbered from 0, the commonest apart; the others, and what tells none, are one."""
    counts = np.bincount(languages[languages >= 0])
    kept = np.argsort(-counts, kind="stable")[: p.MOST_LANGUAGES]
    kept = kept[counts[kept] > 0]
    place = np.full(len(counts) + 1, len(kept), dtype=np.int64)  # the last one is that of -1
    place[kept] = np.arange(len(kept))
    return np.unique(place[languages], return_inverse=True)[1].astype(np.int64)


def counted_in(matrix: csr_matrix, language: Ints, languages: int, group: Ints | None = None) -> Told:
    """Return in how many rows each column stands, by language; with `group`, in how many groups of rows.

    A group counts once in each language that a row of it is in.
    """
    if group is not None:
        pairs = numbered(language, group)
        language = pairs.rows[:, 0]
        matrix = together(matrix, pairs.of, len(language))
    if languages == 1:  # as most workspaces are
        counts = csr_matrix(np.bincount(matrix.indices, minlength=matrix.shape[1])[None, :])
    else:
        counts = together(matrix, language, languages)
    return Told(np.bincount(language, minlength=languages), counts)


def together(matrix: csr_matrix, place: Ints, groups: int) -> csr_matrix:
    """Return how many rows of each group have each column (groups × columns)."""
    ones = csr_matrix(
        (np.ones(len(matrix.data), dtype=np.int32), matrix.indices, matrix.indptr), matrix.shape
    )
    chosen = csr_matrix(
        (np.ones(len(place), dtype=np.int32), (place, np.arange(len(place)))), shape=(groups, len(place))
    )
    return csr_matrix(chosen @ ones)


def rarity_in(matrix: csr_matrix, language: Ints, told: Told) -> Floats:
    """Return of each entry what its shingle tells in its row's language, in nats."""
    everywhere = np.asarray(told.counts.sum(axis=0)).ravel()
    share = np.maximum(everywhere, 1) / max(int(told.sizes.sum()), 2)
    table = np.stack([_rarity(share, told, one) for one in range(told.languages)])
    out: Floats = np.empty(len(matrix.data))
    for first in range(0, matrix.shape[0], _ROWS):
        ends = matrix.indptr[first : first + _ROWS + 1]
        entry = np.repeat(language[first : first + _ROWS], np.diff(ends))
        out[ends[0] : ends[-1]] = table[entry, matrix.indices[ends[0] : ends[-1]]]
    return out


def _rarity(share: Floats, told: Told, one: int) -> Floats:
    """Return what each shingle tells in one language, given the share of all wordings that have it."""
    counts = told.counts[one]
    among = p.AS_EVERYWHERE * share
    among[counts.indices] += counts.data
    rarity: Floats = np.clip(np.log((told.sizes[one] + p.AS_EVERYWHERE) / among), 0.0, p.MOST_RARITY)
    return rarity


def rarity_of(commonness: Ints, among: int) -> Floats:
    """Return what a shingle tells that so many of some wordings (or groups) have, in nats."""
    return np.clip(np.log(max(among, 2) / np.maximum(commonness, 1)), 0.0, p.MOST_RARITY)
