"""One part of an ad, normalised and cut into words once, shared by all readers."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from homeward.extract.text.normalise import Normalised, normalise


class _Words(dict[int, int]):
    """A `str.translate` table that keeps letters and digits and makes a space of everything else."""

    def __missing__(self, point: int) -> int:
        kept = point if chr(point).isalnum() else 32
        self[point] = kept
        return kept


_WORDS = _Words()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the source says an ad is: a prior for numbers, prices and places, never a mention."""

    country: str = ""
    region: str = ""
    city: str = ""

    @staticmethod
    def of(country: str | None, region: str | None, city: str | None) -> Place:
        """Return a place from an ad's fields; a country that is no two-letter code is left out."""
        code = (country or "").strip().upper()
        code = {"USA": "US", "UK": "GB", "UNITED STATES": "US", "UNITED KINGDOM": "GB"}.get(code, code)
        return Place(code if len(code) == 2 else "", (region or "").strip(), (city or "").strip())


class Reading:
    """One thing a reader found, in offsets of the folded text: a mention before it is given its part.

    A plain slotted class: a million ads make nine million of them.
    """

    __slots__ = ("confidence", "detail", "end", "kind", "reader", "start", "value")

    def __init__(
        self, kind: str, value: str, start: int, end: int, confidence: float, reader: str,
        detail: dict[str, object] | None = None,
    ) -> None:  # fmt: skip
        self.kind, self.value, self.start, self.end = kind, value, start, end
        self.confidence, self.reader, self.detail = confidence, reader, detail

    def __repr__(self) -> str:
        return f"Reading({self.kind}:{self.value} {self.start}-{self.end} {self.confidence})"


@dataclass
class Page:
    """One part of an ad as readers see it: folded text, lower-case text, words with their places."""

    normalised: Normalised
    part: str = "text"
    place: Place = field(default_factory=Place)
    taken: list[tuple[int, int]] = field(default_factory=list)  # stretches that are URLs or addresses

    def __post_init__(self) -> None:
        text = self.text = self.normalised.text
        lower = text.lower()
        if len(lower) != len(text):  # a few capitals lower to two characters; places must stay
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        self.lower = lower
        self.plain = lower.translate(_WORDS)
        self.words = self.plain.split()

    @staticmethod
    def of(text: str, *, part: str = "text", place: Place | None = None) -> Page:
        """Return the page of one part of an ad."""
        return Page(normalise(text), part, place or Place())

    @cached_property
    def starts(self) -> list[int]:
        """Where each word starts in the folded text."""
        plain, at = self.plain, 0
        starts: list[int] = []
        add, find = starts.append, plain.index
        for word in self.words:
            at = find(word, at)
            add(at)
            at += len(word)
        return starts

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The distinct words of the page."""
        return frozenset(self.words)

    def end(self, index: int) -> int:
        """Where word `index` ends in the folded text."""
        return self.starts[index] + len(self.words[index])

    def gap(self, index: int) -> str:
        """Return what stands between word `index` and the next, in lower case."""
        following = self.starts[index + 1] if index + 1 < len(self.words) else len(self.lower)
        return self.lower[self.end(index) : following]

    def word(self, index: int) -> str:
        """Return word `index`, or nothing beyond either end."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def written(self, index: int) -> str:
        """Return word `index` with its capitals."""
        return self.text[self.starts[index] : self.end(index)]
