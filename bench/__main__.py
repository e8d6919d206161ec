"""`make bench`: every measurement, one after the other. Quality is of invented ads, and says so."""

from __future__ import annotations

import subprocess
import sys

PRESETS = ("easy", "standard", "hard", "spam", "sparse", "multilingual", "decoys")
STEPS = [
    ("reading, on generated sets", ["bench.quality.reading", "--ours"]),
    ("reading, on hostile texts", ["bench.speed.hostile"]),
    *[
        (f"joining and ranking, {p}", ["bench.quality.connect", "--preset", p, "--seed", "901"])
        for p in PRESETS
    ],
    (
        "joining with every telephone number masked",
        ["bench.quality.connect", "--preset", "standard", "hard", "--seed", "901", "--mask-phones"],
    ),
    ("templates, on texts of another make", ["bench.quality.wordings", "--ads", "5000", "20000", "--peers"]),
    ("joining, beside Splink on the same pairs", ["bench.quality.pairs", "--seed", "901"]),
    ("the whole way, 100,000 ads", ["bench.speed.way"]),
    ("search, 100,000 ads", ["bench.speed.search"]),
    ("the audit log", ["bench.speed.audit"]),
]


def main() -> int:
    """Run every bench; return how many failed."""
    print("Measured on invented ads; it says nothing about how many victims are found.")
    failed = 0
    for title, words in STEPS:
        print(f"\n== {title}", flush=True)
        failed += subprocess.call([sys.executable, "-m", *words]) != 0
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
