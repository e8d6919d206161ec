"""Small array tools that the other files of this room share."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Engine(Protocol):
    """What this room asks of an engine; `engine.base.Engine` has it and more."""

    def sql(self, text: str, tables: Mapping[str, pa.Table]) -> pa.Table:
        """Return the rows of one statement over named tables."""
        ...

    def components(self, edges: pa.Table, n: int) -> npt.NDArray[np.int64]:
        """Return for each of `n` nodes the smallest node it is connected with."""
        ...


class MapEngine(Engine, Protocol):
    """An engine that also runs kernels."""

    def map(
        self, kernel: str, table: pa.Table, *, on_error: Callable[[int, str], None] | None = None
    ) -> pa.Table:
        """Return what a kernel makes of every batch of a table, in order; rows that fail go to `on_error`."""
        ...

    def map_stream(self, kernel: str, tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """Yield what a kernel makes of each table of a stream, in order."""
        ...


def flatten(lists: Any) -> tuple[Ints, npt.NDArray[Any]]:
    """Return the offsets (from 0) and the values of a list column; null lists are empty."""
    counts = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    flat = pc.list_flatten(lists)
    if isinstance(flat, pa.ChunkedArray):
        flat = flat.combine_chunks()
    return offsets, flat.to_numpy(zero_copy_only=False)


def listed(counts: Ints, flat: pa.Array) -> pa.ListArray:
    """Return lists of so many values each, which lie end to end."""
    return pa.ListArray.from_arrays(pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32()), flat)


def parted(lists: pa.ListArray) -> tuple[Ints, Any]:
    """Return how many values each list has, and all of them end to end; no list is null."""
    return np.diff(lists.offsets.to_numpy()).astype(np.int64), lists.flatten()


def rows_of(starts: Ints, some: Ints) -> tuple[Ints, Ints]:
    """Return how many rows each of some has, given where everybody's begin, and the rows; -1 has none."""
    counts = np.where(some < 0, 0, starts[some + 1] - starts[some])
    begin = starts[some] - (np.cumsum(counts) - counts)
    return counts, np.arange(int(counts.sum())) + np.repeat(begin, counts)


_AT_ONCE = 100_000


def taken(lists: Any, rows: Ints) -> pa.ListArray:
    """Return some rows of a list column of numbers, -1 being an empty list: Arrow's `take`, by numpy.

    Arrow copies lists one by one: of a million with 40 numbers each it takes many times as long.
    """
    offsets, flat = flatten(lists)
    counts = np.where(rows < 0, 0, np.diff(np.append(offsets, offsets[-1]))[rows])
    ends = np.concatenate([[0], np.cumsum(counts)])
    out = np.empty(int(ends[-1]), dtype=flat.dtype)
    for at in range(0, len(rows), _AT_ONCE):  # the places of all numbers would be as large as the numbers
        some, many = rows[at : at + _AT_ONCE], counts[at : at + _AT_ONCE]
        first, last = ends[at], ends[at + len(some)]
        place = np.arange(last - first) + np.repeat(offsets[some] - (ends[at : at + len(some)] - first), many)
        out[first:last] = flat[place]
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), pa.array(out))


def codes_of(values: Any) -> Ints:
    """Return an Arrow or numpy column of whole numbers as int64."""
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        values = values.to_numpy(zero_copy_only=False) if isinstance(values, pa.Array) else values.to_numpy()
    return np.asarray(values).astype(np.int64)


def places(values: Any, among: Any) -> Ints:
    """Return where each value of an Arrow column stands among those of another, -1 if nowhere."""
    known = among.combine_chunks() if isinstance(among, pa.ChunkedArray) else among
    return codes_of(pc.fill_null(pc.index_in(values, value_set=known), -1))


def number(values: Any) -> tuple[Ints, list[Any]]:
    """Number the distinct values of a column from 0 in sorted order; null is -1."""
    codes, names = coded(values)
    return codes, names.to_pylist()


def coded(values: Any) -> tuple[Ints, pa.Array]:
    """Do what `number` does, the distinct values being a column: a list of a million takes its time."""
    column = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    found = pc.dictionary_encode(column)
    order = pc.sort_indices(found.dictionary)
    rank = np.full(len(order) + 1, -1, dtype=np.int64)  # the last one is null's
    rank[order.to_numpy()] = np.arange(len(order))
    return rank[codes_of(pc.fill_null(found.indices, -1))], found.dictionary.take(order)


def ascending(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return the distinct numbers, ascending: what `np.unique` does, by hashing, in 18 times the time."""
    values = np.sort(values, axis=None)
    return values[firsts(values)]


def firsts(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Return where a sorted column begins another value."""
    first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


_BITS = 24


def among(values: npt.NDArray[np.uint64], wanted: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
    """Return which of very many hashes are among some: the last bits tell of most that they are not."""
    low = np.uint64((1 << _BITS) - 1)
    met = np.zeros(1 << _BITS, dtype=bool)
    met[wanted & low] = True
    out: npt.NDArray[np.bool_] = met[values & low]
    some = pc.is_in(pa.array(values[out]), value_set=pa.array(ascending(wanted)))
    out[out] = np.asarray(some.to_numpy(zero_copy_only=False), dtype=bool)
    return out


def ranked(values: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], Ints]:
    """Return the distinct numbers, ascending, and the place of each given one among them.

    `np.unique` with its inverse, made for millions of numbers of which each comes many times: these are
    hashed, and only the distinct ones sorted.
    """
    coded = pc.dictionary_encode(pa.array(values))
    found = coded.dictionary.to_numpy()
    order = np.argsort(found)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return found[order], rank[coded.indices.to_numpy()]


class Rows(NamedTuple):
    """Distinct rows in ascending order; of each its first place and how often it is there."""

    rows: Ints
    first: Ints
    of: Ints  # the number of each given row
    counts: Ints

    def by_first_column(self) -> list[Ints]:
        """Return the first places of the rows, parted by the first column's value, ascending."""
        cuts = np.flatnonzero(np.diff(self.rows[:, 0])) + 1
        return np.split(self.first, cuts) if len(self.rows) else []


def distinct(*columns: Ints) -> Ints:
    """Return the distinct rows of some columns, ascending: `np.unique` by rows, many times quicker."""
    packed = _packed(columns)
    if packed is None:
        return np.unique(np.stack(columns, axis=1), axis=0)
    key, least, width = packed
    rest = ascending(key)
    out = np.empty((len(rest), len(columns)), dtype=np.int64)
    for place in range(len(columns) - 1, -1, -1):
        rest, value = np.divmod(rest, width[place])
        out[:, place] = value + least[place]
    return out


def numbered(*columns: Ints) -> Rows:
    """Return the distinct rows of some columns, and where each stands."""
    packed = _packed(columns)
    if packed is None:
        rows, first, of, counts = np.unique(
            np.stack(columns, axis=1), axis=0, return_index=True, return_inverse=True, return_counts=True
        )
        return Rows(rows, first, of.ravel(), counts)
    # `np.unique` sorts by a stable way to find first places, which takes three times as long.
    key = packed[0]
    order = np.argsort(key)
    key = key[order]
    fresh = firsts(key)
    starts = np.flatnonzero(fresh)
    first = np.minimum.reduceat(order, starts)
    counts = np.diff(np.append(starts, len(key)))
    of = np.empty(len(key), dtype=np.int64)
    of[order] = np.cumsum(fresh) - 1
    return Rows(np.stack([column[first] for column in columns], axis=1).astype(np.int64), first, of, counts)


def _packed(columns: Sequence[Ints]) -> tuple[Ints, list[int], list[int]] | None:
    """Return rows as one number each, in the same order, and each column's least value and width.

    None where the columns are too wide for that.
    """
    if not len(columns[0]):
        return None
    least = [int(column.min()) for column in columns]
    width = [int(column.max()) - low + 1 for column, low in zip(columns, least, strict=True)]
    if math.prod(width) >= 1 << 63:
        return None
    key = np.zeros(len(columns[0]), dtype=np.int64)
    for column, low, wide in zip(columns, least, width, strict=True):
        key = key * wide + (column - low)
    return key, least, width


def split_by(labels: Ints) -> list[Ints]:
    """Return the rows of every label, labels ascending, rows ascending."""
    packed = _packed((labels, np.arange(len(labels))))
    if packed is None:
        order = np.argsort(labels, kind="stable")
    else:  # sorting numbers takes a tenth of sorting their places
        order = np.sort(packed[0]) % len(labels)
    cuts = np.flatnonzero(np.diff(labels[order])) + 1
    return np.split(order, cuts) if len(order) else []


def clocks(times: pa.ChunkedArray, groups: Sequence[Ints], *, last: bool) -> list[int | None]:
    """Return the first or last known time of each group of rows, in microseconds, None if none is known."""
    if not groups:
        return []
    known = times.is_valid().to_numpy()
    stamps = pc.fill_null(times.cast(pa.int64()), 0).to_numpy()
    none = np.iinfo(np.int64).min if last else np.iinfo(np.int64).max
    flat = np.concatenate(groups)
    starts = np.concatenate([[0], np.cumsum([len(g) for g in groups])[:-1]]).astype(np.int64)
    pick = np.maximum if last else np.minimum
    found = pick.reduceat(np.where(known, stamps, none)[flat], starts)
    return [None if stamp == none else stamp for stamp in found.tolist()]


def relabel(labels: Ints) -> Ints:
    """Replace each label by the smallest row that has it."""
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return first[inverse].astype(np.int64)


def text_list(values: Sequence[str]) -> str:
    """Join words as a sentence does: "a", "a and b", "a, b and c"."""
    if len(values) <= 1:
        return "".join(values)
    return f"{', '.join(values[:-1])} and {values[-1]}"
