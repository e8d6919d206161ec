"""Single facts about the workspace that belong to a transaction: a name and a JSON value."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import meta


def get(tx: Tx, key: str, default: Any = None) -> Any:
    """Return the value kept under `key`, or the default."""
    row = tx.execute(sa.select(meta.c.value).where(meta.c.key == key)).first()
    return default if row is None else row.value


def put(tx: Tx, key: str, value: Any) -> None:
    """Keep a JSON value under `key`, in place of what was there."""
    tx.execute(
        insert(meta).values(key=key, value=value).on_conflict_do_update(["key"], set_={"value": value})
    )
