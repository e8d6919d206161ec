"""Killed at any point and started again, the same schedule ends with the same export, bit for bit.

The schedule: take in five files, refresh, take in three more (repeats and changes among them), refresh.
Each step is killed with SIGKILL after a random part of its usual time, workers included, then repeated.
"""

import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from surroundings import environment

EXPORTS = ("ads", "mentions", "templates", "identities", "leads")
ADS_PER_FILE = 150


def homeward(*words: str) -> list[str]:
    return [sys.executable, "-m", "homeward.app.cli.main", *words]


def run(words: Sequence[str], env: dict[str, str]) -> str:
    done = subprocess.run(homeward(*words), env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def kill_after(seconds: float, words: Sequence[str], env: dict[str, str]) -> bool:
    """Start a command, kill its whole process group after `seconds`; return whether it was still running."""
    child = subprocess.Popen(
        homeward(*words),
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        child.wait(seconds)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        return True


def world(folder: Path, env: dict[str, str], *, per_file: int = ADS_PER_FILE) -> list[Path]:
    """Eight files of one world; the last three begin with ads that the first ones held, some changed."""
    run(["world", str(per_file * 8), "--seed", "11", "-o", str(folder / "world")], env)
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
    at = ["--home", str(home)]
    return [
        ["init", "--demo", *at],
        ["ingest", *map(str, files[:5]), *at],
        ["refresh", *at],
        ["ingest", *map(str, files[5:]), *at],
        ["refresh", *at],
    ]


def digests(home: Path, env: dict[str, str]) -> dict[str, str]:
    return {
        what: hashlib.sha256(
            run(["export", what, "--format", "jsonl", "-o", "-", "--home", str(home)], env).encode()
        ).hexdigest()
        for what in EXPORTS
    }


def known_ads(home: Path, env: dict[str, str]) -> set[str]:
    """The captures that the workspace holds now: what was acknowledged so far."""
    from homeward.store.lake import Lake

    lake = Lake(home / "lake")
    return set(lake.read("ads", columns=["capture"]).column("capture").to_pylist())


def kills(folder: Path, *, count: int, seed: int, per_file: int = ADS_PER_FILE) -> None:
    env = environment(folder)
    files = world(folder, env, per_file=per_file)
    usual: list[float] = []
    for step in schedule(folder / "calm", files):
        began = time.monotonic()
        run(step, env)
        usual.append(time.monotonic() - began)
    expected = digests(folder / "calm", env)

    chance = random.Random(seed)
    home = folder / "killed"
    steps = schedule(home, files)
    run(steps[0], env)
    # The kills are shared out evenly over the four working steps.
    share = [count // 4 + (1 if i < count % 4 else 0) for i in range(4)]
    for step, seconds, times in zip(steps[1:], usual[1:], share, strict=True):
        for _ in range(times):
            before = known_ads(home, env)
            killed_inside(chance, seconds, step, env, home)
            assert before <= known_ads(home, env), "an acknowledged capture was lost"
        run(step, env)
    assert digests(home, env) == expected


def killed_inside(
    chance: random.Random, seconds: float, step: list[str], env: dict[str, str], home: Path
) -> None:
    """Kill the step while it runs; where it ended first, put the workspace back and try an earlier moment."""
    kept = home.with_name("kept")
    shutil.copytree(home, kept)
    try:
        for _ in range(8):
            began = time.monotonic()
            if kill_after(chance.uniform(0.2, 1.0) * seconds, step, env):
                return
            seconds = time.monotonic() - began
            shutil.rmtree(home)
            shutil.copytree(kept, home)
        raise AssertionError("the step ended before every kill")
    finally:
        shutil.rmtree(kept)


@pytest.mark.timeout(400)
def test_fifteen_kills_lose_nothing(tmp_path):
    """Fifteen kills over ingest and refresh: nothing acknowledged is lost, and the export is the same."""
    kills(tmp_path, count=15, seed=20261101)


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(8))
def test_a_hundred_kills_lose_nothing(tmp_path, seed):
    """Over a hundred kills on larger files, in eight schedules of their own."""
    kills(tmp_path, count=15, seed=seed, per_file=600)


def judged(home: Path, env: dict[str, str]) -> set[tuple[str, str]]:
    """The pairs of which a judgement holds."""
    told = json.loads(run(["judgements", "--json", "--home", str(home)], env))
    return {(row["a"], row["b"]) for row in told["judgements"]}


def killed_judgements(folder: Path, *, count: int, seed: int) -> None:
    """Judge pair after pair, killing each command at a random moment; what was acknowledged stays."""
    env = environment(folder)
    files = world(folder, env, per_file=30)
    home = folder / "home"
    for step in schedule(home, files)[:3]:
        run(step, env)
    exported = run(["export", "ads", "--format", "jsonl", "-o", "-", "--home", str(home)], env)
    ads = sorted({json.loads(line)["ad"] for line in exported.splitlines()})
    pairs = itertools.islice(itertools.combinations(ads, 2), 10 * count)
    chance, acknowledged, killed, seconds = random.Random(seed), set(), 0, 60.0  # the first one is let be
    for a, b in pairs:
        began = time.monotonic()
        words = ["judge", a, b, "different", "--why", "the drill", "--home", str(home)]
        if kill_after(chance.uniform(0.4, 1.4) * seconds, words, env):
            killed += 1
        else:
            acknowledged.add((a, b))
            seconds = time.monotonic() - began
        if killed == count:
            break
    assert killed == count and acknowledged, "too few were killed, or all"
    assert acknowledged <= judged(home, env)
    run(["audit", "verify", "--home", str(home)], env)


@pytest.mark.trust("REL-1")
@pytest.mark.timeout(400)
def test_judgements_that_were_acknowledged_outlive_kills(tmp_path):
    """Judging killed at random moments: each acknowledged judgement is there, and the log verifies."""
    killed_judgements(tmp_path, count=4, seed=20261102)


@pytest.mark.soak
@pytest.mark.trust("REL-1")
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_kills_lose_nothing(tmp_path, seed):
    """With the other seeds 1,000 kills: 500 over taking in and refreshing, 500 over judging."""
    kills(tmp_path / "work", count=50, seed=100 + seed)
    killed_judgements(tmp_path / "judge", count=50, seed=200 + seed)
