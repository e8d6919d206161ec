"""Shapes of people and their cases."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from homeward.app.api.shapes.doors import KeyRow, Plain, Secret
from homeward.app.api.shapes.pieces import In, Out
from homeward.model.actor import Role
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


class PurposeRow(Out):
    """A purpose that one may state."""

    purpose: str
    needs_case: bool
    says: str  # what an added one is for; empty for those of the program


class OwnAccount(Out):
    """One's own account."""

    name: str
    display: str
    role: str
    sessions: int
    looks_today: int  # a private tally; nobody else is shown it
    minutes_in_a_row: int
    codes_left: int
    failures: int
    keys: list[KeyRow]
    purposes: list[PurposeRow]


class PasswordRequest(In):
    """Another password."""

    password: Secret


class PersonRow(Out):
    """An account as those who administer see it."""

    name: str
    display: str
    role: Role
    state: Literal["invited", "active", "disabled"]
    made_by: str
    made_at: datetime
    seen_at: datetime | None
    until: datetime | None
    subject: str | None = None  # whom the identity provider knows them as, where an administrator said so


class PersonList(Out):
    """Every account."""

    people: list[PersonRow]


class InviteRequest(In):
    """Whom to invite, in which role; for 72 hours only if temporary."""

    name: Name
    role: Role
    display: Annotated[str, StringConstraints(max_length=120)] = ""
    temporary: bool = False


class Invited(PersonRow):
    """An account and the token of its link, which is shown once."""

    token: str


class SubjectRequest(In):
    """Which subject of the identity provider opens an account; without one, none does."""

    subject: Annotated[str, StringConstraints(min_length=1, max_length=255)] | None = None


class RoleRequest(In):
    """Another role."""

    role: Role


class GlassRow(Out):
    """A broken glass that awaits its review; whose case it was is not told here."""

    id: str
    account: str
    why: str
    at: datetime
    until: datetime


class GlassList(Out):
    """What awaits its review."""

    broken: list[GlassRow]


class ReviewRequest(In):
    """What a reviewer found."""

    found: Why


class Reviewed(Out):
    """Whose glass was reviewed."""

    id: str
    account: str


class RuleRow(Out):
    """A row of the table of permission."""

    act: str
    says: str
    roles: list[str]
    purpose: bool
    step_up: bool
    second: bool


class PurposeRule(Out):
    """A purpose, and who may state it."""

    purpose: str
    needs_case: bool
    roles: list[str]


class AddedPurpose(Out):
    """A purpose that two people added; every one of them needs a case."""

    name: str
    says: str
    roles: list[str]
    by: str
    agreed_by: str
    at: datetime
    ended_by: str | None
    ended_at: datetime | None
    ended_why: str | None


class PendingPurpose(Out):
    """A purpose that waits for a second person, to the letter."""

    name: str
    says: str
    roles: str
    by: str
    why: str


class PurposeNew(In):
    """A purpose that a second person agreed to, to the letter."""

    name: Plain
    says: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    roles: Annotated[list[Role], Field(min_length=1, max_length=8)]


class PurposeAdded(Out):
    """A purpose that may be stated from now on."""

    name: str
    says: str
    by: str
    agreed_by: str


class PermissionTable(Out):
    """The table of permission as it is in force."""

    rules: list[RuleRow]
    purposes: list[PurposeRule]
    added: list[AddedPurpose]
    pending: list[PendingPurpose]
    roles: list[str]


class AskRequest(In):
    """An act that takes a second person, with exactly the parameters it will have."""

    action: Plain
    parameters: dict[Plain, Annotated[str, StringConstraints(max_length=40_000)]]
    why: Why


class AnswerRequest(In):
    """The second person's word."""

    agree: bool


class RequestRow(Out):
    """A request, and what became of it."""

    id: str
    action: str
    parameters: dict[str, str]
    why: str
    by: str
    at: datetime
    expires_at: datetime
    decision: str | None
    decided_by: str | None
    used_at: datetime | None


class RequestList(Out):
    """Requests that have not expired, newest first."""

    requests: list[RequestRow]
