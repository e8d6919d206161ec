"""The parts a query is made of. Each knows whether an ad fits (`holds`), its text form and its JSON form.

Leaves keep what the person typed; what is compared is folded by `searchable`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from homeward.model import searchable
from homeward.model.mention import Kind
from homeward.model.searchable import SearchDoc

# A number with fewer digits is a fragment, looked for anywhere in a number; with more it is a whole number.
WHOLE_NUMBER = 10
# Fewer digits than this, typed without `phone:`, are a price or an age rather than part of a number.
FRAGMENT = 7
LONGEST_NUMBER = 15  # E.164

KINDS = tuple(kind.value for kind in Kind)
# `custom:` searches the kinds that an agency defined: `custom:fleet:value`.
FIELDS = (*KINDS, "custom", "city", "region", "country", "site", "lang", "source", "ad", "photo", "has")
HAS = (*KINDS, "obscured", "photo", "position")


@dataclass(frozen=True)
class All:
    """Everything: the empty query."""

    def holds(self, doc: SearchDoc) -> bool:
        """Fit every ad."""
        return True

    def text(self) -> str:
        """Return the empty text."""
        return ""

    def json(self) -> dict[str, Any]:
        """Return `{"all": true}`."""
        return {"all": True}


@dataclass(frozen=True)
class Phrase:
    """Words next to each other. Unless `exact`, also the phone, e-mail, handle or URL they look like."""

    typed: str
    exact: bool = False

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The folded words."""
        return tuple(searchable.words(self.typed))

    @cached_property
    def globs(self) -> tuple[str, ...]:
        """Patterns over terms that fit as well as the words do."""
        return () if self.exact else _lookalikes(self.typed)

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad with the words in a row, or with a mention that they look like."""
        return searchable.has_phrase(doc.parts, self.words) or _any_term(doc, self.globs)

    def text(self) -> str:
        """Return it as typed, in quotes if exact."""
        return quoted(self.typed) if self.exact else self.typed

    def json(self) -> dict[str, Any]:
        """Return `{"text": …, "exact": …}`."""
        return {"text": self.typed, "exact": self.exact}


@dataclass(frozen=True)
class Like:
    """One word in which `*` stands for any letters, or none."""

    typed: str

    @cached_property
    def glob(self) -> str:
        """The folded pattern."""
        return "*".join(searchable.fold(piece) for piece in self.typed.split("*"))

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad with such a word."""
        return any(searchable.glob_matches(self.glob, word) for part in doc.parts for word in part)

    def text(self) -> str:
        """Return it as typed."""
        return self.typed

    def json(self) -> dict[str, Any]:
        """Return `{"like": …}`."""
        return {"like": self.typed}


@dataclass(frozen=True)
class Fuzzy:
    """One word, up to `edits` letters off (inserted, left out, changed, or two neighbours swapped)."""

    typed: str
    edits: int

    @cached_property
    def word(self) -> str:
        """The folded word."""
        return searchable.words(self.typed)[0]

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad with a word that near."""
        return any(
            searchable.edits(self.word, word, self.edits) <= self.edits for part in doc.parts for word in part
        )

    def text(self) -> str:
        """Return `word~1`."""
        return f"{self.typed}~{self.edits}"

    def json(self) -> dict[str, Any]:
        """Return `{"text": …, "fuzzy": …}`."""
        return {"text": self.typed, "fuzzy": self.edits}


@dataclass(frozen=True)
class Field:
    """A value of a kind of mention or of a field of the ad; `*` stands for any characters, or none.

    A phone's value is its digits, with `*` and a leading `+` if typed. Without `*`, ten digits or more
    (or a `+`) are a whole number, with or without country code; fewer are a fragment of one.
    """

    name: str
    value: str

    @cached_property
    def globs(self) -> tuple[str, ...]:
        """Patterns over terms, any of which may fit."""
        if self.name == "phone":
            return phone_globs(self.value)
        folded = searchable.fold(self.value)[: searchable.LONGEST_VALUE]
        if self.name == "handle":
            folded = folded.removeprefix("@").replace(":@", ":")
        if self.name == "url" and "*" not in folded:
            folded = searchable.bare_url(folded)
        return (f"{self.name}:{folded}",)

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad with such a value."""
        return _any_term(doc, self.globs)

    def text(self) -> str:
        """Return `name:value`, the value in quotes if it must be."""
        plain = self.value and all(char.isalnum() or char in "@._-+*:/,#&=%?!'" for char in self.value)
        return f"{self.name}:{self.value if plain else quoted(self.value)}"

    def json(self) -> dict[str, Any]:
        """Return `{"field": …, "value": …}`."""
        return {"field": self.name, "value": self.value}


@dataclass(frozen=True)
class Since:
    """On this day or later, in UTC."""

    day: date

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad of that day or later."""
        return doc.day >= epoch_day(self.day)

    def text(self) -> str:
        """Return `from:2026-01-31`."""
        return f"from:{self.day.isoformat()}"

    def json(self) -> dict[str, Any]:
        """Return `{"from": …}`."""
        return {"from": self.day.isoformat()}


@dataclass(frozen=True)
class Until:
    """On this day or earlier, in UTC."""

    day: date

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad of that day or earlier."""
        return doc.day <= epoch_day(self.day)

    def text(self) -> str:
        """Return `to:2026-01-31`."""
        return f"to:{self.day.isoformat()}"

    def json(self) -> dict[str, Any]:
        """Return `{"to": …}`."""
        return {"to": self.day.isoformat()}


@dataclass(frozen=True)
class Near:
    """Within `km` kilometres of a place, by the ad's own position; an ad without one does not fit."""

    lat: float
    lon: float
    km: float

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad whose position is that near."""
        return doc.lat is not None and doc.lon is not None and self.covers(doc.lat, doc.lon)

    def covers(self, lat: float, lon: float) -> bool:
        """Tell whether a place is that near."""
        return searchable.kilometres(self.lat, self.lon, lat, lon) <= self.km

    def text(self) -> str:
        """Return `near:39.5,-119.8,50km`."""
        return f"near:{self.lat:.12g},{self.lon:.12g},{self.km:.12g}km"

    def json(self) -> dict[str, Any]:
        """Return `{"near": [lat, lon, km]}`."""
        return {"near": [self.lat, self.lon, self.km]}


@dataclass(frozen=True)
class And:
    """All parts fit."""

    parts: tuple[Node, ...]

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad that every part fits."""
        return all(part.holds(doc) for part in self.parts)

    def text(self) -> str:
        """Return the parts side by side; AND is written out where two numbers would read as one."""
        made = ""
        for text in map(_inner, self.parts):
            made += (" AND " if _run_together(made, text) else " ") + text
        return made[1:]

    def json(self) -> dict[str, Any]:
        """Return `{"and": […]}`."""
        return {"and": [part.json() for part in self.parts]}


@dataclass(frozen=True)
class Or:
    """Any part fits."""

    parts: tuple[Node, ...]

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad that some part fits."""
        return any(part.holds(doc) for part in self.parts)

    def text(self) -> str:
        """Return the parts joined by OR."""
        return " OR ".join(_inner(part) for part in self.parts)

    def json(self) -> dict[str, Any]:
        """Return `{"or": […]}`."""
        return {"or": [part.json() for part in self.parts]}


@dataclass(frozen=True)
class Not:
    """The part does not fit."""

    part: Node

    def holds(self, doc: SearchDoc) -> bool:
        """Fit an ad that the part does not fit."""
        return not self.part.holds(doc)

    def text(self) -> str:
        """Return the part after a minus sign."""
        return "-" + _inner(self.part)

    def json(self) -> dict[str, Any]:
        """Return `{"not": …}`."""
        return {"not": self.part.json()}


Leaf = All | Phrase | Like | Fuzzy | Field | Since | Until | Near
Node = Leaf | And | Or | Not


def all_of(parts: list[Node]) -> Node:
    """Join parts by AND; nested ANDs become one, a single part stays itself."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: list[Node]) -> Node:
    """Join parts by OR; nested ORs become one, a single part stays itself."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def negate(part: Node) -> Node:
    """Turn a part round; twice is not at all."""
    return part.part if isinstance(part, Not) else Not(part)


def quoted(text: str) -> str:
    """Return a text in double quotes, with backslashes before quotes and backslashes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def epoch_day(day: date) -> int:
    """Return days since 1970."""
    return day.toordinal() - date(1970, 1, 1).toordinal()


def phone_globs(value: str) -> tuple[str, ...]:
    """Return patterns for a number: digits, with `*` and a leading `+` if typed."""
    number = searchable.digits(value)
    if "*" in value:
        return (f"phone:{value}",)
    if value.startswith("+"):
        return (f"phone:{value}",) if len(number) >= WHOLE_NUMBER - 2 else (f"phone:{value}*",)
    if len(number) < WHOLE_NUMBER:
        return (f"phone:*{number}*",)
    dialled = [number[len(prefix) :] for prefix in ("00", "011") if number.startswith(prefix)]
    return (f"phone:{number}", *(f"phone:+{rest}" for rest in dialled))


def _lookalikes(typed: str) -> tuple[str, ...]:
    """Return patterns for the phone, e-mail, handle or URL that a bare term looks like."""
    if typed and all(char in "0123456789()+-. /" for char in typed):
        number = searchable.digits(typed)
        plus = "+" if typed.lstrip("(").startswith("+") else ""
        return phone_globs(plus + number) if FRAGMENT <= len(number) <= LONGEST_NUMBER + 3 else ()
    folded = searchable.fold(typed)[: searchable.LONGEST_VALUE]
    if "*" in folded:
        return ()
    if "://" in folded:
        return (f"url:{searchable.bare_url(folded)}",)
    name, at, host = folded.rpartition("@")
    if at and host and not name:
        return (f"handle:{host}",)
    return (f"email:{folded}",) if at and name and "." in host else ()


def _any_term(doc: SearchDoc, globs: tuple[str, ...]) -> bool:
    """Tell whether some term of the ad fits some pattern."""
    for glob in globs:
        if "*" not in glob:
            if glob in doc.terms:
                return True
        elif any(searchable.glob_matches(glob, term) for term in doc.terms):
            return True
    return False


def _inner(part: Node) -> str:
    return f"({part.text()})" if isinstance(part, And | Or) else part.text()


def _run_together(before: str, after: str) -> bool:
    """Tell whether two texts side by side could be read as one telephone number."""
    return before[-1:] in tuple("0123456789*)") and after.lstrip("(")[:1] in tuple("0123456789+*.")
