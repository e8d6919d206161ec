"""What the readers of hair and eyes share: the colours of a page and the noun that each belongs to."""

from __future__ import annotations

from typing import NamedTuple

from homeward.extract.knowledge.load import lexicon, rows
from homeward.extract.text.tokens import WATCH, Page

HAIR_WORDS = lexicon("person.hair")
EYE_WORDS = lexicon("person.eyes")
COLOURS = {word: row[1] for row in rows("colours.tsv") for word in row[2].split()}
HAIR_COLOURS = {word: row[1] for row in rows("colours.tsv") for word in row[3].split()}  # "brunette"
IS_COLOUR = WATCH.words(COLOURS, HAIR_COLOURS)
STOPS = ",.;!?|\n&/"  # marks that end a phrase
NEAR = 3  # words between a colour and its noun: "long, wavy blonde hair", "hair: dark brown"


class Coloured(NamedTuple):
    """A colour word, with the words of its phrase; `of` is "hair", "eyes" or empty."""

    of: str
    word: int
    first: int
    last: int


def coloured(page: Page) -> list[Coloured]:
    """Return the colours of a page, each with the noun nearest to it."""
    found = []
    for n in page.where(IS_COLOUR):
        word = page.words[n]
        of, noun = _noun(page, n) if word in COLOURS else ("", n)
        if of == "eyes" and word in HAIR_COLOURS:
            of, noun = "", n  # "blonde with blue eyes": no eyes are blonde
        found.append(Coloured(of, n, min(n, noun), max(n, noun)))
    return found


def _noun(page: Page, n: int) -> tuple[str, int]:
    """Return "hair" or "eyes" with the index of the nearest such word in the same phrase."""
    ahead = behind = True
    for distance in range(1, NEAR + 1):
        ahead = ahead and _same_phrase(page, n + distance - 1)
        behind = behind and _same_phrase(page, n - distance)
        for near, open_ in ((n + distance, ahead), (n - distance, behind)):
            if open_ and (of := _of(page.word(near))):
                return of, near
        behind = behind and page.word(n - distance) not in COLOURS
    return "", n


def _same_phrase(page: Page, gap: int) -> bool:
    return 0 <= gap < len(page.words) - 1 and not any(c in STOPS for c in page.gap(gap))


def _of(word: str) -> str:
    return "hair" if word in HAIR_WORDS else "eyes" if word in EYE_WORDS else ""
