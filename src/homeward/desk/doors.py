"""The door: who comes in, how it is proved, how long it lasts, and for which purpose.

A failed sign-in says the same whatever was wrong: the name, the password, the code, or too many failures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from homeward.desk import passkeys, proofs
from homeward.desk.acts import event
from homeward.desk.passkeys import Signed
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.account import Account, AccountState
from homeward.model.actor import Actor, Role
from homeward.model.errors import NotSignedIn, PurposeNeeded, UsageError
from homeward.model.event import Act, Event
from homeward.model.permission import NEED_A_CASE, PURPOSES, READS
from homeward.store.ledger import Tx, accounts, cases, events, glasses, purposes, sessions, sight
from homeward.store.ledger import passkeys as key_store

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
PROOF = timedelta(minutes=10)  # how long a proof of who one is counts as fresh
FAILURES, LOCKED = 5, timedelta(minutes=15)
UNUSED = timedelta(days=90)  # an account that nobody used for so long opens no more
REVIEW = timedelta(hours=72)  # broken glass that nobody reviewed for so long locks its account
LINK = timedelta(hours=72)
TOUCH = timedelta(minutes=1)  # how exactly the last use of a session is kept
NOBODY = Actor("nobody", "api")
WRONG = "That does not open. Check the name, the password and the code, or wait 15 minutes."

Row = dict[str, Any]


class SignInFailed(NotSignedIn):
    """The name, the password or the code is wrong, or there were too many failures: told alike."""

    says = WRONG


def kind(house: House) -> str:
    """Return how one comes in: `open` (a test workspace without accounts), `demo` or `accounts`."""
    with house.ledger.read() as tx:
        return _kind(tx, house)


def _kind(tx: Tx, house: House) -> str:
    if accounts.any_there(tx):
        return "accounts"
    return "demo" if house.kind == "demo" else "open"


def known(house: House, token: str | None, *, touch: bool = True) -> Actor:
    """Return who a session's token stands for: nobody when it is over, unknown, or its account is.

    A clock that went back ends sessions rather than prolonging them.
    """
    now = house.clock()
    with house.ledger.read() as tx:
        session = sessions.find(tx, token) if token else None
        account = accounts.find(tx, session.principal) if session else None
        if account is None and _kind(tx, house) == "open":
            return Actor(house.kind, "api")
    if token is None or session is None:
        return NOBODY
    demo = session.role is Role.DEMO
    if not demo and (account is None or account.role is not session.role or not usable(account, now)):
        return NOBODY
    idle, age = now - session.seen_at, now - session.made_at
    if age >= ABSOLUTE or (idle >= IDLE and not demo) or idle < -TOUCH:
        return NOBODY
    if touch and idle >= TOUCH:
        with house.ledger.write() as tx:
            sessions.touch(tx, token, at=now)
    fresh = timedelta(0) <= now - session.proved_at < PROOF
    warned = demo or session.banner_at is not None
    return Actor(session.principal, "api", session.role, session.purpose, session.case, fresh, warned)


@permitted("door.sign-in")
def sign_in(actor: Actor, house: House, name: str, password: str, second: str | Signed) -> str:
    """Return the token of a new session; raises SignInFailed, after as much work, for whatever is wrong.

    `second` is a code, or what a security key answered.
    """
    now = house.clock()
    with house.ledger.read() as tx:
        account, secret = accounts.find(tx, name), accounts.secrets_of(tx, name)
    right = proofs.is_password(secret.password if secret else None, password)
    with sight.whole(), house.ledger.write() as tx:  # nobody is signed in yet
        locked = accounts.failures(tx, name, since=now - LOCKED) >= FAILURES
        glass = glasses.overdue(tx, name, before=now - REVIEW)
        opens = account is not None and not locked and not glass and usable(account, now)
        if right and opens and account and secret and takes(tx, house, name, secret.totp, second, now):
            return let_in(tx, house, account, actor.door)
        if not locked:
            accounts.failed(tx, name, at=now, forget=now - LOCKED)
        # A name that nobody has may be a password in the wrong field: it is not written down.
        events.record(tx, event(actor, house, Act.SIGN_IN, [name] if account else [], outcome="failed"))
    raise SignInFailed("1 signed in")


@permitted("door.link")
def open_link(actor: Actor, house: House, token: str) -> Row:
    """Open a link: a demo's gives a session; an invitation's what is needed to accept it."""
    now = house.clock()
    with house.ledger.write() as tx:
        found = sessions.link(tx, token, at=now)
        if found is None:
            events.record(tx, event(actor, house, Act.SIGN_IN, ["link"], outcome="failed"))
        elif found["kind"] == "demo" and sessions.use_link(tx, token, at=now):
            made = sessions.begin(tx, "demo", Role.DEMO, at=now)
            events.record(tx, event(Actor("demo", actor.door), house, Act.SIGN_IN, ["demo"]))
            return {"kind": "in", "token": made, "name": "demo", "secret": "", "address": ""}
        elif found["kind"] == "invite":
            name, secret = found["principal"], found["secret"]
            events.record(tx, event(actor, house, Act.SESSION, [name], what="invitation opened"))
            return {
                "kind": "join", "token": "", "name": name, "secret": secret,
                "address": proofs.address_of(secret, name),
            }  # fmt: skip
    raise SignInFailed("1 signed in", remedy="A link opens once. Ask for another.")


@permitted("door.link")
def ask_key(actor: Actor, house: House, token: str, origin: str) -> Row:
    """Return what a security key signs to be whoever was invited: the safest second factor comes first."""
    name = str(_invitation(house, token)["principal"])
    return passkeys.ask_first(house, name, origin, actor=actor)


@permitted("door.link")
def join(
    actor: Actor, house: House, token: str, password: str, second: str | Signed, *, label: str = ""
) -> Row:
    """Accept an invitation: set password and second factor; return a session and the recovery codes.

    `second` is what a new security key answered (called `label` from then on), or a code of the secret.
    With a key the account has no secret: no code but a recovery code opens it.
    """
    now = house.clock()
    found = _invitation(house, token)
    name = str(found["principal"])
    proofs.check_password(password, name=name)
    key, step = None, None
    if isinstance(second, Signed):
        key = passkeys.first(house, name, label, second)
        proof: Row = {"totp": None, "totp_step": None}
    else:
        step = proofs.step_of(found["secret"], second, at=now)
        proof = {"totp": found["secret"], "totp_step": step}
    if key is None and step is None:
        raise UsageError("The code does not fit.", remedy="Check the clock of the device that shows it.")
    record, codes = proofs.hash_password(password), proofs.make_codes()
    with house.ledger.write() as tx:
        account = accounts.find(tx, name)
        if (
            account is None
            or account.state is AccountState.DISABLED
            or not sessions.use_link(tx, token, at=now)
            or (key is not None and not key_store.add(tx, key))
        ):
            raise SignInFailed("1 signed in")
        accounts.change(tx, name, password=record, state=AccountState.ACTIVE, seen_at=now, **proof)
        accounts.set_codes(tx, name, codes)
        accounts.forgive(tx, name)
        sessions.end_all(tx, name)
        made = sessions.begin(tx, name, account.role, at=now)
        who = Actor(name, actor.door, account.role)
        told = {} if key is None else {"by": "a security key"}
        events.record(tx, event(who, house, Act.SIGN_IN, [name], what="joined", **told))
    return {"token": made, "codes": codes}


def _invitation(house: House, token: str) -> Mapping[str, Any]:
    """Return the invitation that a link is, until it was used."""
    with house.ledger.read() as tx:
        found = sessions.link(tx, token, at=house.clock())
    if found is None or found["kind"] != "invite":
        raise SignInFailed("1 signed in", remedy="A link opens once. Ask for another.")
    return found


@permitted("session.own")
def sign_out(actor: Actor, house: House, token: str) -> None:
    """End the session."""
    with house.ledger.write() as tx:
        sessions.end(tx, token)
        events.record(tx, event(actor, house, Act.SESSION, [actor.name], what="signed out"))


@permitted("session.own")
def prove(actor: Actor, house: House, token: str, password: str, second: str | Signed) -> str:
    """Prove again who one is, for what takes it; return the session's new token."""
    now = house.clock()
    with house.ledger.read() as tx:
        secret = accounts.secrets_of(tx, actor.name)
    right = proofs.is_password(secret.password if secret else None, password)
    with house.ledger.write() as tx:
        locked = accounts.failures(tx, actor.name, since=now - LOCKED) >= FAILURES
        if right and secret and not locked and takes(tx, house, actor.name, secret.totp, second, now):
            events.record(tx, event(actor, house, Act.SESSION, [actor.name], what="proved"))
            return sessions.rotate(tx, token, proved_at=now, seen_at=now)
        accounts.failed(tx, actor.name, at=now, forget=now - LOCKED)
        failed = event(actor, house, Act.SESSION, [actor.name], outcome="failed", what="proved")
        events.record(tx, failed)
    raise SignInFailed("7 step-up")


@permitted("session.own")
def acknowledge(actor: Actor, house: House, token: str) -> None:
    """Keep that one read how this may be used: once a session, before anything else is shown."""
    with house.ledger.write() as tx:
        if sessions.acknowledge(tx, token, at=house.clock()):
            events.record(tx, event(actor, house, Act.SESSION, [actor.name], what="banner acknowledged"))


@permitted("session.own")
def state(actor: Actor, house: House, token: str, purpose: str, case: str | None) -> str:
    """State for which purpose, and which case, one works from now on; return the session's new token."""
    with house.ledger.read() as tx:
        added = purposes.standing(tx).get(purpose)
    if purpose not in PURPOSES.get(actor.role, frozenset()) and (
        added is None or actor.role not in added.roles
    ):
        raise PurposeNeeded("6 purpose", remedy="Your role has other purposes.")
    if (added is not None or purpose in NEED_A_CASE) and case is None:
        raise PurposeNeeded("6 the purpose's case", remedy="Name the case that this is for.")
    with house.ledger.write() as tx:
        if case is not None and cases.relation(tx, case, actor.name, at=house.clock()) not in READS:
            raise PurposeNeeded("6 the stated case is not one's own", remedy="Name a case of yours.")
        stated = replace(actor, purpose=purpose, case=case)
        events.record(tx, event(stated, house, Act.SESSION, [actor.name], what="purpose stated"))
        return sessions.rotate(tx, token, purpose=purpose, case=case, seen_at=house.clock())


@permitted("door.demo")
def demo_link(actor: Actor, house: House) -> str:
    """Return the token of a new link into a demo workspace; the one before opens no more."""
    now = house.clock()
    with house.ledger.write() as tx:
        events.record(tx, event(actor, house, Act.ACCOUNT, ["demo"], what="link"))
        return sessions.make_link(tx, "demo", "demo", at=now, until=now + ABSOLUTE)


def let_in(tx: Tx, house: House, account: Account, door: str, **told: str) -> str:
    """Begin a session of an account that proved itself, with its event; return its token."""
    name, now = account.name, house.clock()
    accounts.forgive(tx, name)
    accounts.change(tx, name, seen_at=now)
    sessions.forget(tx, before=now - ABSOLUTE)
    token = sessions.begin(tx, name, account.role, at=now)
    events.record(tx, event(Actor(name, door, account.role), house, Act.SIGN_IN, [name], **told))
    return token


def usable(account: Account, now: datetime) -> bool:
    """Tell whether an account opens: in force, not at its end, and used in the last 90 days."""
    last = account.seen_at or account.made_at
    return account.active and (account.until is None or now < account.until) and now - last < UNUSED


def takes(tx: Tx, house: House, name: str, totp: str, second: str | Signed, now: datetime) -> bool:
    """Take a key's answer, a TOTP code, or a recovery code; each once."""
    if isinstance(second, Signed):
        wrong = passkeys.accepts(tx, house, name, second, now)
        if wrong == passkeys.FELL_BACK:
            said = Event(now, name, "log", Act.ALARM, (), "alarm", {"trouble": f"a key of {name}: {wrong}"})
            events.record(tx, said)
        return not wrong
    code = second
    if "-" in code:
        return accounts.take_code(tx, name, code.strip().lower(), at=now)
    step = proofs.step_of(totp, code, at=now) if totp else None  # anybody knows the codes of an empty secret
    return step is not None and accounts.take_step(tx, name, step)
