"""How right are templates, identities and leads on fresh worlds? Beside: joining by phone or MinHash alone, at their best.

    python -m bench.quality.connect --preset standard --seed 1 --ads 10000
    python -m bench.quality.connect --preset standard hard --seed 1 --mask-phones

With `--mask-phones` every telephone number is taken out of texts, addresses and lists first (masking.py): pair
F1 is to be at least a tenth above MinHash with verification alone, at the best of its settings.
Measured on invented ads; it says nothing about how many victims are found.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bench.quality.masking import no_numbers, without_phones
from homeward.collect.world import generate
from homeward.connect import boilerplate, evaluation, yardsticks
from homeward.connect.build import build
from homeward.connect.signature import spans_by_capture
from homeward.engine.base import Engine
from homeward.engine.local import LocalEngine
from homeward.model import ids, schema

COLUMNS = (
    "ad", "capture", "source_id", "url", "site", "posted_at", "seen_at", "title", "body", "city", "region",
    "country", "language", "phones", "emails", "photos", "batch", "month",
)  # fmt: skip


# By how much pair F1 is to be above MinHash's where no telephone number is left.
ABOVE_MINHASH = 1.1


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None


def world(n: int, seed: int, preset: str) -> tuple[pa.Table, pa.Table, list[dict[str, Any]]]:
    """Return the latest captures, every sighting, and the truth of a world."""
    rows: dict[str, dict[str, Any]] = {}
    seen: list[dict[str, Any]] = []
    truth: dict[str, dict[str, Any]] = {}
    for line, true in generate(n, seed=seed, preset=preset):
        ad = ids.ad_id(line["site"], line["id"], None)
        row = {name: line.get(name) for name in COLUMNS}
        row |= {"ad": ad, "capture": "c" + ad[1:], "source_id": line["id"], "batch": "b", "month": "2026-06"}
        row |= {name: moment(line.get(name)) for name in ("posted_at", "seen_at")}
        row["photos"] = [
            {"path": "", "url": "", "sha256": "", "pdq": "", **p} for p in line.get("photos") or ()
        ]
        rows[ad], truth[line["id"]] = row, true
        seen.append({"ad": ad, "posted_at": row["posted_at"], "seen_at": row["seen_at"]})
    ads = pa.Table.from_pylist(list(rows.values()), schema=pa.schema([schema.ADS.field(c) for c in COLUMNS]))
    clocks = pa.schema([schema.SIGHTINGS.field(c) for c in ("ad", "posted_at", "seen_at")])
    return ads, pa.Table.from_pylist(seen, schema=clocks), list(truth.values())


def yardstick_groups(
    ads: pa.Table, mentions: pa.Table, bands: pa.Table, engine: Engine
) -> Iterator[tuple[str, list[int]]]:
    """Yield what plain methods make of the ads, at each of their settings."""
    captures = ads["capture"].combine_chunks()
    phones = mentions.filter(pc.equal(mentions["kind"], "phone"))
    said = np.unique(np.stack([
        pc.index_in(phones["capture"], value_set=captures).to_numpy(),
        pc.dictionary_encode(phones["value"]).combine_chunks().indices.to_numpy(),
    ], axis=1).astype(np.int64), axis=0)  # fmt: skip
    for most in yardsticks.BESIDE:
        yield "phone only", yardsticks.by_phone(ads.num_rows, *said.T, engine, most).tolist()
    rows = bands.take(pc.index_in(ads["capture"], value_set=bands["capture"].combine_chunks()))
    lists = [[one.values.to_numpy() for one in rows[name]] for name in ("bands", "shingles")]
    for least in yardsticks.JACCARD:
        yield "MinHash only", yardsticks.by_minhash(lists[0], lists[1], least).tolist()


def scores(
    ads: pa.Table, mentions: pa.Table, bands: pa.Table, made: Mapping[str, pa.Table], truth: list[dict[str, Any]],
    engine: Engine,
) -> dict[str, Any]:  # fmt: skip
    """Return every figure of one build, with the two plain methods at their best."""
    names = dict(zip(ads["ad"].to_pylist(), ads["source_id"].to_pylist(), strict=True))
    members = made["members"].to_pylist()
    out: dict[str, Any] = {}
    for level in ("template", "persona", "network"):
        said = {names[m["ad"]]: m[level] for m in members}
        out[level] = asdict(evaluation.score_groups(said, truth, level))
    for name, groups in yardstick_groups(ads, mentions, bands, engine):
        said = dict(zip(ads["source_id"].to_pylist(), map(str, groups), strict=True))
        found = asdict(evaluation.score_groups(said, truth, "network"))
        out[name] = max(out.get(name, found), found, key=lambda one: one["pairs"]["f1"])
    names_of: dict[str, list[str]] = {}
    for member in members:
        names_of.setdefault(member["network"], []).append(names[member["ad"]])
    queue = [(lead["word"], names_of[lead["identity"]]) for lead in made["leads"].to_pylist()]
    out["leads"] = asdict(evaluation.score_leads(queue, truth))
    return out


def read_and_sign(ads: pa.Table, engine: Engine) -> tuple[pa.Table, pa.Table, float]:
    """Return what readers read, the signatures of the wordings, and when reading was done."""
    mentions = engine.map("homeward.extract.kernel:read_batch", ads)
    read = time.perf_counter()
    spans = spans_by_capture(ads["capture"].combine_chunks(), mentions)
    given = ads.select(["ad", "capture", "title", "body", "batch", "month"]).append_column("spans", spans)
    return mentions, engine.map("homeward.connect.signature:sign_batch", given), read


def inputs_of(ads: pa.Table, sightings: pa.Table, mentions: pa.Table, bands: pa.Table) -> dict[str, pa.Table]:
    """Return what `build` takes: what sites write under everybody's ads is left out, as a refresh does."""
    given = {"ads": ads, "mentions": mentions, "bands": bands, "sightings": sightings,
             "prints": schema.PRINTS.empty_table()}  # fmt: skip
    return boilerplate.left_out(given, boilerplate.find_lines(ads, mentions))


def measure(n: int, seed: int, preset: str, engine: Engine, *, mask_phones: bool = False) -> dict[str, Any]:
    """Make a world, read it, join it, score it; seconds and the peak of memory are told too."""
    ads, sightings, truth = world(n, seed, preset)
    if mask_phones:
        ads = without_phones(ads, engine)
    began = time.perf_counter()
    mentions, bands, read = read_and_sign(ads, engine)
    if mask_phones:
        mentions = no_numbers(mentions)
    signed = time.perf_counter()
    inputs = inputs_of(ads, sightings, mentions, bands)
    made = build(inputs, engine=engine, run="bench")
    done = time.perf_counter()
    found = scores(ads, mentions, bands, made, truth, engine)
    found["seconds"] = {"read": read - began, "sign": signed - read, "build": done - signed}
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def tell(preset: str, seed: int, found: Mapping[str, Any], *, mask_phones: bool = False) -> None:
    print(f"{preset}, seed {seed}: {found['network']['ads']:,} ads")
    for name in ("template", "persona", "network", "phone only", "MinHash only"):
        one = found[name]
        pairs = one["pairs"]
        print(
            f"  {name:12} adjusted Rand {one['adjusted_rand']:.3f}  pairs P {pairs['precision']:.3f} "
            f"R {pairs['recall']:.3f} F1 {pairs['f1']:.3f}  largest {one['largest_said']}/{one['largest_true']}"
        )
    ratio = found["network"]["pairs"]["f1"] / max(found["MinHash only"]["pairs"]["f1"], 1e-9)
    print(f"  pair F1 of networks is {ratio:.2f} times that of MinHash only"
          + (f", with every telephone number masked ({ABOVE_MINHASH} wanted)" if mask_phones else ""))  # fmt: skip
    print("  leads        " + ", ".join(f"{k} {v}" for k, v in found["leads"].items()))
    print("  seconds      " + ", ".join(f"{k} {v:.1f}" for k, v in found["seconds"].items())
          + f"; peak {found['peak_mb']:.0f} MB")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preset", nargs="+", default=["standard"])
    parser.add_argument("--seed", nargs="+", type=int, default=[1])
    parser.add_argument("--ads", type=int, default=10_000)
    parser.add_argument("--mask-phones", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with LocalEngine() as engine:
        for preset in given.preset:
            for seed in given.seed:
                found = measure(given.ads, seed, preset, engine, mask_phones=given.mask_phones)
                if given.json:
                    print(
                        json.dumps(
                            {"preset": preset, "seed": seed, "mask_phones": given.mask_phones, **found}
                        )
                    )
                else:
                    tell(preset, seed, found, mask_phones=given.mask_phones)


if __name__ == "__main__":
    main()
