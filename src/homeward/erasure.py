"""The corridor out: ads leave lake, index, run and ledger, and are never taken in again.

What was made of many ads together (groups, leads, patterns) is made anew without them, and every older run
goes: its rows could hold what was erased. The index is made anew, since a deleted document's bytes stay in
its files. Events about the ads keep their header; what they say in detail is made unreadable.
"""

from __future__ import annotations

import json
import shutil
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
from homeward.model import ids, schema
from homeward.model.event import Act
from homeward.store import disk
from homeward.store.ledger import (
    corrections,
    dossier_notes,
    entries,
    events,
    free_texts,
    pins,
    records,
    sight,
)
from homeward.store.ledger.engine import Tx
from homeward.store.ledger.people_tables import watches
from homeward.store.ledger.tables import searches

OF_ADS = tuple(
    name for name, shape in schema.TABLES.items() if "month" in shape.names and "ad" in shape.names
)
# What these say of an ad is the record of what was done with it; it has ids and no value of the ad.
KEPT = (Act.ERASE, Act.DISCLOSE, Act.RETAIN, Act.BACKUP, Act.RESTORE, Act.AUDIT)
WRITES = (Act.JUDGE, Act.TRIAGE, Act.UNDO, Act.OUTCOME, Act.NOTE, Act.CHILD)  # acts that words go with
SET_ASIDE = ".backup-"  # and a process's number: the folder with what a backup that is being written holds
SHORTEST = 7  # characters of a value that is looked for in events: shorter ones stand in anything


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took away."""

    ads: int
    rows: int
    events: tuple[int, ...]  # whose payloads became unreadable
    searches: int  # and watches
    texts: int  # of people, that told of the ads
    traces: tuple[str, ...]  # files that still name one of the ads: there should be none


def erase(
    house: House, ads: Collection[str], *, told: Callable[[Tx, list[int]], None],
    progress: Callable[..., None] | None = None,
) -> Erased:  # fmt: skip
    """Erase ads from everything that this workspace keeps; killed half-way, it can be repeated.

    They are marked first, and with the same transaction goes what people did and wrote about them: while
    the lake still says what to look for. From then on no file brings them back. `told` records, in that
    transaction, the events whose payloads became unreadable.
    """
    with sight.whole(), house.writing():
        said, about = _said(house, ads), set(ads) | _alone(house, ads)
        with house.ledger.write() as tx:
            records.mark_erased(tx, ads, at=house.clock())
            gone = events.shred(tx, _about(tx, said, set(ads), about))
            forgotten = _forget_searches(tx, said)
            corrections.forget(tx, ads)
            dossier_notes.forget(tx, set(ads), lambda text: _says(text, said))
            texts = free_texts.forget(tx, about, lambda text: _says(text, said))
            told(tx, gone)
            disk.failpoint("erase.ledger")
        for aside in house.home.glob(f"{SET_ASIDE}*"):  # a backup that is being written is made again
            shutil.rmtree(aside, ignore_errors=True)
        disk.failpoint("erase.marked")
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
    left = tuple(traces(house.home / "lake", ads))
    return Erased(len(set(ads)), rows, tuple(gone), forgotten, texts, left)


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


def _alone(house: House, ads: Collection[str]) -> set[str]:
    """Return the groups, and their leads, that are made of nothing but these ads."""
    with house.ledger.read() as tx:
        current = pins.current(tx)
    if current is None or house.lake.version("members") < 0:
        return set()
    of_run = pc.field("run") == current.run
    columns = ["ad", "persona", "network"]
    mine = house.lake.read("members", columns=columns, filters=of_run & pc.field("ad").isin(sorted(ads)))
    groups = {key for row in mine.to_pylist() for key in (row["persona"], row["network"]) if key}
    if not groups:  # they came in after the last refresh, or an erasure was stopped and goes on
        return set()
    others = ~pc.field("ad").isin(sorted(ads))
    among = pc.field("persona").isin(sorted(groups)) | pc.field("network").isin(sorted(groups))
    left = house.lake.read("members", columns=columns, filters=of_run & others & among).to_pylist()
    groups -= {row[level] for row in left for level in ("persona", "network")}
    return groups | {ids.lead_id(key) for key in groups}


def _about(tx: Tx, said: Collection[str], ads: set[str], about: set[str]) -> list[int]:
    """Return the events whose sealed payload holds any of these texts, the searches that showed an ad, and
    what was said in deciding on these ads and on groups of nothing else."""
    found: list[int] = []
    after = 0
    while page := list(events.read(tx, after=after, limit=5_000)):
        after = page[-1].seq
        for one in page:
            typed = [name for name in one.event.objects if not entries.OPAQUE.fullmatch(name)]
            showed = one.event.act is Act.SEARCH and not ads.isdisjoint(one.event.objects)
            if one.event.act in KEPT or one.erased:
                continue
            wrote = one.event.act in WRITES and not about.isdisjoint(one.event.objects)
            if showed or wrote or _holds([one.event.detail, typed], said):
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


def _says(text: str, said: Collection[str]) -> bool:
    """Tell whether somebody's words hold any of these, in any case, and numbers however they are spaced."""
    words, digits = text.casefold(), "".join(c for c in text if c.isdigit())
    for one in said:
        number = "".join(c for c in one if c.isdigit()) if not any(c.isalpha() for c in one) else ""
        if one.casefold() in words or (len(number) >= SHORTEST and number in digits):
            return True
    return False


def _holds(value: Any, said: Collection[str]) -> bool:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return any(word in text for word in said)
