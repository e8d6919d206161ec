"""Runs and pins: which run is shown, and the version of each lake table that its readers use."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.store import disk
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import runs

_CURRENT = sa.select(runs).where(runs.c.current)  # asked by every request: put together once
KEPT_RUNS = 2  # the current one, and the one before it that a page may still be showing


@dataclass(frozen=True, slots=True)
class Run:
    """A published run: the lake tables' versions that belong to it, and what made it."""

    run: str
    pins: dict[str, int]
    meta: dict[str, Any]
    at: datetime | None


def publish(
    tx: Tx, run: str, pins: Mapping[str, int], meta: Mapping[str, Any], *, now: datetime | None = None
) -> None:
    """Make `run` the current one with its pins, all at once; publishing it again replaces its pins."""
    disk.failpoint("pins.publish")
    tx.execute(runs.update().where(runs.c.current).values(current=False))
    tx.execute(runs.delete().where(runs.c.run == run))
    tx.execute(runs.insert().values(run=run, pins=dict(pins), meta=dict(meta), at=now, current=True))


def current(tx: Tx) -> Run | None:
    """Return the current run, or None before the first refresh."""
    row = tx.execute(_CURRENT).first()
    return None if row is None else _run(row)


def latest(tx: Tx, limit: int = KEPT_RUNS) -> list[Run]:
    """Return the last runs published, newest first: those whose rows and files must stay."""
    return [_run(row) for row in tx.execute(sa.select(runs).order_by(runs.c.seq.desc()).limit(limit))]


def forget(tx: Tx, keep: Collection[str]) -> list[str]:
    """Forget every run but those kept and the current one; return the forgotten, whose rows may go."""
    gone = sa.select(runs.c.run).where(~runs.c.current, runs.c.run.not_in(list(keep))).order_by(runs.c.seq)
    names = [row.run for row in tx.execute(gone)]
    tx.execute(runs.delete().where(runs.c.run.in_(names)))
    return names


def _run(row: sa.Row[Any]) -> Run:
    return Run(row.run, {name: int(v) for name, v in row.pins.items()}, row.meta, row.at)
