"""What an agency knows: one YAML file that adds to the lexicons and defines kinds of its own, without code.

`agency_file` reads it (TOML too) so that nothing in it can run or grow. It is data all the way: words,
terms, and patterns that are linear by
construction (re2, bounded in size). Its hash is part of the version of every reading made with it.

Reading is pure: the file's bytes travel with the batch (in the metadata of its schema), and what is in
force in a process follows the batch. Word lists are changed in place, because readers hold them; one
process reads with one file at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pyarrow as pa
import re2

from homeward.extract.knowledge import agency_file
from homeward.extract.knowledge.load import WORD_FILES, lexicon, names, rows
from homeward.extract.text.normalise import normalise
from homeward.extract.text.tokens import WATCH, Page, Reading
from homeward.model.errors import UsageError
from homeward.model.mention import CUSTOM, is_custom

# Bytes of a file: 50,000 terms. It travels with every batch of 2,000 ads (about 2 MB), so it is kept small.
LARGEST = 1 << 20
MOST_TERMS = 20_000  # of one list
MOST_PATTERNS, MOST_KINDS = 100, 100
LONGEST_PATTERN, PATTERN_MEMORY = 500, 1 << 20  # characters; bytes that a compiled pattern may take
DENSE_MEMORY = 64 << 20
LONGEST_VALUE = 200  # characters of what a pattern may take
LONGEST_TERM = 12  # words
TERM, PATTERN = 0.9, 0.85  # confidence of a term and of a pattern, unless the file says another
METADATA = b"homeward.knowledge"
VENUES = ("incall", "outcall", "carcall")
# Lists that readers build tables from when they start, or keep answers about: they stay as they are.
FIXED = ("phone.", "url.", "street.strong", "street.weak", "street.endings", "place.states")
SECTIONS = ("version", "lexicons", "names", "places", "phrases", "youth", "glossary", "patterns")
FORM = 1


@dataclass(frozen=True, slots=True)
class Term:
    """Words that mean something, as the agency writes them: `value` of kind `kind`."""

    kind: str
    value: str
    words: tuple[str, ...]
    confidence: float
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of the agency's: what it takes, or what its one group takes, is a value of `kind`."""

    kind: str
    source: str
    compiled: Any
    confidence: float


@dataclass(frozen=True, slots=True)
class Change:
    """What to add to a list, to take away from it, or to put in its place."""

    add: frozenset[str] = frozenset()
    remove: frozenset[str] = frozenset()
    replace: frozenset[str] | None = None


@dataclass(frozen=True, eq=False)
class Agency:
    """One knowledge file, read and checked. `sha256` is of its bytes."""

    source: bytes
    lexicons: Mapping[str, Change]
    names: Mapping[str, bool | None]  # a first name → whether it is also a word; None takes it away
    terms: Mapping[str, Sequence[Term]]  # by first word, longest first
    dense: Mapping[str, Sequence[Term]]  # terms in scripts without spaces, by how they are spelled
    dense_pattern: Any  # all of them as one linear pattern; None if there are none
    patterns: Sequence[Pattern]
    youth: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The hash of the file."""
        return hashlib.sha256(self.source).hexdigest()

    @property
    def version(self) -> str:
        """How readings made with this file name it."""
        return f"agency/{self.sha256[:12]}"

    def read(self, page: Page) -> list[Reading]:
        """Return what the file's terms and patterns find in one part, in reading order."""
        found: list[Reading] = []
        if not self.terms.keys().isdisjoint(page.words):
            found += self._terms(page)
        if self.dense_pattern is not None:
            for match in self.dense_pattern.finditer(page.lower):
                for t in self.dense[match.group()]:
                    found.append(
                        self._made(t.kind, t.value, match.start(), match.end(), t.confidence, t.detail)
                    )
        for pattern in self.patterns:
            for match in pattern.compiled.finditer(page.text):
                group = 1 if pattern.compiled.groups else 0
                start, end = match.span(group)
                if 0 <= start < end <= start + LONGEST_VALUE:
                    value = " ".join(match.group(group).split())
                    found.append(self._made(pattern.kind, value, start, end, pattern.confidence, {}))
        found.sort(key=lambda r: (r.start, r.end))
        return found

    def _terms(self, page: Page) -> list[Reading]:
        found, last = [], -1
        for n, word in enumerate(page.words):
            if n <= last:
                continue
            for t in self.terms.get(word, ()):
                end = n + len(t.words)
                if tuple(page.words[n:end]) == t.words and all(
                    _close(page.gap(k)) for k in range(n, end - 1)
                ):
                    last = end - 1
                    found.append(
                        self._made(t.kind, t.value, page.starts[n], page.end(last), t.confidence, t.detail)
                    )
                    break
        return found

    def _made(
        self, kind: str, value: str, start: int, end: int, confidence: float, detail: Mapping[str, Any]
    ) -> Reading:
        return Reading(kind, value, start, end, confidence, self.version, dict(detail) or None)


def _close(gap: str) -> bool:
    """Whether the words on both sides of a gap stand in one phrase."""
    return len(gap) <= 2 and "\n" not in gap and not any(c in ".!?" for c in gap)


# Reading the file.


@lru_cache(maxsize=4)
def parse(source: bytes) -> Agency:
    """Return what a knowledge file says; a file that is not right raises UsageError naming the place."""
    if len(source) > LARGEST:
        raise _wrong(f"is larger than {LARGEST >> 10} KiB")
    try:
        data = agency_file.load(source)
    except agency_file.Unreadable as error:
        raise _wrong(str(error)) from None
    unknown = sorted(set(data) - set(SECTIONS))
    if unknown:
        raise _wrong(f"has an unknown part [{unknown[0][:40]}]", f"Known are {', '.join(SECTIONS)}.")
    if data.get("version", FORM) != FORM:
        raise _wrong("is of another version", f"Write version = {FORM}.")
    terms = [*_places(data), *_phrases(data), *_glossary(data)]
    spaced: dict[str, list[Term]] = {}
    dense: dict[str, list[Term]] = {}
    for t in terms:
        if _unspaced(t.words):
            dense.setdefault(t.words[0], []).append(t)
        else:
            spaced.setdefault(t.words[0], []).append(t)
    for listed in spaced.values():
        listed.sort(key=lambda t: (-len(t.words), t.words, t.kind, t.value))
    return Agency(
        source, _lexicons(data), _names(data), spaced, dense, _dense_pattern(dense), _patterns(data),
        tuple(_texts(_table(data, "youth", ("words",)).get("words", []), "youth.words")),
    )  # fmt: skip


def _wrong(what: str, remedy: str = "") -> UsageError:
    return UsageError(f"The knowledge file {what}.", remedy=remedy)


def _table(data: Mapping[str, Any], name: str, known: Iterable[str] | None = None) -> dict[str, Any]:
    """Return a part of the file as a table, with no keys but the known ones."""
    table = data.get(name, {})
    if not isinstance(table, dict):
        raise _wrong(f"has {name}, which is no table")
    unknown = sorted(set(table) - set(known)) if known is not None else []
    if unknown:
        raise _wrong(f"has an unknown entry {name}.{unknown[0][:40]}", f"Known are {', '.join(known or ())}.")
    return table


def _texts(value: Any, where: str) -> list[str]:
    """Return a list of texts that are not empty."""
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise _wrong(f"has {where}, which is no list of texts")
    if len(value) > MOST_TERMS:
        raise _wrong(f"has more than {MOST_TERMS:,} entries in {where}")
    return value


def _words(text: str, where: str) -> tuple[str, ...]:
    """Return a term as pages are cut: folded words in lower case."""
    words = tuple(Page.of(text).words)
    if not 0 < len(words) <= LONGEST_TERM:
        raise _wrong(f"has a term in {where} without words or with more than {LONGEST_TERM}: {text[:40]!r}")
    return words


def _unspaced(words: Sequence[str]) -> bool:
    return len(words) == 1 and any("\u0e00" <= c <= "\u0eff" or "\u3040" <= c <= "\u9fff" for c in words[0])


def _dense_pattern(dense: Mapping[str, list[Term]]) -> Any:
    """Return one linear pattern of terms; of several that begin at one place the longest is taken."""
    if not dense:
        return None
    options = re2.Options()
    options.max_mem, options.longest_match, options.log_errors = DENSE_MEMORY, True, False
    try:
        return re2.compile("|".join(map(re2.escape, sorted(dense))), options)
    except re2.error:
        raise _wrong("has too many terms in scripts without spaces") from None


def changeable() -> list[str]:
    """Return the names of the word lists that a file may change."""
    known = {row[0] for file in WORD_FILES for row in rows(file)}
    return sorted(name for name in known if not name.startswith(FIXED))


def _lexicons(data: Mapping[str, Any]) -> dict[str, Change]:
    out, known = {}, changeable()
    for name, _ in _table(data, "lexicons").items():
        if name not in known:
            raise _wrong(
                f"changes {name[:40]!r}, which is no word list that a file may change",
                agency_file.near(name, known),
            )
        change = _table(_table(data, "lexicons"), name, ("add", "remove", "replace"))
        lists = {
            key: frozenset(w for text in _texts(value, f"lexicons.{name}.{key}") for w in _words(text, name))
            for key, value in change.items()
        }
        out[name] = Change(
            lists.get("add", frozenset()), lists.get("remove", frozenset()), lists.get("replace")
        )
    return out


def _names(data: Mapping[str, Any]) -> dict[str, bool | None]:
    table = _table(data, "names", ("add", "words", "remove"))
    out: dict[str, bool | None] = {}
    kinds: tuple[tuple[str, bool | None], ...] = (("add", False), ("words", True), ("remove", None))
    for key, ordinary in kinds:
        for text in _texts(table.get(key, []), f"names.{key}"):
            words = _words(text, f"names.{key}")
            if len(words) != 1:
                raise _wrong(
                    f"has a first name of more than one word: {text[:40]!r}", "Use a glossary for it."
                )
            out[words[0]] = ordinary
    return out


def _places(data: Mapping[str, Any]) -> list[Term]:
    out = []
    places = data.get("places", [])
    if not isinstance(places, list) or len(places) > MOST_TERMS:
        raise _wrong("has places, which are no list", "Write each as [[places]].")
    for place in places:
        row = _table({"places": place}, "places", ("name", "other_names", "region", "country", "lat", "lon"))
        name, others = row.get("name"), row.get("other_names", [])
        if not isinstance(name, str) or not name.strip():
            raise _wrong("has a place without a name")
        value = ", ".join(str(part) for part in (name, row.get("region"), row.get("country")) if part)
        detail = {key: float(row[key]) for key in ("lat", "lon") if isinstance(row.get(key), int | float)}
        for form in (name, *_texts(others, "places.other_names")):
            out.append(Term("place", value, _words(form, "places"), TERM, detail))
    return out


def _phrases(data: Mapping[str, Any]) -> list[Term]:
    table = _table(data, "phrases", VENUES)
    return [
        Term("venue", venue, _words(text, f"phrases.{venue}"), TERM)
        for venue, listed in table.items()
        for text in _texts(listed, f"phrases.{venue}")
    ]


def _kind(name: str, part: str) -> str:
    if not is_custom(f"{CUSTOM}{name}"):
        raise _wrong(f"has {part}.{name[:40]}, which is no name", "Use lower-case letters, figures, - and _.")
    return f"{CUSTOM}{name}"


def _confidence(row: Mapping[str, Any], usual: float, where: str) -> float:
    value = row.get("confidence", usual)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 1:
        raise _wrong(f"has {where}.confidence, which is not above 0 and up to 1")
    return float(value)


def _glossary(data: Mapping[str, Any]) -> list[Term]:
    out = []
    table = _table(data, "glossary")
    if len(table) > MOST_KINDS:
        raise _wrong(f"has more than {MOST_KINDS} glossaries")
    for name in table:
        kind, where = _kind(name, "glossary"), f"glossary.{name}"
        row = _table(table, name, ("terms", "confidence"))
        sure = _confidence(row, TERM, where)
        for text in _texts(row.get("terms", []), f"{where}.terms"):
            words = _words(text, where)
            out.append(Term(kind, " ".join(words), words, sure))
    return out


def _patterns(data: Mapping[str, Any]) -> list[Pattern]:
    out = []
    table = _table(data, "patterns")
    if len(table) > MOST_PATTERNS:
        raise _wrong(f"has more than {MOST_PATTERNS} patterns")
    options = re2.Options()
    options.max_mem, options.log_errors = PATTERN_MEMORY, False
    for name in table:
        kind, where = _kind(name, "patterns"), f"patterns.{name}"
        row = _table(table, name, ("pattern", "example", "confidence"))
        text, example = row.get("pattern"), row.get("example")
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST_PATTERN:
            raise _wrong(f"has {where} without a pattern of up to {LONGEST_PATTERN} characters")
        try:
            compiled = re2.compile(text, options)
        except re2.error as error:
            raise _wrong(f"has {where}, which re2 does not take: {agency_file.said(error)}") from None
        if compiled.groups > 1 or compiled.search("") is not None:
            raise _wrong(f"has {where} with more than one group, or which fits nothing at all")
        if not isinstance(example, str) or compiled.search(normalise(example).text) is None:
            raise _wrong(f"has {where} without an example that it fits", f'Add example = "…" to {where}.')
        out.append(Pattern(kind, text, compiled, _confidence(row, PATTERN, where)))
    return out


# In force.

_in_force: list[Agency | None] = [None]
_undo: list[tuple[Any, Any]] = []


def use(agency: Agency | None) -> bool:
    """Make the word lists of this process what the packaged files and `agency` say together.

    Return whether anything changed.
    """
    if _in_force[0] is agency:
        return False
    while _undo:
        container, before = _undo.pop()
        container.clear()
        container.update(before)
    if agency is not None:
        for name, change in agency.lexicons.items():
            words = lexicon(name)
            _undo.append((words, set(words)))
            kept = words if change.replace is None else change.replace
            after = (set(kept) | change.add) - change.remove
            words.clear()
            words.update(after)
        known = names()
        if agency.names:
            _undo.append((known, dict(known)))
        for name, ordinary in agency.names.items():
            if ordinary is None:
                known.pop(name, None)
            else:
                known[name] = ordinary
    WATCH.clear()
    _in_force[0] = agency
    return True


def attach(table: pa.Table, agency: Agency | None) -> pa.Table:
    """Return `table` with the knowledge file in its metadata: so it travels to the workers."""
    if agency is None:
        return table
    return table.replace_schema_metadata({**(table.schema.metadata or {}), METADATA: agency.source})


def attached(shape: pa.Schema) -> Agency | None:
    """Return the knowledge that came with a batch."""
    source = (shape.metadata or {}).get(METADATA)
    return None if source is None else parse(source)
