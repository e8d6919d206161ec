"""What the kill tests share: commands that are forked and killed, and the work they are killed at."""

import contextlib
import hashlib
import itertools
import json
import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from surroundings import environment

EXPORTS = ("ads", "mentions", "templates", "identities", "leads")
FORGE = Path(__file__).with_name("forge.py")


class Forge:
    """Runs commands of one person at a time, forked from a process that has everything imported."""

    def __init__(self) -> None:
        start = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, FORGE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=start
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()

    def within(self, folder: Path) -> Self:
        """Be the forge of the person who works below this folder."""
        folder.mkdir(exist_ok=True)
        self.folder, self.env, self._said = folder, environment(folder), folder / "said"
        return self

    def run(self, words: Sequence[str]) -> str:
        """Run a command to its end and return what it said; it must succeed."""
        code = self.end(words, None)
        said = self._said.read_text("utf-8")
        assert code == 0, said
        return said

    def kill_after(self, seconds: float, words: Sequence[str]) -> bool:
        """Kill a command and its workers after `seconds`; return whether it was still running."""
        code = self.end(words, seconds)
        assert code in (0, -signal.SIGKILL), self._said.read_text("utf-8")
        return code != 0

    def end(self, words: Sequence[str], seconds: float | None) -> int:
        """Return the exit code of a command, killed after `seconds` if any are given."""
        asked = {"words": [*words], "env": self.env, "said": str(self._said)}
        self._process.stdin.write(json.dumps(asked).encode() + b"\n")
        pid = int(self._process.stdout.readline())
        if seconds is not None and not select.select([self._process.stdout], [], [], seconds)[0]:
            with contextlib.suppress(ProcessLookupError):  # it ended at this very moment
                os.killpg(pid, signal.SIGKILL)
        return int(self._process.stdout.readline())


def world(forge: Forge, *, per_file: int) -> list[Path]:
    """Eight files of one world; the last three begin with ads that the first ones held, some changed."""
    folder = forge.folder
    forge.run(["world", str(per_file * 8), "--seed", "11", "-o", str(folder / "world")])
    lines = (folder / "world" / "ads.jsonl").read_bytes().splitlines(keepends=True)
    files = []
    for i in range(8):
        part = lines[i * per_file : (i + 1) * per_file]
        if i >= 5:
            part = lines[: per_file // 5] + part
            part[0] = part[0].replace(b'"body":"', b'"body":"Changed %d. ' % i, 1)
        path = folder / f"part-{i}.jsonl"
        path.write_bytes(b"".join(part))
        files.append(path)
    return files


def schedule(home: Path, files: list[Path]) -> list[list[str]]:
    """Make a workspace, take in five files, refresh, take in three more, refresh."""
    at = ["--home", str(home)]
    return [
        ["init", "--demo", *at],
        ["ingest", *map(str, files[:5]), *at],
        ["refresh", *at],
        ["ingest", *map(str, files[5:]), *at],
        ["refresh", *at],
    ]


def digests(home: Path, forge: Forge) -> dict[str, str]:
    """The SHA-256 of every export."""
    return {
        what: hashlib.sha256(
            forge.run(["export", what, "--format", "jsonl", "-o", "-", "--home", str(home)]).encode()
        ).hexdigest()
        for what in EXPORTS
    }


def known_ads(home: Path) -> set[str]:
    """The captures that the workspace holds now: what was acknowledged so far."""
    from homeward.store.lake import Lake

    return set(Lake(home / "lake").read("ads", columns=["capture"]).column("capture").to_pylist())


def kill_at_work(forge: Forge, *, count: int, seed: int, per_file: int) -> None:
    """Kill taking in and refreshing, `count` times; then the exports are those of an undisturbed run."""
    folder = forge.folder
    files = world(forge, per_file=per_file)
    usual: list[float] = []
    for step in schedule(folder / "calm", files):
        began = time.monotonic()
        forge.run(step)
        usual.append(time.monotonic() - began)
    expected = digests(folder / "calm", forge)

    chance, home = random.Random(seed), folder / "killed"
    steps = schedule(home, files)
    forge.run(steps[0])
    # The kills are shared out evenly over the four working steps.
    share = [count // 4 + (1 if i < count % 4 else 0) for i in range(4)]
    for step, seconds, times in zip(steps[1:], usual[1:], share, strict=True):
        for _ in range(times):
            before = known_ads(home)
            _kill_inside(chance, seconds, step, forge, home)
            assert before <= known_ads(home), "an acknowledged capture was lost"
            forge.run(["audit", "verify", "--home", str(home)])
        forge.run(step)
    assert digests(home, forge) == expected


def _kill_inside(chance: random.Random, seconds: float, step: list[str], forge: Forge, home: Path) -> None:
    """Kill the step while it runs; where it ended first, put everything back and try an earlier moment.

    The copied checkpoints are put back with the workspace: without them it would be an older log put back.
    """
    places = [home, Path(forge.env["XDG_STATE_HOME"])]
    kept = home.with_name("kept")
    for place in places:
        shutil.copytree(place, kept / place.name)
    try:
        for _ in range(20):
            began = time.monotonic()
            if forge.kill_after(chance.uniform(0.0, 1.0) * seconds, step):
                return
            seconds = time.monotonic() - began
            for place in places:
                shutil.rmtree(place)
                shutil.copytree(kept / place.name, place)
        raise AssertionError("the step ended before every kill")
    finally:
        shutil.rmtree(kept)


def kill_at_judging(forge: Forge, *, count: int, seed: int) -> None:
    """Judge pair after pair, killed `count` times at random moments; what was acknowledged stays."""
    folder = forge.folder
    files = world(forge, per_file=30)
    home = folder / "home"
    for step in schedule(home, files)[:3]:
        forge.run(step)
    exported = forge.run(["export", "ads", "--format", "jsonl", "-o", "-", "--home", str(home)])
    ads = sorted({json.loads(line)["ad"] for line in exported.splitlines()})
    chance, acknowledged, killed, seconds = random.Random(seed), set(), 0, 60.0  # the first is let be
    for a, b in itertools.islice(itertools.combinations(ads, 2), 10 * count):
        began = time.monotonic()
        words = ["judge", a, b, "different", "--why", "the drill", "--home", str(home)]
        if forge.kill_after(chance.uniform(0.0, 1.2) * seconds, words):
            killed += 1
            forge.run(["audit", "verify", "--home", str(home)])
        else:
            acknowledged.add((a, b))
            seconds = time.monotonic() - began
        if killed == count:
            break
    assert killed == count and acknowledged, "too few were killed, or all"
    told = json.loads(forge.run(["judgements", "--json", "--home", str(home)]))
    assert acknowledged <= {(row["a"], row["b"]) for row in told["judgements"]}


def kill_at_exporting(forge: Forge, *, count: int, seed: int) -> None:
    """Export again and again, killed `count` times; every file that is there is whole, and on the list.

    Who got which ads is compared with an export that nobody disturbed: of a file that is there exactly its
    ads, of one that is not either the same or none. What is left of a killed one goes with the next.
    """
    folder = forge.folder
    files = world(forge, per_file=30)
    home, out = folder / "home", folder / "out"
    out.mkdir()
    for step in schedule(home, files)[:3]:
        forge.run(step)
    expected: dict[str, bytes] = {}
    for what in EXPORTS:
        forge.run(_export(what, out / f"calm-{what}", home))
        expected[what] = (out / f"calm-{what}").read_bytes()
    chance, there, killed, seconds = random.Random(seed), set(), 0, 60.0  # the first is let be
    for n in range(10 * count):
        what = EXPORTS[n % len(EXPORTS)]
        path = out / what
        path.unlink(missing_ok=True)
        began = time.monotonic()
        if forge.kill_after(chance.uniform(0.0, 1.1) * seconds, _export(what, path, home, to=f"{n}-{what}")):
            killed += 1
            forge.run(["audit", "verify", "--home", str(home)])
        else:
            seconds = time.monotonic() - began
            assert path.exists(), "an export that was acknowledged is not there"
            assert not list(out.glob(f".{what}.*")), "what a killed export left is still there"
        if path.exists():
            assert path.read_bytes() == expected[what], "half an export"
            there.add(f"{n}-{what}")
        if killed == count:
            break
    assert killed == count and there, "too few were killed, or all"
    listed = _listed(forge, home, expected["ads"])
    for name, ads in listed.items():
        assert ads == listed[f"calm-{name.split('-')[-1]}"], "an export is on the list in part"
    assert there <= set(listed), "an export is not on the list of disclosures"


def _export(what: str, path: Path, home: Path, *, to: str = "") -> list[str]:
    words = ["export", what, "--format", "jsonl", "-o", str(path), "--home", str(home)]
    return [*words, "--to", to or path.name, "--basis", "the drill"]


def _listed(forge: Forge, home: Path, exported: bytes) -> dict[str, list[str]]:
    """Return which ads each recipient got, once for each time."""
    ads = [json.loads(line)["ad"] for line in exported.splitlines()]
    told = json.loads(forge.run(["records", "recipients", *ads, "--json", "--home", str(home)]))
    found: dict[str, list[str]] = {}
    for row in told["recipients"]:
        found.setdefault(row["recipient"], []).append(row["ad"])
    return {name: sorted(got) for name, got in found.items()}


def kill_at_rekeying(forge: Forge, *, count: int, seed: int) -> None:
    """Change the ledger's key, killed `count` times; after each kill the whole log is read and verifies."""
    folder = forge.folder
    at = ["--home", str(folder / "home")]
    forge.run(["init", "--demo", *at])
    chance, killed, seconds = random.Random(seed), 0, 60.0  # the first is let be
    for _ in range(10 * count):
        began = time.monotonic()
        if forge.kill_after(chance.uniform(0.0, 1.0) * seconds, ["key", "rotate", *at]):
            killed += 1
        else:
            seconds = time.monotonic() - began
        forge.run(["audit", "verify", *at])
        if killed == count:
            return
    raise AssertionError("too few were killed")
