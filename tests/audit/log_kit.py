"""A log to try things on, and ways to alter it behind everybody's back."""

import random
from datetime import UTC, datetime, timedelta

from homeward.app.audit import verify
from homeward.model.event import Act, Event
from homeward.store.ledger import Ledger, audit, events, notes
from homeward.store.ledger.copies import Copies
from homeward.store.ledger.watch import Watch

KEY = bytes(range(32))
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ORIGIN = notes.origin("abcdef0123456789")
ALTERABLE = ("events", "event_nodes", "checkpoints", "event_keys")


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now

    def on(self, **by):
        self.now += timedelta(**by)


def open_ledger(folder, *, clock=lambda: NOON, places=()):
    return Ledger(folder / "ledger.db", KEY, Watch(Copies(ORIGIN, places), clock))


def look(number, at=NOON):
    objects = (f"a{number:016d}".translate(str.maketrans("0189", "abcd")), f"typed {number}")
    return Event(at, "local:0", "cli", Act.LOOK, objects, detail={"terms": f"lexterm{number}"}, rows=number)


def fill(ledger, count, *, begin=0):
    for n in range(begin, begin + count):
        with ledger.write() as tx:
            events.record(tx, look(n))


def sign(ledger):
    with ledger.write() as tx:
        kept = ledger._watch.sign(tx)
        return (kept and kept.note), ledger._watch.key(tx)


def trouble(ledger, kept, key):
    """What a full reading finds, given notes that were kept elsewhere."""
    try:
        with ledger.read() as tx:
            reading = audit.Reading(tx)
            verify.check_log(reading.entries(), kept, key)
        return reading.wrong
    except Exception as error:
        return [f"{type(error).__name__}: {error}"]


def unguarded(tx):
    """Take away the triggers, as whoever holds the key can."""
    named = tx.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'").scalars().all()
    for name in named:
        tx.exec_driver_sql(f"DROP TRIGGER {name}")
    tx.exec_driver_sql("PRAGMA defer_foreign_keys = ON")


COLUMNS = {
    "events": ("at", "actor", "role", "door", "act", '"case"', "purpose", "objects", "rows", "outcome",
               "cipher", "salt", "leaf"),
    "event_nodes": ("level", "place", "hash"),
    "checkpoints": ("size", "root"),
    "event_keys": ("key",),
}  # fmt: skip


def altered(chance, value):
    """Another value of the same kind: a bit flipped, a character changed, one more, one less."""
    if isinstance(value, bytes):
        at = chance.randrange(len(value))
        return value[:at] + bytes([value[at] ^ 1 << chance.randrange(8)]) + value[at + 1 :]
    if isinstance(value, int):
        return value + chance.choice((1000, 1 << 20))
    if not value:
        return "x" if value == "" else 7
    at = chance.randrange(len(value))
    return chance.choice((value[:at] + value[at + 1 :], value[:at] + "~" + value[at + 1 :], value + " "))


def mutate(tx, chance):
    """Alter the ledger in one way, and say how; None when that changed nothing."""
    size = tx.exec_driver_sql("SELECT count(*) FROM events").scalar()
    one, other = sorted(chance.sample(range(1, size + 1), 2))
    kind = chance.choice(("value", "value", "value", "delete", "insert", "swap", "truncate", "node", "key"))
    if kind == "value":
        table = chance.choice(ALTERABLE)
        column = chance.choice(COLUMNS[table])
        rows = tx.exec_driver_sql(f"SELECT seq, {column} FROM {table} ORDER BY seq").all()
        seq, value = chance.choice(rows)
        fresh = altered(chance, value)
        tx.exec_driver_sql(f"UPDATE {table} SET {column} = ? WHERE seq = ?", (fresh, seq))
        return f"{table}.{column} {seq}"
    if kind == "delete":
        tx.exec_driver_sql("DELETE FROM event_keys WHERE seq = ?", (one,))
        tx.exec_driver_sql("DELETE FROM events WHERE seq = ?", (one,))
        if chance.random() < 0.5:  # and close the gap
            tx.exec_driver_sql("UPDATE events SET seq = seq - 1000000 WHERE seq > ?", (one,))
            tx.exec_driver_sql("UPDATE events SET seq = seq + 999999 WHERE seq < 0")
    elif kind == "insert":
        names = 'at, actor, role, door, act, "case", purpose, objects, rows, outcome, cipher, salt, leaf'
        tx.exec_driver_sql(
            f"INSERT INTO events (seq, {names}) SELECT ?, {names} FROM events WHERE seq = ?", (size + 1, one)
        )
    elif kind == "swap":
        for table in ("events", "event_keys"):
            for a, b in ((one, -1), (other, one), (-1, other)):
                tx.exec_driver_sql(f"UPDATE {table} SET seq = ? WHERE seq = ?", (b, a))
    elif kind == "truncate":
        for table in ("event_keys", "events"):
            tx.exec_driver_sql(f"DELETE FROM {table} WHERE seq > ?", (one,))
    elif kind == "node":
        tx.exec_driver_sql("DELETE FROM event_nodes WHERE seq = ?", (chance.randrange(1, size // 2),))
    else:
        tx.exec_driver_sql("DELETE FROM event_keys WHERE seq = ?", (one,))
    return f"{kind} {one} {other}"


class Undone(Exception):
    """Raised to take a mutation back."""


def undetected(ledger, count, kept, key, *, seed):
    """Mutate, verify, take back, `count` times; return the mutations that nobody noticed."""
    chance, missed = random.Random(seed), []
    for _ in range(count):
        try:
            with ledger.write() as tx:
                unguarded(tx)
                done = mutate(tx, chance)
                reading = audit.Reading(tx)
                try:
                    verify.check_log(reading.entries(), kept, key)
                    found = reading.wrong
                except Exception as error:
                    found = [str(error)]
                if not found:
                    missed.append(done)
                raise Undone
        except Undone:
            pass
    return missed
