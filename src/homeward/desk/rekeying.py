"""Change the ledger's key: two people where there are two, old data readable, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from homeward.desk import requests as eyes
from homeward.desk.acts import long_act
from homeward.desk.permissions import demand, permitted
from homeward.house import House
from homeward.model.account import AccountState
from homeward.model.actor import Actor, Role
from homeward.model.errors import SecondPersonNeeded
from homeward.model.event import Act
from homeward.model.permission import Target
from homeward.store import keys
from homeward.store.ledger import Tx, accounts, requests

ACTION = "workspace.key"
Row = dict[str, Any]


@permitted("workspace.key")
def ask(actor: Actor, house: House, *, why: str) -> Row:
    """Ask a second person to agree that the key of now is changed."""
    demand(actor, house, ACTION, Target(), agreed=True)  # who may not change it asks for nothing
    return eyes.ask_for(actor, house, ACTION, _parameters(house), why)


@permitted("workspace.key")
def rotate(actor: Actor, house: House, config: Path) -> Row:
    """Change the key of the ledger; the old one stays in `config` for the backups that were made with it.

    Nobody else may have the workspace open. Where a supervisor has an account, one must have agreed to it;
    an agreement is bound to the key that was in force, so that it serves once. Killed anywhere, the ledger
    opens with one of both keys, and the next command puts that one into its place.
    """
    bound, alone = _parameters(house), True
    with house.ledger.read() as tx:
        alone = not _others(tx)
        agreed = requests.standing(tx, ACTION, bound, by=actor.name, at=house.clock())
    demand(actor, house, ACTION, Target(), agreed=agreed is not None or alone)
    if agreed is None and not alone:  # whoever holds the key is asked here, too
        raise SecondPersonNeeded("8 four eyes")

    def use(tx: Tx) -> None:
        if agreed is not None:
            requests.use(tx, agreed, at=house.clock())

    with house.writing(), long_act(actor, house, Act.KEY, also=use, old=bound["key"], alone=alone) as ended:
        fresh = keys.prepare(config, house.id, house.ledger.key)
        house.ledger.rekey(fresh)
        keys.settle(config, house.id)
        ended["new"] = keys.fingerprint(fresh)
    return {"old": bound["key"], "new": ended["new"], "alone": alone}


def _parameters(house: House) -> dict[str, str]:
    return {"key": keys.fingerprint(house.ledger.key)}


def _others(tx: Tx) -> bool:
    """Tell whether anybody has an account who could agree."""
    return any(a.role is Role.SUPERVISOR and a.state is AccountState.ACTIVE for a in accounts.listed(tx))
