"""The card that leads are ranked by: the shipped one, or one fitted to a unit's own outcomes.

A fitted card multiplies what each family says by a factor of its own. No factor is below zero, so a reason
for never speaks against; none is above MOST_FACTOR; and a family without findings has nothing to multiply,
so a card can switch nothing on that is left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from homeward.connect.indicators import all_indicators
from homeward.model.errors import UsageError
from homeward.model.finding import Direction

# How far outcomes of one unit may raise what a family says: further would be their chance, not their sense.
MOST_FACTOR = 3.0


@dataclass(frozen=True, slots=True)
class Card:
    """A version, and the factor by which each family's log-odds count; 1 where none is named."""

    version: str
    factors: Mapping[str, float] = field(default_factory=dict)

    def factor(self, family: str) -> float:
        """Return what a family's log-odds are multiplied by."""
        return self.factors.get(family, 1.0)


SHIPPED = Card("shipped")


def families() -> tuple[str, ...]:
    """Return the families whose findings count, sorted: those of indicators in use that are not just told."""
    used = (one for one in all_indicators() if one.rule is not None and one.direction is not Direction.SHOWN)
    return tuple(sorted({one.family for one in used}))


def checked(card: Card) -> Card:
    """Return a card, or raise UsageError if a factor turns a reason round or is for a family that is out."""
    known = families()
    for family, factor in card.factors.items():
        if family not in known:
            raise UsageError(f"No indicator in use is of the family {family[:40]}: a card cannot add one.")
        if not (math.isfinite(factor) and 0.0 <= factor <= MOST_FACTOR):
            raise UsageError(f"A factor is from 0 to {MOST_FACTOR:g}: that of {family} is not.")
    return card
