"""Looking back over events: by who acted, on what, when. Newest first, a page at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from homeward.model.event import Act
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.events import Recorded
from homeward.store.ledger.tables import event_keys, events


@dataclass(frozen=True, slots=True)
class Sought:
    """Which events: of one person, on any of some things, of some acts, from a time (included) to another."""

    person: str = ""
    things: tuple[str, ...] = ()
    acts: Collection[Act] = ()
    since: datetime | None = None
    until: datetime | None = None


def page(tx: Tx, sought: Sought, *, before: int, limit: int) -> list[Recorded]:
    """Return up to `limit` events before a place (0: from the end), newest first.

    Things are found by the ids in the events' headers; what was typed in place of an id is sealed.
    """
    wanted = sa.select(events, event_keys.c.key).outerjoin(event_keys, event_keys.c.seq == events.c.seq)
    if before:
        wanted = wanted.where(events.c.seq < before)
    wanted = _where(wanted, sought)
    return [Recorded.of(row) for row in tx.execute(wanted.order_by(events.c.seq.desc()).limit(limit))]


def _where(wanted: sa.Select[Any], sought: Sought) -> sa.Select[Any]:
    if sought.person:
        wanted = wanted.where(events.c.actor == sought.person)
    if sought.acts:
        wanted = wanted.where(events.c.act.in_(sorted(str(act) for act in sought.acts)))
    if sought.since is not None:
        wanted = wanted.where(events.c.at >= sought.since)
    if sought.until is not None:
        wanted = wanted.where(events.c.at < sought.until)
    if sought.things:
        held = sa.cast(events.c.objects, sa.String)
        named = [sa.func.instr(held, f'"{thing}"') > 0 for thing in sought.things]
        wanted = wanted.where(sa.or_(*named))
    return wanted


def times(tx: Tx, sought: Sought, *, most: int) -> list[datetime]:
    """Return when such events were, newest first, up to `most` of them; nothing sealed is read."""
    wanted = _where(sa.select(events.c.at), sought)
    return list(tx.scalars(wanted.order_by(events.c.seq.desc()).limit(most)))


def one(tx: Tx, seq: int) -> Recorded | None:
    """Return the event at a place, or None."""
    wanted = sa.select(events, event_keys.c.key).outerjoin(event_keys, event_keys.c.seq == events.c.seq)
    row = tx.execute(wanted.where(events.c.seq == seq)).first()
    return None if row is None else Recorded.of(row)
