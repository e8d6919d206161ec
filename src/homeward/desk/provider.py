"""The agency's own identity provider as a door (OpenID Connect): the code flow with PKCE, for one browser.

The provider proves who somebody is; which account that opens an administrator named before, by the
provider's issuer and subject, never by a name or an address of mail. A second factor is asked for as always:
the provider says it took one (in `acr` or `amr`, where the operator named that), or ours is asked for.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from homeward.desk import tokens
from homeward.desk.acts import event
from homeward.desk.doors import FAILURES, LOCKED, REVIEW, SignInFailed, let_in, takes, usable
from homeward.desk.passkeys import Signed
from homeward.desk.permissions import permitted
from homeward.desk.tokens import Expected, Proven, TokenRefused
from homeward.house import House
from homeward.model.account import Account, AccountState
from homeward.model.actor import Actor
from homeward.model.errors import ProviderSilent, UsageError
from homeward.model.event import Act
from homeward.store.ledger import Tx, accounts, events, glasses, passkeys, providers, sessions, sight
from homeward.store.ledger.accounts import digest

ASKED = timedelta(minutes=10)  # how long a sign-in there may take
SECOND = timedelta(minutes=5)
WAITING = 1_000  # sign-ins at a time: whoever begins and never comes back fills no disk
SECRET_BYTES = 32
LATE = timedelta(seconds=tokens.LEEWAY)

Row = dict[str, Any]


class ProviderRefused(SignInFailed):
    """What the provider sent opens nothing: told alike, whatever is wrong with it."""

    says = "What your identity provider sent opens nothing here."


class Provider(Protocol):
    """The provider, as `app/provider.py` reaches it: the one other host that the server ever asks."""

    issuer: str
    client: str
    factors: frozenset[str]  # values of `acr` and `amr` that stand for a second factor; none at first

    def address(self, *, state: str, nonce: str, verifier: str, again: bool) -> str:
        """Return where the browser goes to sign in; `again` asks for a fresh proof."""

    def answer(self, code: str, verifier: str) -> Mapping[str, Any]:
        """Return what the provider gives for a code."""

    def keys(self) -> Mapping[str, Any]:
        """Return the provider's public keys."""


@permitted("door.sign-in")
def begin(actor: Actor, house: House, provider: Provider) -> tuple[str, str]:
    """Return where the browser goes, and the secret that it keeps meanwhile and shows again.

    Asking is nobody's act and hands nothing out; coming back is one.
    """
    return _begin(house, provider, "")


@permitted("session.own")
def begin_again(actor: Actor, house: House, provider: Provider, session: str) -> tuple[str, str]:
    """Return the same for a session that has to prove once more who it is."""
    return _begin(house, provider, digest(session))


@permitted("door.sign-in")
def come_back(
    actor: Actor, house: House, provider: Provider, browser: str, session: str, said: Mapping[str, str]
) -> Row:
    """Take what the provider sent the browser back with: state, code, and issuer where it says it.

    Return a session's token, or a ticket for one's own second factor; raises ProviderRefused.
    """
    now = house.clock()
    with house.ledger.write() as tx:
        found = passkeys.answer(tx, said.get("state", ""), "provider.in", at=now)
    try:
        if found is None or not hmac.compare_digest(found[1]["browser"], digest(browser)):
            raise TokenRefused("0 another browser, or no sign-in of ours")
        if said.get("iss", provider.issuer) != provider.issuer:
            raise TokenRefused("0 another provider")
        held = found[1]
        if held["session"] and held["session"] != digest(session):
            raise TokenRefused("0 another session")
        answer = provider.answer(said.get("code", ""), held["verifier"])
        expected = Expected(provider.issuer, provider.client, held["nonce"])
        proven = tokens.read(answer, provider.keys(), expected, now)
        if held["session"] and (proven.at is None or proven.at < held["at"] - LATE.total_seconds()):
            raise TokenRefused("4 auth_time")
    except (TokenRefused, ProviderSilent) as error:
        with house.ledger.write() as tx:
            events.record(tx, _failed(actor, house, [], str(error)))
        if isinstance(error, ProviderSilent):
            raise
        raise ProviderRefused("1 signed in") from None
    return _opened(actor, house, provider, proven, session if held["session"] else "")


@permitted("door.sign-in")
def second(actor: Actor, house: House, ticket: str, proof: str | Signed, session: str) -> Row:
    """Take one's own second factor after the provider's proof; a ticket is good for one try."""
    now = house.clock()
    with sight.whole(), house.ledger.write() as tx:
        found = passkeys.answer(tx, ticket, "provider.second", at=now)
        name, held = found or ("", {"session": ""})
        account = accounts.find(tx, name)
        secret = accounts.secrets_of(tx, name)
        locked = accounts.failures(tx, name, since=now - LOCKED) >= FAILURES
        mine = not held["session"] or held["session"] == digest(session)
        if account and secret and mine and not locked and _opens(tx, house, account, own=True):
            if takes(tx, house, name, secret.totp, proof, now):
                return _in(tx, house, account, actor, session if held["session"] else "")
            accounts.failed(tx, name, at=now, forget=now - LOCKED)
        events.record(tx, _failed(actor, house, [name] if account else [], "second factor"))
    raise ProviderRefused("1 signed in", remedy="Begin at your provider once more.")


def _begin(house: House, provider: Provider, session: str) -> tuple[str, str]:
    now = house.clock()
    state, nonce, verifier, browser = (secrets.token_urlsafe(SECRET_BYTES) for _ in range(4))
    address = provider.address(state=state, nonce=nonce, verifier=verifier, again=bool(session))
    held = {
        "nonce": nonce, "verifier": verifier, "browser": digest(browser), "session": session,
        "at": now.timestamp(),
    }  # fmt: skip
    with house.ledger.write() as tx:
        if not passkeys.ask(tx, state, "provider.in", "", held, at=now, until=now + ASKED, most=WAITING):
            raise UsageError("Too many people are signing in.", remedy="Try again in ten minutes.")
    return address, browser


def _opened(actor: Actor, house: House, provider: Provider, proven: Proven, session: str) -> Row:
    """Find the account that was named for a proven subject, and let it in or ask for its own factor."""
    enough = bool(proven.ways & provider.factors)
    with sight.whole(), house.ledger.write() as tx:
        name = providers.find(tx, provider.issuer, proven.subject)
        account = accounts.find(tx, name) if name else None
        own = accounts.secrets_of(tx, name) is not None if name else False
        if account is None or not (enough or own) or not _opens(tx, house, account, own=not enough):
            why = "nobody is named for it" if account is None else "not usable, or without a second factor"
            events.record(tx, _failed(actor, house, [name] if name else [], why, subject=proven.subject))
        elif session and not _is_of(tx, session, account):
            events.record(tx, _failed(actor, house, [account.name], "another account than the session's"))
        elif enough:
            return _in(tx, house, account, actor, session)
        else:
            return _ticket(tx, house, account, actor, session)
    remedy = f"For your administrator: you are subject {proven.subject} there."
    raise ProviderRefused("1 signed in", remedy=remedy)


def _ticket(tx: Tx, house: House, account: Account, actor: Actor, session: str) -> Row:
    """Return what one's own second factor is given with."""
    now, ticket = house.clock(), secrets.token_urlsafe(SECRET_BYTES)
    kept = {"session": digest(session) if session else ""}
    if not passkeys.ask(
        tx, ticket, "provider.second", account.name, kept, at=now, until=now + SECOND, most=2 * WAITING
    ):
        raise UsageError("Too many people are signing in.", remedy="Try again in five minutes.")
    events.record(tx, event(actor, house, Act.SESSION, [account.name], what="provider proved"))
    return {"kind": "second", "token": ticket}


def _opens(tx: Tx, house: House, account: Account, *, own: bool) -> bool:
    """Tell whether an account may come in: one that was only invited may, on the provider's own factor."""
    now = house.clock()
    if glasses.overdue(tx, account.name, before=now - REVIEW):
        return False
    if account.state is AccountState.INVITED and not own:
        return account.until is None or now < account.until
    return usable(account, now)


def _in(tx: Tx, house: House, account: Account, actor: Actor, session: str) -> Row:
    if session:
        who = Actor(account.name, actor.door, account.role)
        events.record(tx, event(who, house, Act.SESSION, [account.name], what="proved", by="provider"))
        now = house.clock()
        return {"kind": "in", "token": sessions.rotate(tx, session, proved_at=now, seen_at=now)}
    if account.state is AccountState.INVITED:
        accounts.change(tx, account.name, state=AccountState.ACTIVE)
    return {"kind": "in", "token": let_in(tx, house, account, actor.door, by="provider")}


def _is_of(tx: Tx, session: str, account: Account) -> bool:
    found = sessions.find(tx, session)
    return found is not None and found.principal == account.name


def _failed(actor: Actor, house: House, objects: list[str], why: str, **told: str) -> Any:
    return event(actor, house, Act.SIGN_IN, objects, outcome="failed", by="provider", why=why, **told)
