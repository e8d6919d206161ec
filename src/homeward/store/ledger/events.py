"""Events: what people did. An event is added with its effect, in the same transaction, and never changes.

Each event is one entry of the audit log (`entries`), whose tree (`merkle`) grows with it. There is no other
way to add one, and no event without its entry.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from homeward.model.event import Act, Event
from homeward.store import disk
from homeward.store.ledger import entries, merkle
from homeward.store.ledger.engine import Tx, fetched
from homeward.store.ledger.tables import event_keys, events, utc_text

RECORDED = "recorded"  # in what is said of the transaction: how many entries the log has now
MOST_SHREDDED = 500  # keys taken away in one statement

# As SQL, past the building of statements, which costs more than running them: every act runs these.
_COUNT = "SELECT coalesce(max(seq), 0) FROM main.events"
_LEAF = "SELECT leaf FROM main.events WHERE seq = ?"
_NODE = "SELECT hash FROM event_nodes WHERE level = ? AND place = ?"
_ADD = (
    'INSERT INTO main.events (seq, at, actor, role, door, act, "case", purpose, objects, rows, outcome, '
    "cipher, salt, leaf) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_ADD_KEY = "INSERT INTO main.event_keys (seq, key) VALUES (?, ?)"
_ADD_NODE = "INSERT INTO event_nodes (level, place, hash) VALUES (?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its place in the ledger, counted from 1 without gaps.

    `erased`: its payload was made unreadable, so that only the header is known.
    """

    seq: int
    event: Event
    erased: bool = False

    @staticmethod
    def of(row: Any) -> Recorded:
        """Return the event of a row of `events` with its key: what is sealed in it is read, unless erased."""
        payload = None if row.key is None else entries.unseal(header_of(row), row.cipher, row.key)
        said = payload or {}
        event = Event(
            row.at, row.actor, row.door, Act(row.act), tuple(said.get("objects", row.objects)), row.outcome,
            said.get("detail", {}), role=row.role, case=row.case, purpose=row.purpose, rows=row.rows,
        )  # fmt: skip
        return Recorded(row.seq, event, erased=payload is None)


def record(tx: Tx, event: Event) -> int:
    """Add an event and return its place. No event, no effect: if this fails, the act is undone with it."""
    disk.failpoint("events.record")
    seq = count(tx) + 1
    objects = list(event.objects)
    shown = entries.opaque(objects)
    payload: dict[str, Any] = {"detail": event.detail}
    if shown != objects:
        payload["objects"] = objects
    row = {
        "at": utc_text(event.at), "actor": event.actor, "role": event.role, "door": event.door,
        "act": str(event.act), "case": event.case, "purpose": event.purpose, "objects": shown,
        "rows": event.rows, "outcome": event.outcome,
    }  # fmt: skip
    entry = entries.seal(entries.header(seq, row), payload)
    row["objects"] = json.dumps(shown, separators=(",", ":"))
    fetched(tx, _ADD, (seq, *row.values(), entry.cipher, entry.salt, entry.leaf))
    disk.failpoint("events.key")
    fetched(tx, _ADD_KEY, (seq, entry.key))
    disk.failpoint("events.tree")
    for node in merkle.grown(seq - 1, entry.leaf, node_getter(tx)):
        fetched(tx, _ADD_NODE, node)
    tx.info.get("homeward", {})[RECORDED] = seq
    return seq


def count(tx: Tx) -> int:
    """Return how many events there are."""
    return int(fetched(tx, _COUNT)[0])


def read(
    tx: Tx, *, after: int = 0, limit: int = 1000, acts: Collection[Act] = (), newest_first: bool = False
) -> Iterator[Recorded]:
    """Yield events after a place, in order; or, newest first, those before it (0: from the end)."""
    order = events.c.seq.desc() if newest_first else events.c.seq
    wanted = sa.select(events, event_keys.c.key).outerjoin(event_keys, event_keys.c.seq == events.c.seq)
    wanted = wanted.order_by(order).limit(limit)
    if newest_first and after:
        wanted = wanted.where(events.c.seq < after)
    elif not newest_first:
        wanted = wanted.where(events.c.seq > after)
    if acts:
        wanted = wanted.where(events.c.act.in_([str(act) for act in acts]))
    for row in tx.execute(wanted):
        yield Recorded.of(row)


def shred(tx: Tx, seqs: Iterable[int]) -> list[int]:
    """Take away the keys of some events' payloads, for good; return which had one.

    The caller records an event that names them: a key that is gone without one is damage.
    """
    gone: list[int] = []
    wanted = sorted(set(seqs))
    for begin in range(0, len(wanted), MOST_SHREDDED):
        some = event_keys.c.seq.in_(wanted[begin : begin + MOST_SHREDDED])
        gone += tx.scalars(sa.select(event_keys.c.seq).where(some).order_by(event_keys.c.seq))
        tx.execute(event_keys.delete().where(some))
    return gone


def node_getter(tx: Tx) -> merkle.Get:
    """Return how to read a node of the kept tree."""

    def get(level: int, place: int) -> bytes:
        if level == 0:
            return _hash(tx, _LEAF, (place + 1,))
        return _hash(tx, _NODE, (level, place))

    return get


def _hash(tx: Tx, sql: str, values: tuple[int, ...]) -> bytes:
    row = fetched(tx, sql, values)
    if row is None:
        raise sa.exc.NoResultFound("an entry or a node is not there")
    return bytes(row[0])


def header_of(row: Any) -> bytes:
    """Return the header that a row of `events` stands for."""
    return entries.header(
        row.seq,
        {
            "at": utc_text(row.at), "actor": row.actor, "role": row.role, "door": row.door, "act": row.act,
            "case": row.case, "purpose": row.purpose, "objects": row.objects, "rows": row.rows,
            "outcome": row.outcome,
        },
    )  # fmt: skip
