"""An ad's wording as numbers: masked words, shingles, MinHash bands.

What differs from ad to ad inside one wording (numbers, names, prices, places) is masked by a token of
its kind, so that two fillings of one wording have the same shingles. The hashes are our own and fixed
for ever: a band written by one version is found by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import re2
import xxhash

from homeward.connect.parameters import BAND_ROWS, BANDS, CHARACTER_SHINGLE, WORD_SHINGLE
from homeward.extract.text.normalise import normalise
from homeward.model import schema

VERSION = "signature/1"

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

# Kinds whose characters are a filling, not wording. A control character stands for each: one character,
# so that masked plain text stays plain. An ad that holds one itself is read as if masked there.
MASKED = (
    "phone", "email", "handle", "url", "domain", "onion", "crypto", "pgp",
    "name", "age", "price", "place", "height", "weight", "hours",
)  # fmt: skip
TOKENS = dict(zip(MASKED, map(chr, (*range(0x01, 0x09), *range(0x0E, 0x15))), strict=True))
KIND_OF_TOKEN = {token: kind for kind, token in TOKENS.items()}

SPAN = pa.struct([("part", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("kind", pa.string())])

# What stands between words: everything but letters, digits, the marks that belong to them, and fillings.
_BETWEEN = r"[^\pL\pN\pM\x01-\x08\x0E-\x14]+"
# Scripts written without spaces between words: there every character is a word of its own.
_UNSPACED = re2.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+")
_UNSPACED_SHARE = 0.3

_SEED = 0x484F4D45
_MIX = np.uint64(0x9E3779B97F4A7C15)
_ROUNDS = ((np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)), (np.uint64(27), np.uint64(0x94D049BB133111EB)))
_LAST = np.uint64(31)


def _mix(values: Hashes) -> Hashes:
    """Return splitmix64 of each value: every input bit moves every output bit."""
    for shift, factor in _ROUNDS:
        values = (values ^ (values >> shift)) * factor
    return values ^ (values >> _LAST)


_SALTS = _mix(np.arange(1, BANDS * BAND_ROWS + 1, dtype=np.uint64) * _MIX)


@lru_cache(maxsize=200_000)
def _hash_word(word: str) -> int:
    return int(xxhash.xxh3_64_intdigest(word.encode("utf-8", "surrogatepass"), seed=_SEED))


def fold(text: str) -> str:
    """Return `text` without case, and without look-alike letters, width or style of letters."""
    return text.lower() if text.isascii() else normalise(text).text.casefold()


def mask(text: str, spans: Iterable[tuple[int, int, str]], fold: Callable[[str], str] = fold) -> str:
    """Return `text` with every span replaced by its kind's token; of overlapping spans the first wins.

    What is not masked passes through `fold`: `str` keeps it as written.
    """
    pieces: list[str] = []
    at = 0
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1], span[2])):
        token = TOKENS.get(kind)
        if token is None or start < at or end <= start or end > len(text):
            continue
        pieces += (fold(text[at:start]), " ", token, " ")
        at = end
    pieces.append(fold(text[at:]))
    return "".join(pieces)


def words(texts: Sequence[str]) -> list[list[str]]:
    """Return the words of masked texts; in scripts without spaces, their characters."""
    spaced = pc.replace_substring_regex(pa.array(texts, pa.string()), _BETWEEN, " ").to_pylist()
    return [
        [c for word in text.split() for c in word]
        if not text.isascii() and is_unspaced(text)
        else text.split()
        for text in spaced
    ]


def is_unspaced(text: str) -> bool:
    """Whether so much of `text` is in a script without spaces that its words cannot be told apart."""
    return sum(map(len, _UNSPACED.findall(text))) > _UNSPACED_SHARE * max(1, len(text))


def shingle(tokens: Hashes, offsets: Ints, sizes: Ints) -> tuple[Hashes, Ints]:
    """Return the sorted, distinct shingle hashes of texts, end to end, with the offset of each text's.

    `tokens` are the texts' word hashes end to end. A text shorter than its shingle size is one shingle; an
    empty text has none.
    """
    lengths = np.diff(offsets)
    sizes = np.minimum(sizes, lengths)
    text = np.repeat(np.arange(len(lengths)), lengths)
    inside = np.arange(len(tokens)) - offsets[:-1][text]
    starts = np.flatnonzero(inside + sizes[text] <= lengths[text])
    size = sizes[text[starts]]
    total = np.zeros(len(starts), dtype=np.uint64)
    for offset in range(int(sizes.max(initial=0))):
        more = offset < size
        total[more] = _mix(total[more] + tokens[starts[more] + offset] + _MIX)
    order = np.lexsort((total, text[starts]))
    owner, total = text[starts][order], total[order]
    fresh = np.ones(len(total), dtype=bool)
    fresh[1:] = (total[1:] != total[:-1]) | (owner[1:] != owner[:-1])
    counts = np.bincount(owner[fresh], minlength=len(lengths))
    return total[fresh], np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def minhash_bands(shingles: Hashes, offsets: Ints) -> Hashes:
    """Return the band hashes (texts × BANDS) of texts whose shingles lie end to end.

    A text without shingles gets zeros, which `build` never joins on.
    """
    texts = len(offsets) - 1
    bands = np.zeros((texts, BANDS), dtype=np.uint64)
    filled = np.flatnonzero(np.diff(offsets))
    if not len(filled):
        return bands
    starts = offsets[:-1][filled]
    for band in range(BANDS):
        value = np.full(len(filled), band + 1, dtype=np.uint64) * _MIX
        for row in range(BAND_ROWS):
            salt = _SALTS[band * BAND_ROWS + row]
            value = _mix(value + np.minimum.reduceat(_mix(shingles ^ salt), starts))
        bands[filled, band] = value
    return bands


def spans_by_capture(captures: pa.Array, mentions: pa.Table) -> pa.Array:
    """Return the masked spans of each capture in `captures`, for `sign_batch`, as a list column."""
    wanted = pc.and_(
        pc.is_in(mentions["kind"], pa.array(MASKED)), pc.is_in(mentions["part"], pa.array(["title", "body"]))
    )
    kept = mentions.select(["capture", "part", "start", "end", "kind"]).filter(wanted)
    place = pc.index_in(kept["capture"], value_set=captures)
    kept = kept.append_column("place", place).filter(pc.is_valid(place))
    kept = kept.sort_by([("place", "ascending"), ("part", "ascending"), ("start", "ascending")])
    counts = np.bincount(kept["place"].to_numpy(), minlength=len(captures))
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    spans = pa.StructArray.from_arrays(
        [kept[name].combine_chunks() for name in ("part", "start", "end", "kind")],
        fields=list(SPAN),
    )
    return pa.ListArray.from_arrays(pa.array(offsets), spans)


def masked(
    title: str | None, body: str | None, spans: Iterable[dict[str, Any]], fold: Callable[[str], str] = fold
) -> str:
    """Return one ad's masked text: its title's line, then its body."""
    parts: dict[str, list[tuple[int, int, str]]] = {"title": [], "body": []}
    for span in spans:
        if span["part"] in parts:
            parts[span["part"]].append((span["start"], span["end"], span["kind"]))
    return f"{mask(title or '', parts['title'], fold)}\n{mask(body or '', parts['body'], fold)}"


def sign_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Sign ads: the kernel from ads with their `spans` (see `spans_by_capture`) to `schema.BANDS`.

    Needs columns ad, capture, title, body, spans, batch, month. `wording` is the hash of the masked words
    in their order: two ads with the same one are the same wording.
    """
    rows = zip(*(batch[name].to_pylist() for name in ("title", "body", "spans")), strict=True)
    found = words([masked(title, body, spans or ()) for title, body, spans in rows])
    tokens = np.array([_hash_word(word) for text in found for word in text], dtype=np.uint64)
    ends = np.concatenate([[0], np.cumsum([len(text) for text in found])]).astype(np.int64)
    wordings = [
        xxhash.xxh3_64_intdigest(tokens[a:b].tobytes(), seed=_SEED)
        for a, b in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
    ]
    sizes = np.array(
        [CHARACTER_SHINGLE if _spelled(text) else WORD_SHINGLE for text in found], dtype=np.int64
    )
    flat, offsets = shingle(tokens, ends, sizes)
    bands = minhash_bands(flat, offsets)
    columns = {
        "ad": batch["ad"],
        "capture": batch["capture"],
        "shingles": pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), pa.array(flat)),
        "bands": pa.ListArray.from_arrays(
            pa.array(np.arange(0, bands.size + 1, BANDS, dtype=np.int32)), pa.array(bands.ravel())
        ),
        "wording": pa.array(wordings, pa.uint64()),
        "version": pa.array([VERSION] * batch.num_rows, pa.string()),
        "batch": batch["batch"],
        "month": batch["month"],
    }
    return pa.RecordBatch.from_arrays([columns[name] for name in schema.BANDS.names], schema=schema.BANDS)


def _spelled(found: Sequence[str]) -> bool:
    """Whether the words are single characters of a script without spaces."""
    return bool(found) and sum(map(len, found)) == len(found) and bool(_UNSPACED.search("".join(found)))
