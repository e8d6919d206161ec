"""What a lead looked like when somebody said what became of it: a row that names nobody.

A row keeps which families spoke, in wide steps, and where and how large, in words that several groups share.
It must not tell which group it is of, or the rows of cleared people would be a register. So each row fits at
least LEAST_ALIKE groups of the run it was made in: what makes it rarer is left out, one thing after another,
and a group that still stands out by its families alone gives no row at all, whatever became of it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from homeward.connect.card import Card
from homeward.connect.rank import scored, word

# Log-odds of a family in a row are whole steps: one step is about what one further name or number adds.
STEP = 0.5
# A family that speaks softly is still one that speaks.
LEAST_ALIKE = 5
SIZES = ((5, "2 to 5 ads"), (20, "6 to 20 ads"), (100, "21 to 100 ads"))
LARGE = "more than 100 ads"
# What is left out first is what tells least of how a card errs.
PARTS = ("region", "site", "language", "size")
UNTOLD = ""  # of a part: not known, or left out
# Below so many like it, nothing is said of what became of leads.
LEAST_TOLD = 10
MANY = 3  # families: so many or more are one kind of lead


@dataclass(frozen=True, slots=True, order=True)
class Tallied:
    """One outcome: what each family said then (log-odds by the shipped card, in steps), and whether it held.

    `share` is how much of a lead it is: a person cleared is one of several in it. A `control` is of a group
    that was no lead.
    """

    confirmed: bool
    says: tuple[tuple[str, float], ...]
    region: str = UNTOLD
    site: str = UNTOLD
    language: str = UNTOLD
    size: str = UNTOLD
    share: float = 1.0
    control: bool = False

    @property
    def weights(self) -> dict[str, float]:
        """What each family said, by its name."""
        return dict(self.says)

    @property
    def families(self) -> int:
        """How many families spoke for it."""
        return sum(1 for _, said in self.says if said > 0)


def in_steps(weights: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Return log-odds of families in whole steps, none where nothing was said."""
    return tuple(
        (family, math.copysign(max(STEP, round(abs(said) / STEP) * STEP), said))
        for family, said in sorted(weights.items()) if said
    )  # fmt: skip


def size_of(ads: int) -> str:
    """Return the words for how large a group is."""
    return next((words for most, words in SIZES if ads <= most), LARGE)


def share_of(personas: int) -> float:
    """Return which share of a lead one persona of it is, in halves of halves: a count would tell which."""
    return float(0.5 ** math.ceil(math.log2(max(personas, 1))))


def hidden_among(mine: Tallied, others: Iterable[Tallied]) -> Tallied | None:
    """Return a group's row, so much left out that it fits LEAST_ALIKE groups; None if it never does.

    `others` are the rows of all groups of the run, this one's among them.
    """
    alike = [one for one in others if one.says == mine.says and one.share == mine.share]
    for number in range(len(PARTS) + 1):
        told = PARTS[number:]
        if sum(all(getattr(one, p) == getattr(mine, p) for p in told) for one in alike) >= LEAST_ALIKE:
            return replace(mine, **dict.fromkeys(PARTS[:number], UNTOLD))  # type: ignore[arg-type]
    return None


def kinds(score: float, families: int) -> tuple[str, str]:
    """Return what a lead is like: by its word and how many families speak for it, and by the word alone."""
    said = str(word(score, families))
    return f"{said} {min(families, MANY)}", said


def like(rows: Sequence[Tallied], card: Card) -> dict[str, tuple[int, int]]:
    """Return of each kind of lead how many had an outcome, and how many of those were confirmed."""
    known: dict[str, float] = defaultdict(float)
    held: dict[str, float] = defaultdict(float)
    for one in rows:
        if not one.control:
            for kind in kinds(scored(one.weights, card), one.families):
                known[kind] += one.share
                held[kind] += one.share * one.confirmed
    return {kind: (whole(known[kind]), whole(held[kind])) for kind in sorted(known)}


def whole(shares: float) -> int:
    """Return how many whole leads a sum of shares is."""
    return math.floor(shares + 1e-6)
