"""The closed list of purposes: two people add to it, one may end what was added, the report tells of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from homeward.desk import requests as eyes
from homeward.desk.acts import event, reason
from homeward.desk.permissions import permitted
from homeward.house import House
from homeward.model.actor import Actor, Role
from homeward.model.errors import NotFound, UsageError
from homeward.model.event import Act
from homeward.model.purposes import LONGEST, check
from homeward.store.ledger import events, purposes

ACTION = "purpose.add"

Row = dict[str, Any]


@permitted("purpose.add")
def ask(actor: Actor, house: House, name: str, says: str, roles: Collection[Role], *, why: str) -> Row:
    """Ask a second person to agree to a purpose, to the letter."""
    return eyes.ask_for(actor, house, ACTION, parameters(name, says, roles), why)


@permitted("purpose.add")
def add(actor: Actor, house: House, name: str, says: str, roles: Collection[Role]) -> Row:
    """Add a purpose to which a second person agreed, to the letter; it is always stated for a case.

    Also on the command line somebody else has to have agreed: without a supervisor none is added.
    """
    bound = parameters(name, says, roles)
    second = eyes.second(actor, house, ACTION, bound, always=True)
    check(bound)
    with house.ledger.write() as tx:
        if name in purposes.standing(tx):
            raise UsageError(f"There is a purpose {name} already.")
        second(tx)
        purposes.add(tx, name, bound["says"], roles, by=actor.name, agreed_by=second.by, at=house.clock())
        events.record(tx, event(actor, house, Act.PURPOSE, what="added", agreed_by=second.by, **bound))
    return {**bound, "by": actor.name, "agreed_by": second.by}


@permitted("purpose.end")
def end(actor: Actor, house: House, name: str, *, why: str) -> Row:
    """End an added purpose: nobody states it any more. Those of the program itself cannot be ended here."""
    why = reason(why, LONGEST)
    with house.ledger.write() as tx:
        if not purposes.end(tx, name, why=why, by=actor.name, at=house.clock()):
            raise NotFound("added purpose", name)
        events.record(tx, event(actor, house, Act.PURPOSE, what="ended", name=name, why=why))
    return {"name": name}


def parameters(name: str, says: str, roles: Collection[Role]) -> dict[str, str]:
    """Return what an agreement to a purpose is bound to."""
    return {"name": name, "says": says.strip(), "roles": " ".join(sorted(str(role) for role in roles))}
