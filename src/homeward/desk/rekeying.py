"""Change the ledger's key: two people where there are two, old data readable, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from homeward.desk import requests as eyes
from homeward.desk.acts import long_act
from homeward.desk.permissions import demand, permitted
from homeward.house import House
from homeward.model.actor import Actor
from homeward.model.event import Act
from homeward.model.permission import Target
from homeward.store import keys

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

    Nobody else may have the workspace open. Once anybody has an account, a supervisor must have agreed; that
    is bound to the key in force and used up with the event that the change began, whatever becomes of it.
    Killed anywhere, the ledger opens with one of both keys, and the next command puts that into its place.
    """
    bound = _parameters(house)
    second = eyes.second(actor, house, ACTION, bound)
    fresh = keys.draw()
    told: Row = {"old": bound["key"], "new": keys.fingerprint(fresh), "alone": not second.needed}
    with house.writing(), long_act(actor, house, Act.KEY, first=second, agreed_by=second.by, **told):
        keys.prepare(config, house.id, house.ledger.key, fresh)
        house.ledger.rekey(fresh)
        keys.settle(config, house.id)
    return told


def _parameters(house: House) -> dict[str, str]:
    return {"key": keys.fingerprint(house.ledger.key)}
