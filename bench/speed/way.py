"""`python -m bench.speed.way`: from a file of synthetic ads to leads, timed step by step, with peak memory.

Every step is a real command in a process of its own. The first load leaves the search index to the refresh,
which makes leads first: both are told apart. The share of each step in plain parsing of the same
file is printed beside the seconds, since seconds alone say more about the machine than about the code.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WAY = ("ingest", "refresh")  # the steps from a file to leads


@dataclass(frozen=True, slots=True)
class Step:
    """A command that was run: its name, seconds, the largest process so far in GB, what it printed first.

    `index` is how many of the seconds the search index took that followed the leads; `processor` are the
    seconds that the command and its workers had a processor, which other programs change little.
    """

    name: str
    seconds: float
    peak: float
    said: str
    index: float = 0.0
    processor: float = 0.0


def command(env: dict[str, str], *words: str) -> tuple[float, float, str]:
    """Run one command; return its seconds, the peak memory so far of any step (GB), and what it printed."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "homeward.app.cli.main", *words], env=env, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    return time.monotonic() - began, peak, done.stdout.strip()


def processor() -> float:
    """Return the seconds of processor that all commands so far took, with their workers."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def parsed(file: Path) -> float:
    """Return the seconds of plain JSON parsing of a file, line by line."""
    began = time.monotonic()
    with file.open("rb") as lines:
        for line in lines:
            json.loads(line)
    return time.monotonic() - began


def parted(file: Path, folder: Path, ads: int) -> tuple[Path, Path]:
    """Write the first `ads` lines of a file and the others into files of their own."""
    first, more = folder / "first.jsonl", folder / "more.jsonl"
    with file.open("rb") as lines, first.open("wb") as one, more.open("wb") as other:
        for i, line in enumerate(lines):
            (one if i < ads else other).write(line)
    return first, more


def steps(
    ads: int, *, seed: int, preset: str, share: float = 0.1, file: Path | None = None
) -> Iterator[Step]:
    """Run the way from a file to leads and on to `share` more ads; yield plain parsing first, then each step.

    `file` is a world's ads that lie there already, since a large world takes longer to make than to read.
    """
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "XDG_CONFIG_HOME": f"{folder}/config"}
        at = ["--home", f"{folder}/ws"]
        whole = str(round(ads * (1 + share)))
        if file is None:
            command(env, "world", whole, "--seed", str(seed), "--preset", preset, "-o", f"{folder}/w")
        first, more = parted(file or Path(folder, "w", "ads.jsonl"), Path(folder), ads)
        began = time.process_time()
        seconds = parsed(first)
        yield Step("parsing", seconds, 0.0, "", processor=time.process_time() - began)
        for name, words in [
            ("init", ["init", "--demo"]),
            ("ingest", ["ingest", "--leads-first", str(first)]),
            ("refresh", ["refresh"]),
            ("ingest again", ["ingest", str(first)]),
            (f"ingest {share:.0%} more", ["ingest", str(more)]),
            (f"refresh {share:.0%} more", ["refresh"]),
        ]:
            before = processor()
            seconds, peak, said = command(env, *words, *at)
            lines = said.splitlines()
            index = [float(line.split()[-2]) for line in lines if line.startswith("  search index:")]
            yield Step(name, seconds, peak, lines[0], sum(index), processor() - before)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ads", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--preset", default="standard")
    parser.add_argument("--share", type=float, default=0.1, help="how many more are taken in afterwards")
    given = parser.parse_args()
    plain = total = 0.0
    for step in steps(given.ads, seed=given.seed, preset=given.preset, share=given.share):
        if step.name == "parsing":
            plain = step.seconds
            print(f"plain json parsing of {given.ads:,} ads: {plain:.1f} s")
            continue
        total += step.seconds - step.index if step.name in WAY else 0.0
        print(
            f"{step.name:18} {step.seconds:7.1f} s  {step.seconds / plain:6.1f} x parsing  peak {step.peak:.2f} GB  {step.said[:110]}",
            flush=True,
        )
        if step.name == "refresh":
            print(f"{'file to leads':18} {total:7.1f} s  {total / plain:6.1f} x parsing")
            print(
                f"{'search index':18} {step.index:7.1f} s  {step.index / plain:6.1f} x parsing, after the leads"
            )


if __name__ == "__main__":
    main()
