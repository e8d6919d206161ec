"""Cutting: networks as rows for the engine's workers, who cut each into personas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from homeward.connect.descriptions import KINDS, body_of
from homeward.connect.facts import Facts
from homeward.connect.personas import Told, persons_of
from homeward.connect.tools import Ints, MapEngine, ascending, listed, numbered, parted, rows_of

KERNEL = "homeward.connect.cutting:cut_batch"
# Networks of one table, which a kernel is handed at once.
NETWORKS_AT_ONCE = 2_000

_VALUES = pa.list_(pa.int64())
_SAID = pa.struct([("kind", pa.int8()), ("text", pa.string())])
_AD = pa.struct(
    [("ad", pa.int64()), ("template", pa.int64()), ("name", _VALUES), ("age", _VALUES), ("photo", _VALUES),
     ("years", _VALUES), ("body", pa.list_(_SAID))]
)  # fmt: skip
INPUT = pa.schema([("ads", pa.list_(_AD))])
OUTPUT = pa.schema([("personas", _VALUES)])
UNKNOWN = -1  # years of an age that is no number


def persons(network: Ints, same: Ints, template: Ints, facts: Facts, engine: MapEngine) -> Ints:
    """Return each ad's persona, as the number of one of its ads; two networks never share one.

    Copies of an ad (`same` numbers what they say) go with it, and count once.
    """
    seen = numbered(network, same)
    persona = np.arange(facts.count)
    groups = [ads for ads in seen.by_first_column() if len(ads) > 1]
    if groups:
        cut = engine.map_stream(KERNEL, _rows(groups, template, facts))
        heads = [part["personas"].combine_chunks().flatten().to_numpy() for part in cut]
        persona[np.concatenate(groups)] = np.concatenate(heads)
    return persona[seen.first[seen.of]]


def _rows(groups: list[Ints], template: Ints, facts: Facts) -> Iterator[pa.Table]:
    """Yield networks in order, some at a time, as rows of `INPUT`."""
    said = {kind: facts.by_ad(kind) for kind in ("name", "age", "photo")}
    body = facts.by_ad(*KINDS)
    kinds, kind_of = facts.kinds
    codes = np.array([KINDS.index(kind) if kind in KINDS else -1 for kind in kinds], dtype=np.int64)
    years = np.full(len(facts.value_text), UNKNOWN, dtype=np.int64)
    for age in ascending(said["age"][1]).tolist():
        years[age] = int(facts.value_text[age]) if facts.value_text[age].isdigit() else UNKNOWN
    for at in range(0, len(groups), NETWORKS_AT_ONCE):
        some = groups[at : at + NETWORKS_AT_ONCE]
        flat = np.concatenate(some)
        values = {}
        for kind, (starts, value) in said.items():
            counts, rows = rows_of(starts, flat)
            values[kind] = listed(counts, pa.array(value[rows]))
            if kind == "age":
                values["years"] = listed(counts, pa.array(years[value[rows]]))
        counts, rows = rows_of(body[0], flat)
        value = body[1][rows]
        told = [pa.array(codes[kind_of[value]], pa.int8()), pa.array(facts.value_text[value], pa.string())]
        columns = {
            "ad": pa.array(flat), "template": pa.array(template[flat]), **values,
            "body": listed(counts, pa.StructArray.from_arrays(told, fields=list(_SAID))),
        }  # fmt: skip
        ads = pa.StructArray.from_arrays([columns[field.name] for field in _AD], fields=list(_AD))
        yield pa.table([listed(np.array([len(ads) for ads in some], dtype=np.int64), ads)], schema=INPUT)


def cut_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Cut networks: the kernel from rows of `INPUT` to the persona of each of their ads, in order."""
    sizes, ads = parted(batch["ads"])
    told = _told(ads)
    years = _years(ads)
    out: list[int] = []
    at = 0
    for size in sizes.tolist():
        found = persons_of(told[at : at + size], years)
        out += [found[ad.ad] for ad in told[at : at + size]]
        at += size
    return pa.RecordBatch.from_arrays([listed(sizes, pa.array(out, pa.int64()))], schema=OUTPUT)


def _told(ads: pa.StructArray) -> list[Told]:
    """Return what each ad tells."""
    names, ages, photos = (_tuples(ads.field(kind)) for kind in ("name", "age", "photo"))
    counts, said = parted(ads.field("body"))
    pairs = list(zip(said.field("kind").to_pylist(), said.field("text").to_pylist(), strict=True))
    ends = np.cumsum(counts)
    bounds = zip((ends - counts).tolist(), ends.tolist(), strict=True)
    rows = zip(
        ads.field("ad").to_pylist(), ads.field("template").to_pylist(), names, ages, photos, bounds,
        strict=True,
    )  # fmt: skip
    return [
        Told(ad, template, name, frozenset(age), photo, body_of(pairs[first:last]))
        for ad, template, name, age, photo, (first, last) in rows
    ]


def _tuples(lists: pa.ListArray) -> list[tuple[int, ...]]:
    counts, flat = parted(lists)
    values, ends = flat.to_pylist(), np.cumsum(counts)
    return [
        tuple(values[first:last]) for first, last in zip((ends - counts).tolist(), ends.tolist(), strict=True)
    ]


def _years(ads: pa.StructArray) -> dict[int, int]:
    """Return the years of each age that is a number."""
    flat: list[npt.NDArray[Any]] = [parted(ads.field(name))[1].to_numpy() for name in ("age", "years")]
    known = flat[1] != UNKNOWN
    return dict(zip(flat[0][known].tolist(), flat[1][known].tolist(), strict=True))
