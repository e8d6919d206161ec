"""Purposes that two people added, in the ledger; an ended one stays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.actor import Role
from homeward.model.purposes import Added
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import purposes

Row = dict[str, Any]


def add(
    tx: Tx, name: str, says: str, roles: Collection[Role], *, by: str, agreed_by: str, at: datetime
) -> None:
    """Keep a purpose, who wanted it and who agreed."""
    kept = sorted(str(role) for role in roles)
    tx.execute(purposes.insert().values(name=name, says=says, roles=kept, by=by, agreed_by=agreed_by, at=at))


def end(tx: Tx, name: str, *, why: str, by: str, at: datetime) -> bool:
    """Keep that nobody states a purpose any more; False when none of that name stands."""
    wanted = (purposes.c.name == name) & purposes.c.ended_at.is_(None)
    done = tx.execute(purposes.update().where(wanted).values(ended_by=by, ended_at=at, ended_why=why))
    return done.rowcount > 0


def listed(tx: Tx) -> list[Row]:
    """Return every added purpose, ended ones too, oldest first."""
    return [dict(row._mapping) for row in tx.execute(sa.select(purposes).order_by(purposes.c.seq))]


def standing(tx: Tx) -> dict[str, Added]:
    """Return those that may be stated, by name."""
    return {
        row["name"]: Added(row["name"], row["says"], frozenset(Role(role) for role in row["roles"]))
        for row in listed(tx)
        if row["ended_at"] is None
    }
