"""Links: which posters are compared, what their shared values weigh together, and why.

Pairs are proposed by shared values and by pairs of values that agree (the same wording and name, the same
wording and city, …); a value shared by k posters proposes a few pairs each, never k². Every proposed pair
is then weighed on everything the two share, each kind of evidence counting once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from homeward.connect import parameters as p
from homeward.connect.evidence import SOFT_KINDS, Posters, Said, crowd
from homeward.connect.facts import Facts
from homeward.connect.statements import statement
from homeward.connect.tools import Engine, Floats, Ints

# Which agreements propose a pair. A city or an age alone would propose half the country.
PROPOSERS: tuple[tuple[str, ...], ...] = (
    ("photo",), ("template",), ("url",), ("template", "name"), ("template", "city"), ("template", "photo"),
    ("name", "city", "age"), ("name", "photo"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compared:
    """Pairs of posters with the weight of each kind (columns as SOFT_KINDS, then contact, then time)."""

    pairs: Ints
    weights: Floats
    crowd: float  # nats that a link needs on top, see `evidence.crowd`
    shared: Ints  # for each pair and soft kind, the value that weighs most, -1 if none

    @property
    def strong(self) -> npt.NDArray[np.bool_]:
        """Which pairs are linked."""
        linked: npt.NDArray[np.bool_] = self.total >= p.LINK + self.crowd
        return linked

    @property
    def total(self) -> Floats:
        """The weight of each pair, all kinds together."""
        total: Floats = np.round(self.weights.sum(axis=1), 9)
        return total


COLUMNS = (*SOFT_KINDS, "contact", "time")


def propose(posters: Posters, said: dict[str, Said], weights: dict[str, Floats], engine: Engine) -> Ints:
    """Return the pairs of posters to compare, smaller first, sorted."""
    bands: list[npt.NDArray[np.uint64]] = []
    places: list[Ints] = []
    for number, kinds in enumerate(PROPOSERS):
        poster, key = _keys(said, weights, kinds[0], np.uint64(number))
        for kind in kinds[1:]:
            poster, key = _cross(poster, key, said, weights, kind)
        bands.append(key)
        places.append(poster)
    buckets = pa.table({"band": np.concatenate(bands).view(np.int64), "place": np.concatenate(places)})
    found = engine.sql(statement("neighbours"), {"buckets": buckets})
    pairs = np.stack([found["a"].to_numpy(), found["b"].to_numpy()], axis=1).astype(np.int64)
    ties = np.stack([posters.shared_a, posters.shared_b], axis=1)
    return np.unique(np.concatenate([pairs, ties]), axis=0)


_PRIME = np.uint64(0x100000001B3)


def _hash(key: npt.NDArray[np.uint64], value: Ints) -> npt.NDArray[np.uint64]:
    mixed = (key ^ value.astype(np.uint64)) * _PRIME
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    out: npt.NDArray[np.uint64] = mixed ^ (mixed >> np.uint64(32))
    return out


def _entries(said: Said, weight: Floats) -> tuple[Ints, Ints]:
    matrix = said.matrix
    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    keep = weight[matrix.indices] > 0
    return rows[keep], matrix.indices[keep].astype(np.int64)


def _keys(
    said: dict[str, Said], weights: dict[str, Floats], kind: str, seed: np.uint64
) -> tuple[Ints, npt.NDArray[np.uint64]]:
    rows, values = _entries(said[kind], weights[kind])
    return rows, _hash(np.full(len(rows), (seed + np.uint64(1)) * _PRIME), values + 1)


def _cross(
    poster: Ints, key: npt.NDArray[np.uint64], said: dict[str, Said], weights: dict[str, Floats], kind: str
) -> tuple[Ints, npt.NDArray[np.uint64]]:
    """Return every key joined with every value of `kind` that its poster says."""
    rows, values = _entries(said[kind], weights[kind])
    starts = np.searchsorted(rows, poster, side="left")
    counts = np.searchsorted(rows, poster, side="right") - starts
    # A poster of very many values (a busy operator's line) proposes through its first few only.
    counts = np.minimum(counts, p.MOST_CROSSED)
    which = np.repeat(np.arange(len(poster)), counts)
    inner = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    taken = values[starts[which] + inner] if len(which) else values[:0]
    return poster[which], _hash(key[which], taken + 1)


def compare(
    facts: Facts, posters: Posters, said: dict[str, Said], weights: dict[str, Floats], pairs: Ints
) -> Compared:
    """Weigh every pair on everything the two posters share."""
    out = np.zeros((len(pairs), len(COLUMNS)))
    shared = np.full((len(pairs), len(SOFT_KINDS)), -1, dtype=np.int64)
    for column, kind in enumerate(SOFT_KINDS):
        second = p.SECOND_PHOTO if kind == "photo" else 0.0
        most, shared[:, column] = _most(said[kind], weights[kind], pairs, second)
        out[:, column] = np.minimum(most, p.LINK + crowd(posters.count) - p.SHORT_OF_LINK)
    out[:, len(SOFT_KINDS)] = _contact(posters, pairs)
    out[:, len(SOFT_KINDS) + 1] = _time(facts, posters, pairs)
    return Compared(pairs, out, crowd(posters.count), shared)


def _most(said: Said, weight: Floats, pairs: Ints, second: float = 0.0) -> tuple[Floats, Ints]:
    """Return for each pair the heaviest shared value of a kind: its weight and its number.

    The next heaviest adds the share `second` of its weight; more of the same kind are not counted.
    """
    top, which = np.zeros(len(pairs)), np.full(len(pairs), -1, dtype=np.int64)
    for start in range(0, len(pairs), 200_000):
        some = pairs[start : start + 200_000]
        both = said.matrix[some[:, 0]].multiply(said.matrix[some[:, 1]]).tocsr()
        both.sort_indices()
        rows = np.repeat(np.arange(len(some)), np.diff(both.indptr))
        order = np.lexsort((both.indices, -weight[both.indices], rows))
        row, first = np.unique(rows[order], return_index=True)
        best = both.indices[order][first]
        top[start + row], which[start + row] = weight[best], best
        if second and len(rows) > 1:
            follows = np.minimum(first + 1, len(rows) - 1)
            same = (rows[order][follows] == row) & (follows > first)
            top[start + row] += second * np.where(same, weight[both.indices[order][follows]], 0.0)
    which[top <= 0] = -1
    return top, which


def _contact(posters: Posters, pairs: Ints) -> Floats:
    """Return the weight of contacts that stand in ads of both posters.

    One ad that carries another poster's number may be a rival's trick or a misreading and says little;
    several ads, if they are not few among the poster's, say nearly everything.
    """
    size = np.bincount(posters.of_ad, minlength=posters.count)
    key = posters.shared_a * posters.count + posters.shared_b
    ties, first = np.unique(key, return_inverse=True)
    ads = np.bincount(first, weights=posters.shared_ads, minlength=len(ties))
    mine = pairs[:, 0] * posters.count + pairs[:, 1]
    place = np.minimum(np.searchsorted(ties, mine), max(len(ties) - 1, 0))
    out = np.zeros(len(pairs))
    if not len(ties):
        return out
    hit = ties[place] == mine
    tied = ads[place]
    smaller = np.minimum(size[pairs[:, 0]], size[pairs[:, 1]])
    once, twice = p.TIE_WEIGHTS
    often = (tied >= 3) & (tied >= p.TIE_SHARE * smaller)
    whole = p.CONTACT_WEIGHT + crowd(posters.count)
    out[hit] = np.where(often, whole, np.where(tied >= 2, twice, once))[hit]
    return out


def _time(facts: Facts, posters: Posters, pairs: Ints) -> Floats:
    """Return what the gap between two posters' activity says; unknown clocks say nothing."""
    first = np.full(posters.count, np.inf)
    last = np.full(posters.count, -np.inf)
    known = facts.first_day >= 0
    np.minimum.at(first, posters.of_ad[known], facts.first_day[known])
    np.maximum.at(last, posters.of_ad[known], facts.last_day[known])
    a, b = pairs.T
    gap = np.maximum(first[a], first[b]) - np.minimum(last[a], last[b])
    out = np.where(gap <= p.NEAR_DAYS, p.NEAR_WEIGHT, np.where(gap >= p.FAR_DAYS, p.FAR_WEIGHT, 0.0))
    return np.where(np.isfinite(gap), out, 0.0)
