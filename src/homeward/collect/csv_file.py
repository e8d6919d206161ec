"""CSV with a header line: columns named as the fields of an ad."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

import orjson

from homeward.collect.chunk import RECORD_BYTES
from homeward.collect.fields import check_nul, check_shape
from homeward.collect.jsonl import Found, too_large
from homeward.collect.stream import Lines
from homeward.model.errors import InputUnreadable, RecordError

DELIMITERS = ",;\t|"
COLUMNS = 2_000
_LISTS = ("phones", "emails", "photos")
_BETWEEN = ";|\n"  # parts the entries of a list in one cell; in phones and emails a comma does too
csv.field_size_limit(RECORD_BYTES + 2)


def header_of(text: str) -> tuple[list[str], str]:
    """Return the column names of a header line and the character that parts them."""
    line = text.removeprefix("\ufeff")
    delimiter = max(DELIMITERS, key=lambda mark: (line.count(mark), -DELIMITERS.index(mark)))
    try:
        names = next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return [], delimiter
    return [name.strip() for name in names], delimiter


def read_csv(lines: Lines, name: str) -> Iterator[Found]:
    """Yield (the row's bytes, their length, the record or why it is none); empty cells are left out.

    A row may span lines inside quotes. Where a quote is never closed, the line that opened it is set
    aside and reading goes on with the next line. An empty file has no rows.
    """
    first = lines.next()
    if first is None:
        return
    try:
        columns, delimiter = header_of(first[0].decode("utf-8"))
    except UnicodeDecodeError:
        raise InputUnreadable(name, "the header is not UTF-8 text", line=1) from None
    if len(set(columns)) < len(columns) or len(columns) > COLUMNS:
        raise InputUnreadable(
            name, "the header names a column twice or too many", line=1,
            remedy="Give every column a name of its own.",
        )  # fmt: skip
    while row := _row(lines, delimiter):
        raw, size, cells = row
        if isinstance(cells, RecordError):
            yield raw, size, cells
        elif cells:
            yield raw, size, _record(columns, cells)


def _row(lines: Lines, delimiter: str) -> tuple[bytes, int, list[str] | RecordError] | None:
    """Return the next row; None at the end of the file. No cells: a blank line."""
    used: list[bytes] = []
    fault: RecordError | None = None
    total = 0

    def feed() -> Iterator[str]:
        nonlocal fault, total
        while fault is None and (found := lines.next()) is not None:
            line, size = found
            used.append(line)
            total += size
            if total > RECORD_BYTES:
                fault = too_large()
                return
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                fault = RecordError("encoding", "the row is not UTF-8 text")
                return

    try:
        cells: list[str] = next(csv.reader(feed(), delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        fault = fault or RecordError("csv", f"the row is not CSV: {error}")
    if not used:
        return None
    if fault is None:
        return b"".join(used).rstrip(b"\r\n"), total, cells
    if len(used) > 1:  # a quote was opened and never closed: only its own line is at fault
        lines.give_back(used[1:])
        fault = RecordError("csv", "a quote is opened and never closed")
        total = len(used[0])
    return used[0].rstrip(b"\r\n"), total, fault


def _record(columns: list[str], cells: list[str]) -> dict[str, Any] | RecordError:
    if len(cells) != len(columns):
        return RecordError("columns", f"the row has {len(cells)} columns, the header {len(columns)}")
    record: dict[str, Any] = {column: cell for column, cell in zip(columns, cells, strict=True) if cell}
    try:
        for name in (*_LISTS, "extra"):
            if name in record:
                record[name] = _entries(name, record[name])
        check_shape(record)
        check_nul(record)
    except RecordError as error:
        return error
    return record or RecordError("empty", "all cells of the row are empty")


def _entries(name: str, cell: str) -> Any:
    """Return a cell that holds JSON as what it says, and other lists by what parts them."""
    if cell[:1] in "[{":
        try:
            return orjson.loads(cell)
        except orjson.JSONDecodeError:
            raise RecordError("json", f"{name} begins like JSON and is not") from None
    if name == "extra":
        return cell
    marks = _BETWEEN if name == "photos" else _BETWEEN + ","
    for mark in marks[1:]:
        cell = cell.replace(mark, marks[0])
    return [part for entry in cell.split(marks[0]) if (part := entry.strip())]
