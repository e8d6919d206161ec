"""`python -m bench.speed.growth`: does time grow in proportion to the ads? Measured, kept, and drawn.

    python -m bench.speed.growth --ads 10000 30000 100000 --seed 7 --note "quiet"

Each size is a world of its own, taken in and refreshed by real commands (bench.speed.way). Seconds on the
clock, the search index that follows the leads, the largest process, and what 15 % more ads take, stand in
docs/explanation/growth.json, one entry a size, measured anew or kept, and under `processor` the seconds of
processor of each step, index included. The curve beside it is drawn from that file alone, by matplotlib in an
environment of its own, and from seconds of processor, since a busy machine stretches the clock. Growth is linear
where the curve of shares in plain parsing of the same file is flat.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from pathlib import Path

from bench.quality.reading.peers import ROOT, python
from bench.speed.way import steps

KEPT = ROOT / "docs" / "explanation" / "growth.json"
PICTURE = KEPT.with_suffix(".svg")
HOME, LOCK = ROOT / ".venv-curves", ROOT / "bench" / "requirements" / "curves.txt"
SCRIPT = Path(__file__).with_name("growth_draw.py")
SHARE = 0.15  # how many more ads are taken in afterwards


def measured(ads: int, *, seed: int, preset: str, note: str, file: Path | None = None) -> dict[str, object]:
    """Run the way once; return one entry of the file that is kept."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    entry: dict[str, object] = {
        "ads": ads, "seed": seed, "preset": preset, "tree": commit.stdout.strip(), "note": note
    }  # fmt: skip
    peak, processor = 0.0, dict[str, float]()
    for step in steps(ads, seed=seed, preset=preset, share=SHARE, file=file):
        if step.name != "init":
            processor[step.name] = round(step.processor, 2)
            entry[step.name] = round(step.seconds - step.index, 2)
            peak = max(peak, step.peak)
        if step.name == "refresh":
            entry |= {"index": round(step.index, 2), "peak_gb": round(peak, 2)}
    return {**entry, "peak_more_gb": round(peak, 2), "processor": processor}


def keep(entry: dict[str, object]) -> list[dict[str, object]]:
    """Put an entry in the place of the one of its size; return all, the smallest first."""
    kept = json.loads(KEPT.read_text()) if KEPT.exists() else []
    rest = [e for e in kept if e["ads"] != entry["ads"]]
    entries = sorted([*rest, entry], key=lambda e: int(str(e["ads"])))
    KEPT.write_text(json.dumps(entries, indent=1) + "\n")
    return entries


def draw() -> None:
    """Draw the curves of what is kept."""
    subprocess.run([str(python(HOME, LOCK)), "-I", str(SCRIPT), str(KEPT), str(PICTURE)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ads", type=int, nargs="*", default=[10_000, 30_000, 100_000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--preset", default="standard")
    parser.add_argument("--file", type=Path, help="ads of such a world, for one size, where they lie already")
    parser.add_argument("--note", default="", help="what else the machine did meanwhile")
    given = parser.parse_args()
    for ads in given.ads:
        entry = measured(ads, seed=given.seed, preset=given.preset, note=given.note, file=given.file)
        keep(entry)
        print(json.dumps(entry), flush=True)
    draw()


if __name__ == "__main__":
    main()
