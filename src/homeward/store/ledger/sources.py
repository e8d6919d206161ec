"""Registered sources of ads, and what was loaded from each: with the basis as it stood then."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from homeward.store.ledger import ending
from homeward.store.ledger.ending import Row
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.record_tables import loads, sources


def register(tx: Tx, name: str, *, kind: str, basis: str, dpia: str, by: str, at: datetime) -> None:
    """Keep a source: on which basis ads are taken in from it."""
    tx.execute(sources.insert().values(name=name, kind=kind, basis=basis, dpia=dpia, by=by, at=at))


def end(tx: Tx, name: str, *, why: str, by: str, at: datetime) -> bool:
    """Keep that nothing more is taken in from a source; False when none of that name stands."""
    return ending.end(tx, sources, name, why=why, by=by, at=at)


def listed(tx: Tx) -> list[Row]:
    """Return every source, ended ones too, in the order in which they were registered."""
    return ending.listed(tx, sources)


def load(
    tx: Tx, source: str, *, file_sha256: str, supplier: str, basis: str, dpia: str, by: str, at: datetime
) -> None:
    """Keep that a file is taken in from a source."""
    said = {"file_sha256": file_sha256, "supplier": supplier, "basis": basis, "dpia": dpia}
    tx.execute(loads.insert().values(source=source, **said, by=by, at=at))


def loaded(tx: Tx, *, limit: int) -> list[Row]:
    """Return what was taken in from where, newest first."""
    wanted = sa.select(loads).order_by(loads.c.seq.desc()).limit(limit)
    return [dict(row._mapping) for row in tx.execute(wanted)]


def of_file(tx: Tx, file_sha256: str, *, at: datetime) -> Row | None:
    """Return the load by which a file's ads had come by a time; None for what came before sources did."""
    wanted = sa.select(loads).where(loads.c.file_sha256 == file_sha256, loads.c.at <= at)
    row = tx.execute(wanted.order_by(loads.c.seq.desc()).limit(1)).first()
    return None if row is None else dict(row._mapping)
