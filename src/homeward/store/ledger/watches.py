"""Saved searches and watched values, each its owner's alone, until the day it ends."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import watches

ID_BYTES = 12


@dataclass(frozen=True, slots=True)
class Watch:
    """What somebody looks at again. `seen` are digests of the ads that it found at the last look."""

    id: str
    owner: str
    kind: str
    name: str
    case: str | None
    query: Mapping[str, Any]
    made_at: datetime
    expires_at: datetime
    looked_at: datetime
    seen: bytes


def keep(
    tx: Tx, owner: str, kind: str, name: str, query: Mapping[str, Any], *, case: str | None, at: datetime,
    until: datetime, seen: bytes, id: str,
) -> Watch:  # fmt: skip
    """Keep a new watch."""
    made = Watch(id, owner, kind, name, case, query, at, until, at, seen)
    tx.execute(
        watches.insert().values(
            id=id, owner=owner, kind=kind, name=name, case=case, query=dict(query), made_at=at,
            expires_at=until, looked_at=at, seen=seen,
        )
    )  # fmt: skip
    return made


def new_id() -> str:
    """Return an id that nobody can guess."""
    return secrets.token_urlsafe(ID_BYTES)


def of(tx: Tx, owner: str, *, at: datetime) -> list[Watch]:
    """Return somebody's watches that have not ended, newest first."""
    wanted = sa.select(watches).where(watches.c.owner == owner, watches.c.expires_at > at)
    return [_watch(row) for row in tx.execute(wanted.order_by(watches.c.made_at.desc(), watches.c.id))]


def find(tx: Tx, owner: str, id: str, *, at: datetime) -> Watch:
    """Return a watch of somebody's own; another's is as unknown as one that never was, or has ended."""
    mine = sa.select(watches).where(watches.c.id == id, watches.c.owner == owner, watches.c.expires_at > at)
    row = tx.execute(mine).first()
    if row is None:
        raise NotFound("watch", id)
    return _watch(row)


def looked(tx: Tx, id: str, seen: bytes, *, at: datetime) -> None:
    """Keep what a watch found at a look."""
    tx.execute(watches.update().where(watches.c.id == id).values(seen=seen, looked_at=at))


def remove(tx: Tx, id: str) -> None:
    """Forget a watch."""
    tx.execute(watches.delete().where(watches.c.id == id))


def forget(tx: Tx, *, at: datetime) -> None:
    """Forget what has ended, whoever's it is."""
    tx.execute(watches.delete().where(watches.c.expires_at <= at))


def _watch(row: sa.Row[Any]) -> Watch:
    return Watch(
        row.id, row.owner, row.kind, row.name, row.case, row.query, row.made_at, row.expires_at,
        row.looked_at, bytes(row.seen),
    )  # fmt: skip
