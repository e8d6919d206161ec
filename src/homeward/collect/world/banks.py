"""Phrase banks: patterns an author draws from, and how one pattern becomes her sentence.

A pattern is text with `{one|of|these}`, chosen once by the author, and `<slots>`, filled in every ad.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from random import Random

# A sentence: literal, slot, literal, slot, … literal (always an odd number of parts).
Parts = tuple[str, ...]
# A parsed pattern: every element is the tuple of its alternatives (one, when nothing is to choose).
Pattern = tuple[tuple[str, ...], ...]

LANGUAGES = ("en", "es", "fr", "pt", "de", "it", "ru", "zh")


@cache
def bank(language: str) -> dict[str, tuple[Pattern, ...]]:
    """Return the sections of a language's bank; a section it lacks is not there."""
    text = files(__package__).joinpath(f"data/{language}.txt").read_text("utf-8")
    sections: dict[str, list[Pattern]] = {}
    current: list[Pattern] = []
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]"):
            current = sections.setdefault(line[1:-1], [])
        elif line and not line.startswith("#"):
            current.append(parse(line))
    return {name: tuple(patterns) for name, patterns in sections.items()}


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """Return the lines of a data file that are not remarks."""
    text = files(__package__).joinpath(f"data/{name}").read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


def parse(line: str) -> Pattern:
    """Return the alternatives of one line of a bank, in order."""
    out: list[tuple[str, ...]] = []
    rest = line
    while rest:
        head, brace, rest = rest.partition("{")
        if head:
            out.append((head,))
        if brace:
            options, _, rest = rest.partition("}")
            out.append(tuple(options.split("|")))
    return tuple(out)


def resolve(pattern: Pattern, rng: Random) -> str:
    """Return the pattern with every choice made."""
    text = "".join(o[0] if len(o) == 1 else o[int(rng.random() * len(o))] for o in pattern)
    return squeeze(text)


def squeeze(text: str) -> str:
    """Return the text without double blanks and without a blank before a comma."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text.replace(" ,", ",").strip()


def split_slots(text: str) -> Parts:
    """Return literal and slot by turns: `call <phone>` is ("call ", "phone", "")."""
    out: list[str] = []
    rest = text
    while True:
        head, mark, tail = rest.partition("<")
        out.append(head)
        if not mark:
            return tuple(out)
        slot, _, rest = tail.partition(">")
        out.append(slot)
