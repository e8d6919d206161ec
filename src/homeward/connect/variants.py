"""Variants: short wordings that differ from a common one in a word that is a filling no reader took.

"Robin 555-0101 call me" stands beside two hundred ads of a masked name, a number and "call me", and so do
"Jade …" and "Summer …". Each such wording is rare, differs in one place only, and others differ in the same
place: told by itself it would cost more than told as that wording with another filling.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from homeward.connect import parameters as p
from homeward.connect.tools import Ints

Hashes = npt.NDArray[np.uint64]


def fold_variants(values: Hashes, offsets: Ints, typing: Hashes, copies: Ints) -> Ints:
    """Return for each short wording the one it is a variant of, or itself.

    `values` are the wordings' shingles end to end, mixed so that sums of them tell sets apart; `typing` is
    how each is typed; `copies` says how often each comes. A changed word changes one shingle at the end of a
    line, where it may also be what shows the typing, else two.
    """
    key, owner, gone, count = _without(values, offsets)
    key += np.where(count == 2, typing[owner], np.uint64(0))
    order = np.lexsort((owner, -copies[owner], key))
    key, owner, gone = key[order], owner[order], gone[order]
    first = np.ones(len(key), dtype=bool)
    first[1:] = key[1:] != key[:-1]
    bucket = np.cumsum(first) - 1
    chief = owner[first][bucket] if len(owner) else owner
    another = gone != gone[first][bucket] if len(owner) else first
    rare = (copies[owner] * p.VARIANT_RARER <= copies[chief]) & another
    others = np.bincount(bucket[rare], minlength=int(bucket.max(initial=-1)) + 1)
    goes = rare & (copies[chief] >= p.VARIANT_OF) & (others[bucket] >= p.VARIANTS)
    out = np.arange(len(copies))
    source, target = owner[goes], chief[goes]
    best = np.lexsort((target, -copies[target], source))
    source, target = source[best], target[best]
    fresh = np.ones(len(source), dtype=bool)
    fresh[1:] = source[1:] != source[:-1]
    out[source[fresh]] = target[fresh]
    return np.where(out[out] == out, out, np.arange(len(out)))


def _without(values: Hashes, offsets: Ints) -> tuple[Hashes, Ints, Hashes, Ints]:
    """Return what wordings are without any one or two shingles, if enough is left, whose, those, how many."""
    sizes = np.diff(offsets)
    keys: list[Hashes] = [np.zeros(0, dtype=np.uint64)]
    gone: list[Hashes] = [np.zeros(0, dtype=np.uint64)]
    owners: list[Ints] = [np.zeros(0, dtype=np.int64)]
    counts: list[Ints] = [np.zeros(0, dtype=np.int64)]
    for size in np.unique(sizes[sizes <= p.VARIANT_LONGEST]).tolist():
        rows = np.flatnonzero(sizes == size)
        table = values[offsets[rows][:, None] + np.arange(size)]
        total = table.sum(axis=1, dtype=np.uint64)
        for count in (1, 2):
            if size - count <= p.VARIANT_KEEPS:
                continue
            one, other = np.triu_indices(size, 1)
            less = table if count == 1 else table[:, one] + table[:, other]
            keys.append((total[:, None] - less + np.uint64(count)).ravel())
            gone.append(less.ravel())
            owners.append(np.repeat(rows, less.shape[1]))
            counts.append(np.full(less.size, count))
    return np.concatenate(keys), np.concatenate(owners), np.concatenate(gone), np.concatenate(counts)
