"""Security keys (WebAuthn): the second factor that no false page can ask for.

A key signs a challenge of ours together with the address of the page that asked. It must have checked its
owner (a PIN, a finger), and its count of signatures must grow: one that falls back was copied. The checks
of WebAuthn level 2, sections 7.1 and 7.2, are the fido2 library's; challenge, count and owner are ours.
"""

from __future__ import annotations

import hashlib
import secrets
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from homeward.desk.acts import event
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.store.ledger import Tx, accounts, events, passkeys
from homeward.store.ledger.passkeys import Passkey

ASKED = timedelta(minutes=5)  # how long a challenge waits for its answer
WAITING = 1_000  # challenges at a time: whoever asks and never answers fills no disk
FELL_BACK = "its count fell back: it may have been copied"
KEYS, LONGEST_LABEL = 10, 60
SHORTEST_ID, LONGEST_ID = 16, 1_023  # bytes of a key's name for itself, by WebAuthn
NOT_TAKEN, AGAIN = "That key was not taken.", "Try again, and confirm with its PIN or your finger."
ALGORITHMS = (-7, -8, -257)  # ES256, EdDSA, RS256: what keys sign with (the numbers are COSE's)
# What the library raises for bytes that are no answer of a key, besides its own refusals.
TRIED = (
    ValueError, KeyError, TypeError, AttributeError, AssertionError, IndexError, OverflowError, struct.error,
    RecursionError, NotImplementedError, UnsupportedAlgorithm,
)  # fmt: skip

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Signed:
    """What a key answered, and the address of the pages that may ask it."""

    origin: str
    answer: Mapping[str, Any]


@permitted("door.sign-in")
def ask(actor: Actor, house: House, origin: str) -> Row:
    """Return what any key of ours may sign to come in, or to prove again; it names no account and no key.

    Asking is nobody's act and hands nothing out; answering is one.
    """
    challenge, server = secrets.token_bytes(32), _server(origin)
    options, _ = server.authenticate_begin(user_verification="required", challenge=challenge)
    with house.ledger.write() as tx:
        _keep(tx, house, challenge, "key.in", "")
    return dict(options.public_key)


@permitted("account.secret")
def ask_new(actor: Actor, house: House, origin: str) -> Row:
    """Return what a new key of one's own signs to be taken."""
    challenge, server = secrets.token_bytes(32), _server(origin)
    with house.ledger.read() as tx:
        known = [_credential(key) for key in passkeys.of(tx, actor.name)]
    if len(known) >= KEYS:
        raise UsageError(f"An account has at most {KEYS} keys.", remedy="Remove one first.")
    user = {"id": handle(house, actor.name), "name": actor.name, "displayName": actor.name}
    options, _ = server.register_begin(
        user, known, resident_key_requirement="required", user_verification="required", challenge=challenge
    )
    with house.ledger.write() as tx:
        _keep(tx, house, challenge, "key.new", actor.name)
        events.record(tx, event(actor, house, Act.ACCOUNT, [actor.name], what="key asked"))
    return dict(options.public_key)


@permitted("account.secret")
def add(actor: Actor, house: House, label: str, signed: Signed) -> Row:
    """Take a new key for one's account; every challenge is answered once."""
    now, text = house.clock(), _label(label)
    with house.ledger.write() as tx:
        found = passkeys.answer(tx, challenge_of(signed), "key.new", at=now)
        made = None if found is None or found[0] != actor.name else _made(actor.name, text, signed, now)
        if made is not None and passkeys.add(tx, made):
            events.record(tx, event(actor, house, Act.ACCOUNT, [actor.name], what="key added"))
            return _row(made)
        failed = event(actor, house, Act.ACCOUNT, [actor.name], outcome="failed", what="key added")
        events.record(tx, failed)
    raise UsageError(NOT_TAKEN, remedy=AGAIN)


def ask_first(house: House, name: str, origin: str, *, actor: Actor) -> Row:
    """Return what the first key of an invited account signs; `doors` has looked at the invitation."""
    challenge, server = secrets.token_bytes(32), _server(origin)
    options, _ = server.register_begin(
        {"id": handle(house, name), "name": name, "displayName": name}, [],
        resident_key_requirement="required", user_verification="required", challenge=challenge,
    )  # fmt: skip
    with house.ledger.write() as tx:
        _keep(tx, house, challenge, "key.join", name)
        events.record(tx, event(actor, house, Act.SESSION, [name], what="first key asked"))
    return dict(options.public_key)


def first(house: House, name: str, label: str, signed: Signed) -> Passkey:
    """Return the first key of an invited account, once everything about its answer holds."""
    now, text = house.clock(), _label(label)
    with house.ledger.write() as tx:
        found = passkeys.answer(tx, challenge_of(signed), "key.join", at=now)
    made = None if found is None or found[0] != name else _made(name, text, signed, now)
    if made is None:
        raise UsageError(NOT_TAKEN, remedy=AGAIN)
    return made


@permitted("account.secret")
def remove(actor: Actor, house: House, key: str) -> Row:
    """Forget a key of one's own; the others and the codes go on. The last second factor stays."""
    with house.ledger.write() as tx:
        secret, own = accounts.secrets_of(tx, actor.name), passkeys.of(tx, actor.name)
        if secret is not None and not secret.totp and [one.id for one in own] == [key]:
            raise UsageError("It is your only second factor.", remedy="Add another key first.")
        if not passkeys.remove(tx, actor.name, key):
            raise NotFound("key", key)
        events.record(tx, event(actor, house, Act.ACCOUNT, [actor.name], what="key removed"))
        return {"keys": listed(tx, actor.name)}


def listed(tx: Tx, name: str) -> list[Row]:
    """Return the keys of an account, without what they sign with."""
    return [_row(key) for key in passkeys.of(tx, name)]


def accepts(tx: Tx, house: House, name: str, signed: Signed, now: datetime) -> str:
    """Use the challenge up; return what speaks against the answer of a key of `name`'s, or nothing."""
    if passkeys.answer(tx, challenge_of(signed), "key.in", at=now) is None:
        return "challenge"
    key = passkeys.find(tx, str(signed.answer.get("id", "")))
    if key is None or key.account != name:
        return "key of somebody else"
    said = _asserted(house, key, signed)
    if said is None:
        return "signature"
    if said <= key.counter and (said or key.counter):
        return FELL_BACK
    passkeys.used(tx, key.id, counter=said, at=now)
    return ""


def handle(house: House, name: str) -> bytes:
    """Return what a key knows an account by: not its name."""
    return hashlib.sha256(f"{house.id}/{name}".encode()).digest()


def challenge_of(signed: Signed) -> str:
    """Return the challenge that an answer names; empty for what is no answer."""
    from fido2.webauthn import CollectedClientData

    try:
        data = CollectedClientData(_bytes(signed.answer["response"]["clientDataJSON"]))
        return "" if data.cross_origin else data.challenge.hex()
    except TRIED:
        return ""


def _label(label: str) -> str:
    text = label.strip()
    if not 0 < len(text) <= LONGEST_LABEL or not text.isprintable():
        raise UsageError(f"Give the key a name of at most {LONGEST_LABEL} characters.")
    return text


def _keep(tx: Tx, house: House, challenge: bytes, kind: str, principal: str) -> None:
    now, text = house.clock(), challenge.hex()
    if not passkeys.ask(tx, text, kind, principal, {}, at=now, until=now + ASKED, most=WAITING):
        raise UsageError("Too many keys are being asked for.", remedy="Try again in five minutes.")


def _server(origin: str) -> Any:
    """Return the checks for pages of exactly this address; a key belongs to its host."""
    from fido2.server import Fido2Server
    from fido2.webauthn import AttestationConveyancePreference, PublicKeyCredentialRpEntity

    host = urlsplit(origin).hostname or ""
    party = PublicKeyCredentialRpEntity(id=host, name="Homeward")
    none = AttestationConveyancePreference.NONE  # who made a key is nobody's business here
    server = Fido2Server(party, attestation=none, verify_origin=lambda said: said == origin)
    kept = [one for one in server.allowed_algorithms if one.alg in ALGORITHMS]
    server.allowed_algorithms = sorted(kept, key=lambda one: ALGORITHMS.index(one.alg))
    return server


def _state(signed: Signed) -> Row:
    from fido2.utils import websafe_encode

    challenge = websafe_encode(bytes.fromhex(challenge_of(signed)))
    return {"challenge": challenge, "user_verification": "required"}


def _made(name: str, label: str, signed: Signed, now: datetime) -> Passkey | None:
    """Return the key that answered, once everything about its answer holds."""
    from fido2.utils import websafe_encode

    try:
        found = _server(signed.origin).register_complete(_state(signed), _plain(signed))
        data = found.credential_data
        if not SHORTEST_ID <= len(data.credential_id) <= LONGEST_ID or not _can_check(data.public_key):
            return None
    except TRIED:
        return None
    return Passkey(websafe_encode(data.credential_id), name, label, bytes(data), found.counter, now)


def _can_check(public: Any) -> bool:
    """Tell whether a public key is of a kind that is taken, and really is one."""
    try:
        public.verify(b"", b"")
    except InvalidSignature:
        return public.get(3) in ALGORITHMS
    return False


def _asserted(house: House, key: Passkey, signed: Signed) -> int | None:
    """Return the count that a key signed with its answer, or None when anything about that is wrong."""
    from fido2.webauthn import AuthenticatorData

    try:
        _server(signed.origin).authenticate_complete(_state(signed), [_credential(key)], _plain(signed))
        response = signed.answer["response"]
        whose = response.get("userHandle")
        if whose and _bytes(whose) != handle(house, key.account):
            return None
        return int(AuthenticatorData(_bytes(response["authenticatorData"])).counter)
    except TRIED:
        return None


def _plain(signed: Signed) -> Row:
    """Return the answer without fields that the key's maker added."""
    response = {k: v for k, v in signed.answer["response"].items() if v is not None}
    return {
        "id": signed.answer["id"],
        "rawId": signed.answer["id"],
        "type": "public-key",
        "response": response,
    }


def _credential(key: Passkey) -> Any:
    from fido2.webauthn import AttestedCredentialData

    return AttestedCredentialData(key.data)


def _bytes(text: str) -> bytes:
    from fido2.utils import websafe_decode

    return websafe_decode(text)


def _row(key: Passkey) -> Row:
    return {"id": key.id, "label": key.label, "made_at": key.made_at, "used_at": key.used_at}
