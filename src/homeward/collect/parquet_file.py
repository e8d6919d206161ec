"""Parquet: columns named as the fields of an ad."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from homeward.collect.chunk import RECORD_BYTES
from homeward.collect.fields import check_nul, check_shape
from homeward.collect.jsonl import Found, too_large
from homeward.model.errors import InputUnreadable, RecordError

BATCH_ROWS = 1_000
# Bytes of one row group, unpacked, as its own footer says: it is held whole while it is read.
GROUP_BYTES = 2 * 1024**3
_TIMES = ("posted_at", "seen_at")


def read_parquet(file: BinaryIO, name: str) -> Iterator[Found]:
    """Yield (the row as canonical JSON, its length, the record or why it is none).

    A row has no bytes of its own in a Parquet file: its canonical JSON (sorted keys) stands for them.
    """
    try:
        table = pq.ParquetFile(file)
        _check_groups(table, name)
        batches = table.iter_batches(batch_size=BATCH_ROWS)
        while (batch := next(batches, None)) is not None:
            yield from _rows(batch)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputUnreadable(name, f"it is not a sound Parquet file ({_short(error)})") from None


def _check_groups(table: pq.ParquetFile, name: str) -> None:
    meta = table.metadata
    for place in range(meta.num_row_groups):
        if meta.row_group(place).total_byte_size > GROUP_BYTES:
            raise InputUnreadable(
                name, f"its row group {place} unpacks to more than {GROUP_BYTES // 1024**3} GB",
                remedy="Write it again with smaller row groups.",
            )  # fmt: skip


def _rows(batch: pa.RecordBatch) -> Iterator[Found]:
    try:
        rows: list[dict[str, Any]] = batch.to_pylist()
    except (ValueError, OverflowError, UnicodeDecodeError):
        if batch.num_rows > 1:  # find the rows at fault
            half = batch.num_rows // 2
            yield from _rows(batch.slice(0, half))
            yield from _rows(batch.slice(half))
        else:
            yield b"", 0, RecordError("type", "the row holds a value that cannot be read")
        return
    for row in rows:
        record = {key: value for key, value in row.items() if value is not None}
        try:
            original = orjson.dumps(record, default=_plain, option=orjson.OPT_SORT_KEYS)
        except (TypeError, ValueError) as error:
            yield repr(record)[:1000].encode("utf-8", "replace"), 0, RecordError("type", _short(error))
            continue
        yield original, len(original), _record(record, original)


def _record(record: dict[str, Any], original: bytes) -> dict[str, Any] | RecordError:
    if len(original) > RECORD_BYTES:
        return too_large()
    if not record:
        return RecordError("empty", "all cells of the row are empty")
    plain: dict[str, Any] = orjson.loads(original)
    for name in _TIMES:
        if isinstance(record.get(name), dt.datetime):
            plain[name] = record[name]
    try:
        check_shape(plain)
        if rb"\u0000" in original:
            check_nul(plain)
    except RecordError as error:
        return error
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8")
    if isinstance(value, Decimal | dt.timedelta):
        return str(value)
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"a column holds {type(value).__name__}")


def _short(error: Exception) -> str:
    return str(error).split("\n")[0].rstrip(".")[:200]
