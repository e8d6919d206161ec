"""Events: what people did. A row is added with its effect, in the same transaction, and never changes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from homeward.model.event import Act, Event
from homeward.store import disk
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import events


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place in the ledger, counted from 1 without gaps."""

    seq: int
    event: Event


def record(tx: Tx, event: Event) -> int:
    """Add an event and return its place. No event, no effect: if this fails, the act is undone with it."""
    disk.failpoint("events.record")
    done = tx.execute(
        events.insert().values(
            at=event.at, actor=event.actor, door=event.door, act=str(event.act),
            objects=list(event.objects), outcome=event.outcome, detail=event.detail,
        )
    )  # fmt: skip
    return int(done.lastrowid)


def count(tx: Tx) -> int:
    """Return how many events there are."""
    return int(tx.execute(sa.select(sa.func.count()).select_from(events)).scalar_one())


def read(
    tx: Tx, *, after: int = 0, limit: int = 1000, acts: Collection[Act] = (), newest_first: bool = False
) -> Iterator[Recorded]:
    """Yield events after a place, in order; or, newest first, those before it (0: from the end)."""
    order = events.c.seq.desc() if newest_first else events.c.seq
    wanted = sa.select(events).order_by(order).limit(limit)
    if newest_first and after:
        wanted = wanted.where(events.c.seq < after)
    elif not newest_first:
        wanted = wanted.where(events.c.seq > after)
    if acts:
        wanted = wanted.where(events.c.act.in_([str(act) for act in acts]))
    for row in tx.execute(wanted):
        yield Recorded(
            row.seq,
            Event(row.at, row.actor, row.door, Act(row.act), tuple(row.objects), row.outcome, row.detail),
        )
