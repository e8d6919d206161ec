"""Is our joining worse than Splink's on the same table of ad pairs, in the same run?

    python -m bench.quality.pairs --preset standard hard sparse --seed 1 --ads 5000

Candidate pairs share a contact, picture, wording or address, or a name and a city; values that joining sets
aside (a site's number, a stock picture) propose and tell nothing on either side. Splink's model is trained on
the same records without labels, in an environment of its own; it is given its best threshold, once as it says
and once with the pairs above it joined. Measured on invented ads; it says nothing about how many victims are
found.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from bench.quality.connect import inputs_of, read_and_sign, world
from bench.quality.reading.peers import ROOT, python
from homeward.connect import parameters as p
from homeward.connect.build import Built, connect
from homeward.connect.evaluation import Rates
from homeward.connect.evidence import areas_of
from homeward.engine.base import Engine
from homeward.engine.local import LocalEngine

SCRIPT = Path(__file__).with_name("peers_run.py")
HOME, LOCK = ROOT / ".venv-splink", ROOT / "bench" / "requirements" / "splink.txt"
THRESHOLDS = (0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999)
# Ads in order of time that one value proposes each ad to: a value of k ads proposes NEAR k pairs and never k².
NEAR = 30

Pairs = npt.NDArray[np.int64]
Said = dict[str, list[list[str]]]


def said_by(built: Built) -> Said:
    """Return what each ad says of each kind, without what joining sets aside."""
    facts = built.facts
    aside = set(built.posters.generic) | _stock(built)
    areas, of_value = areas_of(facts)
    out: Said = {
        k: [[] for _ in range(facts.count)]
        for k in ("contact", "area", "photo", "name", "age", "price", "url")
    }
    for ad, value in zip(facts.said_ad.tolist(), facts.said_value.tolist(), strict=True):
        kind, text = str(facts.value_kind[value]), str(facts.value_text[value])
        if value in aside:
            continue
        if kind in p.CONTACTS:
            out["contact"][ad].append(f"{kind} {text}")
            if of_value[value] >= 0:
                out["area"][ad].append(str(areas[of_value[value]]))
        elif kind in out:
            out[kind][ad].append(text)
    out["template"] = [[str(t)] if copies else [] for t, copies in _worded(built)]
    out["city"] = [[c] for c in (facts.city_names[i] if i >= 0 else "" for i in facts.city.tolist())]
    return out


def _stock(built: Built) -> set[int]:
    aside = {(kind, value) for kind, value, *_ in built.filtered.rows if kind == "photo"}
    facts = built.facts
    return {
        v
        for v in np.flatnonzero(facts.value_kind == "photo").tolist()
        if ("photo", str(facts.value_text[v])) in aside
    }


def _worded(built: Built) -> list[tuple[int, bool]]:
    sold = {value for kind, value, *_ in built.filtered.rows if kind == "template"}
    counts = np.bincount(built.worded.template)
    return [(t, counts[t] > 1 and str(t) not in sold) for t in built.worded.template.tolist()]


def candidates(said: Said) -> Pairs:
    """Return the pairs of ads that share what may tell, smaller first, sorted."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for kind in ("contact", "photo", "template", "url"):
        for ad, values in enumerate(said[kind]):
            for value in values:
                holders[kind, value].append(ad)
    for ad, names in enumerate(said["name"]):
        for name in names:
            holders["name", f"{name} {said['city'][ad]}"].append(ad)
    pairs = {(a, b) for ads in holders.values() for i, a in enumerate(ads) for b in ads[i + 1 : i + 1 + NEAR]}
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def records(said: Said, pairs: Pairs) -> pa.Table:
    """Return a row an ad for Splink: what it says, and the candidate pairs that it is in."""
    ads = len(said["name"])
    of_ad: list[list[int]] = [[] for _ in range(ads)]
    for place, (a, b) in enumerate(pairs.tolist()):
        of_ad[a].append(place)
        of_ad[b].append(place)
    one = {
        k: pa.array([v[0] if v and v[0] else None for v in said[k]], pa.string())
        for k in ("template", "city")
    }
    many = {f"{k}s": pa.array([v or None for v in said[k]], pa.list_(pa.string()))
            for k in ("contact", "area", "photo", "name", "age", "price", "url")}  # fmt: skip
    return pa.table(
        {"ad": pa.array(range(ads)), **one, **many, "pairs": pa.array(of_ad, pa.list_(pa.int64()))}
    )


def splink(table: pa.Table, pairs: Pairs) -> tuple[npt.NDArray[np.float64], float]:
    """Return Splink's probability of each pair, and its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "given.parquet", Path(folder) / "made.parquet"
        pq.write_table(table, given)
        done = subprocess.run(
            [str(python(HOME, LOCK)), "-I", str(SCRIPT), str(given), str(made)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        rows = pq.read_table(made)
    found = {
        (min(a, b), max(a, b)): q
        for a, b, q in zip(*(rows[c].to_pylist() for c in ("a", "b", "p")), strict=True)
    }
    return np.array([found.get((a, b), 0.0) for a, b in pairs.tolist()]), float(done.stdout.split()[-1])


def rates(said: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_]) -> Rates:
    return Rates.of(float((said & true).sum()), float(said.sum()), float(true.sum()))


def measure(n: int, seed: int, preset: str, engine: Engine) -> None:
    """Print ours and Splink's, both over the same pairs."""
    ads, sightings, truth = world(n, seed, preset)
    mentions, bands, _ = read_and_sign(ads, engine)
    inputs = inputs_of(ads, sightings, mentions, bands)
    began = time.perf_counter()
    built = connect(dict(inputs), engine=engine, run="bench")
    ours = time.perf_counter() - began
    network = {row["id"]: row["network"] for row in truth}
    _, true_group = np.unique(
        [network[s] or f"alone {s}" for s in built.facts.ads["source_id"].to_pylist()], return_inverse=True
    )
    said = said_by(built)
    pairs = candidates(said)
    a, b = pairs.T
    true = true_group[a] == true_group[b]
    print(
        f"{preset}, seed {seed}: {built.facts.count:,} ads, {len(pairs):,} pairs, {true.mean():.0%} of one network"
    )
    _tell("homeward", rates(built.network[a] == built.network[b], true), f"{ours:.1f} s, links and all")
    chance, seconds = splink(records(said, pairs), pairs)
    best: dict[str, tuple[Rates, float]] = {}
    for least in THRESHOLDS:
        linked = chance >= least
        edges = pa.table({"a": a[linked], "b": b[linked]})
        whole = engine.components(edges, built.facts.count)
        for name, some in (("Splink, pairs", linked), ("Splink, joined", whole[a] == whole[b])):
            found = rates(some, true)
            if name not in best or found.f1 > best[name][0].f1:
                best[name] = found, least
    for name, (found, least) in best.items():
        _tell(name, found, f"{seconds:.1f} s, at its best threshold {least}")


def _tell(name: str, found: Rates, rest: str) -> None:
    print(
        f"  {name:16} pairs P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}  {rest}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--preset", nargs="+", default=["standard", "hard", "sparse"])
    parser.add_argument("--seed", nargs="+", type=int, default=[1])
    parser.add_argument("--ads", type=int, default=5_000)
    given = parser.parse_args()
    print("Measured on invented ads; it says nothing about how many victims are found.")
    with LocalEngine() as engine:
        for preset in given.preset:
            for seed in given.seed:
                measure(given.ads, seed, preset, engine)


if __name__ == "__main__":
    main()
