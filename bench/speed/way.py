"""`python -m bench.speed.way`: from a file of synthetic ads to leads, timed step by step, with peak memory.

Every step is a real command in a process of its own. The share of each step in plain parsing of the same
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
from pathlib import Path


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


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ads", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--preset", default="standard")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "XDG_CONFIG_HOME": f"{folder}/config"}
        at = ["--home", f"{folder}/ws"]
        command(env, "world", str(given.ads * 11 // 10), "--seed", str(given.seed), "--preset", given.preset,
                "-o", f"{folder}/w")  # fmt: skip
        lines = Path(folder, "w", "ads.jsonl").read_bytes().splitlines(keepends=True)
        first, more = Path(folder, "first.jsonl"), Path(folder, "more.jsonl")
        first.write_bytes(b"".join(lines[: given.ads]))
        more.write_bytes(b"".join(lines[given.ads :]))
        began = time.monotonic()
        for line in lines[: given.ads]:
            json.loads(line)
        plain = time.monotonic() - began
        del lines
        print(f"plain json parsing of {given.ads:,} ads: {plain:.1f} s")
        total = 0.0
        steps = [
            ("init", ["init", "--demo"]),
            ("ingest", ["ingest", str(first)]),
            ("refresh", ["refresh"]),
            ("ingest again", ["ingest", str(first)]),
            ("ingest 10 % more", ["ingest", str(more)]),
            ("refresh 10 % more", ["refresh"]),
        ]
        for name, words in steps:
            seconds, peak, said = command(env, *words, *at)
            total += seconds if name in ("ingest", "refresh") else 0.0
            print(
                f"{name:18} {seconds:7.1f} s  {seconds / plain:6.1f} x parsing  peak {peak:.2f} GB  {said.splitlines()[0][:110]}"
            )
            if name == "refresh":
                print(f"{'file to leads':18} {total:7.1f} s  {total / plain:6.1f} x parsing")


if __name__ == "__main__":
    main()
