"""Corrections in the ledger: which values of which ads are disputed or wrong, as a records officer says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.errors import NotFound
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.record_tables import corrections

CORRECTED, DISPUTED = "corrected", "disputed"

Row = dict[str, Any]
Value = tuple[str, str, str]  # ad, kind, normal form


def add(
    tx: Tx, value: Value, *, says: str, right: str, why: str, reference: str, by: str, at: datetime
) -> int:
    """Keep a correction and return its place; it takes that of an earlier one of the same value."""
    ad, kind, normal = value
    lift_all(tx, value, by=by, at=at, why="said anew")
    done = tx.execute(
        corrections.insert().values(
            ad=ad, kind=kind, value=normal, says=says, right=right, why=why, reference=reference, by=by, at=at
        )
    )
    return int(done.lastrowid)


def lift_all(tx: Tx, value: Value, *, by: str, at: datetime, why: str) -> None:
    """Lift what stands of a value."""
    ad, kind, normal = value
    c = corrections.c
    wanted = (c.ad == ad) & (c.kind == kind) & (c.value == normal) & c.lifted_at.is_(None)
    tx.execute(corrections.update().where(wanted).values(lifted_by=by, lifted_at=at, lifted_why=why))


def lift(tx: Tx, seq: int, *, by: str, at: datetime, why: str) -> Row:
    """Lift one correction and return it; raises NotFound when none stands there."""
    wanted = (corrections.c.seq == seq) & corrections.c.lifted_at.is_(None)
    row = tx.execute(sa.select(corrections).where(wanted)).first()
    if row is None:
        raise NotFound("correction", str(seq))
    tx.execute(corrections.update().where(wanted).values(lifted_by=by, lifted_at=at, lifted_why=why))
    return dict(row._mapping)


def standing(tx: Tx, ads: Collection[str] | None = None) -> list[Row]:
    """Return what stands, in the order in which it was said: of some ads, or of all."""
    wanted = sa.select(corrections).where(corrections.c.lifted_at.is_(None)).order_by(corrections.c.seq)
    if ads is not None:
        wanted = wanted.where(corrections.c.ad.in_(sorted(ads)))
    return [dict(row._mapping) for row in tx.execute(wanted)]


def state(tx: Tx) -> tuple[int, int]:
    """Return what changes with every correction and every lifting: how many there are of both."""
    found = tx.execute(sa.select(sa.func.count(), sa.func.count(corrections.c.lifted_at)))
    said, lifted = found.one()
    return int(said), int(lifted)


def forget(tx: Tx, ads: Collection[str]) -> None:
    """Take away what was said of ads that are erased."""
    tx.execute(corrections.delete().where(corrections.c.ad.in_(sorted(ads))))
