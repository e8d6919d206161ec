"""Read the packaged knowledge files; each has its source and licence in a header."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

# Rises whenever a lexicon or gazetteer changes; it is part of `read.VERSION`.
KNOWLEDGE = "10"
WORD_FILES = ("words.tsv", "details.tsv")


def lines(name: str) -> list[str]:
    """Return the lines of a knowledge file, without comments and empty lines."""
    text = files("homeward.extract.knowledge").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and line[0] != "#"]


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the tab-separated rows of a knowledge file, without comments and empty lines."""
    return tuple(tuple(line.split("\t")) for line in lines(name))


@cache
def lexicon(name: str) -> set[str]:
    """Return one word list of `WORD_FILES`; a name that is not there is a mistake of ours and raises.

    Readers keep it; only an agency's own knowledge (`agency.use`) changes it, in place.
    """
    return set(next(row[1] for file in WORD_FILES for row in rows(file) if row[0] == name).split())


@cache
def names() -> dict[str, bool]:
    """Return first names, folded and lower case, with whether each is also an ordinary word or a place."""
    return {name: kind == "word" for kind, listed in rows("names.tsv") for name in listed.split()}
