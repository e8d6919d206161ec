"""Indicators from what the texts say, as shares of the group's distinct wordings."""

from __future__ import annotations

from homeward.connect import parameters as p
from homeward.connect.groups import Group
from homeward.connect.indicators.registry import EXPERTS, NIJ_SHARE, Found, indicator, told_by_share
from homeward.model.finding import Direction, Strength


def _share(group: Group, family: str) -> tuple[int, int, list[int], str]:
    """Return (wordings that hold the family, all wordings, their ads, the commonest words)."""
    held = group.worded.get(family)
    if not held:  # as most groups
        return 0, len(group.wordings), [], ""
    words: dict[str, int] = {}
    ads: list[int] = []
    for some in held.values():
        ads += sorted({ad for ad, _ in some})
        for word in {word for _, word in some}:
            words[word] = words.get(word, 0) + 1
    top = max(words, key=lambda word: (words[word], word), default="")
    return len(held), len(group.wordings), ads, top


def _sentence(group: Group, family: str, say: str) -> tuple[str, tuple[int, ...]]:
    count, total, ads, top = _share(group, family)
    return f"{say} in {count} of {total} wordings, such as “{top}”", tuple(sorted(ads))


def _found(group: Group, family: str, least: float, weight: float, say: str) -> Found | None:
    count, total, _, _ = _share(group, family)
    if not count or count < least * total or total < p.LEAST_WORDINGS:
        return None
    sentence, ads = _sentence(group, family, say)
    return Found(sentence, weight, ads)


def _compared(group: Group, family: str, odds: float, most: float, say: str) -> Found | None:
    """Return what a family's share says beside the neighbours'; wordings of one template count once."""
    count, total, _, _ = _share(group, family)
    if not count or total < p.LEAST_WORDINGS:
        return None
    base = group.scene.baseline(family, group.ads)
    each = told_by_share(count / total, base, odds)
    weight = each * min(len(group.templates), max(1, len(group.named)), p.MOST_COUNTED_WORDINGS)
    if weight < p.LEAST_TOLD:
        return None
    sentence, ads = _sentence(group, family, say)
    return Found(f"{sentence} (elsewhere here: {round(100 * base)} %)", min(most, weight), ads)


@indicator("third party", Direction.FOR, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def third_party_wording(group: Group) -> Found | None:
    """Plural or third-party wording, more often than in other wordings of the same site and language."""
    return _compared(
        group, "third party", p.THIRD_PARTY_ODDS, p.MOST_THIRD_PARTY, "Plural or third-party wording"
    )


@indicator("trust wording", Direction.FOR, Strength.EXPERT, source=NIJ_SHARE, date="2024-01-01")
def trustworthy_wording(group: Group) -> Found | None:
    """Wording that assures trust, more often than in other wordings of the same site and language."""
    return _compared(group, "trustworthy", p.TRUST_ODDS, p.MOST_FAMILY, "Wording that assures trust")


@indicator("youth wording", Direction.FOR, Strength.EXPERT, source=NIJ_SHARE, date="2024-01-01")
def youth_wording(group: Group) -> Found | None:
    """Words of the agency's own youth list stand in the wordings; the list is empty until it is supplied."""
    return _found(group, "youth", 0.0, p.YOUTH, "Words of the agency's list")


@indicator("movement wording", Direction.AGAINST, Strength.EXPERT, source=NIJ_SHARE, date="2024-01-01")
def movement_wording(group: Group) -> Found | None:
    """Wording of arriving or visiting stands in many of the wordings."""
    return _found(group, "movement", p.MOVEMENT_SHARE, p.MOVEMENT, "Wording of arriving or visiting")


@indicator("scam", Direction.AGAINST, Strength.EXPERT, source=EXPERTS, date="2024-01-01")
def advance_payment(group: Group) -> Found | None:
    """Payment in advance is asked for, as scams do."""
    return _found(group, "advance payment", p.SCAM_SHARE, p.SCAM, "Payment in advance")


@indicator("screening", Direction.SHOWN, Strength.EXPERT, source=NIJ_SHARE, date="2024-01-01")
def screening_wording(group: Group) -> Found | None:
    """Clients are asked for references; shown, never counted for."""
    return _found(group, "screening", 0.3, 0.0, "Clients are asked for references")
