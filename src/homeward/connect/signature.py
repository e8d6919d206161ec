"""An ad's wording as numbers: masked words, shingles, MinHash bands.

What differs from ad to ad inside one wording (numbers, names, prices, places) is masked by a token of
its kind, and words are taken as they sound when their letters are hidden (`spelling.py`), so that two
fillings of one wording have the same shingles. No shingle reaches over the end of a line, where footers
begin and sentences change places. The hashes are our own and fixed for ever: a band written by one version
is found by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import re2
import xxhash

from homeward.connect.parameters import BAND_ROWS, BANDS, CHARACTER_SHINGLE, TITLE_BESIDE, WORD_SHINGLE
from homeward.connect.spelling import reveal, sounded
from homeward.extract.text.normalise import normalise
from homeward.model import schema

VERSION = "signature/5"

Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

# Kinds whose characters are a filling, not wording. A control character stands for each: one character,
# so that masked plain text stays plain. An ad that holds one itself is read as if masked there.
MASKED = (
    "phone", "email", "handle", "url", "domain", "onion", "crypto", "pgp",
    "name", "age", "price", "place", "height", "weight", "hours", "venue", "hair", "eyes",
)  # fmt: skip
TOKENS = dict(zip(MASKED, map(chr, (*range(0x01, 0x09), *range(0x0E, 0x18))), strict=True))
KIND_OF_TOKEN = {token: kind for kind, token in TOKENS.items()}

SPAN = pa.struct([("part", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("kind", pa.string())])

# What stands between words: everything but letters, digits, the marks that belong to them, and fillings.
_BETWEEN = r"[^\pL\pN\pM\x01-\x08\x0E-\x18]+"
_LINE = "\x18"  # stands for the end of a line: str.split leaves it alone
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
    """Return the hash of a word as it is compared: see `spelling.sounded`."""
    return _hash_text(word if word in KIND_OF_TOKEN or word == _LINE else sounded(word))


def _hash_text(text: str) -> int:
    return int(xxhash.xxh3_64_intdigest(text.encode("utf-8", "surrogatepass"), seed=_SEED))


_VENUE = TOKENS["venue"]
_ONLY = f"{_VENUE}  only"  # "incall only" is a filling as "incall" is
_FILLINGS = np.array([_hash_text(token) for token in TOKENS.values()], dtype=np.uint64)
_END = np.uint64(_hash_text(_LINE))
STYLES = tuple(_hash_text(f"{_LINE}{k}") for k in range(3))  # how short texts are typed: see `_style`


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
    return [
        [c for word in text.split() for c in word]
        if not text.isascii() and is_unspaced(text)
        else text.split()
        for text in _spaced(texts)
    ]


def _spaced(texts: Sequence[str]) -> list[str]:
    spaced: list[str] = pc.replace_substring_regex(pa.array(texts, pa.string()), _BETWEEN, " ").to_pylist()
    return spaced


def is_unspaced(text: str) -> bool:
    """Whether so much of `text` is in a script without spaces that its words cannot be told apart."""
    return sum(map(len, _UNSPACED.findall(text))) > _UNSPACED_SHARE * max(1, len(text))


def shingle(
    tokens: Hashes, offsets: Ints, sizes: Ints, owners: Ints | None = None, texts: int = 0
) -> tuple[Hashes, Ints]:
    """Return the sorted, distinct shingle hashes of texts, end to end, with the offset of each text's.

    `tokens` are the word hashes of lines end to end; `owners` (ascending) says which text each line is of, by
    default each of its own, and `texts` how many those are. A line shorter than its shingle size is one
    shingle; an empty one has none.
    """
    lengths = np.diff(offsets)
    owners = np.arange(len(lengths)) if owners is None else owners
    texts = max(texts, int(owners.max(initial=-1)) + 1)
    sizes = np.minimum(sizes, lengths)
    line = np.repeat(np.arange(len(lengths)), lengths)
    inside = np.arange(len(tokens)) - offsets[:-1][line]
    starts = np.flatnonzero(inside + sizes[line] <= lengths[line])
    size = sizes[line[starts]]
    total = np.zeros(len(starts), dtype=np.uint64)
    for offset in range(int(sizes.max(initial=0))):
        more = offset < size
        total[more] = _mix(total[more] + tokens[starts[more] + offset] + _MIX)
    return _distinct(owners[line[starts]], total, texts)


def _distinct(owner: Ints, total: Hashes, texts: int) -> tuple[Hashes, Ints]:
    """Return the sorted, distinct hashes of each text, end to end, with the offset of each text's."""
    order = np.lexsort((total, owner))
    owner, total = owner[order], total[order]
    fresh = np.ones(len(total), dtype=bool)
    fresh[1:] = (total[1:] != total[:-1]) | (owner[1:] != owner[:-1])
    counts = np.bincount(owner[fresh], minlength=texts)
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


def masking(mentions: pa.Table) -> pa.Table:
    """Return where mentions mask their ads' wordings."""
    wanted = pc.and_(
        pc.is_in(mentions["kind"], pa.array(MASKED)), pc.is_in(mentions["part"], pa.array(["title", "body"]))
    )
    return mentions.select(["capture", "part", "start", "end", "kind"]).filter(wanted)


def spans_by_capture(captures: pa.Array, mentions: pa.Table) -> pa.Array:
    """Return the masked spans of each capture in `captures`, for `sign_batch`, as a list column."""
    kept = masking(mentions)
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
    return "\n".join(_masked(title, body, spans, fold))


def _masked(
    title: str | None, body: str | None, spans: Iterable[dict[str, Any]], fold: Callable[[str], str]
) -> tuple[str, str]:
    parts: dict[str, list[tuple[int, int, str]]] = {"title": [], "body": []}
    for span in spans:
        if span["part"] in parts:
            parts[span["part"]].append((span["start"], span["end"], span["kind"]))
    return mask(title or "", parts["title"], fold), mask(body or "", parts["body"], fold)


@dataclass(frozen=True, slots=True)
class _Lines:
    """The word hashes of some texts' lines, end to end, with the offset of each line."""

    tokens: Hashes
    offsets: Ints
    owner: Ints  # the text each line is of
    size: Ints  # words of a shingle there
    words: Ints  # of each text
    above: Ints  # of each text, the words above its last line, where a site's footer may stand


def _read_lines(texts: Sequence[str]) -> _Lines:
    """Return the lines of masked texts as word hashes; what is said twice running counts once."""
    found, spelled = _words_of_lines(texts)
    tokens = np.array([_hash_word(word) for text in found for word in text], dtype=np.uint64)
    owner = np.repeat(np.arange(len(found)), [len(text) for text in found])
    keep = _once(tokens) | spelled
    tokens, owner, spelled = tokens[keep], owner[keep], spelled[keep]
    ends = tokens == _END
    line = np.concatenate([[0], np.cumsum(ends)[:-1]]) if len(tokens) else np.zeros(0, dtype=np.int64)
    of_line, of_characters = owner[ends], spelled[ends]
    tokens, owner, line = tokens[~ends], owner[~ends], line[~ends]
    offsets = np.concatenate([[0], np.cumsum(np.bincount(line, minlength=len(of_line)))]).astype(np.int64)
    sizes = np.where(of_characters, CHARACTER_SHINGLE, WORD_SHINGLE)
    total = np.bincount(owner, minlength=len(found))
    return _Lines(
        tokens, offsets, of_line, sizes, total, total - _last_lines(np.diff(offsets), of_line, total)
    )


def _words_of_lines(texts: Sequence[str]) -> tuple[list[list[str]], npt.NDArray[np.bool_]]:
    """Return the words of masked texts with the end of each line, and which of them are single characters.

    Each line is read in its own way: above a footer of words, a text without spaces stays one of characters,
    however short it is, and the footer is the one that stands below any other text.
    """
    found: list[list[str]] = []
    spelled: list[bool] = []
    for text in _spaced(reveal([text.replace("\n", f" {_LINE} ").replace(_ONLY, _VENUE) for text in texts])):
        mine: list[str] = []
        for line in (text,) if text.isascii() else text.split(_LINE):
            by_character = not line.isascii() and is_unspaced(line)
            read = [c for word in line.split() for c in word] if by_character else line.split()
            mine += (*read, _LINE)
            spelled += [by_character] * (len(read) + 1)
        found.append(mine)
    return found, np.array(spelled, dtype=bool)


def _last_lines(lengths: Ints, owner: Ints, words: Ints) -> Ints:
    """Return how many words each text's last line holds, 0 where there is no other line."""
    filled = np.flatnonzero(lengths)
    last = np.zeros(len(words), dtype=np.int64)
    last[owner[filled]] = lengths[filled]  # of several, the last one stays
    return np.where(last < words, last, 0)


def _once(tokens: Hashes) -> npt.NDArray[np.bool_]:
    """Return which words to keep: of a word said twice running, or a list of one kind of filling, the first.

    "Amber and Bella", "120 / 200" and "incall or outcall" are one filling each.
    """
    keep = np.ones(len(tokens), dtype=bool)
    filling = np.isin(tokens, _FILLINGS)
    listed = filling[2:] & (tokens[2:] == tokens[:-2]) & (tokens[1:-1] != _END)
    keep[1:-1][listed] = False
    keep[2:][listed] = False
    keep[1:] &= tokens[1:] != tokens[:-1]
    return keep


def sign_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Sign ads: the kernel from ads with their `spans` (see `spans_by_capture`) to `schema.BANDS`.

    Needs columns ad, capture, title, body, spans, batch, month. `wording` is the hash of the masked words
    in their order: two ads with the same one are the same wording. Shingles are the body's, and the title's
    only beside a body of some length or none: many short ads differ in nothing but a title of one word. The
    last of several lines makes none longer, since a site's footer may stand there.
    """
    rows = zip(*(batch[name].to_pylist() for name in ("title", "body", "spans")), strict=True)
    texts = [_masked(title, body, spans or (), fold) for title, body, spans in rows]
    title, body = _read_lines([one for one, _ in texts]), _read_lines([one for _, one in texts])
    short = np.flatnonzero((body.words > 0) & (body.above < TITLE_BESIDE))
    styles = np.array(
        [_style(batch["body"][i].as_py(), batch["spans"][i].as_py()) for i in short.tolist()], dtype=np.uint64
    )
    flat, offsets = _shingled(title, body, short, styles)
    bands = minhash_bands(flat, offsets)
    columns = {
        "ad": batch["ad"],
        "capture": batch["capture"],
        "shingles": pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), pa.array(flat)),
        "bands": pa.ListArray.from_arrays(
            pa.array(np.arange(0, bands.size + 1, BANDS, dtype=np.int32)), pa.array(bands.ravel())
        ),
        "wording": pa.array(_wordings(title, body, short, styles), pa.uint64()),
        "version": pa.array([VERSION] * batch.num_rows, pa.string()),
        "batch": batch["batch"],
        "month": batch["month"],
    }
    return pa.RecordBatch.from_arrays([columns[name] for name in schema.BANDS.names], schema=schema.BANDS)


def _shingled(title: _Lines, body: _Lines, short: Ints, styles: Hashes) -> tuple[Hashes, Ints]:
    """Return the shingles of texts: the body's, the title's where it is signed, a short one's typing."""
    count = len(body.words)
    (named, titles), (owner, bodies) = (
        (np.repeat(np.arange(count), np.diff(offsets)), flat)
        for flat, offsets in (
            shingle(lines.tokens, lines.offsets, lines.size, lines.owner, count) for lines in (title, body)
        )
    )
    signed = ((body.words == 0) | (body.above >= TITLE_BESIDE))[named]
    return _distinct(
        np.concatenate([named[signed], owner, short]), np.concatenate([titles[signed], bodies, styles]), count
    )


def _wordings(title: _Lines, body: _Lines, short: Ints, styles: Hashes) -> list[int]:
    """Return the hash of each text's words in their order, its title's first, and of a short one's typing."""
    ends = [np.concatenate([[0], np.cumsum(part.words)]).tolist() for part in (title, body)]
    style = dict(zip(short.tolist(), styles.tolist(), strict=True))
    return [
        xxhash.xxh3_64_intdigest(
            b"|".join((
                title.tokens[ends[0][i] : ends[0][i + 1]].tobytes(),
                body.tokens[ends[1][i] : ends[1][i + 1]].tobytes(), b"%d" % style.get(i, 0),
            )), seed=_SEED,
        )
        for i in range(len(title.words))
    ]  # fmt: skip


def _style(body: str, spans: Iterable[dict[str, Any]] | None) -> int:
    """Return how a short text is typed: its first letter small, capital, or all letters capital.

    Short texts say too little to tell their authors apart by words alone.
    """
    text = _masked("", body, spans or (), str)[1]
    letters = [c for c in text if c.isalpha()]
    if not letters or not letters[0].isupper():
        return STYLES[0]
    return STYLES[2] if all(c.isupper() for c in letters) else STYLES[1]
