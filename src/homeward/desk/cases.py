"""Cases: who is of them, and who may know of them. A case of others is told like one that never was."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from homeward.desk import requests
from homeward.desk.acts import event, note
from homeward.desk.permissions import demand, permitted
from homeward.house import House
from homeward.model.actor import Actor, Role
from homeward.model.case import LONGEST_TITLE, Case, Standing, State
from homeward.model.errors import NotFound, Overtaken, UsageError
from homeward.model.event import Act
from homeward.model.permission import Relation, Target
from homeward.store.ledger import Tx, accounts, cases, events, glasses, sight

Row = dict[str, Any]
GLASS_HOURS = 4  # how long a case may be read without being of it
LONGEST_WHY = 1_000
# Roles that may be of a case; the others administer, audit or hand in, and read none.
MAY_JOIN = frozenset(
    {Role.ANALYST, Role.CASE_LEAD, Role.SUPERVISOR, Role.RECORDS, Role.REVIEWER}
)  # fmt: skip


@permitted("case.list")
def listing(actor: Actor, house: House) -> Row:
    """Return the cases that the actor may know of, newest first."""
    now = house.clock()
    with house.ledger.write() as tx:
        found = _known(tx, actor, house)
        rows = [row(case, cases.relation(tx, case.id, actor.name, at=now)) for case in found]
        events.record(tx, event(actor, house, Act.LIST, [case.id for case in found], what="cases"))
    return {"cases": rows}


def _known(tx: Tx, actor: Actor, house: House) -> list[Case]:
    """A supervisor knows of every case that is not sealed; whoever holds the key, of all."""
    own = cases.of(tx, actor.name, at=house.clock())
    if actor.role is Role.LOCAL:
        return cases.known(tx, sealed=True)
    if actor.role is Role.SUPERVISOR:
        there = {case.id for case in own}
        return own + [case for case in cases.known(tx, sealed=False) if case.id not in there]
    return own


@permitted("case.make")
def make(actor: Actor, house: House, title: str) -> Row:
    """Make a case that the actor leads."""
    case = Case(
        secrets.token_hex(10), _title(title), State.OPEN, False, actor.name, house.clock(),
        {actor.name: Standing.LEAD},
    )  # fmt: skip
    with house.ledger.write() as tx:
        cases.add(tx, case)
        events.record(tx, event(actor, house, Act.CASE, [case.id], what="made"))
    return row(case, Relation.LEAD)


@permitted("case.read")
def page(actor: Actor, house: House, case: str) -> Row:
    """Return one case with its members."""
    found, relation = _asked(actor, house, "case.read", case)
    note(actor, house, Act.LOOK, [case], what="case", relation=str(relation))
    return row(found, relation)


@permitted("case.change")
def change(
    actor: Actor, house: House, case: str, *, title: str | None = None, state: State | None = None
) -> Row:
    """Give a case another title or state."""
    demand(actor, house, "case.change", _target(actor, house, case), key=case)
    named = None if title is None else _title(title)
    return _changed(
        actor, house, case, lambda tx: cases.change(tx, case, title=named, state=state),
        what="changed", title=title is not None, state=state and str(state),
    )  # fmt: skip


@permitted("case.seal")
def seal(actor: Actor, house: House, case: str) -> Row:
    """Seal a case: from now on nobody but its members knows that it exists."""
    demand(actor, house, "case.seal", _target(actor, house, case), key=case)
    return _changed(actor, house, case, lambda tx: cases.change(tx, case, sealed=True), what="sealed")


@permitted("case.unseal")
def unseal(actor: Actor, house: House, case: str) -> Row:
    """Unseal a case: supervisors know of it from now on. A second person has agreed to exactly this."""
    asked = {"case": case}
    target = _target(actor, house, case)
    second = requests.second(actor, house, "case.unseal", asked, target=target, key=case)

    def act(tx: Tx) -> None:
        second(tx)
        cases.change(tx, case, sealed=False)

    return _changed(actor, house, case, act, what="unsealed")


@permitted("case.members")
def set_member(actor: Actor, house: House, case: str, account: str, standing: Standing | None) -> Row:
    """Make an account a member, give it another standing, or (None) make it a member no longer."""
    target = Target(_target(actor, house, case).relation, own=account == actor.name)
    demand(actor, house, "case.members", target, key=case)

    def act(tx: Tx) -> None:
        known = accounts.find(tx, account)
        if known is None or (standing is not None and (known.role not in MAY_JOIN or not known.active)):
            raise NotFound("account that may be of a case,", account)
        cases.leave(tx, case, account)
        if standing is not None:
            cases.join(tx, case, account, standing, by=actor.name, at=house.clock())
        kept = cases.find(tx, case)
        if kept is None or Standing.LEAD not in kept.members.values():
            raise UsageError("A case keeps somebody who leads it.", remedy="Name another lead first.")

    told = _changed(
        actor, house, case, act, act=Act.MEMBER, account=account,
        standing="none" if standing is None else str(standing),
    )  # fmt: skip
    return told


@permitted("case.glass")
def break_glass(actor: Actor, house: House, case: str, why: str) -> Row:
    """Let the actor read a case of others for GLASS_HOURS; supervisors see it at once and review it."""
    demand(actor, house, "case.glass", _target(actor, house, case), key=case)
    if not why.strip() or len(why) > LONGEST_WHY:
        raise UsageError(f"Say why, in up to {LONGEST_WHY:,} characters.")
    now = house.clock()
    until = now + timedelta(hours=GLASS_HOURS)
    with house.ledger.write() as tx:
        key = glasses.add(tx, actor.name, case, why.strip(), at=now, until=until)
        events.record(tx, event(actor, house, Act.GLASS, [case, key], until=until.isoformat()))
        found = cases.find(tx, case)
    if found is None:
        raise NotFound("case", case)
    return row(found, Relation.GLASS)


def row(case: Case, relation: Relation) -> Row:
    """Return a case as it is told; whoever only knows of it gets no names but those who lead it."""
    inside = relation in (Relation.LEAD, Relation.MEMBER, Relation.GLASS)
    shown = case.members if inside else {a: s for a, s in case.members.items() if s is Standing.LEAD}
    return {
        "id": case.id, "title": case.title, "state": str(case.state), "sealed": case.sealed,
        "made_by": case.made_by, "made_at": case.made_at, "relation": str(relation),
        "members": [{"account": account, "standing": str(s)} for account, s in shown.items()],
    }  # fmt: skip


def _target(actor: Actor, house: House, case: str) -> Target:
    with sight.whole(), house.ledger.read() as tx:
        return Target(cases.relation(tx, case, actor.name, at=house.clock()))


def _asked(actor: Actor, house: House, action: str, case: str) -> tuple[Case, Relation]:
    """Return a case for an act on it; one that may not be seen is not there."""
    target = _target(actor, house, case)
    demand(actor, house, action, target, key=case)
    with house.ledger.read() as tx:
        found = cases.find(tx, case)
    if found is None or target.relation is None:
        raise NotFound("case", case)
    return found, target.relation


def _changed(
    actor: Actor, house: House, case: str, change: Callable[[Tx], None], *, act: Act = Act.CASE, **detail: Any
) -> Row:
    """Change a case and write it down, in one transaction; return it as it is now."""
    with house.ledger.write() as tx:
        change(tx)
        events.record(tx, event(actor, house, act, [case], **detail))
        found = cases.find(tx, case)
        if found is None:
            raise Overtaken("The case is gone by now.")
        return row(found, cases.relation(tx, case, actor.name, at=house.clock()))


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title or len(title) > LONGEST_TITLE:
        raise UsageError(f"A case has a title of up to {LONGEST_TITLE} characters.")
    return title
