"""Owed: how far has what follows the ads come, and what does it owe?

Ads are acknowledged first; their mentions and prints follow, then their place in the search index. Two
watermarks say up to which version of `ads` each has come; what lies beyond is made up for by `intake.repair`.
"""

from __future__ import annotations

from contextlib import suppress

from homeward.house import House
from homeward.model.errors import WorkspaceDamaged
from homeward.store.ledger import pins, watermarks

# The watermarks: of mentions and prints, and of the search index.
READ, INDEXED = "intake", "index"


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
