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


class Outcome(StrEnum):
    """What became of a lead for the person in it. An arrest is none: it is no success for that person."""

    LOCATED_SAFE = "located-safe"
    SUPPORTED = "receiving-support"
    DECLINED = "declined-for-now"
    NOT_FOUND = "not-found"
    CHILD_PLACED = "child-placed"
    UNFOUNDED = "unfounded"
    CONSENSUAL = "consensual"
    UNKNOWN = "unknown"


# What these say of a person is kept nowhere by name: they lower one persona for a time, and that is all.
CLEARS = frozenset({Outcome.UNFOUNDED, Outcome.CONSENSUAL})
SUCCESSES = frozenset({Outcome.LOCATED_SAFE, Outcome.SUPPORTED, Outcome.CHILD_PLACED})


class DismissReason(StrEnum):
    """Why a lead was dismissed; venue types are no reason."""

    SPAM = "spam"
    SCAM = "scam"
    DUPLICATE = "duplicate"
    CHECKED = "checked-no-concern"
    OUTSIDE = "outside-our-area"
    OTHER = "other"
