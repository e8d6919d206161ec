"""Buckets: which of the things that fall into one bucket are held against each other?

Some buckets at a time, which bounds the memory: of a million ads there are some thirty million entries, and
most stand alone in their bucket.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from homeward.connect import parameters as p
from homeward.connect.tools import Ints, ascending, firsts

Hashes = npt.NDArray[np.uint64]
Bools = npt.NDArray[np.bool_]

# Entries that are sorted at a time.
AT_ONCE = 4_000_000
# Bits of a bucket's hash by which it is told that nothing else is in it: more would not stay in reach.
_MOST_BITS = 24


def meetings(band: Hashes, place: Ints, *, of: Bools | None = None, at_once: int = AT_ONCE) -> Ints:
    """Return the pairs of places (n × 2, smaller first, distinct, ascending) that meet in a bucket.

    In every bucket a place meets the first few and the ones just before it, which is linear in places. With
    `of`, only pairs with one of those places are returned.
    """
    parts, count = np.uint64(len(band) // at_once + 1), int(place.max(initial=0)) + 1
    part = (band % parts).astype(np.int32)
    found = [
        _meetings(band[mine] // parts, place[mine], count, of)
        for mine in (part == one for one in range(int(parts)))
    ]
    whole = np.concatenate(found)
    del part, found  # of a million ads some thirty million pairs, each a number yet
    if parts > 1:
        whole = ascending(whole)
    pairs = np.empty((len(whole), 2), dtype=np.int64)
    np.floor_divide(whole, count, out=pairs[:, 0])
    np.remainder(whole, count, out=pairs[:, 1])
    return pairs


def _meetings(band: Hashes, place: Ints, count: int, of: Bools | None) -> Ints:
    """Return the pairs that meet, each as the first times `count` and the second, ascending."""
    bucket, place = _sorted(band, place, count)
    begin = np.flatnonzero(firsts(bucket))[bucket]
    rank = np.arange(len(bucket)) - begin
    found = [np.zeros(0, dtype=np.int64)]

    def meet(rows: Bools, others: Ints) -> None:
        a, b = place[others], place[rows]
        keep = a < b  # a place may stand in a bucket twice
        if of is not None:
            keep &= of[a] | of[b]
        found.append(a[keep] * count + b[keep])

    for nth in range(p.BUCKET_FIRST):
        rows = rank > nth
        meet(rows, begin[rows] + nth)
    for back in range(1, p.BUCKET_NEAR + 1):
        rows = rank >= p.BUCKET_FIRST + back  # what is nearer to the beginning has met it there
        meet(rows, np.flatnonzero(rows) - back)
    return ascending(np.concatenate(found))


def _sorted(band: Hashes, place: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the entries that share their bucket by bucket, numbered from 0, then by place."""
    shared = _shared(band)
    band, place = band[shared], place[shared]
    order = np.argsort(band)
    number = np.cumsum(firsts(band[order])) - 1
    # Buckets and places as one number each are sorted in a tenth of the time of their order.
    key = np.sort(number * count + place[order])
    return np.floor_divide(key, count), np.remainder(key, count)


def _shared(band: Hashes) -> Bools:
    """Return which entries may share their bucket: the last bits of a hash tell of most that they do not."""
    bits = min(len(band).bit_length() + 2, _MOST_BITS)
    low = (band & np.uint64((1 << bits) - 1)).astype(np.int64)
    several: Bools = np.bincount(low, minlength=1 << bits) > 1
    return np.asarray(several[low])
