"""Shapes of outcomes: what became of a lead for the person in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from homeward.app.api.shapes.pieces import In, Out
from homeward.model.judgement import Outcome

Persona = Annotated[str, StringConstraints(max_length=64)]


class OutcomeRow(Out):
    """An outcome that a person recorded; never one that clears a person."""

    id: str
    outcome: Outcome
    note: str
    by: str
    at: datetime
    review: date | None  # when somebody looks again
    due: bool


class OutcomeRequest(In):
    """An outcome; `persona` is named by those alone that clear a person, which take no note."""

    outcome: Outcome
    persona: Persona | None = None
    note: Annotated[str, StringConstraints(max_length=2_000)] = ""
    review: date | None = None


class OutcomeMade(Out):
    """The outcome that stands with the lead, and what happened in a sentence."""

    outcome: OutcomeRow | None
    sentence: str


class LiftRequest(In):
    """A persona that is to stand lower no more."""

    persona: Persona
    why: Annotated[str, StringConstraints(max_length=2_000)]


class OutcomeCount(Out):
    """Of how many leads an outcome holds."""

    outcome: Outcome
    leads: int


class OutcomeCounts(Out):
    """How often each outcome holds; of those that clear a person only how many there were together."""

    outcomes: list[OutcomeCount]
    cleared: int
    known: int
    helped: int
    note: str


class DaysRequest(In):
    """For how many days a cleared persona stands lower."""

    days: Annotated[int, Field(ge=1, le=365)]
