"""Owed: how far has what follows the ads come, and what does it owe?

Ads are acknowledged first; their mentions and prints follow, then their place in the search index. Two
watermarks say up to which version of `ads` each has come; what lies beyond is made up for by `intake.repair`.
The index also follows corrections: a value that a records officer disputed finds its ad no more.
"""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from homeward.house import House
from homeward.model.errors import WorkspaceDamaged, WorkspaceLocked
from homeward.store.ledger import corrections, meta, pins, watermarks

# The watermarks: of mentions and prints, and of the search index.
READ, INDEXED = "intake", "index"
AGAIN = "index.again"  # where the ledger keeps which ads are to be indexed anew


def behind(house: House) -> bool:
    """Tell whether ads were taken in that the search index does not hold yet."""
    return bool(batches(house, INDEXED))


def batches(house: House, mark: str) -> list[str]:
    """Return the batches of `ads` that a watermark has not come to, in append order."""
    version = house.lake.version("ads")
    with house.ledger.read() as tx:
        done = watermarks.get(tx, mark)
    owed = _all(house, version) if done != version else []
    if owed and done >= 0:
        with suppress(WorkspaceDamaged):  # that version is no longer kept: everything is made up for
            gone = set(_all(house, done))
            return [batch for batch in owed if batch not in gone]
    return owed


def _all(house: House, version: int) -> list[str]:
    """Return the batches of one version of `ads`, in append order."""
    column = house.lake.read("ads", columns=["batch"], version=version)["batch"]
    return [str(batch) for batch in column.unique().to_pylist()]


def note(house: House, *, index: bool) -> None:
    """Say that mentions and prints, and with `index` the index, follow the lake up to here."""
    with house.ledger.write() as tx:
        for mark in (READ, INDEXED)[: 1 + index]:
            watermarks.put(tx, mark, house.lake.version("ads"))


def vacuum(house: House) -> int:
    """Remove what neither a published run nor the next `repair` needs; return how many files went."""
    with house.ledger.read() as tx:
        kept = [dict(run.pins) for run in pins.latest(tx)]
        marks = [watermarks.get(tx, mark) for mark in (READ, INDEXED)]
    kept += [{"ads": version} for version in marks if version >= 0]
    return house.lake.vacuum(kept)


def without_corrected(house: House, mentions: pa.Table) -> pa.Table:
    """Return mentions (capture, kind, value, …) but for those that are corrected or disputed."""
    with house.ledger.read() as tx:
        rows = corrections.standing(tx)
    if not rows:
        return mentions
    kept = house.lake.find("ads", sorted({row["ad"] for row in rows}), columns=["ad", "capture"]).to_pylist()
    captures: dict[str, list[str]] = {}
    for row in kept:
        captures.setdefault(row["ad"], []).append(row["capture"])
    wrong = {(c, row["kind"], row["value"]) for row in rows for c in captures.get(row["ad"], ())}
    about = pa.array(sorted({capture for capture, _, _ in wrong}), pa.string())
    touched = pc.is_in(mentions["capture"], value_set=about)
    told = mentions.filter(touched).select(["capture", "kind", "value"]).to_pylist()
    keep = np.ones(mentions.num_rows, dtype=bool)
    places = np.flatnonzero(touched.to_numpy(zero_copy_only=False))
    keep[places] = [(m["capture"], m["kind"], m["value"]) not in wrong for m in told]
    return mentions.filter(pa.array(keep))


def index_again(house: House) -> None:
    """Index anew what `AGAIN` names: whose corrections changed. Where another process writes, it does so."""
    with suppress(WorkspaceLocked), house.writing():
        index_owed(house)


def index_owed(house: House) -> None:
    """Do so as whoever writes already."""
    with house.ledger.read() as tx:
        owed = meta.get(tx, AGAIN, [])
    if not owed:
        return
    ads, mentions = house.lake.find("ads", owed), house.lake.find("mentions", owed)
    house.index.add(ads, without_corrected(house, mentions))
    house.index.commit()
    with house.ledger.write() as tx:
        meta.put(tx, AGAIN, sorted(set(meta.get(tx, AGAIN, [])) - set(owed)))
