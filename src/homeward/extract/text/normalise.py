"""The offset-keeping normaliser: one folded text for all readers, and the exact way back.

Compatibility forms, look-alike letters and digits, accents, zero-width and bidirectional controls are
folded to plain text. Emoji stay, as characters of their own. Case is kept. Digit words are not rewritten
here: blind rewriting invents numbers (see `digits.py`). Folding twice changes nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from homeward.extract.text import lookalikes as table
from homeward.model.mention import Span

# What a look-alike may stand for between digits: "7О2" with a Cyrillic О is a number, "5а" a house.
DIGIT_LIKE = frozenset("0123456789oOlIiSsZzBgq")
ASCII = frozenset(map(chr, range(128)))
ONE = frozenset(map(chr, table.ONE))
MOVING = frozenset(table.MOVING)
CHANGING = ONE | MOVING | table.CONTEXTUAL
# Different characters up to which replacing one after the other is quicker than translating every one.
FEW = 8
# How far digits may be from a word that stands for one of them, and how many make it one.
NEAR, FEWEST_NEAR = 12, 3


class Normalised(NamedTuple):
    """A folded text with its original. `starts[i]` is where folded character `i` begins in the original.

    `starts` is None if every character stayed in its place; it has one more entry than `text`.
    """

    original: str
    text: str
    starts: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """Return the original characters that the folded characters `start` to `end` were made from.

        Dropped characters belong to the folded character before them, but are left out at the end of a span.
        """
        if self.starts is None or start >= end:
            at = start if self.starts is None else self.starts[start]
            return Span(at, at if start >= end else end)
        return Span(self.starts[start], self._end(end))

    def _end(self, end: int) -> int:
        starts, at = self.starts or [], end
        last = starts[end - 1]
        while starts[at] == last and at < len(starts) - 1:
            at += 1  # the end falls inside an expansion: its whole original character belongs to the span
        stop = starts[at]
        while stop - 1 > last and table.MOVING.get(self.original[stop - 1]) == "":
            stop -= 1
        return stop

    def fold(self, start: int, end: int) -> tuple[int, int]:
        """Return where the original characters `start` to `end` are in the folded text."""
        if self.starts is None:
            return start, end
        stops = len(self.text)
        first = min(bisect_left(self.starts, start), stops)
        if first < stops and self.starts[first] > start and first and start > self.starts[first - 1]:
            first -= 1 if self.original[start : start + 1] not in table.MOVING else 0
        return first, min(bisect_right(self.starts, max(end - 1, start)), stops)


def normalise(text: str) -> Normalised:
    """Fold `text`, keeping for every folded character where it came from."""
    if text.isascii():
        return Normalised(text, text)
    odd = set(text) - ASCII
    if odd.isdisjoint(CHANGING):
        return Normalised(text, text)
    folded = text
    if ones := odd & ONE:
        if len(ones) <= FEW:
            for char in ones:
                folded = folded.replace(char, table.ONE[ord(char)])
        else:
            folded = text.translate(table.ONE)
    starts: list[int] | None = None
    if not odd.isdisjoint(MOVING):
        folded, starts = _move(folded)
    if not table.CONTEXTUAL.isdisjoint(folded):
        folded = _in_context(folded)
    return Normalised(text, folded, starts)


def _move(text: str) -> tuple[str, list[int]]:
    """Drop and expand the characters that change the length, keeping each character's origin."""
    moving, last = table.MOVING, 0
    out: list[str] = []
    starts: list[int] = []
    for at, char in enumerate(text):
        if char in moving:
            new = moving[char]
            out += [text[last:at], new]
            starts += range(last, at)
            starts += [at] * len(new)
            last = at + 1
    out.append(text[last:])
    starts += range(last, len(text) + 1)
    return "".join(out), starts


def _in_context(text: str) -> str:
    """Replace look-alikes word by word: see the classes in `knowledge/build_lookalikes.py`."""
    words = _words(text)
    written: set[str] = set()  # scripts that the text is really written in
    for start, end in words:
        word = text[start:end]
        if not _has_latin(word):
            written |= {table.script(c) for c in word if c not in table.SAME}
    prose: set[str] | None = None
    out, last = [], 0
    for start, end in words:
        new = _fold_word(text, start, end, written)
        if new is None and _digit_like(text[start:end]):
            if prose is None:
                prose = _prose(text, words)
            new = _among_digits(text, start, end, prose)
        if new is not None:
            out += [text[last:start], new]
            last = end
    out.append(text[last:])
    return "".join(out)


def _digit_like(word: str) -> bool:
    """Whether every character of a word may stand for a digit: "З", "бО"."""
    return all(_meant(c) in DIGIT_LIKE for c in word)


def _meant(char: str) -> str:
    return table.SAME.get(char) or table.RESEMBLES.get(char) or char


def _prose(text: str, words: list[tuple[int, int]]) -> set[str]:
    """Return the scripts in which a text has words that are no look-alikes of digits."""
    others = (text[start:end] for start, end in words if not _has_latin(text[start:end]))
    return {table.script(c) for word in others if not _digit_like(word) for c in word if c not in table.SAME}


def _among_digits(text: str, start: int, end: int, prose: set[str]) -> str | None:
    """Return the digits that a word of its own stands for among digits: "Ʒ 2 3 7 6 1", "202.ЗОб.9"."""
    word = text[start:end]
    if any(table.script(c) in prose for c in word):
        return None
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    digits = [_meant(c) in DIGIT_LIKE and not ("a" <= c.lower() <= "z") for c in before + after]
    if sum(digits) < FEWEST_NEAR:
        return None
    touching = [
        n for n in (len(before) - 1, len(before) - 2, len(before), len(before) + 1) if 0 <= n < len(digits)
    ]
    return "".join(map(_meant, word)) if any(digits[n] for n in touching) else None


def _words(text: str) -> list[tuple[int, int]]:
    """Return the runs of letters, digits and currency signs that hold something to decide about."""
    found, at, length = [], 0, len(text)
    contextual, money = table.CONTEXTUAL, table.MONEY
    while at < length:
        if text[at].isalnum() or text[at] in money:
            start, hit = at, False
            while at < length and (text[at].isalnum() or text[at] in money):
                hit = hit or not text[at].isascii()
                at += 1
            if (hit and not contextual.isdisjoint(text[start:at])) or hit:
                found.append((start, at))
        else:
            at += 1
    return found


def _has_latin(word: str) -> bool:
    return any("a" <= c <= "z" or "A" <= c <= "Z" for c in word)


def _fold_word(text: str, start: int, end: int, written: set[str]) -> str | None:
    word = text[start:end]
    digits = any("0" <= c <= "9" for c in word)
    if _has_latin(word):
        new = "".join(table.SAME.get(c) or table.RESEMBLES.get(c, c) for c in word)
        after = text[end : end + 2].lstrip(" ")[:1]
        if not digits and not (word[-1] in table.MONEY and after.isdigit()):
            new = "".join(table.MONEY.get(c, c) for c in new)
        return new
    if digits:
        like = [table.SAME.get(c) or table.RESEMBLES.get(c) or c for c in word]
        letters = [new for new, c in zip(like, word, strict=True) if c.isalpha()]
        return "".join(like) if letters and all(c in DIGIT_LIKE for c in letters) else None
    if all(c in table.SAME and table.script(c) not in written for c in word):
        return "".join(table.SAME[c] for c in word)
    return None
