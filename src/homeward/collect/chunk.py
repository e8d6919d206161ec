"""A chunk: some thousand records of one supplied file, read; and the numbers that bound reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from homeward.model import ids, schema
from homeward.model.capture import SetAside

# A chunk is the unit that is acknowledged: 20,000 records are about a second of work, and few enough
# lake files. Its end depends on the file alone, so that a repeated ingest meets the same chunks.
CHUNK_RECORDS = 20_000
CHUNK_BYTES = 64 * 1024 * 1024
# One record. The longest honest ads with their page are under 2 MB; 8 MB is room, and little memory.
RECORD_BYTES = 8 * 1024 * 1024
# How deep objects and lists in a record may lie in each other. Crawlers write five or six levels.
DEPTH = 32
# What is kept of a record that is set aside.
KEPT_BYTES = 64 * 1024

# The columns of one record, in the order of `schema.RECORDS`.
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of records: those that could be read as a table, the others set aside, none left out."""

    records: pa.Table
    set_aside: list[SetAside]
    first: int  # position of its first record in the file
    read: int  # records read: rows + set-aside records (photos set aside are not records)
    bytes_done: int  # of the supplied file, after this chunk
    bytes_total: int


@dataclass(slots=True)
class Gathering:
    """A chunk being filled."""

    first: int
    rows: list[Row] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    read: int = 0
    size: int = 0

    @property
    def full(self) -> bool:
        """Whether the chunk ends here."""
        return self.read >= CHUNK_RECORDS or self.size >= CHUNK_BYTES

    def add(self, key: str, content: str, fields: Sequence[Any], original: bytes) -> None:
        """Add a record that could be read."""
        capture = ids.capture_id(key, content)
        self.rows.append((key, capture, content, *fields, original, self.first + self.read))
        self.read += 1
        self.size += len(original)

    def put_aside(self, reason: str, detail: str, original: bytes, size: int) -> None:
        """Add a record that could not be read."""
        position = self.first + self.read
        self.aside.append(SetAside(position, reason, detail, original[:KEPT_BYTES]))
        self.read += 1
        self.size += size

    def refuse_photo(self, detail: str, photo: str) -> None:
        """Note a photo that the record to be added next may not name."""
        kept = photo.encode("utf-8", "replace")[:KEPT_BYTES]
        self.aside.append(SetAside(self.first + self.read, "photo-path", detail, kept, "photo"))

    def chunk(self, done: int, total: int) -> Chunk:
        """Return what was gathered."""
        columns = zip(*self.rows, strict=True) if self.rows else ([] for _ in schema.RECORDS)
        arrays = [pa.array(column, kind.type) for column, kind in zip(columns, schema.RECORDS, strict=True)]
        table = pa.Table.from_arrays(arrays, schema=schema.RECORDS)
        return Chunk(table, self.aside, self.first, self.read, done, total)
