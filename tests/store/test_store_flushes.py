"""What the system is really asked to do before a write is acknowledged, as `strace` saw it."""

import re
import shutil
import subprocess
import sys

import pytest

CALLS = "fsync,fdatasync,rename,renameat,renameat2,write,pwrite64"
BLOB = """
from pathlib import Path
from homeward.store.blobs import Blobs
blobs = Blobs(Path("blobs"))
blobs.put(b"other bland bytes")
print("BEGUN", flush=True)
blobs.put(b"bland bytes")
print("ACKNOWLEDGED", flush=True)
"""
LEDGER = """
from pathlib import Path
from homeward.store.ledger import Ledger, meta
ledger = Ledger(Path("ledger.db"), bytes(32))
ledger.migrate()
print("BEGUN", flush=True)
with ledger.write() as tx:
    meta.put(tx, "fact", 1)
print("ACKNOWLEDGED", flush=True)
"""
CARELESS = """
import sqlite3
careless = sqlite3.connect("ledger.db")
careless.execute("PRAGMA synchronous = OFF")
print("BEGUN", flush=True)
careless.execute("CREATE TABLE t (x)")
careless.commit()
print("ACKNOWLEDGED", flush=True)
"""


def asked(folder, script):
    """The calls between the two words of a script, in order: (name, what it was done to)."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (apt-get install strace)")
    out = folder / "calls"
    command = ["strace", "-f", "-y", "-o", str(out), "-e", f"trace={CALLS}", sys.executable, "-c", script]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100)
    if "Operation not permitted" in done.stderr:
        pytest.skip("this machine lets nobody trace")
    assert done.returncode == 0, done.stderr
    between = out.read_text("utf-8", "replace").partition("BEGUN")[2].partition("ACKNOWLEDGED")[0]
    return [(name, rest) for name, rest in re.findall(r"^\d+ +(\w+)\((.*)$", between, re.M)]


def places(calls, name, what):
    return [i for i, (call, rest) in enumerate(calls) if call in name and re.search(what, rest)]


@pytest.mark.trust("REL-2", "REL-3")
def test_a_blob_is_flushed_renamed_and_its_folder_flushed(tmp_path):
    """Bytes, then the file's flush, then its name, then the folder's flush; only then it is acknowledged."""
    calls = asked(tmp_path, BLOB)
    [written] = places(calls, ("write", "pwrite64"), "bland bytes")
    [named] = places(calls, ("rename", "renameat", "renameat2"), "blobs")
    flushed = places(calls, ("fsync", "fdatasync"), "blobs")
    assert any(written < i < named for i in flushed) and any(i > named for i in flushed)


@pytest.mark.trust("REL-2")
def test_the_ledger_is_flushed_before_it_acknowledges(tmp_path):
    """Every write to the write-ahead log is followed by its flush, ahead of the acknowledgement."""
    calls = asked(tmp_path, LEDGER)
    written = places(calls, ("write", "pwrite64"), r"ledger\.db-wal")
    flushed = places(calls, ("fsync", "fdatasync"), r"ledger\.db-wal")
    assert written and flushed and flushed[-1] > written[-1]


def test_a_careless_writer_would_be_seen(tmp_path):
    """The negative twin: a database told not to flush acknowledges without."""
    calls = asked(tmp_path, CARELESS)
    assert places(calls, ("write", "pwrite64"), r"ledger\.db")
    assert not places(calls, ("fsync", "fdatasync"), "ledger")
