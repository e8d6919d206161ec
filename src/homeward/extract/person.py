"""How a person is described: one walk over a part for heights and weights, one for hair and eyes.

What each of them is, is the rule of its own file: `height.py`, `weight.py`, `hair.py`, `eyes.py`. They are
walked together because a figure that is a height is no weight, and a colour goes to the nearest noun.
"""

from __future__ import annotations

from homeward.extract import eyes, hair, height, weight
from homeward.extract.knowledge.load import rows
from homeward.extract.measure import CUED, IS_MEASURED, SURE, unit_of
from homeward.extract.text.tokens import WATCH, Page, Reading

COLOURS = {word: row[1] for row in rows("colours.tsv") for word in row[2].split()}
IS_COLOUR = WATCH.words(COLOURS, hair.BY_THEMSELVES)
IS_UNIT = WATCH.words(weight.POUNDS, weight.KILOS, height.CENTIMETRES, weight.STONE)
READERS = {"hair": hair.READER, "eyes": eyes.READER}
STOPS = ",.;!?|\n&/"  # marks that end a phrase
NEAR = 3  # words between a colour and its noun: "long, wavy blonde hair", "hair: dark brown"


def read_person(page: Page) -> list[Reading]:
    """Return heights, weights, hair and eyes of one part: heights first, of a figure that may be both."""
    found: list[Reading] = []
    figures, cued, units = page.figures, page.mask & IS_MEASURED, page.mask & IS_UNIT
    skip = -1
    for k, figure in enumerate(figures):
        if k <= skip or len(figure.digits) > 3:
            continue
        said = cued or len(figure.digits) == 1
        if not said and not ((figure.suffix or units) and _measures(unit_of(page, figure))):
            continue
        following = figures[k + 1] if k + 1 < len(figures) else None
        reading, used = height.height_at(page, figure, following)
        if reading is None:
            reading, used = weight.weight_at(page, figure, following)
        if reading is not None:
            found.append(reading)
            skip = k + used - 1
    if page.mask & height.IS_FOOT:
        found += height.said_heights(page)
    if page.mask & IS_COLOUR:
        found += _colours(page)
    return found


def _measures(unit: str) -> bool:
    """Whether a word is a unit of weight or of metric height."""
    return unit in weight.POUNDS or unit in weight.KILOS or unit in height.CENTIMETRES or unit in weight.STONE


def _colours(page: Page) -> list[Reading]:
    """Find the noun nearest to each colour."""
    found = []
    for n in page.where(IS_COLOUR):
        word = page.words[n]
        kind, last = _noun(page, n) if word in COLOURS else ("", n)
        if kind == "eyes" and word in hair.BY_THEMSELVES:
            kind = ""  # "blonde with blue eyes": no eyes are blonde
        if kind:
            first, last = min(n, last), max(n, last)
            found.append(
                Reading(kind, COLOURS[word], page.starts[first], page.end(last), SURE, READERS[kind])
            )
        elif word in hair.BY_THEMSELVES:
            found.append(
                Reading("hair", hair.BY_THEMSELVES[word], page.starts[n], page.end(n), CUED, hair.READER)
            )
    return found


def _noun(page: Page, n: int) -> tuple[str, int]:
    """Return "hair" or "eyes" with the index of the nearest such word in the same phrase."""
    ahead = behind = True
    for distance in range(1, NEAR + 1):
        ahead = ahead and _same_phrase(page, n + distance - 1, STOPS)
        behind = behind and _same_phrase(page, n - distance, STOPS)
        for near, open_ in ((n + distance, ahead), (n - distance, behind)):
            if open_ and (kind := _kind(page.word(near))):
                return kind, near
        behind = behind and page.word(n - distance) not in COLOURS
    return "", n


def _same_phrase(page: Page, gap: int, stops: str) -> bool:
    return 0 <= gap < len(page.words) - 1 and not any(c in stops for c in page.gap(gap))


def _kind(word: str) -> str:
    return "hair" if word in hair.NOUNS else "eyes" if word in eyes.NOUNS else ""
