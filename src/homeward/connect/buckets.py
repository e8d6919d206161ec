"""Buckets: which of the things that fall into one bucket are held against each other?

Some buckets at a time, which bounds what the engine holds: of a million ads there are some thirty million
entries, and most stand alone in their bucket.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from homeward.connect.statements import statement
from homeward.connect.tools import Engine, Ints, ascending, codes_of

Hashes = npt.NDArray[np.uint64]

# Entries that one statement looks at.
AT_ONCE = 4_000_000
# Bits of a bucket's hash by which it is told that nothing else is in it: more would not stay in reach.
_MOST_BITS = 24


def meetings(band: Hashes, place: Ints, engine: Engine, *, at_once: int = AT_ONCE) -> Ints:
    """Return the pairs of places (n × 2, smaller first, distinct, ascending) that meet in a bucket.

    A place meets the first few of its bucket and the ones just before it: see `sql/neighbours.sql`.
    """
    parts, count = np.uint64(len(band) // at_once + 1), int(place.max(initial=0)) + 1
    part = (band % parts).astype(np.int32)
    found = [
        _meetings(band[mine] // parts, place[mine], count, engine)
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


def _meetings(band: Hashes, place: Ints, count: int, engine: Engine) -> Ints:
    """Return the pairs that meet, each as the first times `count` and the second, ascending."""
    shared = _shared(band)
    buckets = pa.table({"band": band[shared].view(np.int64), "place": place[shared]})
    pairs = engine.sql(statement("neighbours"), {"buckets": buckets})
    return codes_of(pairs["a"]) * count + codes_of(pairs["b"])


def _shared(band: Hashes) -> npt.NDArray[np.bool_]:
    """Return which entries may share their bucket: the last bits of a hash tell of most that they do not."""
    bits = min(len(band).bit_length() + 2, _MOST_BITS)
    low = (band & np.uint64((1 << bits) - 1)).astype(np.int64)
    several: npt.NDArray[np.bool_] = np.bincount(low, minlength=1 << bits) > 1
    return np.asarray(several[low])
