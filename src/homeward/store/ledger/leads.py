"""The current leads: the queue as it stands, in the same transaction as the run that made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import leads

WRITTEN_AT_ONCE = 2000  # rows handed to the database at a time


@dataclass(frozen=True, slots=True)
class QueuedLead:
    """A lead's place in the queue; everything else about it is in the lake under the same run."""

    id: str
    identity: str
    rank: int
    score: float
    word: str
    run: str


def replace(tx: Tx, queue: Iterable[QueuedLead]) -> int:
    """Put this queue in place of the one that stands; return its length."""
    tx.execute(leads.delete())
    count, part = 0, []
    for lead in queue:
        part.append({"id": lead.id, "identity": lead.identity, "rank": lead.rank, "score": lead.score,
                     "word": lead.word, "run": lead.run})  # fmt: skip
        if len(part) == WRITTEN_AT_ONCE:
            tx.execute(leads.insert(), part)
            count, part = count + len(part), []
    if part:
        tx.execute(leads.insert(), part)
    return count + len(part)


def page(tx: Tx, *, after_rank: int = 0, limit: int = 50) -> list[QueuedLead]:
    """Return leads after a rank, best first."""
    wanted = sa.select(leads).where(leads.c.rank > after_rank).order_by(leads.c.rank).limit(limit)
    return [_lead(row) for row in tx.execute(wanted)]


def get(tx: Tx, id: str) -> QueuedLead | None:
    """Return a lead by its id, or None when it is not in the queue."""
    row = tx.execute(sa.select(leads).where(leads.c.id == id)).first()
    return None if row is None else _lead(row)


def of_identity(tx: Tx, identity: str) -> QueuedLead | None:
    """Return the lead that an identity gives rise to, or None."""
    row = tx.execute(sa.select(leads).where(leads.c.identity == identity)).first()
    return None if row is None else _lead(row)


def count(tx: Tx) -> int:
    """Return the length of the queue."""
    return int(tx.execute(sa.select(sa.func.count()).select_from(leads)).scalar_one())


def _lead(row: sa.Row[Any]) -> QueuedLead:
    return QueuedLead(row.id, row.identity, row.rank, row.score, row.word, row.run)
