"""A lead: an identity worth a person's look, with reasons for and against. It is not a finding of fact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from homeward.model.finding import Finding

CAUTION = "lead, not finding"
ERROR_NOTE = "How often a lead is wrong is not known: none was checked against a real outcome."
SCORE_NOTE = "The score orders the queue. It is not evidence."
ORDER_NOTE = f"{SCORE_NOTE} {ERROR_NOTE}"
NOT_CHECKED = "not yet checked against this unit's outcomes"


class Word(StrEnum):
    """How much there is to look at."""

    MORE = "more"
    SOME = "some"
    LITTLE = "little"


@dataclass(frozen=True, slots=True)
class Lead:
    """One ranked identity. `score` orders the queue and is not evidence."""

    id: str
    identity: str
    rank: int
    score: float
    word: Word
    families: int  # independent families of evidence present
    reasons: tuple[Finding, ...]
    counter: tuple[Finding, ...]
