"""How bytes are made to last, and what is said when the disk refuses."""

import errno
import os
import subprocess
import sys

import pytest

from homeward.model.errors import StorageFull, WorkspaceDamaged, WorkspaceError, WorkspaceLocked
from homeward.store import disk


@pytest.mark.parametrize("place", ["disk.written", "disk.flushed"])
def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, place):
    path = tmp_path / "file"
    disk.write_whole(path, b"old")

    def fail(name):
        if name == place:
            raise OSError(errno.EIO, "no")

    disk.on_failpoint = fail
    try:
        with pytest.raises(OSError, match="no"):
            disk.write_whole(path, b"new")
    finally:
        disk.on_failpoint = None
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == b"old"
    disk.write_whole(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (errno.ENOSPC, StorageFull), (errno.EDQUOT, StorageFull), (errno.EFBIG, StorageFull),
        (errno.EIO, WorkspaceDamaged), (errno.EROFS, WorkspaceError), (errno.EACCES, WorkspaceError),
        (errno.EPERM, WorkspaceError),
    ],
)  # fmt: skip
def test_every_refusal_of_the_disk_is_one_sentence(code, expected):
    """Whether it comes as an error of the system or as the words of a library."""
    for error in (OSError(code, "x"), RuntimeError(f"Generic error: no (os error {code})")):
        with pytest.raises(expected) as said, disk.translated("The table ads"):
            raise error
        assert "he table ads" in str(said.value)
        assert "\n" not in str(said.value)


def test_what_is_no_matter_of_storage_passes_through():
    for error in (ValueError("x"), OSError(errno.ENOENT, "x"), StorageFull("ours")):
        with pytest.raises(type(error)) as said, disk.translated("The table ads"):
            raise error
        assert said.value is error


def test_a_lock_is_given_back_when_its_process_dies(tmp_path):
    script = (
        "import sys; from pathlib import Path; from homeward.store.disk import WriterLock\n"
        "with WriterLock(Path(sys.argv[1])).held():\n"
        "    print('held', flush=True); sys.stdin.read()\n"
    )
    path = tmp_path / "lake" / ".writer"
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout.readline() == "held\n"
    lock = disk.WriterLock(path)
    with pytest.raises(WorkspaceLocked, match=str(child.pid)), lock.held():
        pass
    child.kill()
    child.wait()

    with lock.held(), lock.held():
        assert path.read_text() == str(os.getpid())


FULL = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_store_ledger import KEY, look
from test_store_lake import batch, assert_holds
from homeward.model.errors import StorageFull
from homeward.store.blobs import Blobs
from homeward.store.lake import Lake
from homeward.store.ledger import Ledger, events, meta
home = Path(sys.argv[1])
lake, blobs, ledger = Lake(home / "lake"), Blobs(home / "blobs"), Ledger(home / "ledger.db", KEY)
lake.append("sightings", batch(0))
name = blobs.put(b"kept")
with ledger.write() as tx: events.record(tx, look())
filler = home / "filler"
try:
    with filler.open("wb") as out:
        while True: out.write(b"x" * 4096); out.flush()
except OSError: pass

def refused(action):
    try: action()
    except StorageFull as error: print(error)
    else: raise SystemExit(f"{action.__name__} was not refused")

def append(): lake.append("sightings", batch(1))
def put(): blobs.put(b"x" * 100_000)
def write():
    with ledger.write() as tx:
        events.record(tx, look()); meta.put(tx, "fact", "x" * 100_000)
refused(append); refused(put); refused(write)
filler.unlink()
assert_holds(Lake(home / "lake"), [0])
assert list(blobs.names()) == [name]
with ledger.read() as tx: assert events.count(tx) == 1 and meta.get(tx, "fact") is None
append(); put(); write()
assert_holds(Lake(home / "lake"), [0, 1])
print("well")
"""


def test_a_disk_that_is_really_full_loses_nothing(tmp_path):
    """Every store on a disk of 3 MB that something else has filled."""
    from pathlib import Path

    mount = f"mount -t tmpfs -o size=3m tmpfs '{tmp_path}'"
    inside = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*inside, mount], capture_output=True).returncode:
        pytest.skip("this machine permits no mount of its own: a disk cannot be filled")
    done = subprocess.run(
        [*inside, f'{mount} && exec "$@"', "sh", sys.executable, "-c", FULL, str(tmp_path),
         str(Path(__file__).parent)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("The disk is full") == 3
    assert done.stdout.endswith("well\n")


CAPPED = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_store_lake import batch, assert_holds
from homeward.model.errors import StorageFull
from homeward.store.lake import Lake
place = Path(sys.argv[1])
lake, limit, refused = Lake(place), 1, 0
lake.append("sightings", batch(0))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
while True:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        lake.append("sightings", batch(1))
    except StorageFull as error:
        print(error)
    else:
        break
    assert_holds(lake, [0])
    assert_holds(Lake(place), [0])
    limit += max(1, limit // 2)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
assert_holds(Lake(place), [0, 1])
lake.append("sightings", batch(2))
assert_holds(Lake(place), [0, 1, 2])
"""


@pytest.mark.trust("REL-5")
def test_a_lake_whose_files_may_not_grow_serves_nothing_half_written(tmp_path):
    """Under RLIMIT_FSIZE at growing limits: refused as full, what was acknowledged is read, and no more."""
    from pathlib import Path

    done = subprocess.run(
        [sys.executable, "-c", CAPPED, str(tmp_path / "lake"), str(Path(__file__).parent)],
        capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("The disk is full") == len(done.stdout.splitlines()) > 10


def test_what_is_read_ahead_is_bounded_and_nobody_waits_for_what_is_gone(tmp_path):
    """The small file fits into what may be read ahead, the large one does not; a folder may be gone."""
    for name, size in (("small", 10), ("large", 1000)):
        (tmp_path / name).write_bytes(bytes(size))
    assert disk.read_ahead(tmp_path, most=100) == 10
    assert disk.read_ahead(tmp_path, most=2000) == 1010
    assert disk.read_ahead(tmp_path / "gone") == 0
