"""Shapes of people and their cases."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import StringConstraints

from homeward.app.api.shapes.pieces import In, Out
from homeward.model.case import LONGEST_TITLE, Standing, State

Name = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[a-z0-9][a-z0-9._-]*$")]
Title = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TITLE)]
Why = Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class MemberRow(Out):
    """Who is of a case, and as what."""

    account: str
    standing: Standing


class CaseRow(Out):
    """A case; `relation` is what it is to whoever asks."""

    id: str
    title: str
    state: State
    sealed: bool
    made_by: str
    made_at: datetime
    relation: str
    members: list[MemberRow]


class CaseList(Out):
    """The cases that one may know of."""

    cases: list[CaseRow]


class CaseRequest(In):
    """A new case."""

    title: Title


class CaseChange(In):
    """What changes of a case."""

    title: Title | None = None
    state: State | None = None


class MemberRequest(In):
    """Who is to be of a case, and as what; without a standing, no longer."""

    account: Name
    standing: Standing | None = None


class WhyRequest(In):
    """A reason, in a person's words."""

    why: Why


class Nothing(In):
    """A request that says nothing but that it is made."""
