"""How long things are kept: ads, and the sealed details of events."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from homeward.store.ledger import meta
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.tables import event_keys, events

ADS, LOG = "kept.ads", "kept.log"
# Five years: what 28 CFR 23 allows intelligence to be kept without being looked at again.
USUAL_DAYS = 5 * 365


def of_ads(tx: Tx) -> int:
    """Return for how many days ads are kept without being reviewed."""
    return int(meta.get(tx, ADS, USUAL_DAYS))


def of_log(tx: Tx) -> int | None:
    """Return for how many days the details of events are kept; None for ever."""
    found = meta.get(tx, LOG)
    return None if found is None else int(found)


def put_ads(tx: Tx, days: int) -> None:
    """Keep how long ads are kept."""
    meta.put(tx, ADS, days)


def put_log(tx: Tx, days: int | None) -> None:
    """Keep how long the details of events are kept."""
    meta.put(tx, LOG, days)


def past(tx: Tx, before: datetime, *, limit: int) -> list[int]:
    """Return events of before a time whose details can still be read, oldest first."""
    readable = sa.select(event_keys.c.seq).join(events, events.c.seq == event_keys.c.seq)
    return list(tx.scalars(readable.where(events.c.at < before).order_by(event_keys.c.seq).limit(limit)))


def count_past(tx: Tx, before: datetime) -> int:
    """Return how many such events there are."""
    readable = sa.select(sa.func.count()).select_from(
        event_keys.join(events, events.c.seq == event_keys.c.seq)
    )
    return int(tx.scalar(readable.where(events.c.at < before)) or 0)
