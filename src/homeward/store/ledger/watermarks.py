"""Watermarks: up to which version of the lake a follower, such as the index, has come."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import watermarks


def get(tx: Tx, name: str) -> int:
    """Return the version that the follower has come to, or -1 when it has not begun."""
    found = tx.execute(sa.select(watermarks.c.version).where(watermarks.c.name == name)).scalar()
    return -1 if found is None else int(found)


def put(tx: Tx, name: str, version: int) -> None:
    """Say that the follower has come to this version; it may also go back, for a rebuild."""
    tx.execute(
        insert(watermarks)
        .values(name=name, version=version)
        .on_conflict_do_update(["name"], set_={"version": version})
    )
