"""Clusters: which wordings are one template, given the pairs that are alike?

Average likeness decides, never a chain of pairs: two groups join if their members are alike on average,
counted over all pairs of members and not only over the proposed ones. Likeness being a product of unit rows,
that average is the product of the groups' sums, so a round costs what the groups that changed hold.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from homeward.connect.tools import Floats, Ints, relabel

Bools = npt.NDArray[np.bool_]

_CHUNK = 50_000  # pairs multiplied at a time: about 100 MB


def dots(rows: csr_matrix, a: Ints, b: Ints) -> Floats:
    """Return the product of row `a[i]` and row `b[i]` for every i, rounded to be the same anywhere."""
    out = np.zeros(len(a))
    for start in range(0, len(a), _CHUNK):
        some = slice(start, start + _CHUNK)
        out[some] = np.asarray(rows[a[some]].multiply(rows[b[some]]).sum(axis=1)).ravel()
    return np.round(out, 9)


def cluster(unit: csr_matrix, pairs: Ints, alike: Floats, levels: tuple[float, ...], start: Ints) -> Ints:
    """Return each row's group, named by its earliest row.

    `levels` descend; the last is the least average likeness of a group's halves. At each level every group
    points at its nearest one, and goes into it if that one is larger (then earlier) and does not go anywhere
    itself. A group takes in the nearest first and at most doubles in a round, then is measured again: a hub
    that resembles many strangers a little does not gather them. `start` are groups that are given, each
    named by one of its rows.
    """
    n = unit.shape[0]
    label = start.copy()
    size = np.bincount(label, minlength=n).astype(np.int64)
    edges = _Edges(label[pairs[:, 0]], label[pairs[:, 1]], alike)
    grown = size > 1
    edges.renew(grown, unit, label, size, levels[-1])
    for level in levels:
        while (goes := _moves(edges, size, level)) is not None:
            source, target = goes
            to = np.arange(n)
            to[source] = target
            label = to[label]
            np.add.at(size, target, size[source])
            edges.a, edges.b = to[edges.a], to[edges.b]
            grown = np.zeros(n, dtype=bool)
            grown[target] = True
            edges.renew(grown, unit, label, size, levels[-1])
    return relabel(label)


class _Edges:
    """Pairs of groups with their average likeness."""

    def __init__(self, a: Ints, b: Ints, alike: Floats) -> None:
        self.a, self.b, self.alike = a, b, alike

    def renew(
        self, grown: Bools, unit: csr_matrix, label: Ints, size: Ints,
        least: float,
    ) -> None:  # fmt: skip
        """Count each pair once, measure again what touches a group that has grown, and drop what is unlike.

        A pair that is unlike cannot become alike by itself: the average of two averages is never above both.
        """
        low, high = np.minimum(self.a, self.b), np.maximum(self.a, self.b)
        _, first = np.unique(low * len(size) + high, return_index=True)
        first = first[low[first] != high[first]]
        low, high, alike = low[first], high[first], self.alike[first]
        again = np.flatnonzero(grown[low] | grown[high])
        if len(again):
            groups = np.unique(np.concatenate([low[again], high[again]]))
            total = _sums(unit, label, groups)
            a, b = np.searchsorted(groups, low[again]), np.searchsorted(groups, high[again])
            alike[again] = np.round(dots(total, a, b) / (size[low[again]] * size[high[again]]), 9)
        keep = alike >= least
        self.a, self.b, self.alike = low[keep], high[keep], alike[keep]


def _sums(unit: csr_matrix, label: Ints, groups: Ints) -> csr_matrix:
    """Return the sum of the rows of each of some groups (ascending)."""
    place = np.minimum(np.searchsorted(groups, label), len(groups) - 1)
    rows = np.flatnonzero(groups[place] == label)
    chosen = csr_matrix(
        (np.ones(len(rows)), (place[rows], np.arange(len(rows)))), shape=(len(groups), len(rows))
    )
    return csr_matrix(chosen @ unit[rows])


def _moves(edges: _Edges, size: Ints, level: float) -> tuple[Ints, Ints] | None:
    """Return which groups go into which now, or None when nothing at this level is left."""
    near = edges.alike >= level
    if not near.any():
        return None
    a, b, alike = edges.a[near], edges.b[near], edges.alike[near]
    here, there = np.concatenate([a, b]), np.concatenate([b, a])
    alike = np.concatenate([alike, alike])
    order = np.lexsort((there, -alike, here))
    order = order[_firsts(here[order])]
    here, there, alike = here[order], there[order], alike[order]
    larger = (size[there] > size[here]) | ((size[there] == size[here]) & (there < here))
    leaving = np.zeros(len(size), dtype=bool)
    leaving[here[larger]] = True
    going = larger & ~leaving[there]
    here, there, alike = here[going], there[going], alike[going]
    order = np.lexsort((here, -alike, there))
    here, there = here[order], there[order]
    first = _firsts(there)
    gained = np.cumsum(size[here])
    before = (gained - size[here])[first][np.cumsum(first) - 1]
    fits = first | (gained - before <= size[there])
    return here[fits], there[fits]


def _firsts(values: Ints) -> Bools:
    """Return where a sorted column begins another value."""
    first = np.ones(len(values), dtype=bool)
    first[1:] = values[1:] != values[:-1]
    return first
