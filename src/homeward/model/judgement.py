"""What a person decided about two ads, or about a lead. Judgements outrank scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Judgement(StrEnum):
    """Whether two ads belong together. DIFFERENT wins over SAME, and both win over UNDECIDED."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"

    def __add__(self, other: object) -> Judgement:
        """Combine two judgements on the same pair."""
        if not isinstance(other, Judgement):
            return NotImplemented
        for strongest in (Judgement.DIFFERENT, Judgement.SAME):
            if strongest in (self, other):
                return strongest
        return Judgement.UNDECIDED


@dataclass(frozen=True, slots=True)
class PairJudgement:
    """A person's decision on one pair of ads."""

    a: str
    b: str
    judgement: Judgement
    by: str
    at: datetime
    why: str


class Decision(StrEnum):
    """What a person did with a lead in triage."""

    WATCH = "watch"
    SNOOZE = "snooze"
    DISMISS = "dismiss"
    PRIORITY = "priority"


class DismissReason(StrEnum):
    """Why a lead was dismissed; venue types are no reason."""

    SPAM = "spam"
    SCAM = "scam"
    DUPLICATE = "duplicate"
    CHECKED = "checked-no-concern"
    OUTSIDE = "outside-our-area"
    OTHER = "other"
