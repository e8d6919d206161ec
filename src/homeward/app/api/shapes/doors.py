"""Shapes of the door: what one comes in with, and what it opens."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from homeward.app.api.shapes.pieces import In, Out

# Long enough for any password that is taken, and for a whole sentence in the wrong field.
Secret = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Plain = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Door(Out):
    """How one comes in: with nothing, with a link of a demo workspace, or with an account."""

    kind: Literal["open", "demo", "accounts"]
    notice: str
    provider: str | None  # the host of the agency's identity provider, where one may come in through it


class ProviderAddress(Out):
    """Where the browser goes to sign in."""

    address: str


# What a provider sends the browser back with; codes of some are long.
Given = Annotated[str, StringConstraints(min_length=1, max_length=4_000)]


class BackRequest(In):
    """What the provider sent the browser back with."""

    state: Token
    code: Given
    iss: Given | None = None


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


class CameBack(Out):
    """What the provider's answer opened: a session (`in`), or the question for one's own second factor."""

    kind: Literal["in", "second"]
    token: str


class FactorRequest(In):
    """One's own second factor, after the provider's proof."""

    token: Token
    code: Code | None = None
    key: KeyAnswer | None = None


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
    """What a person joins with: a password, and a new security key with its name, or a code."""

    token: Token
    password: Secret
    code: Code | None = None
    key: KeyAnswer | None = None
    label: Annotated[str, StringConstraints(max_length=60)] = ""


class Codes(Out):
    """Recovery codes, shown once."""

    codes: list[str]


class BannerRequest(In):
    """That one read how this may be used."""

    read: Literal[True]


class PurposeRequest(In):
    """For which purpose, and which case, one works from now on."""

    purpose: Plain
    case: Plain | None = None


class Done(Out):
    """That it is done, in a sentence."""

    sentence: str
