"""`python -m bench.speed.reading`: whole ads read a second and core, contact kinds and all kinds, on a world.

Then what a million ads take on two cores: projected from the rate, or, with `--million`, a million ads of the
world read by two worker processes of the local engine, as an ingest has them read.

Each figure is the best of a few passes over the same ads, every pass with the kept parts forgotten, so
that a title or body met twice within a pass is read once, as in an ingest, and none is from the pass before.
"""

from __future__ import annotations

import argparse
import time

import pyarrow as pa

from homeward.collect import world
from homeward.engine.local import LocalEngine
from homeward.extract import kernel, read

MILLION, PART, WORKERS = 1_000_000, 50_000, 2
KERNEL = "homeward.extract.kernel:read_batch"


def batches(n: int, preset: str, seed: int = 3) -> list[pa.RecordBatch]:
    """Return a world as the kernel is given it."""
    rows = [
        {
            "ad": f"a{i}",
            "capture": f"c{i}",
            "batch": "b",
            "month": "2026-11",
            **{c: ad.get(c) for c in kernel.COLUMNS},
        }
        for i, (ad, _) in enumerate(world.generate(n, seed=seed, preset=preset))
    ]
    table = pa.Table.from_pylist(rows)
    return [table.slice(at, 2000).combine_chunks().to_batches()[0] for at in range(0, n, 2000)]


def contacts(batch: pa.RecordBatch) -> int:
    """Read the contact kinds of a batch; return how many mentions."""
    return sum(map(len, kernel.read_parts(key for _, key in kernel.keys_of(batch, read.CONTACTS))))


def million(preset: str) -> float:
    """Return the seconds in which two workers read a million ads; making them is not counted."""
    spent = 0.0
    with LocalEngine(WORKERS) as engine:
        engine.map(KERNEL, pa.Table.from_batches(batches(4000, preset)))  # the workers start
        for part in range(MILLION // PART):
            table = pa.Table.from_batches(batches(PART, preset, seed=part))
            began = time.perf_counter()
            engine.map(KERNEL, table)
            spent += time.perf_counter() - began
    return spent


def main() -> None:
    """Print ads a second and core."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=20_000)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--preset", default="standard")
    parser.add_argument("--million", action="store_true", help="read a million ads on two cores")
    given = parser.parse_args()
    ads = batches(given.n, given.preset)
    rate = 0.0
    for name, work in (("contact kinds", contacts), ("all kinds", lambda b: kernel.read_batch(b).num_rows)):
        best, found = float("inf"), 0
        for _ in range(given.passes):
            kernel.forget()
            began = time.process_time()
            found = sum(work(batch) for batch in ads)
            best = min(best, time.process_time() - began)
        rate = given.n / best
        print(
            f"{name:14} {given.n / best:8,.0f} ads/s and core  ({given.n:,} {given.preset} ads, {found:,} mentions)"
        )
    print(f"a million ads on two cores: {MILLION / rate / WORKERS:,.0f} s, projected")
    if given.million:
        print(f"a million ads on two cores: {million(given.preset):,.0f} s, read")


if __name__ == "__main__":
    main()
