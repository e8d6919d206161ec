"""Heights, as written.

Rule: feet and inches (5'4", 5ft 4, 5 foot 4, "five foot nine"), centimetres or metres, between 130 and
215 cm. What needs no unit behind it ("5-4", "168") needs a word such as "height" before it. A price, a
decimal's second half and a figure with letters before it are none. The value is whole centimetres;
`detail.written` keeps the unit. Confidence: .97 with a unit, .9 after the word, .8 for loose writing.
"""

from __future__ import annotations

from homeward.extract.knowledge.load import lexicon
from homeward.extract.measure import (
    CENTIMETRES,
    CUED,
    HEIGHT_WORDS,
    LOOSE,
    SURE,
    cued,
    measures,
    unit_end,
    unit_of,
)
from homeward.extract.text.tokens import WATCH, Figure, Page, Reading

READER = "height/5"

SHORTEST, TALLEST = 130, 215  # centimetres
FEET = lexicon("person.feet")
INCHES = lexicon("person.inches")
IS_FOOT = WATCH.words(FEET)
PAID = frozenset("$€£₽")
UP_TO_ELEVEN = "zero one two three four five six seven eight nine ten eleven"
SAID = {word: n for n, word in enumerate(UP_TO_ELEVEN.split())}


def read_heights(page: Page) -> list[Reading]:
    """Return the heights of one part: those in figures, then those in words."""
    found = [reading for reading, _ in page.shared(in_figures).values()]
    return found + _in_words(page) if page.mask & IS_FOOT else found


def in_figures(page: Page) -> dict[int, tuple[Reading, int]]:
    """Return heights by the figure that they begin with, and how many figures each took."""
    found: dict[int, tuple[Reading, int]] = {}
    figures, past = page.figures, 0
    for k in page.shared(measures):
        if k < past:
            continue
        reading, used = _height_at(page, figures[k], figures[k + 1] if k + 1 < len(figures) else None)
        if reading is not None:
            found[k] = reading, used
            past = k + used
    return found


def _in_words(page: Page) -> list[Reading]:
    """Read heights in words: "five foot nine", "five feet eleven inches"."""
    found = []
    for n in page.where(IS_FOOT):
        feet, inches = SAID.get(page.word(n - 1), 0), SAID.get(page.word(n + 1), -1)
        if 4 <= feet <= 6 and n and page.gap(n - 1) in (" ", "-"):
            last = n + 1 if inches >= 0 and page.gap(n) in (" ", "-") else n
            if last == n and page.word(n + 1) != "tall":
                continue
            height = round(2.54 * (12 * feet + (inches if last > n else 0)))
            reading, _ = _tall(height, page, page.starts[n - 1], page.end(last), SURE, "ft")
            found += [reading] if reading is not None else []
    return found


def _height_at(page: Page, figure: Figure, following: Figure | None) -> tuple[Reading | None, int]:
    """Return the height that begins with a figure, and how many figures it took."""
    lower, digits = page.lower, figure.digits
    before = lower[max(0, figure.start - 2) : figure.start]
    if figure.prefix or before[-1:] in ("$", "€", "£") or (before[-1:] == "." and before[:1].isdigit()):
        return None, 1
    if len(digits) == 1 and digits in "4567":
        return _feet(page, figure, following)
    unit = unit_of(page, figure)
    if len(digits) == 3 and unit in CENTIMETRES:
        return _tall(int(digits), page, figure.start, unit_end(page, figure, unit), SURE, "cm")
    if digits in ("1", "2") and following is not None and len(following.digits) in (1, 2):
        gap = lower[figure.end : following.start]
        metres = int(digits) * 100 + int(following.digits.ljust(2, "0"))
        if gap in (".", ",") and (
            unit_of(page, following) in ("m", "mt", "mts", "metros", "metres", "meter", "м")
            or cued(page, figure, HEIGHT_WORDS)
            or _height_follows(page, following)
        ):
            return _tall(metres, page, figure.start, following.end, SURE, "m", used=2)
        if gap in ("m", " m ", " m", "m ") and len(following.digits) == 2:
            return _tall(metres, page, figure.start, following.end, SURE, "m", used=2)
    bare = not unit or page.gap(figure.word) == ". "
    paid = page.lower[figure.end : figure.end + 2].strip()[:1] in PAID
    if len(digits) == 3 and bare and not paid and cued(page, figure, HEIGHT_WORDS):
        return _tall(int(digits), page, figure.start, figure.end, CUED, "cm")
    return None, 1


def _height_follows(page: Page, figure: Figure) -> bool:
    """Whether a word for height stands behind: "1,68 de altura"."""
    words = page.words[figure.word + 1 : figure.word + 3]
    return words[:1] == ["de"] and words[-1] in HEIGHT_WORDS


def _feet(page: Page, figure: Figure, following: Figure | None) -> tuple[Reading | None, int]:
    """Read 5'4", 5 ft 4, 5ft4in, 5 foot, and, beside a word such as "height", 5.4 or 5-4."""
    lower = page.lower
    gap = lower[figure.end : following.start] if following is not None else lower[figure.end : figure.end + 6]
    compact = gap.replace(" ", "").strip(".,-")
    if compact in ("'", "`", "''", "ft", "feet", "foot", "fot", "ft.", "'-", "ft'", "´", "feetand"):
        known, confidence = True, SURE
    else:
        known, confidence = gap in (".", "-", " ") and cued(page, figure, HEIGHT_WORDS), LOOSE
    if (
        known
        and following is not None
        and len(following.digits) <= 2
        and int(following.digits) < 12
        and len(gap) <= 10
    ) and (not following.prefix or following.word == figure.word):
        end = _inches_end(page, following)
        inches = 12 * int(figure.digits) + int(following.digits)
        return _tall(round(2.54 * inches), page, figure.start, end, confidence, "ft", used=2)
    if unit_of(page, figure) in FEET or lower[figure.end : figure.end + 1] == "'":
        end = unit_end(page, figure, unit_of(page, figure))
        tall = any(w in ("tall", "height") for w in page.words[figure.word + 1 : figure.word + 4])
        if tall or lower[figure.end : figure.end + 1] == "'":
            return _tall(round(2.54 * 12 * int(figure.digits)), page, figure.start, end, LOOSE, "ft")
    return None, 1


def _inches_end(page: Page, figure: Figure) -> int:
    lower, end = page.lower, figure.end
    if lower[end : end + 2] == "''":
        return end + 2
    if lower[end : end + 1] in ('"', "”"):
        return end + 1
    return unit_end(page, figure, unit_of(page, figure)) if unit_of(page, figure) in INCHES else end


def _tall(
    value: int, page: Page, start: int, end: int, confidence: float, written: str, used: int = 1
) -> tuple[Reading | None, int]:
    if not SHORTEST <= value <= TALLEST:
        return None, 1
    return Reading("height", f"{value} cm", start, end, confidence, READER, {"written": written}), used
