"""Inputs: what a refresh reads from the lake, as `build` takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect import signature
from homeward.connect.facts import AD_COLUMNS
from homeward.house import House
from homeward.model import ids, schema
from homeward.store.ledger import corrections
from homeward.store.ledger.pins import Run

Source = Mapping[str, int]
Tables = dict[str, pa.Table]

MENTION_COLUMNS = ("capture", "kind", "value", "part", "start", "end", "confidence", "detail")
COLUMNS: Mapping[str, Sequence[str]] = {
    "ads": AD_COLUMNS,
    "mentions": MENTION_COLUMNS,
    "prints": ("capture", "photo", "kind", "value"),
    "bands": ("capture", "shingles", "bands", "wording", "version"),
}
READERS = 2  # tables read at a time: one waits for the disk while the other is unpacked
SOURCES = ("ads", "sightings", "mentions", "prints", "bands")
# All but the bands, which nothing needs before the mentions are gone: see `read_bands`.
FIRST = SOURCES[:-1]


def latest_captures(house: House, source: Source) -> pa.Array:
    """Return the latest capture of each ad."""
    rows = house.lake.read("ads", columns=["ad", "capture", "revision"], version=source["ads"])
    ad = pc.dictionary_encode(rows["ad"].combine_chunks()).indices.to_numpy()
    revision = rows["revision"].to_numpy()
    last = np.full(int(ad.max(initial=-1)) + 1, -1, dtype=revision.dtype)
    np.maximum.at(last, ad, revision)
    return rows["capture"].combine_chunks().filter(pa.array(revision == last[ad]))


def read_inputs(
    house: House, source: Source, captures: pa.Array, *, whole: bool = False, names: Sequence[str] = SOURCES,
    together: bool = False,
) -> Tables:  # fmt: skip
    """Return what `build` works on: some captures and everything known of them; `whole`: they are all.

    Tables that are not in `names` are left out. `together`: they came in few batches, and the parts of files
    that hold none of these are not opened.
    """
    wanted = None if whole else pc.field("capture").isin(captures)
    if together:
        wanted = pc.field("batch").isin(_batches_of(house, source, captures)) & wanted

    def read(name: str) -> pa.Table:
        return house.lake.read(name, columns=COLUMNS[name], version=source[name], filters=wanted)

    some = [name for name in COLUMNS if name in names]
    with ThreadPoolExecutor(READERS) as side:
        out: Tables = dict(zip(some, side.map(read, some), strict=True))
    if whole and out["ads"].num_rows != len(captures):
        for name in some:  # one at a time: all of them twice are more than a small machine has
            out[name] = out[name].filter(pc.is_in(out[name]["capture"], value_set=captures))
    if "bands" in out:
        out["bands"] = _current(out["bands"])
    sightings = house.lake.read(
        "sightings", columns=["ad", "posted_at", "seen_at"], version=source["sightings"]
    )
    if not whole:
        sightings = sightings.filter(pc.is_in(sightings["ad"], value_set=out["ads"]["ad"].combine_chunks()))
    out["sightings"] = sightings
    return out


def _batches_of(house: House, source: Source, captures: pa.Array) -> pa.Array:
    """Return the batches in which some captures came."""
    rows = house.lake.read("ads", columns=["capture", "batch"], version=source["ads"])
    return pc.unique(rows["batch"].filter(pc.is_in(rows["capture"], value_set=captures)).combine_chunks())


def read_bands(house: House, source: Source, captures: pa.Array) -> pa.Table:
    """Return the bands of captures, which are those of all ads: half a gigabyte of a million."""
    bands = _current(house.lake.read("bands", columns=COLUMNS["bands"], version=source["bands"]))
    if bands.num_rows == len(captures):
        return bands
    return bands.filter(pc.is_in(bands["capture"], value_set=captures))


def _current(bands: pa.Table) -> pa.Table:
    """Return the bands that this version signed."""
    return bands.filter(pc.equal(bands["version"], signature.VERSION))


def corrections_of(house: House) -> str:
    """Return what a run depends on of corrections: the same while the same stand; empty without any."""
    with house.ledger.read() as tx:
        rows = corrections.standing(tx)
    told = sorted((row["ad"], row["kind"], row["value"]) for row in rows)
    return f"corrections/{ids.make_id(ids.RUN, json.dumps(told))}" if told else ""


def read_run(house: House, run: Run, names: Sequence[str] = schema.RUN_TABLES) -> Tables:
    """Return tables of a run."""
    return {
        name: house.lake.read(name, version=run.pins.get(name), filters=[("run", "=", run.run)])
        for name in names
    }
