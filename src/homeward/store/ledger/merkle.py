"""The tree over the audit log, in the shapes of RFC 6962 (section 2.1) and RFC 9162: pure arithmetic.

A leaf is hashed behind a zero byte, an inner node behind a one; the left side of every node is the largest
complete tree that fits. A node is named by its level (leaves are level 0) and its place in that level;
only complete nodes are kept, so that a kept node never changes. `get(level, place)` returns one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

EMPTY = hashlib.sha256(b"").digest()  # the root of a log without an entry
Get: TypeAlias = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry of the log."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grown(size: int, leaf: bytes, get: Get) -> Iterator[tuple[int, int, bytes]]:
    """Yield the complete nodes above level 0 that a leaf at place `size` makes: (level, place, hash)."""
    level, place, found = 0, size, leaf
    while place & 1:
        found = node_hash(get(level, place - 1), found)
        level, place = level + 1, place >> 1
        yield level, place, found


def peaks(size: int) -> list[tuple[int, int]]:
    """Return the complete trees that make up a log of `size` entries, left to right: (level, place)."""
    found, begin = [], 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, begin >> level))
            begin += 1 << level
    return found


def folded(hashes: Sequence[bytes]) -> bytes:
    """Return the root above some peaks, left to right; of none, the root of the empty log."""
    if not hashes:
        return EMPTY
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def root(size: int, get: Get) -> bytes:
    """Return the root of the first `size` entries."""
    return folded([get(level, place) for level, place in peaks(size)])


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over leaf hashes, in one pass and little memory."""
    tree = Growing()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


class Growing:
    """A tree that grows a leaf at a time and remembers its peaks only."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    @classmethod
    def of(cls, size: int, peaks: Sequence[bytes]) -> Growing:
        """Return a tree that goes on from the peaks of another."""
        tree = cls()
        tree.size, tree._peaks = size, list(peaks)
        return tree

    def add(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        self._peaks.append(leaf)
        size = self.size
        while size & 1:
            right = self._peaks.pop()
            self._peaks[-1] = node_hash(self._peaks[-1], right)
            size >>= 1
        self.size += 1

    def root(self) -> bytes:
        """Return the root of what was added so far."""
        return folded(self._peaks)


def inclusion(index: int, size: int, get: Get) -> list[bytes]:
    """Return the proof that entry `index` is in the log of `size` entries."""
    if not 0 <= index < size:
        raise ValueError("no such entry")
    return _path(index, 0, size, get)


def consistency(old: int, size: int, get: Get) -> list[bytes]:
    """Return the proof that the log of `size` entries begins with the log of `old` entries."""
    if not 0 <= old <= size:
        raise ValueError("no such sizes")
    return [] if old in (0, size) else _subproof(old, 0, size, True, get)


def _span(begin: int, end: int, get: Get) -> bytes:
    """Return the hash of the entries from `begin` up to `end`, where `begin` is a multiple of its split."""
    return folded([get(level, (begin >> level) + place) for level, place in peaks(end - begin)])


def _split(count: int) -> int:
    """Return the largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _path(index: int, begin: int, end: int, get: Get) -> list[bytes]:
    if end - begin == 1:
        return []
    middle = begin + _split(end - begin)
    if begin + index < middle:
        return [*_path(index, begin, middle, get), _span(middle, end, get)]
    return [*_path(index - (middle - begin), middle, end, get), _span(begin, middle, get)]


def _subproof(old: int, begin: int, end: int, whole: bool, get: Get) -> list[bytes]:
    """RFC 6962, section 2.1.2: SUBPROOF; `whole` while the old log's own root is known to the asker."""
    if old == end - begin:
        return [] if whole else [_span(begin, end, get)]
    middle = begin + _split(end - begin)
    if begin + old <= middle:
        return [*_subproof(old, begin, middle, whole, get), _span(middle, end, get)]
    return [*_subproof(old - (middle - begin), middle, end, False, get), _span(begin, middle, get)]


def includes(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether `proof` shows the leaf at `index` of the log with that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    first, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            found = node_hash(step, found)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            found = node_hash(found, step)
        first, last = first >> 1, last >> 1
    return last == 0 and found == root


def extends(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether `proof` shows that the log with `root` begins with that of `old_root` (RFC 9162, 2.1.4.2).

    Of the empty log there is nothing to show but its own root and an empty proof.
    """
    if not 0 <= old <= size or (old == 0 and old_root != EMPTY) or (size == 0 and root != EMPTY):
        return False
    if old == size:
        return not proof and old_root == root
    if old == 0:
        return not proof
    steps = list(proof)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    if not steps:
        return False
    first, last = old - 1, size - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            after = node_hash(after, step)
        first, last = first >> 1, last >> 1
    return last == 0 and before == old_root and after == root
