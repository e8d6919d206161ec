"""Circuits: does a group go round the same places in the same order, and who else goes that round?

A circuit is shown and never scored: touring by itself says nothing (NIJ / Journal of Human Trafficking 2024).
It is read from the steps between stays: from each place, the step taken most; a round that these steps close,
gone at least twice, that explains most of the steps and that wandering in no order would hardly show.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from homeward.connect.tools import Floats, Ints

# A round gone once may be a holiday; the second one makes it a circuit. The last step of the second round,
# back home, is often not seen any more.
LEAST_ROUNDS = 1.75
# The share of the steps from and to its places that a circuit explains, a skipped stop included: ads are
# sparse, so that stops without an ad are common.
EXPLAINED = 0.6
# How likely wandering in no order may show the circuit, all possible circuits of its places counted.
CHANCE = 0.02
# A step soon after the last ad is likelier direct than one after many days: weights fall by 1/e in a week.
DIRECT_DAYS = 7.0
# Circuits alike from this share of common steps on; a step that more groups take is a common road.
ALIKE = 0.5
COMMON_ROAD = 50


@dataclass(frozen=True, slots=True)
class Circuit:
    """Places in the order they are gone round, the smallest number first.

    `rounds` is how often it was gone round by the steps seen; `explained` the share of steps that it
    explains; `chance` bounds how likely wandering in no order shows it (1 where two places leave no other
    order).
    """

    places: tuple[int, ...]
    rounds: float
    explained: float
    chance: float

    @property
    def steps(self) -> frozenset[tuple[int, int]]:
        """Its steps, each a pair of places."""
        return frozenset(zip(self.places, (*self.places[1:], self.places[0]), strict=True))


def find_circuits(group: Ints, start: Ints, end: Ints, days: Floats) -> dict[int, list[Circuit]]:
    """Return the circuits of each group from its steps: places left and reached, and the days between."""
    mine: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for g, a, b, gap in zip(group.tolist(), start.tolist(), end.tolist(), days.tolist(), strict=True):
        mine[g].append((a, b, gap))
    found = {g: _circuits(steps) for g, steps in sorted(mine.items()) if len(steps) > 2}
    return {g: circuits for g, circuits in found.items() if circuits}


def _circuits(steps: list[tuple[int, int, float]]) -> list[Circuit]:
    weight: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for a, b, gap in steps:
        weight[a][b] += math.exp(-gap / DIRECT_DAYS)
    onward = {a: min(to, key=lambda b: (-to[b], b)) for a, to in weight.items()}
    met = len({place for a, b, _ in steps for place in (a, b)})
    out = []
    for places in _rounds(onward):
        ring = dict(zip(places, (*places[1:], places[0]), strict=True))
        skips = {(a, ring[ring[a]]) for a in ring} if len(places) > 2 else set()
        touching = [(a, b) for a, b, _ in steps if a in ring or b in ring]
        direct = sum(ring.get(a) == b for a, b in touching)
        told = direct + sum((a, b) in skips for a, b in touching)
        explained = told / len(touching)
        rounds = (2 * told - direct) / len(places)  # a skipped stop is two steps of the way
        left = sum(a in ring for a, _ in touching)
        chance = _chance(met, len(places), left, direct)
        if rounds >= LEAST_ROUNDS and explained >= EXPLAINED and (chance <= CHANCE or met == 2):
            out.append(Circuit(places, round(rounds, 6), round(explained, 6), round(chance, 9)))
    return sorted(out, key=lambda c: (-len(c.places) * c.rounds, c.places))


def _rounds(onward: dict[int, int]) -> list[tuple[int, ...]]:
    """Return the closed rounds of "from here on to there", each beginning with its smallest place."""
    state: dict[int, int] = {}
    out = []
    for number, first in enumerate(sorted(onward)):
        path, place = [], first
        while place in onward and place not in state:
            state[place] = number
            path.append(place)
            place = onward[place]
        if place in path and state[place] == number:
            ring = path[path.index(place) :]
            if len(ring) >= 2:
                turn = ring.index(min(ring))
                out.append((*ring[turn:], *ring[:turn]))
    return out


def _chance(met: int, size: int, left: int, direct: int) -> float:
    """Return a bound of how likely `direct` of `left` steps fit some circuit of `size` of `met` places.

    Every next place is taken as equally likely: the tail of a binomial, times the number of such circuits.
    """
    if met <= 2:
        return 1.0
    p = 1.0 / (met - 1)
    tail = sum(math.comb(left, k) * p**k * (1 - p) ** (left - k) for k in range(direct, left + 1))
    many = math.comb(met, size) * math.factorial(size - 1)
    return min(1.0, tail * many)


@dataclass(frozen=True, slots=True)
class Alike:
    """Two groups with similar circuits: the share of steps in common; `back` says in which direction."""

    a: int
    b: int
    share: float
    back: bool  # the other way round
    common: tuple[tuple[int, int], ...]


def similar(circuits: dict[int, list[Circuit]]) -> list[Alike]:
    """Return pairs of groups whose circuits have steps in common, most alike first.

    Both directions are compared. A step of more than COMMON_ROAD groups proposes nobody.
    """
    by_step: dict[tuple[int, int], list[int]] = defaultdict(list)
    for group, rounds in sorted(circuits.items()):
        for step in _all_steps(rounds):
            by_step[min(step), max(step)].append(group)
    pairs = {
        (a, b)
        for groups in by_step.values()
        if len(groups) <= COMMON_ROAD
        for i, a in enumerate(groups)
        for b in groups[i + 1 :]
        if a != b
    }
    out = []
    for a, b in sorted(pairs):
        mine, other = _all_steps(circuits[a]), _all_steps(circuits[b])
        back = {(y, x) for x, y in other}
        ahead_share, back_share = _share(mine, other), _share(mine, back)
        backwards = back_share > ahead_share
        share = max(ahead_share, back_share)
        if share >= ALIKE:
            common = tuple(sorted(mine & (back if backwards else other)))
            out.append(Alike(a, b, round(share, 6), backwards, common))
    return sorted(out, key=lambda pair: (-pair.share, pair.a, pair.b))


def _all_steps(circuits: Iterable[Circuit]) -> set[tuple[int, int]]:
    return {step for circuit in circuits for step in circuit.steps}


def _share(a: set[tuple[int, int]], b: set[tuple[int, int]]) -> float:
    return len(a & b) / len(a | b)
