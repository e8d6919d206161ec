"""Identity history: which identities joined and split, run by run, so that a kept id can be followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from homeward.model.identity import Level
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import identity_history


class Change(StrEnum):
    """What happened to `identity`."""

    JOINED = "joined"  # its ads went into `other`
    SPLIT = "split"  # some of its ads left and are now `other`


@dataclass(frozen=True, slots=True)
class Step:
    """One change: `ads` ads of `identity` are in `other` from this run on."""

    run: str
    at: datetime
    level: Level
    change: Change
    identity: str
    other: str
    ads: int


def record(tx: Tx, steps: Iterable[Step]) -> None:
    """Add what a run changed; a refresh that is repeated after being killed adds nothing twice."""
    rows = [
        {"run": s.run, "at": s.at, "level": s.level.value, "change": s.change.value, "identity": s.identity,
         "other": s.other, "ads": s.ads}
        for s in steps
    ]  # fmt: skip
    if rows:
        tx.execute(insert(identity_history).on_conflict_do_nothing(), rows)


def of(tx: Tx, identity: str) -> list[Step]:
    """Return every change in which an identity took part, oldest first."""
    table = identity_history
    wanted = sa.select(table).where(sa.or_(table.c.identity == identity, table.c.other == identity))
    return [_step(row) for row in tx.execute(wanted.order_by(table.c.seq))]


def _step(row: sa.Row[Any]) -> Step:
    return Step(row.run, row.at, Level(row.level), Change(row.change), row.identity, row.other, row.ads)
