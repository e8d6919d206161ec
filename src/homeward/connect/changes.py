"""Changes: when did somebody's posting, prices or numbers change, and which city has a sudden surge of ads?

Change points are those of the best piecewise-constant line: every cut must gain more than it costs, found
exactly by dynamic programming over weeks. Surges are windows of days with more ads than the city's own
recent past explains, counts being allowed to vary more than a Poisson's do; over all windows the
false-discovery rate is held. Neither knows of holidays, fairs or a source that was read more often.

Source: Jackson et al. 2005 (optimal partitioning); Kulldorff 1997 (scan statistic); Benjamini and
Hochberg 1995.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc

from homeward.connect.cotravel import step_up
from homeward.connect.tools import Floats, Ints

# What a cut must gain (nats) besides the log of the number of weeks: on a steady line, fewer than one series
# in twenty shows a cut.
CUT_COST = 3.0
MOST_WEEKS = 520  # ten years: the work grows with the square of the weeks
# A surge is looked for in windows of up to so many days, beside the days before it.
LONGEST_SURGE = 7
PAST_DAYS = 56
LEAST_PAST = 28  # days of the city's past below which nothing can be expected
SURGE_SHARE = 0.05  # of all days that may be of surges
LEAST_SURGE = 5  # ads; a handful is no surge however rare


@dataclass(frozen=True, slots=True)
class Change:
    """From position `at` of a series on, its level is `after` and no longer `before`; `gain` is in nats."""

    at: int
    before: float
    after: float
    gain: float


def count_changes(counts: Floats) -> list[Change]:
    """Return where a series of counts changes its rate (Poisson likelihood)."""
    total = np.concatenate([[0.0], np.cumsum(counts)])

    def cost(start: Ints, end: int) -> Floats:
        length = (end - start).astype(np.float64)
        sums = total[end] - total[start]
        rate = np.maximum(sums / length, 1e-12)
        out: Floats = sums - sums * np.log(rate)
        return out

    return _cut(len(counts), cost, lambda a, b: float((total[b] - total[a]) / (b - a)))


def level_changes(values: Floats) -> list[Change]:
    """Return where a series of values changes its level (normal likelihood, noise from its own steps)."""
    if len(values) < 4:
        return []
    noise = float(np.median(np.abs(np.diff(values)))) / (0.6745 * np.sqrt(2))
    noise = max(
        noise, 0.02 * float(np.abs(values).mean()), 1e-9
    )  # prices are round: two per cent is no change
    total = np.concatenate([[0.0], np.cumsum(values)])
    square = np.concatenate([[0.0], np.cumsum(values**2)])

    def cost(start: Ints, end: int) -> Floats:
        length = (end - start).astype(np.float64)
        spread = square[end] - square[start] - (total[end] - total[start]) ** 2 / length
        out: Floats = spread / (2 * noise**2)
        return out

    return _cut(len(values), cost, lambda a, b: float((total[b] - total[a]) / (b - a)))


def _cut(n: int, cost: Callable[[Ints, int], Floats], level: Callable[[int, int], float]) -> list[Change]:
    """Return the cuts of the cheapest partition (optimal partitioning), each with what it gains."""
    if not 2 <= n <= MOST_WEEKS:
        return []
    penalty = CUT_COST + float(np.log(n))
    best, last = np.zeros(n + 1), np.zeros(n + 1, dtype=np.int64)
    best[0] = -penalty
    for end in range(1, n + 1):
        starts = np.arange(end)
        sums = best[:end] + cost(starts, end) + penalty
        last[end] = int(np.argmin(sums))
        best[end] = sums[last[end]]
    cuts, end = [n], n
    while end:
        end = int(last[end])
        cuts.append(end)
    cuts.reverse()
    out = []
    for a, b, c in zip(cuts, cuts[1:], cuts[2:], strict=False):
        one = np.array([a])
        gain = float(cost(one, c)[0] - cost(one, b)[0] - cost(np.array([b]), c)[0])
        out.append(Change(b, round(level(a, b), 6), round(level(b, c), 6), round(gain, 6)))
    return out


@dataclass(frozen=True, slots=True)
class Surge:
    """More ads in a city on `days` days from `first` (days since 1970) on than its past explains."""

    city: int
    first: int
    days: int
    ads: int
    expected: float
    p: float


def find_surges(city: Ints, day: Ints, *, first: int, last: int) -> list[Surge]:
    """Return the surges of all cities between two days (both included), strongest first.

    `city` and `day` have a row an ad. Each window of 1 to LONGEST_SURGE days is held against the PAST_DAYS
    before it; the false-discovery rate is held over every window looked at.
    """
    keep = (city >= 0) & (day >= first) & (day <= last)
    cities, row = np.unique(city[keep], return_inverse=True)
    length = last - first + 1
    if not len(cities) or length <= LEAST_PAST:
        return []
    counts = np.zeros((len(cities), length))
    np.add.at(counts, (row.ravel(), day[keep] - first), 1.0)
    sums = np.concatenate([np.zeros((len(cities), 1)), np.cumsum(counts, axis=1)], axis=1)
    squares = np.concatenate([np.zeros((len(cities), 1)), np.cumsum(counts**2, axis=1)], axis=1)
    # How much more days vary than a Poisson's, from all of the city's days: few past days tell too little.
    # The highest days are cut to the level of the next ones, so that a surge does not excuse itself.
    held = np.minimum(counts, np.quantile(counts, 1 - SURGE_SHARE, axis=1, method="higher")[:, None])
    ratio = np.maximum(held.var(axis=1) / np.maximum(held.mean(axis=1), 1e-9), 1.0)[:, None]
    found, tests = [], 0
    for days in range(1, LONGEST_SURGE + 1):
        begin = np.arange(LEAST_PAST, length - days + 1)
        past = np.maximum(begin - PAST_DAYS, 0)
        width = (begin - past).astype(np.float64)
        # Half an ad is added to the past: a city never seen before is no surge by its first ads.
        mean = (sums[:, begin] - sums[:, past] + 0.5) / width
        spread = (squares[:, begin] - squares[:, past]) / width - (mean * width - 0.5) ** 2 / width**2
        seen = sums[:, begin + days] - sums[:, begin]
        p = _tail(seen, mean, np.maximum(spread, mean * ratio), days, width)
        tests += p.size
        for c, b in np.argwhere((p < 0.01) & (seen >= LEAST_SURGE)).tolist():
            expected = round(float(mean[c, b]) * days, 3)
            p_value, begins = float(p[c, b]), first + int(begin[b])
            found.append(Surge(int(cities[c]), begins, days, int(seen[c, b]), expected, p_value))
    # Overlapping windows of one surge are one discovery: else a great surge would carry small ones with it.
    apart = _apart(found)
    called = step_up([surge.p for surge in apart], tests)
    return [surge for surge, ok in zip(apart, called, strict=True) if ok]


def _tail(seen: Floats, mean: Floats, spread: Floats, days: int, width: Floats) -> Floats:
    """Return how likely so many ads or more are: negative binomial, the past's mean being uncertain too."""
    expected = mean * days
    # The variance of the days themselves, and that of a mean known from `width` days only.
    variance = spread * days + spread * days**2 / width
    variance = np.maximum(variance, expected * 1.0001)
    size = expected**2 / (variance - expected)
    out: Floats = np.where(seen > 0, betainc(np.maximum(seen, 1), size, 1.0 - expected / variance), 1.0)
    return out


def _apart(surges: list[Surge]) -> list[Surge]:
    """Return surges that do not overlap in one city: of overlapping windows the least likely stays."""
    out: list[Surge] = []
    taken: dict[int, list[Surge]] = defaultdict(list)
    for surge in sorted(surges, key=lambda s: (s.p, -s.days, s.city, s.first)):
        mine = taken[surge.city]
        if all(surge.first + surge.days <= o.first or o.first + o.days <= surge.first for o in mine):
            mine.append(surge)
            out.append(surge)
    return out
