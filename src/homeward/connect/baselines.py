"""Baselines: how common is what a group's wordings hold among others of the same site, city and language?

A share means nothing by itself: where half of all numbers are spelled out, spelling one out says little.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable

import numpy as np

from homeward.connect import parameters as p
from homeward.connect.groups import HIDDEN
from homeward.connect.neighbours import COMPARED, Neighbours
from homeward.connect.tools import Floats, Ints, numbered

Baseline = Callable[[str, Ints], float]


def baselines(around: Neighbours) -> Baseline:
    """Return a function from a family and a group's ads to its share among the group's neighbours."""
    numbers = Circles(around, np.flatnonzero(around.number), around.hidden[:, None].astype(float))
    words = Circles(around, np.arange(len(around.site)), around.held)

    def baseline(family: str, ads: Ints) -> float:
        if family == HIDDEN:
            return numbers.share(ads, 0)
        return words.share(ads, COMPARED.index(family))

    return baseline


class Circles:
    """Shares of flags among neighbours: other groups of the same site, city and language.

    Each group counts once by the share of its wordings, so that one busy operator does not make the
    neighbourhood; where there are fewer than `LEAST_NEIGHBOURS` groups, the circle widens to the site and
    language, then to everything.
    """

    def __init__(self, around: Neighbours, rows: Ints, flags: Floats) -> None:
        """Count `flags` (a row an ad, a column a flag) over the ads `rows`."""
        site, city, language = around.site[rows] + 1, around.city[rows] + 1, around.language[rows] + 1
        cities, languages = int(city.max(initial=0)) + 1, int(language.max(initial=0)) + 1
        wide = site * languages + language
        self._circles = [
            (site * cities + city) * languages + language,
            wide,
            np.zeros(len(rows), dtype=np.int64),
        ]
        network = around.network
        self._network, self._wording = network, around.wording[rows]
        self._place = np.full(len(around.site), -1, dtype=np.int64)
        self._place[rows] = np.arange(len(rows))
        self._counted = [_count(keys, network[rows], self._wording, flags[rows]) for keys in self._circles]

    def share(self, ads: Ints, flag: int) -> float:
        """Return the share of a flag among the neighbours of a group's ads, 0 where there are none."""
        mine = self._place[ads]
        mine = mine[mine >= 0]
        if not len(mine):
            return 0.0
        group = int(self._network[ads[0]])
        for keys, (shares, total, own) in zip(self._circles, self._counted, strict=True):
            # The circle of most of the group's wordings: a repost makes none likelier.
            worded = set(zip(keys[mine].tolist(), self._wording[mine].tolist(), strict=True))
            around = Counter(circle for circle, _ in worded)
            key = min(around, key=lambda one: (-around[one], one))
            sums, first, count = total[key]
            whole = float(sums[flag])
            row = bisect_left(own, group, first, first + count)
            if row < first + count and own[row] == group:
                whole, count = whole - float(shares[row, flag]), count - 1
            if count >= p.LEAST_NEIGHBOURS or keys is self._circles[-1]:
                return round(whole / count, 9) if count else 0.0
        return 0.0


Counted = tuple[Floats, dict[int, tuple[Floats, int, int]], memoryview]


def _count(keys: Ints, network: Ints, wording: Ints, flags: Floats) -> Counted:
    """Return each (circle, group)'s shares; of each circle the sums, its first row and how many it has; and
    the rows' groups, which ascend within a circle.
    """
    cells, _, inverse, rows = numbered(keys, network, wording)
    held = np.zeros((len(cells), flags.shape[1]))
    if len(cells):
        by_cell = flags[np.argsort(inverse, kind="stable")]
        held = np.maximum.reduceat(by_cell, np.cumsum(rows) - rows, axis=0)
    groups, start, _, _ = numbered(cells[:, 0], cells[:, 1])
    sizes = np.diff([*start, len(cells)])[:, None]
    shares = np.add.reduceat(held, start, axis=0) / sizes if len(cells) else held
    total: dict[int, tuple[Floats, int, int]] = {}
    circles, first, counts = np.unique(groups[:, 0], return_index=True, return_counts=True)
    sums = np.add.reduceat(shares, first, axis=0) if len(groups) else shares
    starts = zip(circles.tolist(), first.tolist(), counts.tolist(), strict=True)
    for place, (circle, begin, count) in enumerate(starts):
        total[circle] = (sums[place], begin, count)
    return shares, total, np.ascontiguousarray(groups[:, 1]).data
