"""A finding: one indicator that holds for one identity, for or against, and what made it true."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Whether a finding raises a lead or lowers it."""

    FOR = "for"
    AGAINST = "against"
    SHOWN = "shown"  # told, never counted


class Strength(StrEnum):
    """How well an indicator is supported: tested on known outcomes, by experts only, or by custom."""

    TESTED = "tested"
    EXPERT = "expert"
    FOLK = "folk"


@dataclass(frozen=True, slots=True)
class Finding:
    """What an indicator found. `sentence` says what the texts contain, never an intent."""

    identity: str
    indicator: str
    family: str
    direction: Direction
    strength: Strength
    sentence: str
    weight: float  # log-odds, signed: below zero speaks against
    source: str
    mentions: tuple[tuple[str, str, str], ...] = ()  # (capture, kind, value)
    ads: tuple[str, ...] = ()
