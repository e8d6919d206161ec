"""JSON Lines: one object a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from homeward.collect.cdr import from_cdr, is_cdr
from homeward.collect.chunk import RECORD_BYTES
from homeward.collect.fields import check_nul, check_shape
from homeward.collect.stream import Lines
from homeward.collect.strict_json import decode_strictly
from homeward.model.errors import RecordError

Found = tuple[bytes, int, dict[str, Any] | RecordError]


def read_jsonl(lines: Lines) -> Iterator[Found]:
    """Yield (original bytes, their length, the record or why it is none) for each line that is not blank."""
    for raw, size in lines:
        if size > RECORD_BYTES:
            yield raw, size, too_large()
            continue
        line = raw.strip(b" \t\r\n")
        if line:
            yield raw.rstrip(b"\r\n"), size, _record(line)


def too_large() -> RecordError:
    """Return what is said of a record that is too large."""
    return RecordError("too-large", f"the record is larger than {RECORD_BYTES // 2**20} MB")


def _record(line: bytes) -> dict[str, Any] | RecordError:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return RecordError(_slug(error.msg, line), f"not JSON: {error.msg.split(': line')[0]}")
    if type(record) is not dict:
        return RecordError(
            "not-an-object", f"the line is a JSON {_NAMES.get(type(record), 'value')}, not an object"
        )
    if not record:
        return RecordError("empty", "the object is empty")
    try:
        keys = check_shape(record)
        if rb"\u0000" in line:
            check_nul(record)
        # A key given twice would be dropped silently. Every key is followed by a colon, white space apart;
        # only if there are more such pairs than keys (a text may hold some) is a closer look due.
        if line.translate(None, b" \t\r").count(b'":') != keys:
            decode_strictly(line)
        return from_cdr(record) if "_id" in record and is_cdr(record) else record
    except RecordError as error:
        return error


_NAMES = {list: "array", str: "text", int: "number", float: "number", bool: "truth value", type(None): "null"}


def _slug(message: str, line: bytes) -> str:
    if "depth" in message or "ecursion" in message:
        return "depth"
    if "UTF-8" in message:
        return "encoding"
    if "surrogate" in message:
        return "surrogate"
    if b"\0" in line:
        return "nul"
    return "json"
