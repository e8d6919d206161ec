"""`python -m bench.quality.nearby`: does building only the neighbourhood of new ads agree with building all?

Takes in all but the last of a world and refreshes, then the rest: once with the neighbourhood alone, and once
with everything. Prints the agreement of both by pairs of ads, of the leads' words, and the seconds of each.
Measured on invented ads; it says nothing about how many victims are found.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from bench.speed.way import command
from homeward.app import compose, settings
from homeward.connect.evaluation import agreement
from homeward.inputs import read_run
from homeward.store.ledger import pins


def current(env: Mapping[str, str], home: str) -> dict[str, pa.Table]:
    """Return the tables of a workspace's current run."""
    with compose.opened(settings.load(env, home=Path(home))) as house:
        with house.ledger.read() as tx:
            run = pins.current(tx)
        assert run is not None
        return read_run(house, run)


def compare(near: Mapping[str, pa.Table], whole: Mapping[str, pa.Table]) -> None:
    """Print how far two runs over the same ads agree."""
    a, b = (run["members"].sort_by("ad") for run in (near, whole))
    assert a["ad"].to_pylist() == b["ad"].to_pylist()
    for level in ("template", "persona", "network"):
        both = agreement(a[level].to_pylist(), b[level].to_pylist()).pairs
        print(f"{level:10} pairs: precision {both.precision:.4f} recall {both.recall:.4f} F1 {both.f1:.4f}")
    leads = [{row["identity"]: row for row in run["leads"].to_pylist()} for run in (near, whole)]
    every = leads[0].keys() | leads[1].keys()
    same = [i for i in leads[0].keys() & leads[1].keys() if leads[0][i]["word"] == leads[1][i]["word"]]
    print(f"leads      {len(leads[0]):,} and {len(leads[1]):,}; the same word {len(same) / len(every):.4f}")
    for first in (50, 200):
        top = [{i for i, row in one.items() if row["rank"] <= first} for one in leads]
        print(f"first {first:4} leads in common: {len(top[0] & top[1])}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--preset", default="standard")
    parser.add_argument("--more", type=float, default=0.1, help="how many more ads than at first, as a share")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "XDG_CONFIG_HOME": f"{folder}/config", "XDG_STATE_HOME": f"{folder}/state"}
        command(env, "world", str(given.n), "--seed", str(given.seed), "--preset", given.preset,
                "-o", f"{folder}/w")  # fmt: skip
        lines = Path(folder, "w", "ads.jsonl").read_bytes().splitlines(keepends=True)
        cut = round(given.n / (1 + given.more))
        Path(folder, "first.jsonl").write_bytes(b"".join(lines[:cut]))
        Path(folder, "more.jsonl").write_bytes(b"".join(lines[cut:]))
        near, whole = f"{folder}/near", f"{folder}/whole"
        command(env, "init", "--demo", "--home", near)
        command(env, "ingest", f"{folder}/first.jsonl", "--home", near)
        command(env, "refresh", "--home", near)
        command(env, "ingest", f"{folder}/more.jsonl", "--home", near)
        shutil.copytree(near, whole)
        seconds, peak, said = command(env, "refresh", "--json", "--home", near)
        made = json.loads(said)
        print(f"the neighbourhood: {made['built']:,} of {made['ads']:,} ads, {seconds:.1f} s, {peak:.2f} GB")
        print(f"  {made['seconds']}")
        seconds, peak, said = command(env, "refresh", "--full", "--json", "--home", whole)
        made = json.loads(said)["seconds"]
        print(f"everything: {seconds:.1f} s, of which signing anew {made['wordings']:.1f} s, {peak:.2f} GB")
        compare(current(env, near), current(env, whole))


if __name__ == "__main__":
    main()
