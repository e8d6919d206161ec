"""The corridor out: ads leave lake, index, run and ledger, and are never taken in again.

What was made of many ads together (groups, leads, patterns) is made anew without them, and every older run
goes: its rows could hold what was erased. The index is made anew, since a deleted document's bytes stay in
its files. Events about the ads keep their header; what they say in detail is made unreadable.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import sqlalchemy as sa

from homeward import intake
from homeward import refresh as refreshing
from homeward.house import House
from homeward.model import schema
from homeward.model.event import Act
from homeward.store import disk
from homeward.store.ledger import corrections, dossier_notes, entries, events, pins, records, sight
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import watches
from homeward.store.ledger.tables import searches

OF_ADS = tuple(
    name for name, shape in schema.TABLES.items() if "month" in shape.names and "ad" in shape.names
)
# What these say of an ad is the record of what was done with it; it has ids and no value of the ad.
KEPT = (Act.ERASE, Act.DISCLOSE, Act.RETAIN, Act.BACKUP, Act.RESTORE, Act.AUDIT)
SHORTEST = 7  # characters of a value that is looked for in events: shorter ones stand in anything


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away."""

    ads: int
    rows: int
    events: tuple[int, ...]  # whose payloads became unreadable
    searches: int  # and watches
    traces: tuple[str, ...]  # files that still name one of the ads: there should be none


def erase(house: House, ads: Collection[str], *, progress: Callable[..., None] | None = None) -> Erased:
    """Erase ads from everything that this workspace keeps; killed half-way, it can be repeated.

    They are marked first: from then on no file brings them back.
    """
    with sight.whole(), house.writing():
        with house.ledger.write() as tx:
            records.mark_erased(tx, ads, at=house.clock())
        disk.failpoint("erase.marked")
        said = _said(house, ads)
        rows = 0
        for table in OF_ADS:
            if house.lake.version(table) >= 0:
                rows += house.lake.drop_rows(table, "ad", ads)
                disk.failpoint("erase.table")
        with house.ledger.read() as tx:
            had_run = pins.current(tx) is not None
        intake.rebuild(house, "index", progress=progress)
        if had_run:
            refreshing.refresh(house, full=True, progress=progress)
        _drop_older_runs(house)
        disk.failpoint("erase.lake")
        with house.ledger.write() as tx:
            gone = events.shred(tx, _about(tx, said, set(ads)))
            forgotten = _forget_searches(tx, said)
            corrections.forget(tx, ads)
            dossier_notes.forget(tx, set(ads), lambda text: _holds(text, said))
        disk.failpoint("erase.ledger")
    return Erased(len(set(ads)), rows, tuple(gone), forgotten, tuple(traces(house.home / "lake", ads)))


def traces(folder: Path, ads: Collection[str]) -> Iterator[str]:
    """Yield the data files below a folder, named by any log or by none, that name one of the ads."""
    wanted = pa.array(sorted(ads), pa.string())
    for path in sorted(folder.rglob("*.parquet")):
        for column in pq.read_table(path, partitioning=None).itercolumns():
            flat = column.combine_chunks()
            while pa.types.is_list(flat.type):
                flat = flat.flatten()
            if pa.types.is_string(flat.type) and pc.any(pc.is_in(flat, wanted)).as_py():
                yield path.relative_to(folder).as_posix()
                break


def _said(house: House, ads: Collection[str]) -> set[str]:
    """Return what identifies the ads: their ids, and every contact they hold."""
    found = set(ads)
    contacts = ("phone", "email", "handle", "url", "crypto", "pgp", "account", "payment")
    for row in house.lake.find("mentions", ads, columns=["kind", "value", "raw"]).to_pylist():
        if row["kind"] in contacts:
            found |= {row["value"], row["raw"], "".join(c for c in row["raw"] if c.isdigit())}
    kept = house.lake.find("ads", ads, columns=["source_id", "url", "capture"]).to_pylist()
    found |= {str(value) for row in kept for value in row.values() if value}
    return {value for value in found if len(value) >= SHORTEST}


def _drop_older_runs(house: House) -> None:
    """Keep the run just made and nothing of any other.

    It is published once more with the versions that lack the others: those it was made with hold them too.
    """
    with house.ledger.write() as tx:
        pins.forget(tx, keep=())
        current = pins.current(tx)
    house.lake.sweep([current.run] if current else [])
    kept: list[dict[str, int]] = []
    if current is not None:
        kept = [{name: house.lake.version(name) for name in current.pins}]
        with house.ledger.write() as tx:
            pins.publish(tx, current.run, kept[0], current.meta, now=current.at)
    house.lake.vacuum(kept, grace=0.0)


def _about(tx: Tx, said: Collection[str], ads: set[str]) -> list[int]:
    """Return the events whose sealed payload holds any of these texts, and the searches that showed an ad."""
    found: list[int] = []
    after = 0
    while page := list(events.read(tx, after=after, limit=5_000)):
        after = page[-1].seq
        for one in page:
            typed = [name for name in one.event.objects if not entries.OPAQUE.fullmatch(name)]
            showed = one.event.act is Act.SEARCH and not ads.isdisjoint(one.event.objects)
            if one.event.act in KEPT or one.erased:
                continue
            if showed or _holds([one.event.detail, typed], said):
                found.append(one.seq)
    return found


def _forget_searches(tx: Tx, said: Collection[str]) -> int:
    gone = 0
    for table in (searches, watches):
        for row in tx.execute(sa.select(table)).all():
            if _holds([row.query, getattr(row, "name", "")], said):
                tx.execute(table.delete().where(table.c.id == row.id))
                gone += 1
    return gone


def _holds(value: Any, said: Collection[str]) -> bool:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return any(word in text for word in said)
