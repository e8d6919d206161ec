"""Do one act again and again, each time with another of its calls to the disk failing.

python faults.py FOLDER EVERY ACT...

The act is done by a forked child that `strace` is attached to, which makes the n-th call of a kind fail as a
full or broken disk does; an act with a `!` behind it is killed there. Says, as a line of JSON each, which
call it was, how it ended, and whether what is there then is what was there before, or all that the act would
have left (`no`, `yes`; else what is wrong).
"""

import ctypes
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "store"))

from test_store_lake import ROWS, batch
from test_store_ledger import KEY, NOON, look

from homeward.desk import backups
from homeward.house import make_house
from homeward.model.actor import Actor
from homeward.model.errors import HomewardError
from homeward.store import archive, keys
from homeward.store.blobs import Blobs
from homeward.store.lake import Lake
from homeward.store.ledger import Ledger, events, meta

FULL = ("write", "pwrite64", "ftruncate", "openat", "mkdir", "link", "linkat")
BROKEN = ("fsync", "fdatasync", "rename", "renameat2", "unlink")
CHANGES = re.compile(r"O_CREAT|O_WRONLY|O_RDWR")
ACTOR = Actor("local:1000", "cli")
OLD, FRESH = (hashlib.sha256(word).digest() for word in (b"old", b"fresh"))
ENDED = {0: "done", 3: "refused", -signal.SIGKILL: "killed"}
UNTRACEABLE, NO = 7, 10


class Blob:
    """One more original."""

    def begin(self, home):
        Blobs(home / "blobs").put(b"bland bytes")

    def act(self, home):
        Blobs(home / "blobs").put(b"other bland bytes")

    def done(self, home):
        blobs = Blobs(home / "blobs")
        found = sorted(blobs.get(name) for name in blobs.names())
        assert found in ([b"bland bytes"], [b"bland bytes", b"other bland bytes"]), found
        return len(found) == 2


class OfLedger:
    """One more event with its effect."""

    key = KEY

    def begin(self, home, n=0):
        ledger = Ledger(home / "ledger.db", self.key)
        with ledger.write() as tx:
            events.record(tx, look())
            meta.put(tx, "fact", [n] * 2000)
        ledger.close()

    def act(self, home):
        self.begin(home, 1)

    def done(self, home):
        ledger = Ledger(home / "ledger.db", KEY)
        assert ledger.check() == []
        with ledger.read() as tx:
            count, fact = events.count(tx), meta.get(tx, "fact")
        ledger.close()
        assert count in (1, 2) and fact == [count - 1] * 2000, (count, fact and fact[0])
        return count == 2


class OfLake:
    """One more batch."""

    def begin(self, home):
        Lake(home / "lake").append("sightings", batch(0), txn=("file", 0))

    def act(self, home):
        Lake(home / "lake").append("sightings", batch(1), txn=("file", 1))

    def done(self, home):
        found = Lake(home / "lake").read("sightings").column("batch").to_pylist()
        assert found in (["b0"] * ROWS, ["b0"] * ROWS + ["b1"] * ROWS), found
        return len(found) > ROWS


class Backup:
    """A backup of a small workspace."""

    def opened(self, home):
        return make_house(home, key=KEY, clock=lambda: NOON, workers=1, copies=[home.parent / "copies"])

    def begin(self, home):
        with self.opened(home) as house:
            house.blobs.put(b"bland bytes")
            house.lake.append("sightings", batch(0))
            with house.ledger.write() as tx:
                meta.put(tx, "fact", 1)

    def act(self, home):
        if (home / "b").exists():
            (home / "b").unlink()
        with self.opened(home) as house:
            backups.backup(ACTOR, house, home / "b")

    def done(self, home):
        with self.opened(home) as house:
            assert house.ledger.check() == [] and len(house.lake.read("sightings")) == ROWS
        if not (home / "b").exists():
            return False
        with (home / "b").open("rb") as source:
            archive.read(source, archive.head(source, "b"), home / "out", key=KEY, name="b")
        shutil.rmtree(home / "out")
        return True


class Rekey(OfLedger):
    """The ledger's key is changed; whatever becomes of it, one of both keys opens it and is in its place."""

    key = OLD

    def begin(self, home, n=0):
        keys.make(home / "keys", "abc", key=OLD)
        super().begin(home, n)

    def act(self, home):
        ledger = Ledger(home / "ledger.db", self.found(home))
        keys.prepare(home / "keys", "abc", self.found(home), FRESH)
        ledger.rekey(FRESH)
        keys.settle(home / "keys", "abc")

    def found(self, home):
        return keys.current(home / "keys", "abc", Ledger(home / "ledger.db", OLD).opens)

    def done(self, home):
        key = self.found(home)
        assert key in (OLD, FRESH) and keys.find(home / "keys", "abc") == key
        ledger = Ledger(home / "ledger.db", key)
        assert ledger.check() == []
        with ledger.read() as tx:
            assert events.count(tx) == 1 and meta.get(tx, "fact") == [0] * 2000
        ledger.close()
        return key == FRESH


ACTS = {"rekey": Rekey, "blob": Blob, "ledger": OfLedger, "lake": OfLake, "backup": Backup}


def forked(work):
    """Do something in a child; return its pid."""
    if pid := os.fork():
        return pid
    code = 4
    try:
        code = work() or 0
    except BaseException:
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(code)


def ended(pid, seconds=60):
    """How a child ended: its exit code, negative for a signal; one that hangs is killed."""
    until = time.monotonic() + seconds
    while not (done := os.waitpid(pid, os.WNOHANG))[0]:
        if time.monotonic() > until:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.002)
    return os.waitstatus_to_exitcode(done[1])


def traced(act, home, log, *more):
    """Do the act under strace; return how it ended and the calls that were traced."""

    ready, asked = os.pipe()

    def work():
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)  # PR_SET_PTRACER, ANY
        # Opened once, for a call made while strace comes would be counted.
        status = os.open("/proc/self/status", os.O_RDONLY)
        os.write(asked, b".")
        until = time.monotonic() + 10
        while b"TracerPid:\t0\n" in os.pread(status, 4096, 0):
            if time.monotonic() > until:
                return UNTRACEABLE
            time.sleep(0.002)
        try:
            act(home)
        except HomewardError:
            return 3

    pid = forked(work)
    os.close(asked)
    os.read(ready, 1)
    os.close(ready)
    command = ["strace", "-qq", "-f", "-y", "-s", "0", "-o", str(log), "-p", str(pid), *more]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    code = ended(pid)
    tracer.wait(20)
    return code, log.read_text("utf-8", "replace") if log.exists() else ""


def places(log, home):
    """The calls that change something below home: of each thread, the n-th of a kind.

    One whose number in another thread is a call on something else is left out: both would fail.
    """
    seen, found, others = {}, [], set()
    for line in log.splitlines():
        if not (match := re.match(r"(\d+) +(\w+)\((.*)", line)):
            continue
        thread, name, rest = match.groups()
        n = seen[thread, name] = seen.get((thread, name), 0) + 1
        ours = f"{home}/" in rest and (name != "openat" or CHANGES.search(rest))
        if not ours:
            others.add((name, n))
        elif (name, n) not in found:
            found.append((name, n))
    return [place for place in found if place not in others]


def tried(act, name, n, base, home, log, *, kill):
    """Do the act while the n-th call of that name fails, or kills it; return how it went."""
    shutil.rmtree(home)
    shutil.copytree(base, home)
    fault = "signal=KILL" if kill else "error=ENOSPC" if name in FULL else "error=EIO"
    code, calls = traced(act.act, home, log, "-e", f"trace={name}", "-e", f"inject={name}:{fault}:when={n}")
    told = {
        "call": name,
        "n": n,
        "hit": calls.count("INJECTED") or int(kill and code < 0),
        "ended": ENDED.get(code, code),
    }
    there = ended(forked(lambda: NO + act.done(home)))
    if there == NO:
        told["again"] = ended(forked(lambda: act.act(home)))
        told["then"] = ended(forked(lambda: NO + act.done(home))) - NO
    return {**told, "there": {NO: "no", NO + 1: "yes"}.get(there, there)}


def main():
    """Try every EVERY-th call of each act."""
    folder, every = Path(sys.argv[1]), int(sys.argv[2])
    for what in sys.argv[3:]:
        act, place, kill = ACTS[what.rstrip("!")](), folder / what, what.endswith("!")
        base, home, log = place / "base", place / "home", place / "log"
        place.mkdir()
        assert ended(forked(lambda act=act, base=base: act.begin(base))) == 0
        shutil.copytree(base, home)
        code, calls = traced(act.act, home, log, "-e", f"trace={','.join(FULL + BROKEN)}")
        if code == UNTRACEABLE:
            print(json.dumps({"act": what, "ended": "untraceable"}))
            return
        assert code == 0, code
        for name, n in places(calls, home)[::every]:
            print(json.dumps({"act": what, **tried(act, name, n, base, home, log, kill=kill)}), flush=True)


if __name__ == "__main__":
    main()
