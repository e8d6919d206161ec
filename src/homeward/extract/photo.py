"""Prints of photos: the hashes by which the same picture is recognised.

Rule: the `sha256` and `pdq` fields that a source gives become prints if they are hexadecimal and of the
right length (64 characters each); anything else is left out, since a false hash would join strangers.
Prints made from the pictures themselves come with the photo part.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from homeward.model import schema

SIZE = 64  # hexadecimal characters of a SHA-256, and of a PDQ hash of 256 bits
HEX = frozenset("0123456789abcdef")
KINDS = ("sha256", "pdq")
COLUMNS = ("ad", "capture", "photos", "batch", "month")


def normal_hash(value: Any) -> str:
    """Return a hash in lower case, or nothing if it is none; all zeros is a placeholder, not a hash."""
    text = value.strip().lower() if isinstance(value, str) else ""
    return text if len(text) == SIZE and HEX.issuperset(text) and text.strip("0") else ""


def prints_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Kernel: return the prints of a batch of ads (any columns that include `COLUMNS`)."""
    names = set(batch.schema.names)
    columns = [batch.column(c).to_pylist() if c in names else [None] * batch.num_rows for c in COLUMNS]
    rows = [
        {"ad": ad, "capture": capture, "photo": n, "kind": kind, "value": value, "batch": lot, "month": month}
        for ad, capture, photos, lot, month in zip(*columns, strict=True)
        for n, photo in enumerate(photos or ())
        for kind in KINDS
        if (value := normal_hash((photo or {}).get(kind)))
    ]
    return pa.RecordBatch.from_pylist(rows, schema=schema.PRINTS)
