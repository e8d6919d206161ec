"""A loss of power at any point: what was acknowledged is there, and what is there is whole.

A process that takes in, keeps originals and writes the ledger is traced once; then its files are made as a
disk may hold them after each of its calls: without anything that was not flushed, or with some of it, torn.
"""

import copy
import random
import shutil
import sys
from pathlib import Path

import pytest
from power_kit import Disk, Untraceable, record

from homeward.store.blobs import Blobs
from homeward.store.lake import Lake
from homeward.store.ledger import Ledger, audit, events, meta

STORE = Path(__file__).resolve().parents[1] / "store"
sys.path.append(str(STORE))

ROUNDS = 3
WORK = f"""
import os, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from test_store_lake import batch
from test_store_ledger import KEY, look
from homeward.store.blobs import Blobs
from homeward.store.lake import Lake
from homeward.store.ledger import Ledger, events, meta
home = Path(sys.argv[1])
lake, blobs, ledger = Lake(home / "lake"), Blobs(home / "blobs"), Ledger(home / "ledger.db", KEY)
for n in range({ROUNDS}):
    lake.append("sightings", batch(n), txn=("file", n)); os.write(1, b"lake %d\\n" % n)
    blobs.put(b"bland bytes %d" % n); os.write(1, b"blob %d\\n" % n)
    with ledger.write() as tx:
        events.record(tx, look()); meta.put(tx, "fact", [n] * 3000)
    os.write(1, b"ledger %d\\n" % n)
ledger.close()
"""
CARELESS = """
import os, sys
for n in range(3):
    with open(sys.argv[1] + f"/{n}", "wb") as out:
        out.write(b"x" * 100)
        if n != 1:
            out.flush(); os.fsync(out.fileno())
    if n != 2:
        handle = os.open(sys.argv[1], os.O_RDONLY); os.fsync(handle); os.close(handle)
"""


def traced(script, home, folder):
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed (apt-get install strace)")
    before = Disk(home)
    try:
        return before, record(script, str(home), str(STORE), folder=folder)
    except Untraceable:
        pytest.skip("this machine lets nobody trace")


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """The files before the work, and every call that it made."""
    from test_store_ledger import KEY

    folder = tmp_path_factory.mktemp("power")
    home = folder / "home"
    ledger = Ledger(home / "ledger.db", KEY)
    with ledger.write() as tx:
        meta.put(tx, "fact", None)
    ledger.close()
    return traced(WORK, home, folder)


def check(home, said):
    """Everything that was acknowledged is there, nothing is there in part, and work goes on."""
    from test_store_lake import ROWS, batch
    from test_store_ledger import KEY

    lake, blobs, ledger = Lake(home / "lake"), Blobs(home / "blobs"), Ledger(home / "ledger.db", KEY)
    done = {what: sum(line.startswith(what) for line in said) for what in ("lake", "blob", "ledger")}
    found = lake.read("sightings").column("batch").to_pylist()
    assert len(found) >= done["lake"] * ROWS and len(found) % ROWS == 0
    assert {f"b{n}" for n in range(done["lake"])} <= set(found)
    kept = {blobs.get(name) for name in blobs.names()}
    assert {b"bland bytes %d" % n for n in range(done["blob"])} <= kept
    assert ledger.check() == []
    with ledger.read() as tx:
        fact, count, reading = meta.get(tx, "fact"), events.count(tx), audit.Reading(tx)
        assert len(list(reading.entries())) == count and reading.wrong == []
    assert done["ledger"] <= count <= done["ledger"] + 1 and fact == ([count - 1] * 3000 if count else None)
    lake.append("sightings", batch(9))
    assert blobs.get(blobs.put(b"bland bytes 0")) == b"bland bytes 0"
    with ledger.write() as tx:
        meta.put(tx, "fact", "again")
    ledger.close()
    assert len(lake.read("sightings")) == len(found) + ROWS


def cut(before, calls, folder, every, *, by_chance):
    """Lose power after every so many calls of the work; return how often, and how many calls there were."""
    disk, points, seen = copy.deepcopy(before), 0, 0
    for call in calls:
        if not disk.play(call):
            continue
        seen += 1
        if seen % every:
            continue
        for chance in (
            [None, random.Random(seen)] if by_chance else [random.Random(seen) if points % 2 else None]
        ):
            place = folder / f"{seen}-{chance is not None}"
            disk.image(place, chance)
            check(place, disk.said)
            shutil.rmtree(place)
            points += 1
    return points, seen


@pytest.mark.trust("REL-2")
def test_what_was_acknowledged_outlives_a_loss_of_power(worked, tmp_path):
    """Some fifteen points, with nothing that was not flushed and with some of it in turn."""
    before, calls = worked
    points, seen = cut(before, calls, tmp_path, 17, by_chance=False)
    print(f"{points} of {seen} points")
    assert points >= 12


@pytest.mark.soak
@pytest.mark.trust("REL-2")
@pytest.mark.timeout(1200)
def test_what_was_acknowledged_outlives_a_loss_of_power_at_every_call(worked, tmp_path):
    """After each call both with nothing that was not flushed and with some of it: over 200 points."""
    points, seen = cut(*worked, tmp_path, 1, by_chance=True)
    print(f"{points} points, {seen} calls")
    assert points >= 200


@pytest.mark.trust("REL-2")
def test_a_store_that_did_not_flush_would_be_seen(worked, tmp_path):
    """The negative twin: without the flushes of the lake, something that it acknowledged is not there."""
    before, calls = worked
    careless = [c for c in calls if c.name != "fsync" or "lake" not in c.handle()[1].parts]
    assert len(careless) < len(calls)
    with pytest.raises(AssertionError):
        cut(before, careless, tmp_path, 40, by_chance=False)


def test_what_was_not_flushed_is_lost(tmp_path):
    """The negative twin: bytes without a flush are gone, and so is a name whose folder was not flushed."""
    (home := tmp_path / "home").mkdir()
    disk, calls = traced(CARELESS, home, tmp_path)
    for call in calls:
        disk.play(call)
    disk.image(tmp_path / "image", None)
    assert {p.name: len(p.read_bytes()) for p in (tmp_path / "image").iterdir()} == {"0": 100, "1": 0}
