"""Bounds: which pairs of rows cannot be as alike as is asked? Told without multiplying them.

Most pairs that a bucket proposes share a few phrases and no more. A row's columns fall on bits: what two rows
share is at most the bits that both have, and those columns of a row that fell on a bit of another of its own.
Rows that share k columns are at most as alike as the k heaviest entries of either are long (the inequality of
Cauchy and Schwarz): what that leaves out, multiplying would have left out as well.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix

from homeward.connect.tools import Floats, Ints

Bools = npt.NDArray[np.bool_]

# Bits of a row: of the pairs that 200,000 ads propose, 256 leave 20 % to be multiplied, 512 6.0 %, 1,024
# 5.3 %; 4.7 % are alike. Groups have more columns than wordings: with 512 all took a fifth longer.
_BITS = 1_024
# What numbers of 32 bits lose by being rounded is far less than this share.
_SLACK = 1e-5
_AT_ONCE = 10_000  # rows that are looked at together: 10 MB of bits that are not packed yet


class Bounds:
    """Of each row the bits that its columns fall on, and how long its heaviest entries are together."""

    def __init__(self, rows: csr_matrix) -> None:
        count, lengths = rows.shape[0], np.diff(rows.indptr)
        self._starts, self._lengths = rows.indptr, lengths
        self._bits = np.zeros((count, _BITS // 64), dtype=np.uint64)
        # The squares of each row's entries, added up from the heaviest on.
        self._heavy = np.zeros(len(rows.data) + 1, dtype=np.float32)
        for first in range(0, count, _AT_ONCE):
            last = min(first + _AT_ONCE, count)
            some = slice(rows.indptr[first], rows.indptr[last])
            row = np.repeat(np.arange(last - first), lengths[first:last])
            # Columns are numbered in the order of hashes, so that their last bits fall evenly.
            marked = np.zeros((last - first, _BITS), dtype=np.bool_)
            marked[row, rows.indices[some] & (_BITS - 1)] = True
            self._bits[first:last] = np.packbits(marked, axis=1).view(np.uint64)
            self._heavy[some] = _added(row, rows.data[some], lengths[first:last])
        self._twice = lengths - np.bitwise_count(self._bits).sum(axis=1, dtype=np.int64)

    def reach(self, a: Ints, b: Ints, least: Floats | float) -> Bools:
        """Return which products of row `a[i]` and row `b[i]` may be as large as `least`, which is above 0."""
        both = np.bitwise_count(self._bits[a] & self._bits[b]).sum(axis=1, dtype=np.int64)
        shared = both + np.minimum(self._twice[a], self._twice[b])
        most = self._longest(a, shared) * self._longest(b, shared)
        return np.asarray((shared > 0) & (most >= np.square(least) * (1 - _SLACK)))

    def _longest(self, rows: Ints, entries: Ints) -> Floats:
        """Return the squared length of so many of each row's heaviest entries."""
        last = self._starts[rows] + np.minimum(entries, self._lengths[rows]) - 1
        return np.asarray(self._heavy[last], dtype=np.float64)


def _added(row: Ints, entries: Floats, lengths: Ints) -> Floats:
    """Return the squares of each row's entries, added up from the largest on; rows ascend."""
    squares = np.square(entries).astype(np.float32)
    # Positive numbers are ordered as their bits are: row and number are sorted as one.
    key = (row.astype(np.uint64) << np.uint64(32)) | (~squares.view(np.uint32)).astype(np.uint64)
    key.sort()
    squares = (~key.astype(np.uint32)).view(np.float32)
    total = np.concatenate([[0.0], np.cumsum(squares, dtype=np.float64)])
    ends = np.cumsum(lengths)
    return np.asarray(total[1:] - np.repeat(total[ends - lengths], lengths))
