"""The rows of a few ads in a data file, found without reading the file.

The row groups whose Bloom filters rule the ads out are left alone: a look-up of one ad among a million reads
a few bytes of each row group, and decodes one. The filters are those that `delta.py` has Parquet write: split
blocks of 256 bits, by XXH64 of the key (Parquet format, "BloomFilter.md").
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import xxhash

from homeward.store.delta import KEY, DataFile, TableFolder
from homeward.store.shapes import conform, kept_schema

SALT = np.array(
    [0x47B6137B, 0x44974D91, 0x8824AD5B, 0xA2B7289D, 0x705495C7, 0x2DF1424B, 0x9EFC4947, 0x5C6BFB31],
    dtype=np.uint32,
)
BLOCK = 32  # bytes
PLACES_KNOWN = 4_096  # files whose filters' places are kept: two numbers a row group
# Files whose footers are kept, about a megabyte each: reading one takes 4 ms, a row group 10 ms.
FOOTERS_KEPT = 64
LONGEST_HEADER = 64  # bytes; a filter's header has about 17

Words = npt.NDArray[np.uint32]


def rows(
    folder: TableFolder, files: Sequence[DataFile], keys: Sequence[str], shape: pa.Schema
) -> Iterator[pa.Table]:
    """Yield the rows of a table's files whose key is one of `keys`, with the columns and types of `shape`."""
    wanted, kept = pa.array(keys, pa.string()), kept_schema(shape)
    for one in files:
        path = folder.path / one.path
        groups = may_hold(path, keys)
        if groups == []:
            continue
        file = pq.ParquetFile(path, metadata=_footer(str(path)))
        columns = [name for name in shape.names if name in file.schema_arrow.names]
        more = columns != [KEY]
        for group in range(file.num_row_groups) if groups is None else groups:
            there = file.read_row_group(group, columns=[KEY], use_threads=False)
            holds = pc.is_in(there.column(0), value_set=wanted)
            if pc.any(holds).as_py():  # a filter errs now and then on the side of reading
                part = file.read_row_group(group, columns=columns, use_threads=False) if more else there
                part = part.filter(holds)
                yield conform(_filled(part, kept, folder.partition, one.partition), shape)


def _filled(part: pa.Table, kept: pa.Schema, partition: str, value: str) -> pa.Table:
    """Add the columns that the file does not have: the partition it lies in, and those younger than it."""
    columns = [
        part.column(one.name) if one.name in part.column_names
        else pa.repeat(pa.scalar(value if one.name == partition else None, one.type), part.num_rows)
        for one in kept
    ]  # fmt: skip
    return pa.table(columns, schema=kept)


def may_hold(path: Path, keys: Sequence[str]) -> list[int] | None:
    """Return the row groups of a file that may hold one of `keys`; none that holds one is left out.

    None where the file has no filters, or filters of another kind: then every row group may.
    """
    places = _filters(str(path))
    if places is None:
        return None
    hashes = np.array([xxhash.xxh64_intdigest(key.encode()) for key in keys], dtype=np.uint64)
    low = (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    wanted = np.uint32(1) << ((low[:, None] * SALT) >> np.uint32(27))  # the product wraps, as it must
    high = hashes >> np.uint64(32)
    file = os.open(path, os.O_RDONLY)
    try:
        found = []
        for group, (offset, length) in enumerate(places):
            blocks = ((high * np.uint64(length // BLOCK)) >> np.uint64(32)).astype(np.int64)
            first = int(blocks.min())
            size = (int(blocks.max()) - first + 1) * BLOCK
            read = os.pread(file, size, offset + first * BLOCK)
            if len(read) < size or _any_set(read, blocks - first, wanted):  # a torn file is read, and told
                found.append(group)
        return found
    finally:
        os.close(file)


def _any_set(read: bytes, blocks: npt.NDArray[np.int64], wanted: Words) -> bool:
    """Tell whether for any key all its bits are set in its block."""
    words = np.frombuffer(read, dtype="<u4").reshape(-1, 8)[blocks]
    return bool(((words & wanted) == wanted).all(axis=1).any())


@lru_cache(maxsize=FOOTERS_KEPT)
def _footer(path: str) -> pq.FileMetaData:
    """Return a file's footer. A data file never changes."""
    return pq.read_metadata(path)


@lru_cache(maxsize=PLACES_KNOWN)
def _filters(path: str) -> tuple[tuple[int, int], ...] | None:
    """Return where the bits of each row group's filter lie: offset and length."""
    facts = _footer(path)
    if KEY not in facts.schema.names:
        return None
    column = facts.schema.names.index(KEY)
    places = []
    with Path(path).open("rb") as file:
        for group in range(facts.num_row_groups):
            chunk = facts.row_group(group).column(column)
            if chunk.bloom_filter_offset is None:
                return None
            file.seek(chunk.bloom_filter_offset)
            read = _header(file.read(LONGEST_HEADER))
            if read is None:
                return None
            places.append((chunk.bloom_filter_offset + read[0], read[1]))
    return tuple(places)


def _header(start: bytes) -> tuple[int, int] | None:
    """Return the header's length and that of the bits after it; None unless it says block, XXH64, plain.

    It is a structure of Thrift's compact form: a field for the length, then three fields that each choose
    the first, empty structure of a union.
    """
    length, at = _varint(start, 1)
    choices = b"\x1c\x1c\x00\x00" * 3 + b"\x00"
    if start[:1] != b"\x15" or start[at : at + len(choices)] != choices or length % 2:
        return None
    return at + len(choices), length // 2


def _varint(start: bytes, at: int) -> tuple[int, int]:
    """Return a number of seven bits a byte, and where it ends."""
    value = shift = 0
    while at < len(start):
        value |= (start[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if start[at - 1] < 0x80:
            break
    return value, at
