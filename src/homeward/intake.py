"""Intake: how does one ad come in?

A file is read chunk by chunk. Of each chunk, what was set aside and what was seen again is appended first,
then the new captures; once that last append has returned, the chunk is acknowledged. What the captures say
(mentions), their photos' prints and the search index follow, while the next chunk is already being read. The
index can be left for later: leads need none.

Killed anywhere and repeated, the tables end as if nothing had happened: a chunk is named by its file, a
record by its position in it, and what is there already is not added again. What follows the
acknowledgement is made up for by `repair`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from homeward import owed, reread
from homeward.collect.chunk import Chunk
from homeward.collect.source import Source
from homeward.connect.arrival import KNOWN, decide
from homeward.house import House
from homeward.model import ids, schema
from homeward.model.capture import SetAside, Supply
from homeward.model.collection import collect_young, no_collection
from homeward.model.errors import WorkspaceKind
from homeward.owed import INDEXED, READ
from homeward.store.ledger import records, watermarks

Progress = Callable[..., None]

READER = reread.READER
# Raised when all mentions are to be made again; a batch whose mentions are older lacks them.
GENERATION = "mentions"
# Chunks between two commits of the index. Committing waits for merges and flushes: about half a second,
# against some seconds that a chunk takes; what a kill loses of the index is made again by `repair`.
COMMIT_EVERY = 10
# Captures put into the index at once where that was left for later: with their mentions about 100 MB.
INDEXED_AT_ONCE = 20_000
# Lake files of one table above which an ingest ends by joining small ones: a scan opens each of them.
MANY_FILES = 24
# `what` of a stored ad that its readers could not survive. It is an ad; it only has no mentions.
UNREAD = "mentions"


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the records of a file: read = stored + changed + repeated + set aside."""

    read: int = 0
    stored: int = 0  # ads never met before
    changed: int = 0  # new contents of known ads
    repeated: int = 0  # contents met before
    set_aside: int = 0  # records that could not be read, each kept with its reason


def take_in(
    house: House, source: Source, supply: Supply, *, progress: Progress | None = None,
    demo_only: bool = False, index: bool = True,
) -> Counts:  # fmt: skip
    """Take a file of ads in and return what became of its records.

    Without `index`, the search index is left to the next `repair`. With `demo_only`, only ads of the
    synthetic world are stored: the first chunk that holds any other ad is refused as a whole, and the file
    ends there. Chunks before it held ads of the synthetic world.
    """
    with house.writing(), no_collection():  # records, mentions and documents by the million, and no cycle
        repair(house, index=index, progress=progress)
        taking = _Taking(house, source, supply)

        def acknowledged() -> Iterator[pa.Table]:
            for chunk in source.chunks():
                if demo_only:
                    _refuse_real_ads(chunk, source.name)
                ads = taking.acknowledge(chunk)
                if progress:
                    progress("ads", chunk.bytes_done, chunk.bytes_total)
                if ads.num_rows:
                    yield ads
                collect_young()

        _follow(house, acknowledged(), index=index)
        _tidy(house)
        owed.note(house, index=index)
    return taking.counts


def repair(house: House, *, index: bool = True, progress: Progress | None = None) -> int:
    """Make what taking in still owes: mentions, prints and, with `index`, the index.

    Return for how many batches. Quick when nothing is owed. Batches are made up for in the order in which
    they came, so that the latest capture of an ad is what the index ends with.
    """
    with house.writing(), no_collection():
        made = owed.batches(house, READ)
        lacking = [batch for batch in made if _lacks_mentions(house, batch)]
        _forget_mentions(house, lacking)
        _follow(house, (_ads_of(house, batch) for batch in lacking), index=False)
        if index:
            owed.index_owed(house)
            unsought = owed.batches(house, INDEXED)
            _index(house, unsought, progress)
            made = list(dict.fromkeys([*made, *unsought]))
        owed.note(house, index=index)
        return len(made)


def rebuild(house: House, what: str, *, progress: Progress | None = None) -> None:
    """Make the index anew from the lake, or everything derived: mentions, prints and index.

    Killed in the middle, the next `repair` goes on. After "derived" a refresh should follow: until then the
    current run is read with the mentions that it was made from.
    """
    with house.writing():
        house.index.clear()
        with house.ledger.write() as tx:
            watermarks.put(tx, INDEXED, -1)
            if what == "derived":
                watermarks.put(tx, READ, -1)
                watermarks.put(tx, GENERATION, max(watermarks.get(tx, GENERATION), 0) + 1)
        repair(house, progress=progress)


# Acknowledging.


class _Taking:
    """One file being taken in."""

    def __init__(self, house: House, source: Source, supply: Supply) -> None:
        self._house, self._source, self._supply = house, source, supply
        self._act = f"ingest:{source.sha256}:{source.reading}"
        self._chunk = -1
        self._known = house.lake.read("ads", columns=KNOWN.names)
        mine = [("file_sha256", "=", source.sha256)]
        held = {
            name: house.lake.read(name, columns=["position"], filters=mine) for name in schema.PRECIOUS[:2]
        }
        aside = house.lake.read("set_aside", columns=["position", "what"], filters=mine)
        held["set_aside"] = aside.filter(pc.not_equal(aside["what"], UNREAD))
        with house.ledger.read() as tx:
            self._erased = pa.array(sorted(records.erased_ads(tx)), pa.string())
        self._held = {name: np.unique(table["position"].to_numpy()) for name, table in held.items()}
        self.counts = Counts()

    def acknowledge(self, chunk: Chunk) -> pa.Table:
        """Append what a chunk brings, and return its new captures (schema.ADS)."""
        self._chunk += 1
        chunk = self._without_erased(chunk)
        arrival = decide(chunk.records, self._known)
        new = pa.concat_tables([arrival.stored, arrival.changed]).sort_by("position")
        now = self._house.clock()
        batch = self._batch(chunk, new)
        stamp = {"batch": batch, "file_sha256": self._source.sha256, "month": now.strftime("%Y-%m")}
        self._append("set_aside", _set_aside(chunk, {**stamp, "at": now}), "set_aside")
        self._append("sightings", _stamped(arrival.repeated, stamp, schema.SIGHTINGS), "ads", "sightings")
        ads = _stamped(new, {
            **stamp, "captured_at": now, "supplier": self._supply.supplier, "basis": self._supply.basis,
            "obtained": self._supply.obtained, "witnessed": False,
        }, schema.ADS)  # fmt: skip
        self._append("ads", ads)
        self._known = pa.concat_tables([self._known, new.select(KNOWN.names)])
        self._count(chunk, arrival.stored.num_rows, arrival.changed.num_rows, arrival.repeated.num_rows)
        return ads

    def _without_erased(self, chunk: Chunk) -> Chunk:
        """Set aside the records of ads that were erased, keeping nothing of them but their position."""
        gone = pc.is_in(chunk.records["ad"], value_set=self._erased)
        positions = chunk.records.filter(gone)["position"].to_pylist()
        if not positions:
            return chunk
        aside = [SetAside(position, "erased", "the ad was erased and is not taken in again", b"")
                 for position in positions]  # fmt: skip
        return replace(
            chunk, records=chunk.records.filter(pc.invert(gone)), set_aside=[*chunk.set_aside, *aside]
        )

    def _append(self, table: str, rows: pa.Table, *but: str) -> None:
        """Append rows as this file's and chunk's, leaving out records of this file that `but` hold."""
        if but and rows.num_rows:
            held = np.concatenate([self._held[name] for name in but])
            rows = rows.filter(pa.array(~np.isin(rows["position"].to_numpy(), held)))
        fresh = self._is_fresh(table)
        if rows.num_rows or (fresh and table == "ads"):
            self._house.lake.append(table, rows, txn=(self._act, self._chunk) if fresh else None)

    def _is_fresh(self, table: str) -> bool:
        """Whether this chunk was not yet appended to the table.

        If it was, and there still are rows to add, then something happened in between: another file
        brought some of them, or they were erased. They are added on their own.
        """
        done = self._house.lake.committed(table, self._act)
        return done is None or done < self._chunk

    def _batch(self, chunk: Chunk, new: pa.Table) -> str:
        name = f"{self._source.sha256}:{self._source.reading}"
        if new.num_rows and not self._is_fresh("ads"):
            name += f":{self._house.lake.version('ads')}"  # a batch of its own: the first has its mentions
        return ids.batch_id(name, chunk.first)

    def _count(self, chunk: Chunk, stored: int, changed: int, repeated: int) -> None:
        c = self.counts
        self.counts = replace(
            c, read=c.read + chunk.read, stored=c.stored + stored, changed=c.changed + changed,
            repeated=c.repeated + repeated, set_aside=c.set_aside + chunk.read - chunk.records.num_rows,
        )  # fmt: skip


def _stamped(rows: pa.Table, stamp: Mapping[str, object], shape: pa.Schema) -> pa.Table:
    """Return the rows with the same value in each column of the stamp, in the shape of a table."""
    for name, value in stamp.items():
        rows = rows.append_column(name, pa.repeat(pa.scalar(value, shape.field(name).type), rows.num_rows))
    return rows.select(shape.names)


def _set_aside(chunk: Chunk, stamp: dict[str, object]) -> pa.Table:
    named = ("what", "reason", "detail", "original", "position")
    columns = [[getattr(aside, name) for aside in chunk.set_aside] for name in named]
    shape = schema.SET_ASIDE
    arrays = [pa.array(c, shape.field(n).type) for n, c in zip(named, columns, strict=True)]
    return _stamped(pa.table(arrays, names=list(named)), stamp, shape)


def _refuse_real_ads(chunk: Chunk, file: str) -> None:
    """Refuse a chunk for a demo workspace unless every ad in it says of which synthetic world it is."""
    for name, extra in zip(*(chunk.records[c].to_pylist() for c in ("source_id", "extra")), strict=True):
        if not orjson.loads(extra).get("world"):
            raise WorkspaceKind(
                f"A demo workspace takes ads of a synthetic world only; {file} holds another ({name}).",
                remedy="Make a workspace for it with: homeward init",
            )


# Following.


def _follow(house: House, acknowledged: Iterable[pa.Table], *, index: bool) -> None:
    """Make mentions, prints and index of acknowledged captures, in order, while more are acknowledged."""
    waiting: deque[pa.Table] = deque()
    faults: list[tuple[int, str]] = []
    first = done = 0
    agency = reread.knowledge(house)

    def given() -> Iterator[pa.Table]:
        for ads in acknowledged:
            waiting.append(ads)
            yield reread.prepared(ads, agency)

    for mentions in house.engine.map_stream(READER, given(), on_error=lambda *fault: faults.append(fault)):
        ads = waiting.popleft()
        _write_read(house, ads, mentions, [(row - first, reason) for row, reason in faults])
        reread.note(house, ads, agency)
        faults.clear()
        first, done = first + ads.num_rows, done + 1
        if index:
            house.index.add(ads, owed.without_corrected(house, mentions))
            if done % COMMIT_EVERY == 0:
                house.index.commit()
    house.index.commit()


def _index(house: House, batches: list[str], progress: Progress | None) -> None:
    """Put batches into the index, in the order in which they came; their mentions are there."""
    if not batches:
        return
    wanted = pc.field("batch").isin(batches)
    total, done = sum(part.num_rows for part in house.lake.scan("ads", columns=["batch"], filters=wanted)), 0
    for place, ads in enumerate(_gathered(house.lake.scan("ads", filters=wanted)), 1):
        captures = pc.field("capture").isin(ads["capture"].combine_chunks())
        read = pc.field("batch").isin(ads["batch"].unique()) & captures
        said = house.lake.read("mentions", filters=read)
        house.index.add(ads, owed.without_corrected(house, said))
        done += ads.num_rows
        if progress:
            progress("search index", done, total)
        if place % COMMIT_EVERY == 0:
            house.index.commit()
        collect_young()
    house.index.commit()


def _gathered(parts: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Yield rows some at a time, of which each batch of mentions is looked up once."""
    held: list[pa.Table] = []
    for part in parts:
        held.append(part)
        if sum(table.num_rows for table in held) >= INDEXED_AT_ONCE:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _write_read(house: House, ads: pa.Table, mentions: pa.Table, faults: list[tuple[int, str]]) -> None:
    """Append what one batch says; the mentions last, as they tell that all is there."""
    batch = ads["batch"][0].as_py()
    txn = (_read(batch), _generation(house))
    if faults:
        rows = ads.take(pa.array([row for row, _ in faults], pa.int64()))
        table = rows.select(["original", "position", "batch", "file_sha256", "month"])
        told = [f"the ad is stored, but no reader could finish it: {reason}" for _, reason in faults]
        for name, values in (
            ("what", [UNREAD] * len(told)),
            ("reason", ["reader"] * len(told)),
            ("detail", told),
        ):
            table = table.append_column(name, pa.array(values, pa.string()))
        table = table.append_column("at", rows["captured_at"])
        house.lake.append("set_aside", table.select(schema.SET_ASIDE.names), txn=txn)
    prints = _prints(ads)
    if prints.num_rows:
        house.lake.append("prints", prints, txn=txn)
    house.lake.append("mentions", mentions, txn=txn)


def _prints(ads: pa.Table) -> pa.Table:
    """Return the prints of photos that came with the ads: SHA-256 and PDQ, as supplied, in lower case."""
    photos = ads["photos"].combine_chunks()
    parents = pc.list_parent_indices(photos)
    each = ads.select(["ad", "capture", "batch", "month"]).take(parents)
    rows: npt.NDArray[np.int64] = parents.to_numpy()
    starts = np.searchsorted(rows, rows)  # of each photo, where its ad's photos begin
    each = each.append_column("photo", pa.array(np.arange(len(rows)) - starts, pa.int32()))
    flat = pc.list_flatten(photos)
    parts = []
    for kind in ("pdq", "sha256"):
        values = pc.ascii_lower(pc.struct_field(flat, kind))
        part = each.append_column("value", values)
        part = part.append_column("kind", pa.array([kind] * len(values), pa.string()))
        parts.append(part.filter(pc.not_equal(values, "")).select(schema.PRINTS.names))
    return pa.concat_tables(parts)


# Keeping track.


def _read(batch: str) -> str:
    """Return the name of the act of reading a batch."""
    return f"read:{batch}"


def _generation(house: House) -> int:
    with house.ledger.read() as tx:
        return max(watermarks.get(tx, GENERATION), 0)


def _lacks_mentions(house: House, batch: str) -> bool:
    done = house.lake.committed("mentions", _read(batch))
    return done is None or done < _generation(house)


def _forget_mentions(house: House, batches: list[str]) -> None:
    """Remove what an earlier generation read of these batches; the current run still reads its own pins."""
    if batches and _generation(house) > 0:
        for table in ("mentions", "prints", "readings"):
            if house.lake.version(table) >= 0:
                house.lake.drop_rows(table, "batch", batches, keep_versions=True)


def _ads_of(house: House, batch: str) -> pa.Table:
    return house.lake.read("ads", filters=[("batch", "=", batch)])


def _tidy(house: House) -> None:
    """Join small files when there are many, and remove what nobody needs any more."""
    if max(len(house.lake.files(name)) for name in ("ads", "mentions")) <= MANY_FILES:
        return
    house.lake.compact(("ads", "sightings", "set_aside", "mentions", "prints", "readings", "superseded"))
    owed.vacuum(house)
