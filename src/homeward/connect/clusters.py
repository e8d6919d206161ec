"""Clusters: which wordings are one template, given the pairs that are alike?

Average likeness decides, never a chain of pairs: two groups join if their members are alike on average,
counted over all pairs of members and not only over the proposed ones. Likeness being a product of unit rows,
that average is the product of the groups' sums, so a round costs what the groups that changed hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from scipy.sparse import csr_matrix

from homeward.connect import parameters as p
from homeward.connect.bounds import Bounds
from homeward.connect.tools import Floats, Ints, ascending, firsts, relabel

Bools = npt.NDArray[np.bool_]
Pairs = tuple[Ints, Ints, Floats]  # two groups, and how alike they are

_AT_ONCE = 1_000_000  # pairs looked at before those that are unlike go
# Pairs a row from which on bounds cost less than they spare.
_BOUND_FROM = 4
_CHUNK = 5_000  # pairs multiplied at a time: some 10 MB, which stay in reach and are used again
_BOUND_CHUNK = 20_000  # pairs held against their bounds at a time


def dots(left: csr_matrix, right: csr_matrix, a: Ints, b: Ints) -> Floats:
    """Return the product of `left`'s row `a[i]` and `right`'s row `b[i]` for every i, rounded to be the same
    anywhere.

    Chunks are multiplied on all cores: scipy lets go of the interpreter meanwhile.
    """
    out = np.zeros(len(a))

    def one(start: int) -> None:
        some = slice(start, start + _CHUNK)
        out[some] = np.asarray(left[a[some]].multiply(right[b[some]]).sum(axis=1)).ravel()

    if len(a) <= _CHUNK:
        one(0)
    else:
        with ThreadPoolExecutor(pa.cpu_count()) as pool:
            list(pool.map(one, range(0, len(a), _CHUNK)))
    return np.round(out, 9)


def _bounds(rows: csr_matrix, pairs: int) -> Bounds | None:
    return Bounds(rows) if pairs > _BOUND_FROM * rows.shape[0] else None


def _products(rows: csr_matrix, a: Ints, b: Ints, least: Floats | float, bounds: Bounds | None) -> Floats:
    """Return the products of rows, 0 where bounds tell that one is below `least`."""
    if bounds is None:
        return dots(rows, rows, a, b)
    out, reach, wanted = np.zeros(len(a)), np.zeros(len(a), dtype=bool), np.broadcast_to(least, len(a))

    def one(start: int) -> None:
        some = slice(start, start + _BOUND_CHUNK)
        reach[some] = bounds.reach(a[some], b[some], wanted[some])

    with ThreadPoolExecutor(pa.cpu_count()) as pool:
        list(pool.map(one, range(0, len(a), _BOUND_CHUNK)))
    out[reach] = dots(rows, rows, a[reach], b[reach])
    return out


def measured(unit: csr_matrix, pairs: Ints, start: Ints, least: float) -> tuple[Ints, Floats]:
    """Return pairs of rows, and how alike those are that stand alone; `cluster` measures the others anew.

    Those that are not even so much alike as `least` are left out at once: of a million ads they are most of
    some thirty million.
    """
    alone = (np.bincount(start, minlength=unit.shape[0])[start] == 1)[pairs].all(axis=1)
    bounds = _bounds(unit, int(alone.sum()))
    kept, likeness = [pairs[:0]], [np.zeros(0)]
    for at in range(0, len(pairs), _AT_ONCE):
        some = pairs[at : at + _AT_ONCE]
        asked = alone[at : at + _AT_ONCE]
        alike = np.full(len(some), least)
        a, b = some[asked].T
        alike[asked] = _products(unit, a, b, least, bounds)
        keep = alike >= least
        kept.append(some[keep])
        likeness.append(alike[keep])
    return np.concatenate(kept), np.concatenate(likeness)


def cluster(
    unit: csr_matrix, pairs: Ints, alike: Floats, levels: tuple[float, ...], start: Ints,
    copies: Ints | None = None,
) -> Ints:  # fmt: skip
    """Return each row's group, named by its earliest row.

    `levels` descend; the last is the least average likeness of a group's halves. At each level every group
    points at its nearest one, and goes into it if that one is larger (then earlier) and does not go anywhere
    itself. A group takes in the nearest first and at most doubles in a round, then is measured again: a hub
    that resembles many strangers a little does not gather them. `alike` says how alike each pair is, where
    both stand alone; `start` are groups that are given, each named by one of its rows; `copies` is how many
    times each row stands for (1). Two groups of many copies each that are much more alike within than between
    are two texts, and stay apart: see `needed`.
    """
    n = unit.shape[0]
    copies = np.ones(n, dtype=np.int64) if copies is None else copies
    groups = _Groups(unit, copies, start.copy())
    edges = _Edges(start[pairs[:, 0]], start[pairs[:, 1]], alike)
    # A row's copies are all the same, so only groups of several rows are unlike what `alike` says of them.
    edges.renew(groups, np.flatnonzero(np.bincount(start, minlength=n) > 1), levels[-1])
    for level in levels:
        while (goes := _moves(edges, groups.size, level)) is not None:
            source, target = goes
            to = groups.move(source, target)
            edges.a, edges.b = to[edges.a], to[edges.b]
            edges.renew(groups, ascending(target), levels[-1])
    return relabel(groups.label)


def needed(size: Ints, own: Floats) -> Floats:
    """Return how alike two groups must be, given the smaller one's copies and the looser one's own likeness.

    An edit comes once or twice; a text that comes as often as another, always in its own words, is no edit of
    it. Describing both by one template would cost more than a template each: what they differ in is said
    again in every copy.
    """
    return np.asarray(own * p.APART * (1.0 - p.EDITED / np.maximum(size, 1)))


def _enough(a: Ints, b: Ints, alike: Floats, asked: Floats) -> Pairs:
    """Return the pairs that are as alike as is asked of each."""
    keep = alike >= asked
    return a[keep], b[keep], alike[keep]


class _Groups:
    """The groups as they are: each row's label, and of each label its size and how alike it is within."""

    def __init__(self, unit: csr_matrix, copies: Ints, label: Ints) -> None:
        self.unit, self.copies, self.label = unit, copies, label
        self.size = np.bincount(label, weights=copies, minlength=len(label)).astype(np.int64)
        self.own = np.ones(len(label))
        self._lengths = np.asarray(unit.multiply(unit).sum(axis=1)).ravel()

    def move(self, source: Ints, target: Ints) -> Ints:
        """Let groups go into others; return where each label is now."""
        to = np.arange(len(self.label))
        to[source] = target
        self.label = to[self.label]
        np.add.at(self.size, target, self.size[source])
        return to

    def asked(self, a: Ints, b: Ints, least: float) -> Floats:
        """Return how alike pairs of groups must be to be one."""
        smaller = np.minimum(self.size[a], self.size[b])
        return np.maximum(least, needed(smaller, np.minimum(self.own[a], self.own[b])))

    def measured(self, key: Ints, least: float) -> Iterator[Pairs]:
        """Yield, some at a time, the pairs of groups (`key`: first times all groups, and second) that are
        alike enough: what is unlike goes before the next are looked at."""
        count = len(self.size)
        touched = np.zeros(count, dtype=bool)
        touched[key // count] = touched[key % count] = True
        heads, place = np.flatnonzero(touched), np.cumsum(touched) - 1
        if not len(heads):
            return
        total = self.sums(heads)
        bounds = _bounds(total, len(key))
        for at in range(0, len(key), _AT_ONCE):
            a, b = np.divmod(key[at : at + _AT_ONCE], count)
            pairs = self.size[a] * self.size[b]
            asked = self.asked(a, b, least)
            products = _products(total, place[a], place[b], asked * pairs, bounds)
            yield _enough(a, b, np.asarray(np.round(products / pairs, 9)), asked)

    def sums(self, groups: Ints) -> csr_matrix:
        """Return the sum of the rows of each of some groups (ascending), each as often as it has copies."""
        place = np.minimum(np.searchsorted(groups, self.label), len(groups) - 1)
        rows = np.flatnonzero(groups[place] == self.label)
        chosen = csr_matrix(
            (self.copies[rows].astype(np.float64), (place[rows], np.arange(len(rows)))),
            shape=(len(groups), len(rows)),
        )
        total = csr_matrix(chosen @ self.unit[rows])
        # Rows out of order are multiplied by way of a column of all shingles, made anew at every call.
        total.sort_indices()
        size = self.size[groups]
        whole = np.asarray(total.multiply(total).sum(axis=1)).ravel()
        lengths = self.copies[rows] * self._lengths[rows]
        between = whole - np.bincount(place[rows], weights=lengths, minlength=len(groups))
        own = np.round(between / np.maximum(size * (size - 1), 1), 9)
        self.own[groups] = np.where(size > 1, own, 1.0)
        return total


class _Edges:
    """Pairs of groups with their average likeness."""

    def __init__(self, a: Ints, b: Ints, alike: Floats) -> None:
        self.a, self.b, self.alike = a, b, alike

    def renew(self, groups: _Groups, grown: Ints, least: float) -> None:
        """Count each pair once, measure again what touches a group that has grown, and drop what is unlike.

        A pair that is unlike cannot become alike by itself: the average of two averages is never above both.
        """
        count = len(groups.size)
        changed = np.zeros(count, dtype=bool)
        changed[grown] = True
        again = changed[self.a] | changed[self.b]
        # Only what touches a group that has grown can have become another's double, or a pair within one.
        a, b = self.a[again], self.b[again]
        key = ascending((np.minimum(a, b) * count + np.maximum(a, b))[a != b])
        del a, b  # of a million ads there are some ten million pairs yet
        rest = ~again
        self.a, self.b, self.alike = self.a[rest], self.b[rest], self.alike[rest]
        # This renews how alike groups are within, which the others are held against as well.
        found = list(groups.measured(key, least))
        found.append(_enough(self.a, self.b, self.alike, groups.asked(self.a, self.b, least)))
        self.a, self.b, self.alike = (np.concatenate(some) for some in zip(*found, strict=True))


def _moves(edges: _Edges, size: Ints, level: float) -> tuple[Ints, Ints] | None:
    """Return which groups go into which now, or None when nothing at this level is left."""
    near = edges.alike >= level
    if not near.any():
        return None
    a, b, alike = edges.a[near], edges.b[near], edges.alike[near]
    here, there = np.concatenate([a, b]), np.concatenate([b, a])
    alike = np.concatenate([alike, alike])
    order = np.lexsort((there, -alike, here))
    order = order[firsts(here[order])]
    here, there, alike = here[order], there[order], alike[order]
    larger = (size[there] > size[here]) | ((size[there] == size[here]) & (there < here))
    leaving = np.zeros(len(size), dtype=bool)
    leaving[here[larger]] = True
    going = larger & ~leaving[there]
    here, there, alike = here[going], there[going], alike[going]
    order = np.lexsort((here, -alike, there))
    here, there = here[order], there[order]
    first = firsts(there)
    gained = np.cumsum(size[here])
    before = (gained - size[here])[first][np.cumsum(first) - 1]
    fits = first | (gained - before <= size[there])
    return here[fits], there[fits]
