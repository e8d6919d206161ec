"""What the readers of heights and weights share: a figure, the unit behind it and the word before it.

A figure that is a height is no weight, so that the reader of weights asks for the heights first.
"""

from __future__ import annotations

from collections.abc import Container

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.tokens import WATCH, Figure, Page

SURE, CUED, LOOSE = 0.97, 0.9, 0.8
HEIGHT_WORDS = lexicon("person.height")
WEIGHT_WORDS = lexicon("person.weight")
POUNDS = lexicon("person.pounds")
KILOS = lexicon("person.kilos")
STONE = frozenset(["st", "stone"])
CENTIMETRES = lexicon("person.cm")
IS_MEASURED = WATCH.words(HEIGHT_WORDS, WEIGHT_WORDS)
IS_UNIT = WATCH.words(POUNDS, KILOS, CENTIMETRES, STONE)
LONGEST = 3  # digits of one figure


def measures(page: Page) -> list[int]:
    """Return which figures of a page may be of a height or weight: most are passed over by this."""
    figures = page.figures
    if page.mask & IS_MEASURED:
        return [k for k, figure in enumerate(figures) if len(figure.digits) <= LONGEST]
    units = page.mask & IS_UNIT
    return [
        k
        for k, figure in enumerate(figures)
        if len(figure.digits) == 1
        or (len(figure.digits) <= LONGEST and (figure.suffix or units) and _unit(unit_of(page, figure)))
    ]


def _unit(word: str) -> bool:
    """Whether a word is a unit of weight or of metric height."""
    return word in POUNDS or word in KILOS or word in CENTIMETRES or word in STONE


def unit_of(page: Page, figure: Figure) -> str:
    """Return the word that follows a figure directly: glued, or after a blank or hyphen."""
    if figure.suffix:
        return figure.suffix
    unit = page.word(figure.word + 1)
    return unit if unit and page.gap(figure.word) in (" ", "-", "  ", ". ") else ""


def unit_end(page: Page, figure: Figure, unit: str) -> int:
    """Return where the unit behind a figure ends."""
    if figure.suffix:
        return figure.end + len(figure.suffix)
    return page.end(figure.word + 1) if unit else figure.end


def cued(page: Page, figure: Figure, cues: Container[str]) -> bool:
    """Whether one of the cues stands one or two words before a figure."""
    if not page.mask & IS_MEASURED:
        return False
    at = figure.word
    return (at > 0 and page.words[at - 1] in cues) or (at > 1 and page.words[at - 2] in cues)
