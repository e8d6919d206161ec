"""Broken glass: who read whose case in an emergency, why, until when, and what a reviewer found."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound, UsageError
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import glass


def add(tx: Tx, account: str, case: str, why: str, *, at: datetime, until: datetime) -> str:
    """Keep that an account may read a case until a time; return its id."""
    key = secrets.token_hex(10)
    tx.execute(glass.insert().values(id=key, account=account, case=case, why=why, at=at, until=until))
    return key


def listed(tx: Tx, *, reviewed: bool = False) -> list[Mapping[str, Any]]:
    """Return what awaits its review, oldest first; or all, newest first."""
    wanted = sa.select(glass).order_by(glass.c.at.desc() if reviewed else glass.c.at)
    if not reviewed:
        wanted = wanted.where(glass.c.reviewed_at.is_(None))
    return [dict(row._mapping) for row in tx.execute(wanted)]


def overdue(tx: Tx, account: str, *, before: datetime) -> bool:
    """Tell whether an account broke a glass before a time that nobody has reviewed."""
    wanted = sa.select(glass.c.id).where(
        glass.c.account == account, glass.c.reviewed_at.is_(None), glass.c.at < before
    )
    return tx.execute(wanted.limit(1)).first() is not None


def review(tx: Tx, key: str, *, by: str, found: str, at: datetime) -> str:
    """Keep what a reviewer found; return whose glass it was. Nobody reviews their own."""
    row = tx.execute(sa.select(glass).where(glass.c.id == key)).first()
    if row is None:
        raise NotFound("break-glass", key)
    if row.account == by or row.reviewed_at is not None:
        raise UsageError("Somebody else reviews it, once.")
    tx.execute(glass.update().where(glass.c.id == key).values(reviewed_by=by, reviewed_at=at, found=found))
    return str(row.account)
