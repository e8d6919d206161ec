"""Co-travel: do several people go to the same places in the same days, more than chance has it?

Two are tested on what they show together: how many of the one's stays fall on a stay of the other in the same
place. Chance is a reordering of the other's places over the other's own stays: dates, lengths and the places
themselves stay as they are. The p-value is the share of reorderings that show as much (the true order counted
as one, so that it is never 0); over all pairs the false-discovery rate is held by Benjamini and Hochberg's
step-up rule, pairs that were not worth testing counted as tests too.

Source: Besag and Clifford 1991 (permutation p-values that stop early); Benjamini and Hochberg 1995.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.connect.tools import Floats, Ints

# Days between two people's ads in one place that still count as together: ads are sparse.
TOGETHER_DAYS = 1.0
# Fewer common places are no journey together: everybody meets somebody in one city.
LEAST_PLACES = 2
# Reorderings tried: more only while hardly any shows as much as what was seen and the pair would not yet be
# called at a rate this many times lower (stopping as soon as it is called would favour luck).
ROUNDS = (199, 1_999, 19_999, 199_999)
WELL_BELOW = 4.0
ENOUGH = 10  # reorderings that show as much; from here on more of them change little
# Two strangers on one well-known round meet now and then, more often than in no order: people who travel
# together meet at most of their stops.
MOSTLY_TOGETHER = 0.6
AT_ONCE = 4_000  # reorderings held in memory at a time
SEED = 20_260_301  # chance, made repeatable: the same stays always give the same p-value
# The share of pairs called together that may be wrong.
FALSE_DISCOVERY = 0.05
# People in one place in one week: beyond, the crowd proposes no pair of its own.
CROWD = 40
CELL_DAYS = 7.0


@dataclass(frozen=True, slots=True)
class Track:
    """One person's stays in order: places, and days since 1970 of the first and last ad of each."""

    place: Ints
    first: Floats
    last: Floats


@dataclass(frozen=True, slots=True)
class Together:
    """Two people who were in the same places in the same days.

    `meetings` are (stay of a, stay of b); `share` is the part of either's stays, while the other was seen,
    that met, the smaller of both; `p` is the permutation p-value; `called` says whether the pair stands at
    the false-discovery rate and was mostly together.
    """

    a: int
    b: int
    meetings: tuple[tuple[int, int], ...]
    places: tuple[int, ...]
    share: float
    p: float
    called: bool


def co_travel(
    tracks: dict[int, Track],
    pairs: Sequence[tuple[int, int]] | None = None,
    rounds: Sequence[int] = ROUNDS,
) -> list[Together]:
    """Return the pairs met in LEAST_PLACES places or more, with p-values and whether they are called.

    `rounds` are the reorderings tried, fewest first; more only where it may matter. Without
    `pairs`, people who share two places in the same weeks are proposed. All pairs count as tests.
    """
    if pairs is None:
        pairs, tests = propose(tracks), len(tracks) * (len(tracks) - 1) // 2
    else:
        tests = len(pairs)
    met = [(a, b, found) for a, b in sorted(set(pairs)) if (found := _meet(tracks[a], tracks[b])) is not None]
    p_values = _p_values([found for *_, found in met], tests, rounds)
    called = step_up(p_values, tests)
    return [
        Together(a, b, found.meetings, found.places, found.share, p, ok and found.share >= MOSTLY_TOGETHER)
        for (a, b, found), p, ok in zip(met, p_values, called, strict=True)
    ]


def step_up(p_values: Sequence[float], tests: int, rate: float = FALSE_DISCOVERY) -> list[bool]:
    """Return which hypotheses are rejected at a false-discovery rate (Benjamini–Hochberg), in their order.

    `tests` counts also those that were not tested because they could show nothing: their p-value is 1.
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    most = max((k for k, i in enumerate(order, 1) if p_values[i] <= rate * k / max(tests, 1)), default=0)
    limit = p_values[order[most - 1]] if most else -1.0
    return [p <= limit for p in p_values]


def propose(tracks: dict[int, Track]) -> list[tuple[int, int]]:
    """Return pairs of people who were in two or more common places in the same weeks; never all pairs.

    A place and week with more than CROWD people proposes nobody: there, meeting is what chance does.
    """
    cells: dict[tuple[int, int], set[int]] = defaultdict(set)
    for who, track in sorted(tracks.items()):
        weeks = zip(
            track.place.tolist(),
            np.floor((track.first - TOGETHER_DAYS) / CELL_DAYS).astype(int).tolist(),
            np.floor((track.last + TOGETHER_DAYS) / CELL_DAYS).astype(int).tolist(),
            strict=True,
        )
        for place, first, last in weeks:
            for week in range(first, min(last, first + 52) + 1):
                cells[place, week].add(who)
    common: dict[tuple[int, int], set[int]] = defaultdict(set)
    for (place, _), people in sorted(cells.items()):
        if 1 < len(people) <= CROWD:
            ordered = sorted(people)
            for i, a in enumerate(ordered):
                for b in ordered[i + 1 :]:
                    common[a, b].add(place)
    return sorted(pair for pair, places in common.items() if len(places) >= LEAST_PLACES)


@dataclass(frozen=True, slots=True)
class _Met:
    """What two people show together: which stays are near in time, and the places of both."""

    near: npt.NDArray[np.bool_]
    fixed: Ints
    moved: Ints
    meetings: tuple[tuple[int, int], ...]
    places: tuple[int, ...]
    share: float


def _meet(one: Track, other: Track) -> _Met | None:
    """Return what two people show together, or None if they met in too few places to be worth a test."""
    near = (one.first[:, None] - other.last[None, :] <= TOGETHER_DAYS) & (
        other.first[None, :] - one.last[:, None] <= TOGETHER_DAYS
    )
    met = near & (one.place[:, None] == other.place[None, :])
    places = tuple(sorted(set(one.place[met.any(axis=1)].tolist())))
    if len(places) < LEAST_PLACES:
        return None
    meetings = tuple((int(i), int(j)) for i, j in np.argwhere(met))
    shares = [met.any(axis=axis).sum() / near.any(axis=axis).sum() for axis in (0, 1)]
    share = round(float(min(shares)), 6)
    # The one with more stays is reordered: more orders are possible.
    if len(other.place) >= len(one.place):
        return _Met(near, one.place, other.place, meetings, places, share)
    return _Met(near.T, other.place, one.place, meetings, places, share)


def _p_values(met: Sequence[_Met], tests: int, all_rounds: Sequence[int]) -> list[float]:
    """Return the p-values, worked out more finely as long as it may matter which pairs are called."""
    out = [1.0] * len(met)
    open_ = list(range(len(met)))
    for rounds in all_rounds:
        for i in open_:
            out[i] = _p_value(met[i], rounds)
        sure = step_up(out, tests, FALSE_DISCOVERY / WELL_BELOW)
        open_ = [i for i in open_ if not sure[i] and out[i] * (rounds + 1) <= ENOUGH]
    return out


def _p_value(met: _Met, rounds: int) -> float:
    """Return the share of `rounds` reorderings that meet as often as the true order, which counts as one."""
    chance = np.random.Generator(np.random.PCG64([SEED, rounds]))
    seen = int(_meetings(met, met.moved[None, :])[0])
    as_many = 1
    for done in range(0, rounds, AT_ONCE):
        some = min(AT_ONCE, rounds - done)
        orders = chance.permuted(np.tile(met.moved, (some, 1)), axis=1)
        as_many += int((_meetings(met, orders) >= seen).sum())
    return round(as_many / (rounds + 1), 9)


def _meetings(met: _Met, orders: Ints) -> Ints:
    """Return for each order how many of the fixed stays meet one of the moved stays."""
    out = np.zeros(len(orders), dtype=np.int64)
    for stay, place in enumerate(met.fixed.tolist()):
        beside = np.flatnonzero(met.near[stay])
        if len(beside):
            out += (orders[:, beside] == place).any(axis=1)
    return out
