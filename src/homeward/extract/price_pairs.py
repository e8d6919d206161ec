"""Which durations go with which amounts: lists that take turns, else what stands nearest in the line."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from homeward.extract.price_time import Duration

LINKS = frozenset(
    (
        "for",
        "the",
        "per",
        "por",
        "pour",
        "fur",
        "una",
        "une",
        "eine",
        "only",
        "just",
        "gets",
        "dollars",
        "euros",
        "euro",
        "roses",
    )
)
FEWEST_TURNS = 4  # parts of a list in which amounts and durations take turns
LETTERS_IN_LIST = 6  # between them: "for", "only"
NEAR = 24  # characters between an amount and its duration; a sentence is longer
STOPS = "\n;|"


class Amount(NamedTuple):
    """A sum of money at a place of the text."""

    start: int
    end: int
    value: str
    currency: str
    confidence: float


def _elsewhere(lower: str, gap: str, end: int, following: int) -> bool:
    """Whether a duration behind an amount is rather that of the next: "$40 gas. Rates: 1 hour $200"."""
    words = "".join(c if c.isalpha() else " " for c in gap).split()
    between = following - end
    said = ":" in gap or any(len(word) > 2 and word not in LINKS for word in words)
    return said and 0 <= between < len(gap) and not any(c.isalpha() for c in lower[end:following])


def pair(lower: str, amounts: list[Amount], durations: list[Duration]) -> dict[int, Duration]:
    """Give amounts of one line the durations they go with, in the order that line has."""
    pairs = _in_turn(lower, amounts, durations)
    taken = set(pairs.values())
    used: set[int] = {n for n, duration in enumerate(durations) if duration in taken}
    first = 0
    for n, amount in enumerate(amounts):
        if n in pairs:
            continue
        while first < len(durations) and durations[first].end < amount.start - NEAR:
            first += 1
        following = amounts[n + 1].start if n + 1 < len(amounts) else len(lower)
        last_end = amounts[n - 1].end if n else 0
        best: tuple[float, int] | None = None
        for at in range(first, min(first + 6, len(durations))):
            duration = durations[at]
            if at in used:
                continue
            if duration.start >= amount.end and duration.start < following:
                gap = lower[amount.end : duration.start]
                if n + 1 < len(amounts) and _elsewhere(lower, gap, duration.end, following):
                    continue
                cost = len(gap) - (3 if duration.per else 0) + (6 if "," in gap or " - " in gap else 0)
            elif duration.end <= amount.start and duration.start >= last_end and _may_lead(lower, duration):
                gap = lower[duration.end : amount.start]
                cost = (
                    len(gap)
                    - (4 if "," not in gap and _leads(lower, duration) else 0)
                    + (6 if "," in gap else 0)
                )
            else:
                continue
            if (
                len(gap) <= NEAR
                and not any(c in STOPS for c in gap)
                and (". " not in gap or not gap.strip(" ."))
                and (best is None or cost < best[0])
            ):
                best = (cost, at)
        if best is not None:
            pairs[n] = durations[best[1]]
            used.add(best[1])
    return pairs


def _in_turn(lower: str, amounts: list[Amount], durations: list[Duration]) -> dict[int, Duration]:
    """Pair a list in which durations and amounts take turns, two pairs at least and none left over."""
    pairs: dict[int, Duration] = {}
    run: list[tuple[int, int, int]] = []  # start, end, and the amount's index or -1 less the duration's
    both = [(a.start, a.end, n) for n, a in enumerate(amounts)]
    both += [(d.start, d.end, -1 - n) for n, d in enumerate(durations)]
    for start, end, n in [*sorted(both), (len(lower) + NEAR + 1, len(lower), 0)]:
        if run and (start < run[-1][1] or not _one_list(lower, run[-1][1], start, len(run) % 2 == 1)):
            pairs |= _turns(durations, run)
            run = []
        run.append((start, end, n))
    return pairs


def _one_list(lower: str, end: int, start: int, within: bool) -> bool:
    """Whether little stands between two parts of a list; lines, bars and sentences end an item only."""
    if start - end > NEAR:
        return False
    gap = lower[end:start]
    if within and (any(c in STOPS for c in gap) or (". " in gap and gap.strip(" ."))):
        return False
    return sum(map(str.isalpha, gap)) <= LETTERS_IN_LIST


def _turns(durations: list[Duration], run: list[tuple[int, int, int]]) -> dict[int, Duration]:
    kinds = [n >= 0 for _, _, n in run]
    if len(run) < FEWEST_TURNS or len(run) % 2 or any(a == b for a, b in pairwise(kinds)):
        return {}
    couples = [(run[k][2], run[k + 1][2]) for k in range(0, len(run), 2)]
    return {max(two): durations[-1 - min(two)] for two in couples}


def _may_lead(lower: str, duration: Duration) -> bool:
    """Whether a duration may stand before its amount: "an hour" does so where it opens its item."""
    return not duration.per or _leads(lower, duration)


def _leads(lower: str, duration: Duration) -> bool:
    """Whether a duration opens its line or list item: it goes before its amount then."""
    before = lower[max(0, duration.start - 3) : duration.start].strip()
    return not before or before[-1] in ",;|:•*-\n"
