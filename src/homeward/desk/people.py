"""The people of a workspace: who invites them, in which role, and who cuts them off."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from homeward.desk import passkeys, proofs
from homeward.desk.acts import event, note
from homeward.desk.doors import LINK, LOCKED
from homeward.desk.permissions import demand, permitted
from homeward.desk.tokens import LONGEST_SUBJECT
from homeward.house import House
from homeward.model.account import Account, AccountState
from homeward.model.actor import ACCOUNT_ROLES, Actor, Role
from homeward.model.errors import NotFound, UsageError, WorkspaceKind
from homeward.model.event import Act
from homeward.model.permission import NEED_A_CASE, PURPOSES, TABLE, Target
from homeward.store.ledger import (
    Tx,
    accounts,
    events,
    glasses,
    providers,
    purposes,
    requests,
    sessions,
    trail,
)
from homeward.store.ledger import passkeys as keys
from homeward.store.ledger.trail import Sought

RESERVED = {"nobody", *(str(role) for role in Role)} - {str(role) for role in ACCOUNT_ROLES}
LONGEST_NAME, LONGEST_DISPLAY = 64, 120
PAUSE, MOST_LOOKS = timedelta(minutes=10), 5_000  # of the private tally of looks
TEMPORARY = timedelta(hours=72)  # the longest that an account for a time lasts

Row = dict[str, Any]


@permitted("account.list")
def listing(actor: Actor, house: House) -> Row:
    """Return every account: name, role and state; no secret of it."""
    with house.ledger.write() as tx:
        named = providers.subjects(tx)
        found = [{**_row(account), "subject": named.get(account.name)} for account in accounts.listed(tx)]
        events.record(tx, event(actor, house, Act.LIST, [house.id], what="accounts"))
    return {"people": found}


@permitted("account.invite")
def invite(
    actor: Actor, house: House, name: str, role: Role, *, display: str = "", temporary: bool = False
) -> Row:
    """Make an account and return the token of the link by which its person joins, once."""
    _check(house, name, role, display)
    now = house.clock()
    until = now + TEMPORARY if temporary else None
    made = Account(
        name, display.strip() or name, role, AccountState.INVITED, actor.name, now, None, until
    )  # fmt: skip
    with house.ledger.write() as tx:
        if accounts.find(tx, name) is not None:
            raise UsageError(f"There is an account {name} already; a name is never given again.")
        accounts.add(tx, made)
        token = sessions.make_link(tx, "invite", name, at=now, until=now + LINK, secret=proofs.make_secret())
        events.record(tx, event(actor, house, Act.ACCOUNT, [name], what="invited", as_role=str(role)))
    return {**_row(made), "token": token, "until": now + LINK}


@permitted("account.change")
def renew(actor: Actor, house: House, name: str) -> Row:
    """Give an account a new link: its password, second factor and sessions end when it is made."""
    demand(actor, house, "account.change", Target(own=name == actor.name))
    now = house.clock()
    with house.ledger.write() as tx:
        account = accounts.find(tx, name)
        if account is None or account.state is AccountState.DISABLED:
            raise NotFound("account", name)
        accounts.change(tx, name, password=None, totp=None, state=AccountState.INVITED)
        keys.remove_all(tx, name)
        providers.forget(tx, name)
        sessions.end_all(tx, name)
        token = sessions.make_link(tx, "invite", name, at=now, until=now + LINK, secret=proofs.make_secret())
        events.record(tx, event(actor, house, Act.ACCOUNT, [name], what="link"))
    return {**_row(account), "state": "invited", "token": token, "until": now + LINK}


@permitted("account.change")
def set_role(actor: Actor, house: House, name: str, role: Role) -> Row:
    """Give an account another role; its sessions end. Nobody changes their own."""
    demand(actor, house, "account.change", Target(own=name == actor.name))
    if role not in ACCOUNT_ROLES:
        raise UsageError(f"{role} is no role of an account.")
    return _changed(actor, house, name, "role", role=role)


@permitted("account.change")
def disable(actor: Actor, house: House, name: str) -> Row:
    """Cut an account off: its sessions end now, and it opens no more."""
    demand(actor, house, "account.change", Target(own=name == actor.name))
    return _changed(actor, house, name, "disabled", state=AccountState.DISABLED, password=None, totp=None)


@permitted("account.change")
def name_at_provider(actor: Actor, house: House, name: str, issuer: str, subject: str | None) -> Row:
    """Say which subject of the identity provider opens an account, or that none does; never one's own.

    A new link, and cutting off, end it too.
    """
    demand(actor, house, "account.change", Target(own=name == actor.name))
    if subject is not None and not (0 < len(subject) <= LONGEST_SUBJECT and subject.isprintable()):
        raise UsageError(f"A subject has at most {LONGEST_SUBJECT} characters, as the provider shows it.")
    with house.ledger.write() as tx:
        account = accounts.find(tx, name)
        if account is None or account.state is AccountState.DISABLED:
            raise NotFound("account", name)
        providers.forget(tx, name)
        if subject and not providers.put(tx, name, issuer, subject, by=actor.name, at=house.clock()):
            raise UsageError("That subject opens another account already.")
        told = {"subject": subject} if subject else {}
        what = "named at the provider" if subject else "no longer named at the provider"
        events.record(tx, event(actor, house, Act.ACCOUNT, [name], what=what, **told))
    return {**_row(account), "subject": subject}


@permitted("account.own")
def own(actor: Actor, house: House) -> Row:
    """Return one's own account: its role, sessions and recovery codes left, and the purposes it may state."""
    with house.ledger.read() as tx:
        account = accounts.find(tx, actor.name)
        failed = accounts.failures(tx, actor.name, since=house.clock() - LOCKED)
        here, left = sessions.count(tx, actor.name), accounts.codes_left(tx, actor.name)
        own_keys = passkeys.listed(tx, actor.name)
        looks = _looks(tx, actor, house.clock())
        added = list(purposes.standing(tx).values())
    note(actor, house, Act.LOOK, [actor.name], what="account")
    return {
        "name": actor.name, "display": account.display if account else actor.name, "role": str(actor.role),
        **looks, "sessions": here, "codes_left": left, "failures": failed, "keys": own_keys,
        "purposes": [
            *(
                {"purpose": str(p), "needs_case": p in NEED_A_CASE, "says": ""}
                for p in sorted(PURPOSES.get(actor.role, frozenset()))
            ),
            *(
                {"purpose": a.name, "needs_case": True, "says": a.says}
                for a in added if actor.role in a.roles
            ),
        ],
    }  # fmt: skip


def _looks(tx: Tx, actor: Actor, now: datetime) -> Row:
    """Return how often somebody looked and searched today, and for how long without a pause: for them alone.

    Days are UTC's. A pause is ten minutes without a look.
    """
    acts = (Act.LOOK, Act.SEARCH)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    times = trail.times(tx, Sought(actor.name, acts=acts, since=day), most=MOST_LOOKS)
    began = now
    for at in times:
        if began - at >= PAUSE:
            break
        began = at
    return {"looks_today": len(times), "minutes_in_a_row": int((now - began).total_seconds() // 60)}


@permitted("account.secret")
def set_password(actor: Actor, house: House, token: str, password: str) -> None:
    """Give oneself another password; every other session of one's ends."""
    proofs.check_password(password, name=actor.name)
    record = proofs.hash_password(password)
    with house.ledger.write() as tx:
        accounts.change(tx, actor.name, password=record)
        sessions.end_all(tx, actor.name, but=token)
        events.record(tx, event(actor, house, Act.ACCOUNT, [actor.name], what="password"))


@permitted("account.secret")
def new_codes(actor: Actor, house: House) -> Row:
    """Return new recovery codes in the place of the old; they are shown this once."""
    codes = proofs.make_codes()
    with house.ledger.write() as tx:
        accounts.set_codes(tx, actor.name, codes)
        events.record(tx, event(actor, house, Act.ACCOUNT, [actor.name], what="recovery codes"))
    return {"codes": codes}


@permitted("glass.list")
def broken(actor: Actor, house: House) -> Row:
    """Return the broken glass that awaits its review, oldest first."""
    with house.ledger.read() as tx:
        rows = glasses.listed(tx)
    note(actor, house, Act.LIST, [row["id"] for row in rows], what="break-glass")
    names = ("id", "account", "why", "at", "until")
    return {"broken": [{name: row[name] for name in names} for row in rows]}


@permitted("glass.review")
def review(actor: Actor, house: House, key: str, found: str) -> Row:
    """Keep what a supervisor found about a broken glass; nobody reviews their own."""
    demand(actor, house, "glass.review", Target())
    if not found.strip():
        raise UsageError("Say what you found.")
    with house.ledger.write() as tx:
        whose = glasses.review(tx, key, by=actor.name, found=found.strip(), at=house.clock())
        events.record(tx, event(actor, house, Act.GLASS, [key, whose], what="reviewed"))
    return {"id": key, "account": whose}


@permitted("table.see")
def table(actor: Actor, house: House) -> Row:
    """Return the table of permission and of purposes, as it is in force."""
    note(actor, house, Act.LIST, [house.id], what="permissions")
    with house.ledger.read() as tx:
        added = purposes.listed(tx)
        wanted = [one for one in requests.listed(tx, by=None, at=house.clock())
                  if one["action"] == "purpose.add" and one["decision"] is None]  # fmt: skip
    rules = [
        {
            "act": name, "says": rule.says, "roles": sorted(rule.roles), "purpose": rule.purpose,
            "step_up": rule.step_up, "second": rule.second,
        }
        for name, rule in TABLE.items()
    ]  # fmt: skip
    own = [
        {"purpose": str(p), "needs_case": p in NEED_A_CASE,
         "roles": sorted(r for r, ones in PURPOSES.items() if p in ones)}
        for p in sorted({p for ones in PURPOSES.values() for p in ones})
    ]  # fmt: skip
    pending = [{**one["parameters"], "by": one["by"], "why": one["why"]} for one in wanted]
    return {
        "rules": rules,
        "purposes": own,
        "added": added,
        "pending": pending,
        "roles": [str(role) for role in ACCOUNT_ROLES],
    }


def _changed(actor: Actor, house: House, name: str, what: str, **values: Any) -> Row:
    with house.ledger.write() as tx:
        if accounts.find(tx, name) is None:
            raise NotFound("account", name)
        accounts.change(tx, name, **values)
        sessions.end_all(tx, name)
        told = {"as_role": str(values["role"])} if "role" in values else {}
        events.record(tx, event(actor, house, Act.ACCOUNT, [name], what=what, **told))
        account = accounts.find(tx, name)
    assert account is not None
    return _row(account)


def _check(house: House, name: str, role: Role, display: str) -> None:
    if house.kind == "demo":
        raise WorkspaceKind("A demo workspace has no accounts: its link is enough.")
    letters = set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    if not (0 < len(name) <= LONGEST_NAME and set(name) <= letters and name[0].isalnum()):
        raise UsageError("An account's name is of small letters, digits, and . _ - between them.")
    if name in RESERVED or len(display) > LONGEST_DISPLAY:
        raise UsageError("That name cannot be given.", remedy="Choose another.")
    if role not in ACCOUNT_ROLES:
        raise UsageError(f"{role} is no role of an account.")


def _row(account: Account) -> Row:
    times: dict[str, datetime | None] = {"seen_at": account.seen_at, "until": account.until}
    return {
        "name": account.name, "display": account.display, "role": str(account.role),
        "state": str(account.state), "made_by": account.made_by, "made_at": account.made_at, **times,
    }  # fmt: skip
