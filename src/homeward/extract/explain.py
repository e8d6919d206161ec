"""Explain: which reader made a mention, by which rule and words, and what its confidence stands for.

An explanation is made from what the readers are made of, not from a second account of them: the rule is the
reader's docstring, the words are those of the mention and of its neighbours that stand in the reader's own
lists, and a confidence is named by the reader's constants that have its value. A confidence that is no
constant is computed from several (a phone's from its lattice points) and says so.
"""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any

from homeward.extract import read
from homeward.extract.knowledge.agency import Agency
from homeward.extract.knowledge.load import WORD_FILES, lexicon, names, rows
from homeward.extract.text.digits import classify
from homeward.extract.text.tokens import Page, Place, Reading

NEIGHBOURS = 4  # words on each side of a mention that are looked up in the reader's lists
FIRST = "in the first names"


def explain_text(
    text: str, *, country: str | None = None, region: str | None = None, city: str | None = None,
    part: str = "text", agency: Agency | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Return an explanation of each mention that `read_text` returns, in its order."""
    place, readers = Place.of(country, region, city), read.readers_with(agency)
    page, found = read.readings(text, part, place, readers)
    return [explain(page, reading, agency) for reading in found]


def explain_address(
    address: str, *, country: str | None = None, region: str | None = None, city: str | None = None
) -> list[dict[str, Any]]:  # fmt: skip
    """Return an explanation of each mention that `read_address` returns, in its order."""
    if not read.tells(address):
        return []
    place = Place.of(country, region, city)
    page, found = read.readings(address, "url", place, read.IN_URL)
    return [explain(page, reading) for reading in found]


def explain(page: Page, reading: Reading, agency: Agency | None = None) -> dict[str, Any]:
    """Explain one reading of a page."""
    module = _modules().get(reading.reader)
    span = page.normalised.span(reading.start, reading.end)
    words = [n for n, at in enumerate(page.starts) if at < reading.end and page.end(n) > reading.start]
    first, last = (words[0], words[-1]) if words else (0, -1)
    around = range(max(0, first - NEIGHBOURS), min(len(page.words), last + 1 + NEIGHBOURS))
    out: dict[str, Any] = {
        "reader": reading.reader,
        "rule": _rule(module) if module else _own_rule(reading, page, agency),
        "as_written": span.cut(page.normalised.original),
        "folded": page.text[reading.start : reading.end],
        "tokens": [_token(page.words[n], reading.kind) for n in words],
        "cues": _cues(page, around, module, reading.kind),
        "confidence": {"value": round(reading.confidence, 6), "is": _named(module, reading.confidence)},
    }
    return out


def _modules() -> dict[str, ModuleType]:
    """Return the readers by what they sign their readings with."""
    return {module.READER: module for module in read.MODULES}


def _rule(module: ModuleType) -> str:
    """Return the rule as the reader's docstring states it, on one line."""
    doc = inspect.cleandoc(module.__doc__ or "")
    _, _, rule = doc.partition("Rule: ")
    return " ".join((rule or doc).split("\n\n")[0].split())


def _own_rule(reading: Reading, page: Page, agency: Agency | None) -> str:
    """Return which entry of the agency's file made a reading."""
    if agency is None:
        return ""
    raw = page.text[reading.start : reading.end]
    for pattern in agency.patterns:
        if pattern.kind == reading.kind and pattern.compiled.search(page.text) is not None:
            return f"the pattern {pattern.source} of the knowledge file"
    return f"the term {raw.lower()!r} of the knowledge file, for {reading.kind}"


def _token(word: str, kind: str) -> dict[str, Any]:
    """Return a word as readers see it; in a phone, with the digits it stands for."""
    token: dict[str, Any] = {"word": word}
    digits = (
        "" if kind != "phone" or word.isdigit() else "".join(atom.digits for atom in classify(word) or ())
    )
    if digits:
        token["digits"] = digits
    return token


def _cues(page: Page, around: range, module: ModuleType | None, kind: str) -> list[dict[str, Any]]:
    """Return the words in and around a mention that stand in lists of its reader."""
    if module is None:
        return []
    lists = _lists(module)
    out = []
    for n in around:
        word = page.words[n]
        held = [name for name, words in lists.items() if word in words]
        if kind == "name" and word in names():
            held.append(FIRST)
        if held:
            out.append({"word": word, "lists": held})
    return out


def _lists(module: ModuleType) -> dict[str, set[str]]:
    """Return the word lists that a reader holds, or that are named after it, by name."""
    own = module.READER.partition("/")[0] + "."
    held = {id(value) for value in vars(module).values()}
    for value in list(vars(module).values()):
        if isinstance(value, dict):
            held |= {id(inner) for inner in value.values()}
    known = sorted({row[0] for file in WORD_FILES for row in rows(file)})
    return {name: lexicon(name) for name in known if name.startswith(own) or id(lexicon(name)) in held}


def _named(module: ModuleType | None, confidence: float) -> str:
    """Return the reader's own names for a confidence, or that it is computed."""
    if module is None:
        return "as the knowledge file says"
    found = [
        name.lower()
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, float) and abs(value - confidence) < 1e-9
    ]
    return " or ".join(sorted(found)) if found else "computed from several signs"
