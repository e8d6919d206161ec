"""`python -m bench.speed.audit`: what the audit log costs an act, and how long a whole log takes to verify.

The cost is that of one act with its event, less the same act without one, each in a transaction of its own.
The log that is verified is filled past the ledger's own functions, entry by entry as they would write it.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from homeward.app.audit import verify
from homeward.desk.audit import line
from homeward.model.event import Act, Event
from homeward.store.ledger import Ledger, audit, checkpoints, entries, events, merkle, meta, notes, sight
from homeward.store.ledger.copies import Copies
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.watch import Watch

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ORIGIN = notes.origin("bench")
CHUNK = 20_000


def acts(ledger: Ledger, count: int, *, log: bool) -> list[float]:
    """Return the milliseconds of each of some acts."""
    taken = []
    for n in range(count):
        began = time.perf_counter()
        with ledger.write() as tx:
            meta.put(tx, "fact", n)
            if log:
                detail = {"query": "phone:702* amber", "total": n}
                events.record(tx, Event(NOW, "ann", "api", Act.SEARCH, ("a" * 17,) * 50, detail=detail))
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def fill(
    tx: Tx, begin: int, end: int, get: Callable[[int, int], bytes], kept: dict[tuple[int, int], bytes]
) -> None:
    """Add entries as `events.record` does, many in one statement."""
    rows, keys, nodes = [], [], []
    for n in range(begin, end):
        said = {"at": "2026-11-01T00:00:00.000000+00:00", "actor": "ann", "role": "analyst", "door": "api",
                "act": "search", "case": "", "purpose": "", "objects": [], "rows": None, "outcome": "done"}  # fmt: skip
        entry = entries.seal(entries.header(n + 1, said), {"detail": {"query": "amber"}})
        rows.append(
            (n + 1, *list(said.values())[:7], "[]", None, "done", entry.cipher, entry.salt, entry.leaf)
        )
        keys.append((n + 1, entry.key))
        kept[0, n] = entry.leaf
        for level, place, found in merkle.grown(n, entry.leaf, get):
            kept[level, place] = found
            nodes.append((level, place, found))
    marks = ", ".join("?" * 14)
    names = 'seq, at, actor, role, door, act, "case", purpose, objects, rows, outcome, cipher, salt, leaf'
    tx.exec_driver_sql(f"INSERT INTO events ({names}) VALUES ({marks})", rows)
    tx.exec_driver_sql("INSERT INTO event_keys (seq, key) VALUES (?, ?)", keys)
    tx.exec_driver_sql("INSERT INTO event_nodes (level, place, hash) VALUES (?, ?, ?)", nodes)


def main() -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--acts", type=int, default=2_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ledger = Ledger(folder / "acts.db", bytes(32), Watch(Copies(ORIGIN, [folder / "there"]), lambda: NOW))
        acts(ledger, 50, log=True)
        without, with_ = (acts(ledger, given.acts, log=log) for log in (False, True))
        with sight.seen_by(sight.Asking("ann", NOW)):  # as an account's act, through what it may see
            acts(ledger, 50, log=True)
            seen = acts(ledger, given.acts, log=True)
        ledger.close()
        p95 = [statistics.quantiles(taken, n=20)[-1] for taken in (without, with_)]
        print(
            f"an act with its event: median {statistics.median(with_):.2f} ms, p95 {p95[1]:.2f} ms; without one "
            f"{statistics.median(without):.2f}, {p95[0]:.2f}; cost at p95 {p95[1] - p95[0]:.2f} ms (wanted: at most 5)"
        )
        print(
            f"the same while an account asks: median {statistics.median(seen):.2f} ms, "
            f"p95 {statistics.quantiles(seen, n=20)[-1]:.2f} ms"
        )
        big = Ledger(folder / "big.db", bytes(32))
        kept: dict[tuple[int, int], bytes] = {}
        for begin in range(0, given.entries, CHUNK):
            with big.write() as tx:
                fill(tx, begin, min(begin + CHUNK, given.entries), lambda *at: kept[at], kept)
        with big.write() as tx:
            key = notes.verifier_key(ORIGIN, checkpoints.seed(tx))
            root = merkle.root(given.entries, lambda *at: kept[at])
            note = notes.signed(notes.Checkpoint(ORIGIN, given.entries, root), checkpoints.seed(tx))
        kept.clear()
        began, cpu = time.perf_counter(), time.process_time()
        with big.read() as tx:
            reading = audit.Reading(tx)
            size, _ = verify.check_log(reading.entries(), [note], key)
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        print(
            f"ledger of {size:,} entries verified, payloads opened: {took:.1f} s ({cpu:.1f} s of CPU), wrong: {reading.wrong}"
        )
        with big.read() as tx, (folder / "log.jsonl").open("w") as out:
            out.writelines(line(told) for told in audit.Reading(tx).entries())
        (folder / "checkpoint.txt").write_text(note)
        (folder / "log.vkey").write_text(key)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-I", "-S", verify.__file__, "log", name], check=True)
        print(
            f"the export verified by verify.py alone: {time.perf_counter() - began:.1f} s (wanted: 60 s a million)"
        )


if __name__ == "__main__":
    main()
