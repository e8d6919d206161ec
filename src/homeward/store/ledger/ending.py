"""What stands under a name until somebody ends it, with a reason: one form for purposes and sources."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.store.ledger.engine import Tx

Row = dict[str, Any]


def end(tx: Tx, table: sa.Table, name: str, *, why: str, by: str, at: datetime) -> bool:
    """Keep who ended it, when and why; False when none of that name stands."""
    wanted = (table.c.name == name) & table.c.ended_at.is_(None)
    done = tx.execute(table.update().where(wanted).values(ended_by=by, ended_at=at, ended_why=why))
    return done.rowcount > 0


def listed(tx: Tx, table: sa.Table) -> list[Row]:
    """Return every row, ended ones too, in the order in which they came."""
    return [dict(row._mapping) for row in tx.execute(sa.select(table).order_by(table.c.seq))]
