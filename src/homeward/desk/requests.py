"""Four eyes: ask for an act that takes a second person, agree to it or not, and use the agreement once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from homeward.desk.acts import event
from homeward.desk.permissions import demand, permitted, refused
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.errors import SecondPersonNeeded, UsageError
from homeward.model.event import Act
from homeward.model.permission import SYNTHETIC, TABLE, UNASKED, Answer, Refusal, Target
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
    """Agree to a request of somebody else, or refuse it; once, and never one's own.

    Whoever holds the key could be anybody, also whoever asked: where people have accounts, one of them
    agrees.
    """
    with house.ledger.read() as tx:
        anybody = actor.role in UNASKED and accounts.any_there(tx)
    demand(actor, house, "request.answer", Target(own=anybody), key=key)
    word = requests.AGREED if agree else requests.REFUSED
    now = house.clock()
    with house.ledger.write() as tx:
        row = requests.answer(tx, key, word, by=actor.name, at=now)
        events.record(tx, event(actor, house, Act.REQUEST, [key], what=word, action=row["action"]))
    return _row({**row, "decision": word, "decided_by": actor.name, "decided_at": now})


@dataclass(frozen=True, slots=True)
class Second:
    """Who agreed to an act, as far as it takes anybody; called in the act's transaction it uses that up."""

    key: str | None
    by: str
    needed: bool
    at: datetime

    def __call__(self, tx: Tx) -> None:
        """Use the agreement up; without one that is left the act is undone."""
        if self.needed and (self.key is None or not requests.use(tx, self.key, at=self.at)):
            raise SecondPersonNeeded("8 four eyes")


def second(
    actor: Actor, house: House, action: str, parameters: Mapping[str, str], *, target: Target | None = None,
    key: str = "", always: bool = False,
) -> Second:  # fmt: skip
    """Demand an act that takes a second person; return what uses their word up in the act's transaction.

    It takes one at every door: also on the command line, once anybody was ever given an account. Whoever is
    alone (on invented data, or in a workspace without accounts) needs none but with `always`.
    """
    with house.ledger.read() as tx:
        found = requests.standing(tx, action, parameters, by=actor.name, at=house.clock())
        by = requests.agreed_by(tx, action, parameters, by=actor.name, at=house.clock())
        peopled = accounts.any_there(tx)
    demand(actor, house, action, target or Target(), key=key, agreed=found is not None)
    needed = always or (peopled if actor.role in UNASKED else actor.role not in SYNTHETIC)
    if needed and found is None:
        answer = Answer(False, "8 four eyes", Refusal.SECOND_PERSON.value, Refusal.SECOND_PERSON)
        raise refused(actor, house, action, answer)
    return Second(found, by, needed, house.clock())


def parameters_of_export(
    what: str, *, fmt: str, level: str, all_captures: bool, to: str, basis: str
) -> dict[str, str]:
    """Return what an agreement to an export is bound to: exactly these rows, for exactly this recipient."""
    return {"what": what, "format": fmt, "level": level, "all_captures": str(all_captures).lower(), "to": to,
            "basis": basis}  # fmt: skip


def parameters_of_erasure(ads: Iterable[str], reference: str) -> dict[str, str]:
    """Return what an agreement to an erasure is bound to: exactly these ads, for this request."""
    return {"ads": " ".join(sorted(set(ads))), "reference": reference}


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
