"""Rank: findings become leads, best first, by a log-odds card that anyone can add up by hand.

A family counts once, by its strongest finding, and no family says more than the tested one may; the score
is the start plus the families for and against, added in a fixed order and rounded, so that the same data
gives the same bits. The score orders the queue and is not evidence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from homeward.connect import parameters as p
from homeward.connect.card import SHIPPED, Card
from homeward.model.finding import Direction, Finding
from homeward.model.lead import Word

DIGITS = 6  # of a score; far below any difference that means something


def family_weights(findings: Sequence[Finding]) -> dict[str, float]:
    """Return what each family says: its strongest finding, held under what the tested family may say."""
    out: dict[str, float] = {}
    for finding in sorted(findings, key=lambda f: (f.family, f.indicator)):
        if finding.direction is Direction.FOR:
            weight = min(finding.weight, p.MOST_FAMILY)
            out[finding.family] = max(out.get(finding.family, 0.0), weight)
        elif finding.direction is Direction.AGAINST:
            out[finding.family] = min(out.get(finding.family, 0.0), finding.weight)
    return out


def score(findings: Sequence[Finding], card: Card = SHIPPED) -> float:
    """Return the log-odds of a group with these findings, by a card."""
    return scored(family_weights(findings), card)


def scored(weights: Mapping[str, float], card: Card) -> float:
    """Return the log-odds of what families say, each times the card's factor for it."""
    said = (weights[family] * card.factor(family) for family in sorted(weights))
    return round(p.START + sum(said), DIGITS)


def families(findings: Sequence[Finding]) -> int:
    """Return how many independent families speak for."""
    return len({f.family for f in findings if f.direction is Direction.FOR and f.weight > 0})


def word(value: float, count: int) -> Word:
    """Return how much there is to look at; one family alone is base-rate noise and never says more."""
    if value >= p.WORD_MORE and count >= p.LEAST_FAMILIES:
        return Word.MORE
    return Word.SOME if value >= p.WORD_SOME and count else Word.LITTLE


def title(names: int, phones: int, findings: Sequence[Finding]) -> str:
    """Return a lead's title: one short, true sentence of what its ads contain."""
    who = {0: "No name", 1: "One name"}.get(names, f"{_spell(names)} names")
    where = {0: "no number", 1: "one number"}.get(phones, f"{_spell(phones).lower()} numbers")
    strong = sorted(
        (f for f in findings if f.direction is Direction.FOR and f.family in _SHORT),
        key=lambda f: (-f.weight, f.indicator),
    )
    rest: list[str] = []
    for finding in strong:
        if _SHORT[finding.family] not in rest:
            rest.append(_SHORT[finding.family])
    return "; ".join([f"{who} on {where}" if phones else f"{who}, {where}", *rest[:2]])


_SHORT = {
    "shared wording": "shared wording",
    "hidden number": "spelled-out numbers",
    "travel together": "several travel together",
    "inconsistency": "photos or ages disagree",
    "third party": "plural wording",
}
_SPELLED = (
    "No",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
)


def _spell(count: int) -> str:
    return _SPELLED[count] if count < len(_SPELLED) else str(count)
