"""Pictures: which PDQ hashes are of one picture? Compared as they were supplied; no picture is opened.

Two hashes are near if they differ in at most NEAR_BITS of their 256 bits. They are found by their sixteen
parts of 16 bits: hashes that near have a part that is equal or differs in one bit, so that looking each part
up misses none (of very many pictures, only some of those that differ most). A hash goes with the most used
one near it, never by a chain of likenesses.

Source: Davis and Rosen 2019 (PDQ, threshold 31); Norouzi et al. 2012 (multi-index hashing).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from homeward.connect.tools import Ints, ascending, distinct

BITS = 256
NEAR_BITS = 31
_SPELLED = f"^[0-9A-Fa-f]{{{BITS // 4}}}$"
# A sound PDQ has half of its bits set, being cut at the median; far from that it is of a flat picture, and
# flat pictures resemble each other without being one.
LEAST_SET, MOST_SET = 96, 160
# Beyond so many hashes only equal parts are looked up: whatever differs in 15 bits is still always found, and
# most of the rest. Beyond still more the parts are wider: 9 bits. A re-encoded or smaller picture differs in
# fewer, and the work must not grow with the square of the pictures.
NARROW, WIDE = 16, 24
EXACT_BEYOND, WIDE_BEYOND = 50_000, 200_000
# Hashes with one part in common that are held against each other, in order: bounds what a crowd costs.
MOST_BESIDE = 400
AT_ONCE = 2_000_000  # pairs compared at a time

Words = npt.NDArray[np.uint64]


def same_picture(hashes: Sequence[str], uses: Ints) -> Ints:
    """Return for each distinct hash (hexadecimal) the place of the one that stands for its picture.

    `uses` says how often each is used. What is no sound PDQ stands for itself.
    """
    out = np.arange(len(hashes), dtype=np.int64)
    sound, words = _sound(hashes)
    if len(sound) < 2:
        return out
    near = _near(words)
    order = sorted(range(len(sound)), key=lambda i: (-int(uses[sound[i]]), hashes[int(sound[i])]))
    rank = np.empty(len(sound), dtype=np.int64)
    rank[order] = np.arange(len(sound))
    # Each pair towards the more used one; in that order a hash that follows another leads nobody.
    lead, follow = np.where(rank[near[:, 0]] < rank[near[:, 1]], near.T, near.T[::-1])
    leads = np.ones(len(sound), dtype=bool)
    for i in np.lexsort((rank[follow], rank[lead])).tolist():
        a, b = int(lead[i]), int(follow[i])
        if leads[a] and leads[b]:
            leads[b] = False
            out[sound[b]] = sound[a]
    return out


def beside(hashes: Sequence[str], some: Ints) -> Ints:
    """Return the places of the hashes that are near one of `some` (places, ascending), these among them.

    As `same_picture` looks hashes up, but for a few only: the others are not held against each other.
    """
    sound, words = _sound(hashes)
    asked = np.flatnonzero(np.isin(sound, some))
    if not len(asked):
        return some
    found = [some]
    wide, flips = _looked_up(len(words))
    for key in _part_keys(words, wide):
        order, begins = _ordered(key, wide)
        for flip in flips:
            start, end = (begins(key[asked] ^ flip, after) for after in (0, 1))
            for one, other in _chunks(asked, start, np.clip(end - start, 0, MOST_BESIDE), order):
                near = np.bitwise_count(words[one] ^ words[other]).sum(axis=1) <= NEAR_BITS
                found.append(sound[np.unique(other[near])])
    return ascending(np.concatenate(found))


def _looked_up(count: int) -> tuple[int, list[int]]:
    """Return how wide the parts of so many hashes are, and which of their bits may differ."""
    wide = WIDE if count > WIDE_BEYOND else NARROW
    return wide, [0, *(1 << bit for bit in range(wide))] if count <= EXACT_BEYOND else [0]


def _part_keys(words: Words, wide: int) -> Iterator[Ints]:
    """Yield each part of some hashes as a number."""
    parts = words.astype(">u8").view(np.uint8).reshape(len(words), BITS // 8)
    for first in range(0, BITS // wide * wide // 8, wide // 8):
        key = np.zeros(len(words), dtype=np.int64)
        for column in range(first, first + wide // 8):
            key = key << 8 | parts[:, column]
        yield key


def _ordered(key: Ints, wide: int) -> tuple[Ints, Callable[[Ints, int], Ints]]:
    """Return the order of keys, and a function that tells where some begin in it (with 1: end)."""
    order = np.argsort(key, kind="stable")
    if wide > NARROW:
        ordered = key[order]
        return order, lambda some, after: np.searchsorted(ordered, some, side="right" if after else "left")
    begins = np.concatenate([[0], np.cumsum(np.bincount(key, minlength=1 << wide))])
    return order, lambda some, after: begins[some + after]


def _sound(hashes: Sequence[str]) -> tuple[Ints, Words]:
    """Return the places of the sound hashes, and these as bits."""
    texts = pa.array(hashes, pa.string())
    spelled = np.flatnonzero(pc.match_substring_regex(texts, _SPELLED).to_numpy(zero_copy_only=False))
    bits = np.frombuffer(bytes.fromhex("".join(hashes[i] for i in spelled.tolist())), dtype=">u8")
    words = bits.reshape(len(spelled), BITS // 64).astype(np.uint64)
    ones = np.bitwise_count(words).sum(axis=1)
    sound = (ones >= LEAST_SET) & (ones <= MOST_SET)
    return spelled[sound], words[sound]


def _near(words: Words) -> Ints:
    """Return the pairs of hashes that differ in NEAR_BITS bits or fewer, smaller place first."""
    found = [np.empty((0, 2), dtype=np.int64)]
    wide, flips = _looked_up(len(words))
    for key in _part_keys(words, wide):
        order, begins = _ordered(key, wide)
        for flip in flips:
            # Of two keys that differ in one bit, the one without it looks for the other.
            rows = order if not flip else np.flatnonzero(key & flip == 0)
            start = begins(key[rows] ^ flip, 0)
            if not flip:
                start = np.arange(1, len(rows) + 1)  # of equal keys, each looks at those after it
            end = begins(key[rows] ^ flip, 1)
            many = np.clip(end - start, 0, MOST_BESIDE)
            for one, other in _chunks(rows, start, many, order):
                near = np.bitwise_count(words[one] ^ words[other]).sum(axis=1) <= NEAR_BITS
                found.append(np.sort(np.stack([one[near], other[near]], axis=1), axis=1))
    return distinct(*np.concatenate(found).T)


def _chunks(rows: Ints, start: Ints, many: Ints, order: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the pairs of each row with the `many` hashes from `start` in `order`, some at a time."""
    total = np.cumsum(many)
    done = 0
    while done < len(rows):
        base = total[done - 1] if done else 0
        end = max(done + 1, int(np.searchsorted(total, base + AT_ONCE, side="right")))
        some = many[done:end]
        a = np.repeat(rows[done:end], some)
        inner = np.arange(len(a)) - np.repeat(np.cumsum(some) - some, some)
        yield a, order[np.repeat(start[done:end], some) + inner]
        done = end
