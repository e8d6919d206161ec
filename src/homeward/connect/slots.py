"""Slots: what stays and what changes inside one template.

A template's most used wording is held against its other wordings: words that most of them share in the
same neighbourhood are constant, the rest are slots, named by what was read there (a name, a phone, …) or
"words". Linear in words and members.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Mapping, Sequence

import orjson
import pyarrow as pa

from homeward.connect.signature import KIND_OF_TOKEN, SPAN, fold, is_unspaced, masked, words
from homeward.model.template import Piece

# Other wordings that a template's chief wording is held against: more change nothing that a reader sees.
MEMBERS = 6
# A word is constant if this share of the other wordings have it beside the same neighbour.
CONSTANT_SHARE = 0.6
# A filling is looked for no further than this many words from its left edge.
LONGEST_FILLING = 25

TEXT = pa.struct([("title", pa.string()), ("body", pa.string()), ("spans", pa.list_(SPAN))])
INPUT = pa.schema([("template", pa.int64()), ("texts", pa.list_(TEXT))])
OUTPUT = pa.schema([("template", pa.int64()), ("pattern", pa.binary())])


def induce_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the pattern of each template: the kernel from `INPUT` (chief wording first) to `OUTPUT`."""
    chiefs: list[str] = []
    others: list[str] = []
    counts: list[int] = []
    for chief, *rest in batch["texts"].to_pylist():
        chiefs.append(masked(chief["title"], chief["body"], chief["spans"] or (), str))
        others += [masked(text["title"], text["body"], text["spans"] or ()) for text in rest]
        counts.append(len(rest))
    members = iter(words(others))  # all at once: the call costs far more than a text does
    patterns = [
        orjson.dumps([to_json(piece) for piece in induce(chief, [next(members) for _ in range(count)])])
        for chief, count in zip(chiefs, counts, strict=True)
    ]
    return pa.RecordBatch.from_arrays([batch["template"], pa.array(patterns, pa.binary())], schema=OUTPUT)


def to_json(piece: Piece) -> dict[str, object]:
    """Return a piece as exports spell it."""
    return {"slot": piece.slot, "values": piece.values} if piece.slot else {"text": piece.text}


def induce(chief: str, members: Sequence[Sequence[str]]) -> list[Piece]:
    """Return the pieces of a masked text, given the words of other wordings of the template."""
    places = _places(chief)
    if is_unspaced(chief):
        places = [(c, at + i, at + i + 1) for word, at, _ in places for i, c in enumerate(word)]
    tokens = [fold(word) for word, _, _ in places]
    pairs = [set(itertools.pairwise(m)) for m in members]
    # Where each word stands first: looked for word by word, a text of 200,000 words would take minutes.
    first = [dict(zip(reversed(m), range(len(m) - 1, -1, -1), strict=True)) for m in members]
    least = CONSTANT_SHARE * len(pairs)
    around = list(zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False))  # a text of signs has no word
    constant = [
        token not in KIND_OF_TOKEN
        and (not pairs or sum((left, token) in p or (token, right) in p for p in pairs) >= least)
        for left, token, right in around
    ]
    pieces: list[Piece] = []
    at = start = 0
    while at < len(tokens):
        if constant[at]:
            at += 1
            continue
        end = at + 1
        masked_kind = KIND_OF_TOKEN.get(tokens[at])
        while (
            masked_kind is None
            and end < len(tokens)
            and not constant[end]
            and tokens[end] not in KIND_OF_TOKEN
        ):
            end += 1
        _add(pieces, chief[start : places[at][1]])
        values = 1 if masked_kind else _fillings(tokens, at, end, members, first)
        pieces.append(Piece(slot=masked_kind or "words", values=values))
        start = places[end - 1][2]
        at = end
    _add(pieces, chief[start:])
    return pieces


def _places(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a masked text with where they stand: runs of letters, digits and marks."""
    out: list[tuple[str, int, int]] = []
    start = -1
    for at, c in enumerate(text):
        if c.isalnum() or (c > "\x7f" and unicodedata.category(c)[0] == "M"):
            start = at if start < 0 else start
            continue
        if start >= 0:
            out.append((text[start:at], start, at))
            start = -1
        if c in KIND_OF_TOKEN:
            out.append((c, at, at + 1))
    return [*out, (text[start:], start, len(text))] if start >= 0 else out


def _add(pieces: list[Piece], text: str) -> None:
    text = " ".join(text.split())
    if text:
        pieces.append(Piece(text=text))


def _fillings(
    tokens: Sequence[str], start: int, end: int, members: Sequence[Sequence[str]],
    first: Sequence[Mapping[str, int]],
) -> int:  # fmt: skip
    """Count the different fillings of the words `start` to `end`, found between the same neighbours.

    `first` are the places of each member's words where they come first.
    """
    left = tokens[start - 1] if start else None
    right = tokens[end] if end < len(tokens) else None
    seen = {tuple(tokens[start:end])}
    for member, place in zip(members, first, strict=True):
        begin = 0 if left is None else place.get(left, -2) + 1
        if begin < 0:
            continue
        stretch = member[begin : begin + LONGEST_FILLING]
        if right is None or right in stretch:
            seen.add(tuple(stretch if right is None else stretch[: stretch.index(right)]))
    return len(seen)
