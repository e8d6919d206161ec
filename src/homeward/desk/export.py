"""Write rows out: as JSON Lines, CSV or Parquet, in the same bytes for the same workspace."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from homeward.desk import requests, rows, runs
from homeward.desk.acts import long_act
from homeward.desk.cells import cell
from homeward.desk.permissions import permitted
from homeward.desk.workspace import overview
from homeward.house import House
from homeward.model import schema
from homeward.model.actor import Actor
from homeward.model.errors import UsageError
from homeward.model.event import Act
from homeward.model.lead import CAUTION
from homeward.model.scales import in_words, scales
from homeward.store.ledger import Tx, handed

Row = dict[str, Any]
BUNCH = 2_000  # rows written at a time
LONGEST = 400  # characters of a recipient or a basis

COLUMNS: dict[str, tuple[str, ...]] = {
    "ads": ("id", *rows.AD_COLUMNS[1:], *rows.KEPT_COLUMNS, "provenance"),
    "mentions": rows.MENTION_COLUMNS,
    "templates": ("id", "ads", "size", "pattern"),
    "identities": ("id", "level", "ads", "values", "links"),
    "leads": (
        "id",
        "identity",
        "score",
        "word",
        "families",
        "for",
        "against",
        "shown",
        "caution",
        "error_rate",
    ),
}
# The numbers of judgement in an export, and where its file says what they are: the first row alone of JSON
# Lines and CSV has that text, Parquet has it beside its columns.
NUMBERS = {"mentions": ("reading",), "identities": ("link",), "leads": ("lead", "finding")}
HOW = "how_to_read"
# Which table's types a column of Parquet has; a column that the table lacks is text, or JSON as text.
_TABLES = {
    "ads": schema.ADS, "mentions": schema.MENTIONS, "templates": schema.TEMPLATES,
    "identities": schema.IDENTITIES, "leads": schema.LEADS,
}  # fmt: skip


class _Counted(io.RawIOBase):
    """A writer that counts and digests what goes through it."""

    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self.bytes = 0
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._sink.write(data)
        self.bytes += len(data)
        self.digest.update(data)
        return len(data)


@permitted("corpus.export")
def export(
    actor: Actor, house: House, what: str, sink: BinaryIO, *, fmt: str = "jsonl", level: str = "network",
    all_captures: bool = False, to: str = "", basis: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Write the rows of `what` to `sink`; return how many, their bytes and SHA-256, and what was searched.

    Which ads the rows name is written into the list of disclosures, with who gets them (`to`) and on which
    basis, in one transaction with the export's end; also where the export fails half-way.

    A workspace without a run has no templates, identities or leads: it gives no row and says so.
    """
    if what not in COLUMNS or fmt not in WRITERS:
        raise UsageError(f"There is no export of {what} as {fmt}.")
    asked = requests.parameters_of_export(
        what, fmt=fmt, level=level, all_captures=all_captures, to=to, basis=basis
    )
    if len(to) > LONGEST or len(basis) > LONGEST:
        raise UsageError(f"Recipient and basis have at most {LONGEST} characters.")
    second = requests.second(actor, house, "corpus.export", asked)
    ads = handed.Ads()

    def write_down(tx: Tx) -> None:
        if len(ads):
            handed.keep(
                tx, ads, recipient=to.strip() or f"not said by {actor.name}", what=f"export of {what}",
                basis=basis.strip() or "not said", by=actor.name, at=house.clock(),
            )  # fmt: skip

    with long_act(
        actor, house, Act.EXPORT, [what], also=write_down, first=second, format=fmt, level=level
    ) as ended:
        counted = _Counted(sink)
        buffer: io.BufferedWriter[Any] = io.BufferedWriter(counted, 1 << 18)
        found = _rows(house, what, level=level, all_captures=all_captures, ads=ads)
        count = WRITERS[fmt](found, COLUMNS[what], buffer, _how(what))
        buffer.flush()
        ended.update(rows=count, ads=len(ads), bytes=counted.bytes, sha256=counted.digest.hexdigest())
    return {
        "what": what, "rows": count, "bytes": counted.bytes, "sha256": counted.digest.hexdigest(),
        "caution": f"What it holds are leads, not findings ({CAUTION})." if what == "leads" else "",
        "searched": overview(house)["searched"] if not count else "",
    }  # fmt: skip


def _rows(
    house: House, what: str, *, level: str, all_captures: bool, ads: handed.Ads | None = None
) -> Iterator[Row]:
    """Yield the rows of an export; `ads` takes in which ads they name."""
    told = rows.untold if ads is None else ads.add
    if what in ("ads", "mentions"):
        pins = {name: house.lake.version(name) for name in ("ads", "mentions")}
        if pins["ads"] < 0:
            return iter(())
        make = rows.ads if what == "ads" else rows.mentions
        return _told(make(house, pins, all_captures=all_captures), told)
    run = runs.current(house)
    if run is None:
        return iter(())
    if what == "identities":
        return rows.identities(house, run.pins, run.id, level=level, handed=told)
    if what == "templates":
        return rows.templates(house, run.pins, run.id, handed=told)
    # Leads stand as the ads alone ranked them: an order or a score in which a cleared persona stands lower
    # would tell whoever adds up the reasons whom somebody cleared.
    return rows.leads(house, run.pins, run.id, run.leads, handed=told)


def _how(what: str) -> str:
    """Return what the numbers of an export are and are not; empty where it has none but counts."""
    return in_words(scales(*NUMBERS[what])) if what in NUMBERS else ""


def _told(found: Iterator[Row], told: rows.Taken) -> Iterator[Row]:
    for row in found:
        told((row["ad"],))
        yield row


def _jsonl(found: Iterable[Row], columns: tuple[str, ...], sink: io.BufferedWriter, how: str) -> int:
    count = 0
    for row in found:
        told = {c: row[c] for c in columns} | ({HOW: how} if how and not count else {})
        line = json.dumps(told, ensure_ascii=False, default=_time, separators=(",", ":"))
        sink.write(line.encode("utf-8") + b"\n")
        count += 1
    return count


def _csv(found: Iterable[Row], columns: tuple[str, ...], sink: io.BufferedWriter, how: str) -> int:
    count = 0
    text = io.TextIOWrapper(sink, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*columns, HOW] if how else columns)
    for row in found:
        told = [cell(how if not count else "")] if how else []
        writer.writerow([*(cell(row[c]) for c in columns), *told])
        count += 1
    text.flush()
    text.detach()
    return count


def _parquet(found: Iterable[Row], columns: tuple[str, ...], sink: io.BufferedWriter, how: str) -> int:
    shape = _shape(columns).with_metadata({HOW: how} if how else None)
    count = 0
    with pq.ParquetWriter(sink, shape, compression="zstd") as writer:
        source = iter(found)
        while bunch := list(islice(source, BUNCH)):
            writer.write_table(pa.Table.from_pylist([_flat(row, shape) for row in bunch], schema=shape))
            count += len(bunch)
    return count


WRITERS = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}


def _shape(columns: tuple[str, ...]) -> pa.Schema:
    """Return the Parquet columns of an export: the lake's own types where it has them."""
    table = _TABLES[next(what for what, names in COLUMNS.items() if names == columns)]
    known = {field.name: field.type for field in table}
    return pa.schema([(name, known.get(name, pa.string())) for name in columns])


def _flat(row: Row, shape: pa.Schema) -> Row:
    flat = {}
    for field in shape:
        value = row[field.name]
        if field.type == pa.string() and value is not None and not isinstance(value, str):
            value = json.dumps(value, ensure_ascii=False, default=_time)
        flat[field.name] = value
    return flat


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)
