"""Searches: an opaque id that may stand in an address bar, for a query that may not."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import searches

ID_BYTES = 16  # at random: an id can neither be guessed nor be made from the query


def keep(tx: Tx, actor: str, query: Mapping[str, Any], *, at: datetime, id: str | None = None) -> str:
    """Keep a query (as JSON) and return the id that stands for it; the same query again gets another."""
    made = secrets.token_urlsafe(ID_BYTES) if id is None else id
    tx.execute(searches.insert().values(id=made, actor=actor, at=at, query=dict(query)))
    return made


def find(tx: Tx, actor: str, id: str) -> dict[str, Any]:
    """Return the query behind an id; someone else's id is as unknown as one that never was."""
    wanted = sa.select(searches.c.query).where(searches.c.id == id, searches.c.actor == actor)
    row = tx.execute(wanted).first()
    if row is None:
        raise NotFound("search", id)
    query: dict[str, Any] = row.query
    return query


def forget(tx: Tx, before: datetime) -> int:
    """Remove searches older than a time; return how many went."""
    return tx.execute(searches.delete().where(searches.c.at < before)).rowcount
