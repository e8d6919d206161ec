"""The ledger's walls: the key, the pragmas, no plain text on the disk, many at once, kills half-way."""

import inspect
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from homeward.model.errors import KeyMissing, StorageFull, WorkspaceDamaged, WorkspaceLocked
from homeward.model.event import Act, Event
from homeward.model.identity import Level
from homeward.model.judgement import Decision, Judgement, Outcome, PairJudgement
from homeward.store import disk
from homeward.store.ledger import (
    Ledger,
    checkpoints,
    decisions,
    dossier_notes,
    events,
    flags,
    identity_history,
    jobs,
    judgements,
    leads,
    meta,
    outcomes,
    pins,
    searches,
    tables,
    trail,
    watches,
    watermarks,
)
from homeward.store.ledger.engine import HEAD, PRAGMAS, _said
from homeward.store.ledger.migrations import configuration
from homeward.store.ledger.tables import metadata

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
KEY, OTHER_KEY = bytes(range(32)), bytes(32)
MODULES = (
    dossier_notes,
    outcomes,
    trail,
    watches,
    events,
    checkpoints,
    meta,
    watermarks,
    pins,
    jobs,
    judgements,
    decisions,
    flags,
    leads,
    identity_history,
    searches,
)


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(tmp_path / "ledger.db", KEY)
    yield ledger
    ledger.close()


# The key and the file.


def test_the_file_is_its_owners_alone(ledger):
    with ledger.write() as tx:
        meta.put(tx, "fact", 1)
        for path in ledger.path.parent.glob("ledger.db*"):
            assert path.stat().st_mode & 0o077 == 0, path


def test_another_key_opens_nothing_and_says_so(ledger, capfd):
    with ledger.write() as tx:
        meta.put(tx, "fact", 1)
    with pytest.raises(KeyMissing, match="does not open with this key") as said, \
            Ledger(ledger.path, OTHER_KEY).read():  # fmt: skip
        pass

    assert OTHER_KEY.hex() not in str(said.value)
    assert capfd.readouterr() == ("", "")
    with ledger.read() as tx:
        assert meta.get(tx, "fact") == 1


@pytest.mark.parametrize("key", [b"", b"short", bytes(33)])
def test_a_key_of_another_length_is_refused(tmp_path, key):
    with pytest.raises(KeyMissing):
        Ledger(tmp_path / "ledger.db", key)


def test_a_damaged_file_is_noticed(ledger):
    with ledger.write() as tx:
        meta.put(tx, "fact", ["x" * 40] * 400)
    ledger.close()
    assert ledger.check() == []
    ledger.close()
    content = bytearray(ledger.path.read_bytes())
    content[len(content) // 2] ^= 1
    ledger.path.write_bytes(bytes(content))

    try:
        found = Ledger(ledger.path, KEY).check()
    except Exception as error:
        found = [str(error)]
    assert found != []


def test_every_connection_answers_every_pragma(ledger):
    seen = []

    def ask():
        with ledger.read() as tx:
            seen.append({name: tx.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS})
            barrier.wait(10)

    with ledger.read():
        pass
    barrier = threading.Barrier(3)
    run_all([ask] * 3)

    assert seen == [{name: expected for name, (_, expected) in PRAGMAS.items()}] * 3


def test_a_ledger_that_is_busy_for_too_long_says_so(ledger, monkeypatch):
    other = Ledger(ledger.path, KEY)
    with ledger.write(), other.read() as tx:
        tx.exec_driver_sql("PRAGMA busy_timeout = 1")
    with ledger.write(), pytest.raises(WorkspaceLocked), other.write():
        pass


def test_a_full_file_keeps_nothing_of_the_act(ledger):
    """SQLite's own bound on the file stands in for a full disk."""
    with pytest.raises(StorageFull), ledger.write() as tx:
        events.record(tx, look())
        tx.exec_driver_sql("PRAGMA max_page_count = 60")
        meta.put(tx, "fact", "x" * 1_000_000)
    with ledger.read() as tx:
        assert events.count(tx) == 0


def look(*objects):
    return Event(NOON, "local:0", "cli", Act.LOOK, objects)


# No plain text at rest.

CANARY = "canary-7d1f03-555-0100"


def write_everywhere(tx):
    """Put the canary into every text that a function of the ledger takes; return which functions ran."""
    ran = set()

    def run(function, *args, **given):
        ran.add(f"{function.__module__.rsplit('.', 1)[1]}.{function.__name__}")
        takes_tx = "tx" in inspect.signature(function).parameters
        result = function(*([tx] if takes_tx else []), *args, **given)
        return list(result) if inspect.isgenerator(result) else result

    run(events.record, Event(NOON, CANARY, CANARY, Act.LOOK, (CANARY,), CANARY, {CANARY: CANARY}))
    [recorded] = tx.execute(sa.select(tables.events))
    run(events.header_of, recorded)
    run(events.node_getter)
    run(events.read)
    run(events.count)
    run(checkpoints.seed)
    run(checkpoints.is_due, 1, NOON)
    run(checkpoints.trouble)
    run(checkpoints.sign, CANARY, now=NOON)
    run(checkpoints.latest)
    run(events.shred, [1])
    run(meta.put, CANARY, CANARY)
    run(meta.get, CANARY)
    run(watermarks.put, CANARY, 1)
    run(watermarks.get, CANARY)
    run(pins.publish, CANARY, {CANARY: 1}, {CANARY: CANARY})
    run(pins.current)
    run(pins.latest)
    run(pins.forget, [CANARY])
    for _ in range(2):
        seq = run(jobs.ask, CANARY, {CANARY: CANARY}, now=NOON)
        job = run(jobs.lease, worker=CANARY, now=NOON)
        run(jobs.renew, job, now=NOON)
        if seq == 1:
            run(jobs.complete, job, now=NOON, result={CANARY: CANARY})
        else:
            run(jobs.fail, job, now=NOON, error=CANARY)
    run(jobs.get, seq)
    run(jobs.newest)
    run(judgements.record, PairJudgement(CANARY, CANARY + "b", Judgement.SAME, CANARY, NOON, CANARY))
    run(judgements.in_force)
    run(judgements.history, CANARY)
    run(judgements.last_place)
    run(judgements.since, 0)
    run(judgements.between, CANARY, CANARY + "b")
    seq = run(decisions.decide, CANARY, Decision.WATCH, by=CANARY, at=NOON, note=CANARY)
    run(decisions.undo, seq, by=CANARY, at=NOON, note=CANARY)
    run(decisions.standing)
    run(decisions.newest)
    run(decisions.case_notes)
    run(decisions.history, CANARY)
    mark = run(flags.add, CANARY, CANARY, [CANARY], why=CANARY, by=CANARY, at=NOON)
    run(flags.find, mark)
    run(flags.standing)
    run(flags.acknowledge, mark, by=CANARY, at=NOON)
    run(flags.lift, mark, why=CANARY, by=CANARY, at=NOON)
    note = {"identity": CANARY, "ad": CANARY, "case": CANARY, "by": CANARY, "at": NOON}
    run(dossier_notes.add, CANARY, **note)
    run(dossier_notes.of, CANARY, {CANARY})
    run(dossier_notes.forget, {CANARY}, bool)
    for _ in range(2):
        run(outcomes.record, CANARY, Outcome.NOT_FOUND, note=CANARY, case=CANARY, by=CANARY, at=NOON)
    run(outcomes.undo, 3, by=CANARY, at=NOON)
    run(outcomes.standing)
    run(outcomes.cleared)
    run(outcomes.digest, run(outcomes.make_key), CANARY, CANARY)
    run(outcomes.key_of)
    run(outcomes.lower, {name: [CANARY] for name in ("who", "phones", "rest")}, NOON)
    run(outcomes.in_force)
    run(outcomes.lift, [CANARY])
    run(outcomes.forget, at=NOON)
    run(leads.replace, [leads.QueuedLead(CANARY, CANARY, 1, 1.0, CANARY, CANARY)])
    run(leads.page)
    run(leads.get, CANARY)
    run(leads.of_identity, CANARY)
    run(leads.count)
    joined = identity_history.Change.JOINED
    run(identity_history.record,
        [identity_history.Step(CANARY, NOON, Level.NETWORK, joined, CANARY, CANARY, 1)])  # fmt: skip
    run(identity_history.of, CANARY)
    run(searches.keep, CANARY, {CANARY: CANARY}, at=NOON, id=CANARY)
    run(searches.find, CANARY, CANARY)
    run(searches.forget, NOON)
    for _ in range(2):
        key = run(watches.new_id)
        run(watches.keep, CANARY, CANARY, CANARY, {CANARY: CANARY}, case=CANARY, at=NOON,
            until=NOON + timedelta(days=1), seen=b"", id=key)  # fmt: skip
    run(watches.of, CANARY, at=NOON)
    run(watches.find, CANARY, key, at=NOON)
    run(watches.looked, key, b"", at=NOON)
    run(watches.remove, key)
    run(watches.forget, at=NOON)
    run(trail.page, trail.Sought(CANARY, (CANARY,), (Act.LOOK,), NOON, NOON), before=0, limit=1)
    run(trail.one, 1)
    run(trail.times, trail.Sought(CANARY), most=1)
    return ran


def test_no_text_is_on_the_disk_as_written(ledger):
    """A raw scan of every file, while open, after closing, and of the write-ahead log between."""
    with ledger.write() as tx:
        ran = write_everywhere(tx)
    scanned = scan(ledger.path.parent)
    ledger.close()
    scanned |= scan(ledger.path.parent)

    assert scanned == {"ledger.db": False, "ledger.db-wal": False, "ledger.db-shm": False}
    every = {
        f"{module.__name__.rsplit('.', 1)[1]}.{name}"
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert every - ran == {"jobs.work"}, "a function that this test does not try"


def test_the_scan_would_see_plain_text(tmp_path):
    """The negative twin: the same text through a database that does not encrypt."""
    plain = sqlite3.connect(tmp_path / "plain.db")
    plain.execute("CREATE TABLE t (x)")
    plain.execute("INSERT INTO t VALUES (?)", (CANARY,))
    plain.commit()

    assert scan(tmp_path) == {"plain.db": True}


def scan(folder):
    spellings = [CANARY.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return {
        path.name: any(spelling in path.read_bytes() for spelling in spellings) for path in folder.iterdir()
    }


def test_an_error_never_quotes_what_was_being_written(ledger):
    with ledger.write() as tx:
        searches.keep(tx, "ann", {"q": CANARY}, at=NOON, id="s1")
    with pytest.raises(Exception, match="UNIQUE") as said, ledger.write() as tx:
        searches.keep(tx, "ann", {"q": CANARY}, at=NOON, id="s1")
    assert CANARY not in str(said.value)


# Many at once.


def run_all(actions):
    failed = []

    def guarded(action):
        try:
            action()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


COUNT = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_store_ledger import KEY, count_up
from homeward.store.ledger import Ledger
count_up(Ledger(Path(sys.argv[1]), KEY), 40)
"""


def count_up(ledger, times):
    for _ in range(times):
        with ledger.write() as tx:
            meta.put(tx, "counter", meta.get(tx, "counter", 0) + 1)
            events.record(tx, look())


def test_writers_lose_no_update_and_readers_always_see_a_whole_one(ledger):
    """Four threads and one other process count; whoever reads sees as many events as the counter says."""
    count_up(ledger, 1)
    child = subprocess.Popen(
        [sys.executable, "-c", COUNT, str(ledger.path), str(Path(__file__).parent)], stderr=subprocess.PIPE
    )

    def watch():
        for _ in range(60):
            with ledger.read() as tx:
                assert events.count(tx) == meta.get(tx, "counter")

    run_all([lambda: count_up(ledger, 20)] * 4 + [watch] * 3)
    assert child.wait(60) == 0, child.stderr.read()
    with ledger.read() as tx:
        assert events.count(tx) == meta.get(tx, "counter") == 1 + 4 * 20 + 40


def test_a_job_goes_to_one_of_many_workers(ledger):
    with ledger.write() as tx:
        for n in range(12):
            jobs.ask(tx, "count", {"n": n}, now=NOON)
    done = []

    def worker(name):
        def do(job):
            done.append(job.arguments["n"])

        jobs.work(ledger, {"count": do}, worker=name, clock=lambda: NOON, wait=lambda: False)

    run_all([lambda name=name: worker(name) for name in "abcd"])
    assert sorted(done) == list(range(12))


# Migrations.


def test_the_migrations_make_the_tables_that_the_code_knows(ledger):
    with ledger.read() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []
    assert ScriptDirectory.from_config(configuration()).get_current_head() == HEAD


DIE = """
import os, signal, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_store_ledger import KEY
from homeward.store import disk
from homeward.store.ledger import Ledger
disk.on_failpoint = lambda name: name == sys.argv[3] and os.kill(os.getpid(), signal.SIGKILL)
Ledger(Path(sys.argv[1]), KEY).migrate()
"""


@pytest.mark.parametrize(
    "place",
    ["migration.0001.half", "migration.0001.made", "migration.0003.half", "migration.0003.made", "never"],
)
def test_a_migration_killed_half_way_runs_again(tmp_path, place):
    path = tmp_path / "ledger.db"
    child = subprocess.run(
        [sys.executable, "-c", DIE, str(path), str(Path(__file__).parent), place], capture_output=True
    )
    assert child.returncode == (0 if place == "never" else -signal.SIGKILL), child.stderr

    ledger = Ledger(path, KEY)
    with ledger.write() as tx:
        assert events.record(tx, look()) == 1
    with ledger.read() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []
    assert ledger.check() == []


def test_an_act_killed_before_its_commit_left_nothing(tmp_path):
    """And one killed after it is there: the event with its effect."""
    script = DIE.replace(
        "Ledger(Path(sys.argv[1]), KEY).migrate()",
        """
from test_store_ledger import act
act(Ledger(Path(sys.argv[1]), KEY))
""",
    )
    for place, expected in (("ledger.before_commit", 0), ("ledger.committed", 1)):
        path = tmp_path / place / "ledger.db"
        child = subprocess.run(
            [sys.executable, "-c", script, str(path), str(Path(__file__).parent), place], capture_output=True
        )
        assert child.returncode == -signal.SIGKILL, child.stderr
        with Ledger(path, KEY).read() as tx:
            assert events.count(tx) == meta.get(tx, "fact", 0) == expected


def act(ledger):
    with ledger.write() as tx:
        meta.put(tx, "fact", 1)
        events.record(tx, look())


def test_an_event_that_cannot_be_recorded_undoes_the_act(ledger):
    with ledger.read():
        pass

    def refuse(name):
        if name == "events.record":
            raise OSError(5, os.strerror(5))

    disk.on_failpoint = refuse
    try:
        with pytest.raises(OSError, match="Input/output"):
            act(ledger)
    finally:
        disk.on_failpoint = None
    with ledger.read() as tx:
        assert meta.get(tx, "fact") is None


# A disk without room.


@pytest.mark.parametrize(("room", "expected"), [(True, WorkspaceDamaged), (False, StorageFull)])
def test_an_error_of_the_disk_is_told_from_a_full_one(tmp_path, monkeypatch, room, expected):
    """SQLite calls a log that cannot grow an I/O error; whether the disk has room tells which it is."""
    monkeypatch.setattr(disk, "LEAST_ROOM", 0 if room else 1 << 62)

    said = _said(tmp_path / "ledger.db", RuntimeError("disk I/O error"))
    assert type(said) is expected and "\n" not in str(said)


@pytest.mark.skipif(os.getuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_is_said_and_freed_space_is_all_it_takes(tmp_path):
    """On a disk without a free byte the ledger says so; with space again the same act succeeds."""
    script = """
import sys
from pathlib import Path
from homeward.model.errors import StorageFull
from homeward.store.ledger import Ledger, meta
root = Path(sys.argv[1])
ledger = Ledger(root / "ledger.db", bytes(32))
with ledger.write() as tx:
    meta.put(tx, "fact", 1)
ledger.close()
with open(root / "filler", "wb", buffering=0) as filler:
    for size in (1 << 16, 1):
        try:
            while True:
                filler.write(bytes(size))
        except OSError:
            pass
try:
    with ledger.write() as tx:
        meta.put(tx, "fact", 2)
except StorageFull as error:
    print(error)
ledger.close()
(root / "filler").unlink()
with ledger.write() as tx:
    print(meta.get(tx, "fact"))
    meta.put(tx, "fact", 3)
"""
    mounted = 'mount -t tmpfs -o size=2m tmpfs "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", mounted, "sh", str(tmp_path), sys.executable, script],
        capture_output=True, text=True,
    )  # fmt: skip
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip("no file system can be mounted here")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("The disk is full")
    assert done.stdout.splitlines()[1] == "1"
