"""Purposes that two people added, in the ledger; an ended one stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from homeward.model.actor import Role
from homeward.model.purposes import Added
from homeward.store.ledger import ending
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import purposes


def add(
    tx: Tx, name: str, says: str, roles: Collection[Role], *, by: str, agreed_by: str, at: datetime
) -> None:
    """Keep a purpose, who wanted it and who agreed."""
    kept = sorted(str(role) for role in roles)
    tx.execute(purposes.insert().values(name=name, says=says, roles=kept, by=by, agreed_by=agreed_by, at=at))


def end(tx: Tx, name: str, *, why: str, by: str, at: datetime) -> bool:
    """Keep that nobody states a purpose any more; False when none of that name stands."""
    return ending.end(tx, purposes, name, why=why, by=by, at=at)


def listed(tx: Tx) -> list[ending.Row]:
    """Return every added purpose, ended ones too, oldest first."""
    return ending.listed(tx, purposes)


def standing(tx: Tx) -> dict[str, Added]:
    """Return those that may be stated, by name."""
    return {
        row["name"]: Added(row["name"], row["says"], frozenset(Role(role) for role in row["roles"]))
        for row in listed(tx)
        if row["ended_at"] is None
    }
