"""One part of an ad, normalised and cut into words once, shared by all readers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress, count
from operator import add
from typing import Any, Generic, NamedTuple, TypeVar

from homeward.extract.text.normalise import ASCII, Normalised, normalise

Lexicon = Collection[str] | Callable[[], Collection[str]]


class Watch(dict[str, tuple[int, ...]]):
    """Which lexicons each word is in, so that a page is looked up once for all readers.

    Readers register what they look for with `add`; the answer for a word is kept when it is first met.
    """

    MOST = 1 << 18  # words kept; a hostile stream of new words starts over instead of filling the memory

    def __init__(self) -> None:
        super().__init__()
        self._tests: list[tuple[int, Callable[[str], object]]] = []
        self._lexicons: list[tuple[int, Lexicon]] = []
        self._listed: dict[str, tuple[int, ...]] | None = None  # the words of all lexicons, made when asked
        self._also: list[Callable[[], object]] = []

    def also(self, forget: Callable[[], object]) -> None:
        """Register what else must be forgotten when lexicons change: answers kept elsewhere."""
        self._also.append(forget)

    def clear(self) -> None:
        """Forget every answer, here and in what was registered by `also`: lexicons have changed."""
        super().clear()
        self._listed = None
        for forget in self._also:
            forget()

    def add(self, test: Callable[[str], object]) -> int:
        """Register a test on single words; return the bit by which its hits are asked for."""
        self._tests.append((bit := self._next(), test))
        self.clear()
        return bit

    def words(self, *lexicons: Lexicon) -> int:
        """Register lexicons that are asked for together; one that takes a while is made when first met."""
        bit = self._next()
        self._lexicons += [(bit, lexicon) for lexicon in lexicons]
        self.clear()
        return bit

    def _next(self) -> int:
        return 1 << len({bit for bit, _ in (*self._tests, *self._lexicons)})

    def _list(self) -> dict[str, tuple[int, ...]]:
        listed: dict[str, set[int]] = {}
        for bit, lexicon in self._lexicons:
            for word in lexicon() if callable(lexicon) else lexicon:
                listed.setdefault(word, set()).add(bit)
        return {word: tuple(bits) for word, bits in listed.items()}

    def __missing__(self, word: str) -> tuple[int, ...]:
        if self._listed is None:
            self._listed = self._list()
        bits = self._listed.get(word, ()) + tuple(bit for bit, test in self._tests if test(word))
        if len(self) >= self.MOST:
            super().clear()
        if len(word) <= 64:
            self[word] = bits
        return bits


T = TypeVar("T")
WATCH = Watch()
# Figures of a part that are looked at: fifty times what the fullest ads hold.
MOST_FIGURES = 5_000
# Characters of a figure with the letter for its noughts, as in "15O"; "2o" is an ordinal.
ROUND = range(3, 5)


def has_figure(word: str) -> bool:
    """Whether a word has a figure in it."""
    return not word.isalpha() and any("0" <= c <= "9" for c in word)


FIGURES = WATCH.add(has_figure)


class _Words(dict[int, int]):
    """A `str.translate` table that keeps letters and digits and makes a space of everything else."""

    def __missing__(self, point: int) -> int:
        kept = point if chr(point).isalnum() else 32
        self[point] = kept
        return kept


_WORDS = _Words()
# Different marks up to which replacing one after the other is quicker than translating every character.
FEW_MARKS = 12


def _plain(lower: str) -> str:
    """Make a space of everything that is no letter or digit; emoji go first, so that the rest is ASCII."""
    if not lower.isascii():
        odd = [c for c in set(lower) - ASCII if not c.isalnum()]
        if len(odd) <= FEW_MARKS:
            for char in odd:
                lower = lower.replace(char, " ")
    return lower.translate(_WORDS)


def _lowered(text: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):  # a few capitals lower to two characters; places must stay
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower


def words_of(text: str) -> list[str]:
    """Return the words of a text as a page has them; nothing is looked up."""
    return _plain(_lowered(normalise(text).text)).split()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the source says an ad is: a prior for numbers, prices and places, never a mention."""

    country: str = ""
    region: str = ""
    city: str = ""

    @staticmethod
    @lru_cache(maxsize=1 << 12)
    def of(country: str | None, region: str | None, city: str | None) -> Place:
        """Return a place from an ad's fields; a country that is no two-letter code is left out."""
        code = (country or "").strip().upper()
        code = {"USA": "US", "UK": "GB", "UNITED STATES": "US", "UNITED KINGDOM": "GB"}.get(code, code)
        return Place(code if len(code) == 2 else "", (region or "").strip(), (city or "").strip())


class Figure(NamedTuple):
    """A figure in the text, with the letters glued to it: "23yo" is 23 with suffix "yo", "c34" prefix "c"."""

    start: int
    end: int
    digits: str
    word: int  # index of the word it is in
    prefix: str
    suffix: str

    @property
    def number(self) -> int:
        """The figure as a number; long runs of digits are no quantity and count as -1."""
        return int(self.digits) if len(self.digits) <= 6 else -1


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


class _once(Generic[T]):
    """A property worked out when first asked for, without the lock of `functools.cached_property`."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make, self._name = make, make.__name__
        self.__doc__ = make.__doc__

    def __get__(self, page: Any, kind: type | None = None) -> T:
        made = page.__dict__[self._name] = self._make(page)
        return made


class Page:
    """One part of an ad as readers see it: folded text, lower-case text, words with their places.

    `words` are the runs of letters and digits, `starts` where each begins in the folded text; `mask` says
    which registered tests hold for any word.
    """

    def __init__(self, normalised: Normalised, part: str = "text", place: Place | None = None) -> None:
        self.normalised, self.part, self.place = normalised, part, place or Place()
        self.taken: list[tuple[int, int]] = []  # stretches that are URLs or addresses
        self._covered = bytearray()
        self.handles: list[tuple[int, int]] = []  # stretches that are somebody's name on a platform
        self.named: frozenset[int] = frozenset()  # words that the reader of names took
        self._shared: dict[Callable[[Page], Any], Any] = {}
        text = self.text = normalised.text
        lower = _lowered(text)
        self.lower = lower
        self.plain = _plain(lower)
        pieces = self.plain.split(" ")
        places = map(add, accumulate(map(len, pieces), initial=0), count())
        self.starts: list[int] = list(compress(places, pieces))
        words = self.words = list(filter(None, pieces))
        hits: defaultdict[int, list[int]] = defaultdict(list)
        watched = list(map(WATCH.__getitem__, words))
        for n in compress(range(len(words)), watched):  # most words are in no lexicon
            for bit in watched[n]:
                hits[bit].append(n)
        self._hits = hits
        self.mask = sum(hits)

    @staticmethod
    def of(text: str, *, part: str = "text", place: Place | None = None) -> Page:
        """Return the page of one part of an ad."""
        return Page(normalise(text), part, place)

    @_once
    def caseless(self) -> bool:
        """Whether the text is written without capitals, or in nothing else: then they tell nothing."""
        text = self.text
        # The site's own line at the end is written by somebody else.
        return text.islower() or text.isupper() or text.rpartition("\n\n")[0].islower()

    @_once
    def shouting(self) -> bool:
        """Whether the text is written in capitals alone."""
        return self.text.isupper()

    @_once
    def vocabulary(self) -> frozenset[str]:
        """The distinct words of the page."""
        return frozenset(self.words)

    @_once
    def figures(self) -> list[Figure]:
        """The figures of the page, outside addresses, in reading order."""
        out: list[Figure] = []
        words, starts, taken, covered = self.words, self.starts, self.taken, self._covered
        for n in self.where(FIGURES)[:MOST_FIGURES]:
            word, start = words[n], starts[n]
            if taken and covered[start]:
                continue
            if word.isdigit() and word.isascii():
                out.append(Figure(start, start + len(word), word, n, "", ""))
            else:
                out += _figures_in(word, start, n)
        return out

    def shared(self, work: Callable[[Page], T]) -> T:
        """Return what `work` makes of the page, made once for all readers that ask for it."""
        if work not in self._shared:
            self._shared[work] = work(self)
        made: T = self._shared[work]
        return made

    def where(self, bit: int) -> Sequence[int]:
        """Return the indices of the words that a registered test holds for."""
        return self._hits.get(bit, ())

    def take(self, start: int, end: int) -> None:
        """Note that a stretch is an address or a number, so that nothing else is read from it."""
        if not self.taken:
            self._covered = bytearray(len(self.text) + 1)
        self.taken.append((start, end))
        self._covered[start:end] = b"\x01" * (end - start)

    def free(self, start: int) -> bool:
        """Whether a place is outside everything that is taken."""
        return not self.taken or not self._covered[start]

    def phrase(self, index: int, *words: str) -> bool:
        """Whether `words` stand at word `index`."""
        return self.words[index : index + len(words)] == list(words)

    def end(self, index: int) -> int:
        """Where word `index` ends in the folded text."""
        return self.starts[index] + len(self.words[index])

    def gap(self, index: int) -> str:
        """Return what stands between word `index` and the next, in lower case."""
        starts, words, following = self.starts, self.words, index + 1
        end = starts[index] + len(words[index])
        return self.lower[end : starts[following]] if following < len(words) else self.lower[end:]

    def word(self, index: int) -> str:
        """Return word `index`, or nothing beyond either end."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def written(self, index: int) -> str:
        """Return word `index` with its capitals."""
        start = self.starts[index]
        return self.text[start : start + len(self.words[index])]


@lru_cache(maxsize=1 << 14)
def _runs(word: str) -> tuple[tuple[int, int], ...]:
    """Return where the figures of a word start and end."""
    out, at = [], 0
    while at < len(word):
        if "0" <= word[at] <= "9":
            start = at
            while at < len(word) and "0" <= word[at] <= "9":
                at += 1
            out.append((start, at))
        else:
            at += 1
    return tuple(out)


def _figures_in(word: str, start: int, index: int) -> list[Figure]:
    if word[0] != "0" and len(word) in ROUND and word[0].isdigit() and not word.strip("0123456789o"):
        return [Figure(start, start + len(word), word.replace("o", "0"), index, "", "")]
    runs, out, last = _runs(word), [], 0
    for n, (first, end) in enumerate(runs):
        following = runs[n + 1][0] if n + 1 < len(runs) else len(word)
        prefix, suffix = word[last:first], word[end:following]
        out.append(Figure(start + first, start + end, word[first:end], index, prefix, suffix))
        last = end
    return out
