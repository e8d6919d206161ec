"""A case: what a few people work on together. Its contents are theirs alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

LONGEST_TITLE = 200


class State(StrEnum):
    """Whether a case is worked on."""

    OPEN = "open"
    CLOSED = "closed"


class Standing(StrEnum):
    """What a member may do in a case."""

    LEAD = "lead"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Case:
    """A case with its members, by account. A sealed one is unknown to everybody else."""

    id: str
    title: str
    state: State
    sealed: bool
    made_by: str
    made_at: datetime
    members: dict[str, Standing] = field(default_factory=dict)
