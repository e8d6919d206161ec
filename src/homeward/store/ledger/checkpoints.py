"""Signed checkpoints of the audit log, kept in the ledger and copied out of it.

One is signed every EVERY entries, an hour after the last one, when a process that recorded something lets
the ledger go, and in every export. Nothing is signed that does not continue what was signed before, be it
kept here or in a copy.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from homeward.store import disk
from homeward.store.ledger import entries, events, merkle, meta, notes
from homeward.store.ledger.engine import Tx, fetched
from homeward.store.ledger.notes import Checkpoint
from homeward.store.ledger.tables import all_events as event_rows
from homeward.store.ledger.tables import checkpoints

EVERY = 1000  # entries: signing reads those since the last one, at about 20 microseconds each
INTERVAL = timedelta(hours=1)  # of a log that grows; AUD-6
SEED = "audit.seed"  # where the signing key lies in the ledger, which is encrypted as a whole

# Made once, for every act asks them.
_LATEST = (
    sa.select(checkpoints.c.at, checkpoints.c.size, checkpoints.c.root, checkpoints.c.note)
    .order_by(checkpoints.c.seq.desc())
    .limit(1)
)
_LAST_AT = "SELECT at, size FROM checkpoints ORDER BY seq DESC LIMIT 1"  # as SQL: see `events`
_FIRST = sa.select(event_rows.c.at).where(event_rows.c.seq == 1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint as the ledger keeps it."""

    at: datetime
    size: int
    root: bytes
    note: str


def latest(tx: Tx) -> Kept | None:
    """Return the newest checkpoint, or None when none was signed yet."""
    row = tx.execute(_LATEST).first()
    return None if row is None else Kept(row.at, row.size, bytes(row.root), row.note)


def seed(tx: Tx) -> bytes:
    """Return the signing key, made on first use."""
    kept = meta.get(tx, SEED)
    if kept is None:
        kept = secrets.token_hex(32)
        meta.put(tx, SEED, kept)
    return bytes.fromhex(kept)


def is_due(tx: Tx, size: int, now: datetime) -> bool:
    """Tell whether the log has grown or aged enough since its last checkpoint."""
    last = fetched(tx, _LAST_AT)
    if last is None:
        first = tx.execute(_FIRST).scalar()
        return size >= EVERY or (first is not None and now - first >= INTERVAL)
    grown = size - int(last[1])
    return grown >= EVERY or (grown > 0 and now - datetime.fromisoformat(last[0]) >= INTERVAL)


def sign(tx: Tx, origin: str, *, now: datetime, copies: Sequence[Checkpoint] = ()) -> Kept | None:
    """Sign what the log is now and return that; the last checkpoint again when nothing was added.

    `copies` are the newest checkpoints that were copied out. Returns None, and signs nothing, where
    `trouble` finds any.
    """
    if trouble(tx, copies):
        return None
    size, last = events.count(tx), latest(tx)
    if last is not None and last.size == size:
        return last
    root = merkle.root(size, events.node_getter(tx))
    note = notes.signed(Checkpoint(origin, size, root, notes.stamp(now)), seed(tx))
    disk.failpoint("checkpoints.signed")
    tx.execute(checkpoints.insert().values(at=now, size=size, root=root, note=note))
    return Kept(now, size, root, note)


def trouble(tx: Tx, copies: Sequence[Checkpoint] = ()) -> str:
    """Say why the log may not be signed as it stands: cut, put back or changed; empty when it may."""
    size, last = events.count(tx), latest(tx)
    known = [*copies, *([Checkpoint("", last.size, last.root)] if last else [])]
    ahead = max((old.size for old in known), default=0)
    if ahead > size:
        return (
            f"The audit log holds {size:,} entries, but {ahead:,} were signed: an older copy of the ledger "
            "was put in place, or entries were cut off."
        )
    get = events.node_getter(tx)
    try:
        root = merkle.root(size, get)
        if all(_continues(old, size, root, get) for old in known) and _grown_truly(
            tx, last.size if last else 0, size, root, get
        ):
            return ""
    except (sa.exc.NoResultFound, ValueError):  # an entry or a node is gone, or is no entry any more
        pass
    return "The audit log was changed after it was signed."


def _continues(old: Checkpoint, size: int, root: bytes, get: merkle.Get) -> bool:
    if old.size > size:
        return False
    return merkle.extends(old.size, old.root, size, root, merkle.consistency(old.size, size, get))


def _grown_truly(tx: Tx, old: int, size: int, root: bytes, get: merkle.Get) -> bool:
    """Tell whether the entries since the last checkpoint, read anew, give the root of the kept nodes."""
    tree = merkle.Growing.of(old, [get(level, place) for level, place in merkle.peaks(old)])
    for row in tx.execute(sa.select(event_rows).where(event_rows.c.seq > old).order_by(event_rows.c.seq)):
        tree.add(entries.leaf(events.header_of(row), row.cipher, row.salt))
    return tree.size == size and tree.root() == root
