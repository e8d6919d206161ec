"""Shapes of people and their cases."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from homeward.app.api.shapes.pieces import In, Out
from homeward.model.actor import Purpose, Role
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


# Long enough for any password that is taken, and for a whole sentence in the wrong field.
Secret = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Plain = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Door(Out):
    """How one comes in: with nothing, with a link of a demo workspace, or with an account."""

    kind: Literal["open", "demo", "accounts"]
    notice: str


# Base 64 for addresses, without padding: how WebAuthn's JSON spells bytes.
Bytes = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"^[A-Za-z0-9_-]+$")]


class KeyResponse(In):
    """What a key said: with an attestation when it is new, with a signature when it is known."""

    clientDataJSON: Bytes
    authenticatorData: Bytes | None = None
    signature: Bytes | None = None
    userHandle: Bytes | None = None
    attestationObject: Bytes | None = None


class KeyAnswer(In):
    """A security key's answer to a challenge."""

    id: Bytes
    response: KeyResponse


class ProofRequest(In):
    """What an account proves itself with: a password, and a code or a security key's answer."""

    password: Secret
    code: Code | None = None
    key: KeyAnswer | None = None


class SignInRequest(ProofRequest):
    """Who comes in, and with which proof."""

    name: Plain


class KeyParty(Out):
    """For whom a key signs: the address's name."""

    id: str
    name: str


class KeyUser(Out):
    """Whom a new key is for; the id is none of a name."""

    id: str
    name: str
    displayName: str


class KeyKind(Out):
    """A kind of key that is taken, in COSE's numbers."""

    type: str
    alg: int


class KnownKey(Out):
    """A key that one has already."""

    type: str
    id: str


class KeyAsk(Out):
    """What a key of an account is to sign; it names no account."""

    challenge: str
    rpId: str
    userVerification: str


class KeyAskNew(Out):
    """What a new key is to sign."""

    challenge: str
    rp: KeyParty
    user: KeyUser
    pubKeyCredParams: list[KeyKind]
    excludeCredentials: list[KnownKey]


class KeyRow(Out):
    """A security key of one's own."""

    id: str
    label: str
    made_at: datetime
    used_at: datetime | None


class KeyList(Out):
    """One's security keys."""

    keys: list[KeyRow]


class NewKeyRequest(In):
    """A new key and what its owner calls it."""

    label: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    key: KeyAnswer


class LinkRequest(In):
    """A link that was given to somebody."""

    token: Token


class Opened(Out):
    """What a link opened: a session (`in`), or an invitation to join with its second factor's secret."""

    kind: Literal["in", "join"]
    name: str
    secret: str
    address: str


class JoinRequest(In):
    """What a person joins with."""

    token: Token
    password: Secret
    code: Code


class Codes(Out):
    """Recovery codes, shown once."""

    codes: list[str]


class PurposeRequest(In):
    """For which purpose, and which case, one works from now on."""

    purpose: Purpose
    case: Plain | None = None


class Done(Out):
    """That it is done, in a sentence."""

    sentence: str


class PurposeRow(Out):
    """A purpose that one may state."""

    purpose: Purpose
    needs_case: bool


class OwnAccount(Out):
    """One's own account."""

    name: str
    display: str
    role: str
    sessions: int
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


class PermissionTable(Out):
    """The table of permission as it is in force."""

    rules: list[RuleRow]
    purposes: list[PurposeRule]
    roles: list[str]


class AskRequest(In):
    """An act that takes a second person, with exactly the parameters it will have."""

    action: Plain
    parameters: dict[Plain, Annotated[str, StringConstraints(max_length=200)]]
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
