"""How right are templates on texts of another make than the synthetic world's, and what becomes of each edit?

    python -m bench.quality.wordings --ads 5000 20000 --seed 1 [--peers] [--write FOLDER]

`kept` is the share of ads of one kind of copy that are in the group which holds most of their text's ads.
With `--peers`, datasketch's MinHash with verification stands beside, in an environment of its own. Measured
on invented ads.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from bench.quality.connect import COLUMNS, moment
from bench.quality.wordings import peers
from bench.quality.wordings.make import make, write
from homeward.connect import evaluation
from homeward.connect.facts import codes_of
from homeward.connect.signature import spans_by_capture
from homeward.connect.templates import group_ads
from homeward.connect.tools import number
from homeward.engine.base import Engine
from homeward.engine.local import LocalEngine
from homeward.model import ids, schema

Row = dict[str, Any]


def table(n: int, seed: int) -> tuple[pa.Table, list[Row]]:
    """Return the ads, in order of being seen, and the truth of each."""
    made = sorted(make(n, seed), key=lambda one: (one[0]["seen_at"], one[0]["id"]))
    rows = []
    for ad, _ in made:
        key = ids.ad_id(ad["site"], ad["id"], None)
        rows.append(
            {**ad, "ad": key, "capture": "c" + key[1:], "source_id": ad["id"], "batch": "b", "month": "2026-01",
             "phones": [], "emails": [], "photos": [],
             **{name: moment(ad[name]) for name in ("posted_at", "seen_at")}}
        )  # fmt: skip
    columns = pa.schema([schema.ADS.field(name) for name in COLUMNS])
    return pa.Table.from_pylist(rows, schema=columns), [truth for _, truth in made]


def ours(ads: pa.Table, engine: Engine) -> tuple[list[str], float]:
    """Return each ad's template, and the seconds that grouping took, without reading and signing."""
    mentions = engine.map("homeward.extract.kernel:read_batch", ads)
    given = ads.select(["ad", "capture", "title", "body", "batch", "month"])
    given = given.append_column("spans", spans_by_capture(ads["capture"].combine_chunks(), mentions))
    bands = engine.map("homeward.connect.signature:sign_batch", given)
    began = time.perf_counter()
    texts = pa.array(
        [f"{a}\n{b}" for a, b in zip(*(ads[c].to_pylist() for c in ("title", "body")), strict=True)]
    )
    sites, languages = (number(ads[name])[0] for name in ("site", "language"))
    found = group_ads(bands, sites, languages, codes_of(texts.dictionary_encode().indices)).shown
    return [str(one) for one in found.tolist()], time.perf_counter() - began


def kept(said: list[str], truth: list[Row]) -> dict[str, float]:
    """Return of each kind of copy how many are with the most of their text's ads; texts of three ads and more."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(truth):
        groups[row["template"]].append(at)
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for ads in groups.values():
        if len(ads) < 3:
            continue
        home = Counter(said[at] for at in ads).most_common(1)[0][0]
        for at in ads:
            tally[truth[at]["edit"]][0] += said[at] == home
            tally[truth[at]["edit"]][1] += 1
    return {kind: right / count for kind, (right, count) in sorted(tally.items())}


def tell(name: str, said: list[str], truth: list[Row], seconds: float) -> None:
    """Print one line of scores and one of what became of each kind of copy."""
    found = evaluation.agreement(said, [row["template"] for row in truth])
    print(
        f"{name:26} {found.ads:>7,} ads  adjusted Rand {found.adjusted_rand:.3f}  pairs P {found.pairs.precision:.4f} "
        f"R {found.pairs.recall:.3f}  largest {found.largest_said}/{found.largest_true}  {seconds:.1f} s"
    )
    print(f"{'':26} kept: " + ", ".join(f"{k} {v:.3f}" for k, v in kept(said, truth).items()), flush=True)


def main() -> None:
    """Print the scores of every size and seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ads", nargs="+", type=int, default=[5_000])
    parser.add_argument("--seed", nargs="+", type=int, default=[1])
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()

    with LocalEngine() as engine:
        for n in given.ads:
            for seed in given.seed:
                if given.write:
                    write(n, seed, given.write)
                ads, truth = table(n, seed)
                print(f"seed {seed}")
                tell("homeward", *_after(ours(ads, engine), truth))
                for name, said, seconds in peers.run(ads) if given.peers else ():
                    tell(name, said, truth, seconds)


def _after(found: tuple[list[str], float], truth: list[Row]) -> tuple[list[str], list[Row], float]:
    return found[0], truth, found[1]


if __name__ == "__main__":
    main()
