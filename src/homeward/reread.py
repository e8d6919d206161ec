"""Reread: which version of the readers read each capture, and what must be read again?

A batch of captures is read by one version of all readers and one knowledge file; the `readings` table says
which. When either changes, a refresh reads exactly the batches of another version again. What was read
before and is read no longer goes to `superseded`, with the version that read it: the old values stay known.

Killed anywhere and repeated, the tables end as if nothing had happened: a batch counts as read only once
its row in `readings` is written, last of all, and until then it is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect.signature import MASKED
from homeward.extract.kernel import CARRIED, COLUMNS
from homeward.extract.knowledge import agency as agencies
from homeward.extract.knowledge.agency import Agency
from homeward.extract.read import version_of
from homeward.house import House
from homeward.model import schema
from homeward.model.event import Event
from homeward.owed import without_corrected
from homeward.store.ledger import events, meta

READER = "homeward.extract.kernel:read_batch"
# A text with something for each reader whose lists are long: a name, a place, a number, a price.
WARMING = "Anna in Reno, call 702-555-0142, 50 roses an hour"
KNOWLEDGE = "knowledge"  # the ledger's note of which file is in force: its hash
# Captures read again between two writes of the tables: about 150 MB of mentions, and a rewrite of the files
# that hold the old ones each time.
AT_ONCE = 100_000
# What makes two readings the same one: a surer or newer reading of the same value supersedes nothing.
SAME = ("capture", "part", "start", "end", "kind", "value")
UNKNOWN = "unknown"  # the version of a batch whose reading was not noted

Tell = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading again came to."""

    captures: int = 0  # read again
    superseded: int = 0  # mentions that are read no longer
    changed: int = 0  # captures whose wording is to be signed again
    unread: int = 0  # captures that no reader could finish


# The knowledge of a workspace.


def keep(house: House, source: bytes, *, event: Event | None = None) -> Agency | None:
    """Put a knowledge file in force for this workspace; an empty one takes the one in force away.

    The file is kept by its hash, so that a version of a reading can always be opened again. `event` is
    written in the same transaction.
    """
    given = agencies.parse(source) if source.strip() else None
    sha256 = house.blobs.put(source) if given is not None else ""
    with house.ledger.write() as tx:
        meta.put(tx, KNOWLEDGE, sha256)
        if event is not None:
            events.record(tx, event)
    return given


def knowledge(house: House) -> Agency | None:
    """Return the knowledge in force, or None."""
    with house.ledger.read() as tx:
        sha256 = meta.get(tx, KNOWLEDGE, "")
    return agencies.parse(house.blobs.get(sha256)) if sha256 else None


def prepared(ads: pa.Table, agency: Agency | None) -> pa.Table:
    """Return what the reading kernel needs of some ads, the knowledge with it."""
    return agencies.attach(ads.select([*CARRIED, *COLUMNS]), agency)


def warm(house: House) -> None:
    """Let one worker read an ad that nobody keeps, so that the first one added by hand does not wait for it.

    A worker begins with its imports, and readers read their lists at the first text that needs them: together
    a second of the processor.
    """
    shape = pa.schema([schema.ADS.field(name) for name in (*CARRIED, *COLUMNS)])
    blank = pa.Table.from_pylist([dict.fromkeys(shape.names) | {"body": WARMING}], shape)
    house.engine.map(READER, prepared(blank, knowledge(house)))


# Which version read what.


def note(house: House, ads: pa.Table, agency: Agency | None) -> None:
    """Write down which version read the batches of these captures. Called when their mentions are there."""
    counted = ads.group_by(["batch", "month"]).aggregate([([], "count_all")]).sort_by("batch")
    version, knowledge = version_of(agency), agency.sha256 if agency else ""
    rows = pa.table(
        {
            "batch": counted["batch"], "captures": counted["count_all"].cast(pa.int64()),
            "version": [version] * counted.num_rows, "knowledge": [knowledge] * counted.num_rows,
            "month": counted["month"],
        }
    )  # fmt: skip
    house.lake.append("readings", rows.cast(schema.READINGS))


def affected(house: House) -> dict[str, tuple[str, int]]:
    """Return the batches that another version read, in append order: (its version, captures)."""
    wanted = version_of(knowledge(house))
    if house.lake.version("ads") < 0:
        return {}
    batches = house.lake.read("ads", columns=["batch"]).group_by("batch", use_threads=False)
    noted = house.lake.read("readings", columns=["batch", "version"])  # after the ads that it is about
    read = dict(zip(noted["batch"].to_pylist(), noted["version"].to_pylist(), strict=True))
    counted = batches.aggregate([([], "count_all")])
    both = zip(counted["batch"].to_pylist(), counted["count_all"].to_pylist(), strict=True)
    return {batch: (read.get(batch, UNKNOWN), n) for batch, n in both if read.get(batch) != wanted}


# Reading again.


def reread(house: House, *, tell: Tell = lambda step, done, total: None) -> Reread:
    """Read again what another version read; return how much that was."""
    todo = affected(house)
    total = sum(n for _, n in todo.values())
    if not total:
        return Reread()
    agency, latest = knowledge(house), _latest(house)
    done = lost = changed = unread = 0
    for batches in _groups(todo):
        tell("reading again", done, total)
        ads = house.lake.read("ads", filters=pc.field("batch").isin(batches))
        old = house.lake.read("mentions", filters=pc.field("batch").isin(batches))
        faults: list[int] = []
        new = house.engine.map(READER, prepared(ads, agency), on_error=_counter(faults))
        lost += _supersede(house, old, new, {batch: todo[batch][0] for batch in batches}, version_of(agency))
        changed += _forget_wordings(house, old, new)
        house.lake.drop_rows("mentions", "batch", batches, keep_versions=True)
        house.lake.append("mentions", new)
        shown = ads.filter(pc.is_in(ads["capture"], value_set=latest))
        house.index.add(shown, without_corrected(house, new))
        house.index.commit()
        house.lake.drop_rows("readings", "batch", batches, keep_versions=True)
        note(house, ads, agency)
        done, unread = done + ads.num_rows, unread + len(faults)
    tell("reading again", done, total)
    return Reread(done, lost, changed, unread)


def _counter(faults: list[int]) -> Callable[[int, str], None]:
    """Return what keeps the place of each capture that no reader could finish."""
    return lambda row, reason: faults.append(row)


def _groups(todo: dict[str, tuple[str, int]]) -> Iterator[list[str]]:
    """Yield batches some at a time, in append order."""
    held: list[str] = []
    captures = 0
    for batch, (_, n) in todo.items():
        if held and captures + n > AT_ONCE:
            yield held
            held, captures = [], 0
        held.append(batch)
        captures += n
    if held:
        yield held


def _latest(house: House) -> pa.Array:
    """Return the latest capture of each ad: an older one must not take its place in the index."""
    rows = house.lake.query(
        "SELECT capture FROM (SELECT capture, revision, max(revision) OVER (PARTITION BY ad) AS last"
        " FROM ads) WHERE revision = last"
    )
    return rows["capture"].combine_chunks()


def _without(rows: pa.Table, others: pa.Table, keys: Sequence[str]) -> pa.Table:
    """Return the rows whose keys are not among the others', in a fixed order."""
    left = rows.append_column("place", pa.array(range(rows.num_rows), pa.int64()))
    alone = left.select([*keys, "place"]).join(others.select(keys), list(keys), join_type="left anti")
    return rows.take(alone["place"].combine_chunks().sort())


def _supersede(house: House, old: pa.Table, new: pa.Table, by: dict[str, str], version: str) -> int:
    """Append what is read no longer to `superseded`, once for each batch and pair of versions."""
    gone = _without(old, new, SAME)
    for batch, before in by.items():
        rows = gone.filter(pc.equal(gone["batch"], batch))
        if rows.num_rows:
            rows = rows.append_column("version", pa.array([before] * rows.num_rows, pa.string()))
            rows = rows.append_column("by", pa.array([version] * rows.num_rows, pa.string()))
            act = f"superseded:{batch}:{before}:{version}"
            house.lake.append("superseded", rows.select(schema.SUPERSEDED.names), txn=(act, 0))
    return int(gone.num_rows)


def _forget_wordings(house: House, old: pa.Table, new: pa.Table) -> int:
    """Drop the bands of captures whose masked stretches changed: they are signed again."""
    keys = ("capture", "part", "start", "end", "kind")
    before, after = (
        t.filter(pc.is_in(t["kind"], value_set=pa.array(MASKED))).select(keys) for t in (old, new)
    )
    both = (_without(before, after, keys), _without(after, before, keys))
    captures = pa.concat_tables(both)["capture"].unique().to_pylist()
    if captures and house.lake.version("bands") >= 0:
        house.lake.drop_rows("bands", "capture", captures, keep_versions=True)
    return len(captures)
