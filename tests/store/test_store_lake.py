"""The lake when things go wrong: kills, full disks, torn entries, two writers."""

import errno
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pyarrow as pa
import pytest

from homeward.model import schema
from homeward.model.errors import StorageFull, WorkspaceDamaged, WorkspaceError, WorkspaceLocked
from homeward.store import disk
from homeward.store.lake import Lake

ROWS = 50  # of each batch


def batch(n):
    rows = [{"ad": f"a{n}.{i}", "batch": f"b{n}", "month": "2026-11"} for i in range(ROWS)]
    return pa.Table.from_pylist(rows, schema=schema.SIGHTINGS)


@pytest.fixture
def lake(tmp_path):
    return Lake(tmp_path / "lake")


class FailsAt:
    """Make the n-th step of writing raise an error of the system, until the write is acknowledged."""

    def __init__(self, n, code):
        self.left, self.code = n, code

    def __call__(self, name):
        if name != "lake.acknowledged":
            self.left -= 1
            if self.left == 0:
                raise OSError(self.code, os.strerror(self.code))

    def __enter__(self):
        disk.on_failpoint = self
        return self

    def __exit__(self, *_):
        disk.on_failpoint = None


@pytest.mark.parametrize(("code", "expected"), [(errno.ENOSPC, StorageFull), (errno.EIO, WorkspaceDamaged)])
def test_a_write_that_fails_anywhere_leaves_nothing(tmp_path, code, expected):
    """The n-th step fails, for every n until none does; each time it is told, nothing is kept, and the
    same lake, or one opened afresh, takes the batch when it is sent again."""
    for n in range(1, 100):
        lake = Lake(tmp_path / str(n))
        lake.append("sightings", batch(0), txn=("file", 0))
        with FailsAt(n, code) as fault:
            try:
                lake.append("sightings", batch(1), txn=("file", 1))
                break
            except expected:
                pass
        assert fault.left == 0
        assert lake.committed("sightings", "file") == 0
        for seen in (lake, Lake(lake.root)):
            assert_holds(seen, [0])
        heir = lake if n % 2 else Lake(lake.root)
        heir.append("sightings", batch(1), txn=("file", 1))
        assert_holds(Lake(lake.root), [0, 1])
    assert n > 5
    assert_holds(lake, [0, 1])


def assert_holds(lake, numbers):
    assert lake.read("sightings")["ad"].to_pylist() == [f"a{n}.{i}" for n in numbers for i in range(ROWS)]


WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_store_lake import batch
from homeward.store.lake import Lake
lake = Lake(Path(sys.argv[1]))
n = lake.committed("sightings", "file")
n = 0 if n is None else n + 1
print("start", n, flush=True)
while True:
    lake.append("sightings", batch(n), txn=("file", n))
    print("acked", n, flush=True)
    if n % 7 == 6:
        lake.compact(); lake.vacuum(grace=0)
    n += 1
"""


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path):
    """SIGKILL at random moments of appending, joining and vacuuming: acked ⊆ present, batches whole."""
    chance, last = random.Random(20261123), -1
    for _ in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "lake"), str(Path(__file__).parent)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == f"start {last + 1}\n"
        wanted = last + chance.randrange(1, 9)
        for line in child.stdout:
            last = int(line.split()[1])
            if last >= wanted:
                break
        threading.Event().wait(chance.random() * 0.05)
        child.send_signal(signal.SIGKILL)
        rest, _ = child.communicate()
        last = max([last, *(int(line.split()[1]) for line in rest.splitlines() if line.startswith("acked"))])

        found = Lake(tmp_path / "lake").read("sightings")["ad"].to_pylist()
        present = len(found) // ROWS
        assert present in (last + 1, last + 2), "at most the one that was not yet told"
        assert sorted(found) == sorted(f"a{n}.{i}" for n in range(present) for i in range(ROWS))
        last = present - 1


@pytest.mark.parametrize("keep", [0, 30, -2])
def test_a_torn_entry_was_never_acknowledged_and_is_taken_back(lake, keep):
    """After a loss of power the newest entry may be cut short: readers go by the one before it."""
    lake.append("sightings", batch(0), txn=("file", 0))
    version = lake.append("sightings", batch(1), txn=("file", 1))
    entry = lake.root / "sightings" / "_delta_log" / f"{version:020d}.json"
    entry.write_bytes(entry.read_bytes().rstrip()[:keep])

    reopened = Lake(lake.root)
    assert reopened.version("sightings") == version - 1
    assert_holds(reopened, [0])
    assert reopened.committed("sightings", "file") == 0

    reopened.append("sightings", batch(2), txn=("file", 1))
    assert_holds(reopened, [0, 2])
    assert reopened.version("sightings") == version


def test_a_torn_checkpoint_is_taken_back(lake):
    for n in range(3):
        lake.append("sightings", batch(n))
    lake.compact()
    [checkpoint] = (lake.root / "sightings" / "_delta_log").glob("*.checkpoint.parquet")
    checkpoint.write_bytes(checkpoint.read_bytes()[:100])

    reopened = Lake(lake.root)
    reopened.append("sightings", batch(3))
    assert sorted(reopened.read("sightings")["ad"].unique().to_pylist()) == sorted(
        f"a{n}.{i}" for n in range(4) for i in range(ROWS)
    )


def test_everything_is_flushed_in_order_before_a_write_returns(lake, monkeypatch):
    """Data before the entry that names it; every file and every folder of the table by the end."""
    flushed, order = set(), []
    real = os.fsync

    def fsync(handle):
        name = str(Path(f"/proc/self/fd/{handle}").readlink())
        flushed.add(name)
        order.append(Path(name).suffix)
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    lake.append("sightings", batch(0))
    table = lake.root / "sightings"
    written = {str(path) for path in [table, *table.rglob("*")]}
    assert written <= flushed

    order.clear()
    lake.append("sightings", batch(1))
    assert [kind for kind in order if kind] == [".parquet", ".json"]


def test_a_second_writer_is_told_so_and_readers_are_not_held_up(lake):
    lake.append("sightings", batch(0))
    other = Lake(lake.root)
    with lake.writer():
        with pytest.raises(WorkspaceLocked, match=f"Another process .number {os.getpid()}. is writing"):
            other.append("sightings", batch(1))
        assert_holds(other, [0])
        lake.append("sightings", batch(2))
    other.append("sightings", batch(1))
    assert_holds(lake, [0, 2, 1])


def test_threads_of_one_process_take_turns(lake):
    threads = [threading.Thread(target=lake.append, args=("sightings", batch(n))) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert lake.count("sightings") == 6 * ROWS


def test_a_version_whose_files_are_gone_is_damage_not_an_empty_answer(lake):
    lake.append("sightings", batch(0))
    for entry in (lake.root / "sightings" / "_delta_log").iterdir():
        entry.write_bytes(b"{}\n")

    with pytest.raises(WorkspaceDamaged):
        Lake(lake.root).read("sightings")


@pytest.mark.parametrize("name", ["a%20b", "a*b", "a?b", "a[b]", "a\nb", "a\udcffb", "month=2020-01"])
def test_a_path_that_the_formats_misread_is_refused(tmp_path, name):
    with pytest.raises(WorkspaceError, match="plainer name"):
        Lake(tmp_path / name / "lake")


@pytest.mark.parametrize("name", ["it's", "ünï çödé \U0001f338", "a#b c;d", "-x=1", 'q"', "{a,b}", "~"])
def test_any_other_path_will_do(tmp_path, name):
    lake = Lake(tmp_path / name / "lake")
    lake.append("sightings", batch(0))
    lake.append("sightings", batch(1))
    lake.compact()

    assert_holds(Lake(lake.root), [0, 1])
    assert lake.query("SELECT count(*) AS n FROM sightings")["n"].to_pylist() == [2 * ROWS]


def test_what_a_killed_query_spilled_is_removed(lake):
    lake.append("sightings", batch(0))
    for process in (os.getpid(), 4194305):  # the second is above every number that Linux gives
        (lake.root / f".spill-{process}").mkdir()
    lake.vacuum()

    assert [path.name for path in lake.root.glob(".spill*")] == [f".spill-{os.getpid()}"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '/tmp/homeward-must-not-be'",
        "ATTACH '/tmp/homeward-must-not-be.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
    ],
)
def test_a_query_reaches_nothing_but_the_lake(lake, sql):
    lake.append("sightings", batch(0))
    with pytest.raises(Exception, match=r"(?i)permission|disabled|locked|cannot|not allowed"):
        lake.query(sql)


def test_a_schema_that_has_grown_reads_and_extends_an_older_table(tmp_path):
    """A column that a later version of Homeward adds is null in the rows that were there before."""
    from homeward.store.delta import TableFolder

    older = pa.schema([field for field in schema.SIGHTINGS if field.name != "position"])
    folder = TableFolder(tmp_path / "lake" / "sightings", older, "month")
    folder.prepare()
    folder.commit(folder.write(batch(0).drop_columns(["position"])))
    lake = Lake(tmp_path / "lake")

    assert lake.read("sightings").schema == schema.SIGHTINGS
    assert lake.query("SELECT position FROM sightings")["position"].null_count == ROWS
    lake.append("sightings", batch(1).set_column(6, "position", pa.array([7] * ROWS, pa.int64())))
    assert lake.read("sightings")["position"].to_pylist() == [None] * ROWS + [7] * ROWS
    assert lake.query("SELECT max(position) AS n FROM sightings")["n"].to_pylist() == [7]
