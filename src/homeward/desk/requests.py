"""Four eyes: ask for an act that takes a second person, agree to it or not, and use the agreement once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from homeward.desk.acts import event
from homeward.desk.permissions import demand, permitted
from homeward.house import House
from homeward.model.actor import Actor, Role
from homeward.model.errors import SecondPersonNeeded, UsageError
from homeward.model.event import Act
from homeward.model.permission import TABLE, Target
from homeward.model.purposes import check
from homeward.store.ledger import Tx, accounts, cases, events, requests

HOURS = 24
LONGEST_WHY = 1_000
# What each act is bound to: these parameters and no others are named in a request for it.
PARAMETERS = {
    "case.unseal": {"case"},
    "workspace.key": {"key"},
    "train.apply": {"card"},
    "records.erase": {"ads", "reference"},
    "retention.override": {"days"},
    "purpose.add": {"name", "says", "roles"},
    "corpus.export": {"what", "format", "level", "all_captures", "to", "basis"},
}

Row = dict[str, Any]


@permitted("request.ask")
def ask_for(actor: Actor, house: House, action: str, parameters: Mapping[str, str], why: str) -> Row:
    """Ask a second person to agree to one act with exactly these parameters, within 24 hours."""
    if action not in TABLE or not TABLE[action].second or set(parameters) != PARAMETERS.get(action):
        raise UsageError("That is no act that a second person agrees to.", remedy="Name its parameters too.")
    if not why.strip() or len(why) > LONGEST_WHY:
        raise UsageError(f"Say why, in up to {LONGEST_WHY:,} characters.")
    if action == "purpose.add":
        check(parameters)
    case = parameters.get("case")
    now = house.clock()
    with house.ledger.read() as tx:
        target = Target(cases.relation(tx, case, actor.name, at=now) if case else None)
    demand(actor, house, action, target, key=case or "", agreed=True)  # who may not do it asks for nothing
    with house.ledger.write() as tx:
        key = requests.add(
            tx, action, parameters, by=actor.name, why=why.strip(), case=case, at=now,
            until=now + timedelta(hours=HOURS),
        )  # fmt: skip
        events.record(tx, event(actor, house, Act.REQUEST, [key], what="asked", action=action))
        [made] = [_row(one) for one in requests.listed(tx, by=actor.name, at=now) if one["id"] == key]
    return made


@permitted("request.list")
def listing(actor: Actor, house: House) -> Row:
    """Return one's own requests; to a supervisor everybody's."""
    everybody = actor.role in TABLE["request.answer"].roles
    with house.ledger.write() as tx:
        found = requests.listed(tx, by=None if everybody else actor.name, at=house.clock())
        events.record(tx, event(actor, house, Act.LIST, [one["id"] for one in found], what="requests"))
    return {"requests": [_row(one) for one in found]}


@permitted("request.answer")
def answer(actor: Actor, house: House, key: str, agree: bool) -> Row:
    """Agree to a request of somebody else, or refuse it; once, and never one's own."""
    demand(actor, house, "request.answer", Target())
    word = requests.AGREED if agree else requests.REFUSED
    now = house.clock()
    with house.ledger.write() as tx:
        row = requests.answer(tx, key, word, by=actor.name, at=now)
        events.record(tx, event(actor, house, Act.REQUEST, [key], what=word, action=row["action"]))
    return _row({**row, "decision": word, "decided_by": actor.name, "decided_at": now})


def is_agreed(house: House, actor: Actor, action: str, parameters: Mapping[str, str]) -> bool:
    """Tell whether somebody agreed to this very act."""
    with house.ledger.read() as tx:
        return requests.standing(tx, action, parameters, by=actor.name, at=house.clock()) is not None


def second(
    actor: Actor,
    house: House,
    action: str,
    parameters: Mapping[str, str],
    *,
    holder_too: bool = False,
    always: bool = False,
) -> Callable[[Tx], None]:
    """Demand an act that takes a second person; return what uses their word up in the act's transaction.

    With `holder_too`, whoever holds the key is asked for one as well, where a supervisor has an account;
    with `always`, also where nobody has.
    """
    with house.ledger.read() as tx:
        key = requests.standing(tx, action, parameters, by=actor.name, at=house.clock())
        others = any(a.role is Role.SUPERVISOR and a.active for a in accounts.listed(tx))
    demand(actor, house, action, Target(), agreed=key is not None)
    held = holder_too and actor.role is Role.LOCAL
    if held and (others or always) and key is None:
        raise SecondPersonNeeded("8 four eyes")

    def used(tx: Tx) -> None:
        if not held:
            use(tx, actor, house, action, parameters)
        elif key is not None and not requests.use(tx, key, at=house.clock()):
            raise SecondPersonNeeded("8 four eyes")

    return used


def parameters_of_erasure(ads: Iterable[str], reference: str) -> dict[str, str]:
    """Return what an agreement to an erasure is bound to: exactly these ads, for this request."""
    return {"ads": " ".join(sorted(set(ads))), "reference": reference}


def use(tx: Tx, actor: Actor, house: House, action: str, parameters: Mapping[str, str]) -> None:
    """Use the agreement up in the transaction of the act; without one that is left the act is undone.

    Whoever needs none (the command line, a workspace of one person) uses none.
    """
    if actor.role in (Role.LOCAL, Role.DEMO, Role.TEST):
        return
    now = house.clock()
    key = requests.standing(tx, action, parameters, by=actor.name, at=now)
    if key is None or not requests.use(tx, key, at=now):
        raise SecondPersonNeeded("8 four eyes")


def _row(one: Mapping[str, Any]) -> Row:
    names = (
        "id",
        "action",
        "parameters",
        "why",
        "by",
        "at",
        "expires_at",
        "decision",
        "decided_by",
        "used_at",
    )
    return {name: one[name] for name in names}
