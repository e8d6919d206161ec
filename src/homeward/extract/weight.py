"""Weights, as written.

Rule: pounds, kilograms or stone, between 35 and 150 kg; a figure without a unit needs a word such as
"weight" before it. "Pounds" of money are not meant: where a height or weight stands near they are weight,
in Britain or before a duration they are a price. "7 St" and "5th" are none. The value is whole kilograms;
`detail.written` keeps the unit. Confidence: .97 with a unit, .9 after the word.
"""

from __future__ import annotations

from homeward.extract import height
from homeward.extract.measure import (
    CUED,
    HEIGHT_WORDS,
    IS_MEASURED,
    KILOS,
    POUNDS,
    STONE,
    SURE,
    WEIGHT_WORDS,
    cued,
    measures,
    unit_end,
    unit_of,
)
from homeward.extract.price_words import said_before
from homeward.extract.text.tokens import WATCH, Figure, Page, Reading

READER = "weight/5"

LIGHTEST, HEAVIEST = 35, 150  # kilograms
IS_POUNDS = WATCH.words(POUNDS)
NEAR = 6  # words from a weight in words to one that speaks of height or weight
DURATIONS = frozenset(("hour", "half", "hr", "min", "mins", "for", "per", "an"))


def read_weights(page: Page) -> list[Reading]:
    """Return the weights of one part: of figures that are no height."""
    heights = page.shared(height.in_figures)
    found: list[Reading] = []
    figures, past = page.figures, 0
    for k in page.shared(measures):
        if k in heights:
            past = k + heights[k][1]
        if k < past:
            continue
        following = figures[k + 1] if k + 1 < len(figures) and k + 1 not in heights else None
        reading, used = _weight_at(page, figures[k], following)
        if reading is not None:
            found.append(reading)
            past = k + used
    return found + _in_words(page) if page.mask & IS_POUNDS and page.mask & IS_MEASURED else found


def _in_words(page: Page) -> list[Reading]:
    """Read weights in words near a word for height or weight: "I weigh one hundred twenty pounds"."""
    found = []
    for n in page.where(IS_POUNDS):
        first, pounds = said_before(page, n)
        cues = page.words[max(0, first - NEAR) : n + NEAR]
        kilos = pounds * 0.45359
        if LIGHTEST <= kilos <= HEAVIEST and any(w in HEIGHT_WORDS or w in WEIGHT_WORDS for w in cues):
            found.append(
                Reading(
                    "weight",
                    f"{round(kilos)} kg",
                    page.starts[first],
                    page.end(n),
                    CUED,
                    READER,
                    {"written": "words"},
                )
            )
    return found


def _weight_at(page: Page, figure: Figure, following: Figure | None) -> tuple[Reading | None, int]:
    """Return the weight that begins with a figure, and how many figures it took."""
    if figure.prefix or page.lower[max(0, figure.start - 1) : figure.start] in ("$", "€", "£", "."):
        return None, 1
    unit, number, kilos, confidence, used = unit_of(page, figure), int(figure.digits), 0.0, SURE, 1
    end = unit_end(page, figure, unit)
    if unit in KILOS:
        kilos = number
    elif unit in POUNDS and (unit != "pounds" or not _money(page, figure)):
        kilos = number * 0.45359
    elif unit in STONE and 5 <= number <= 20:
        kilos = number * 6.35029
        near = following is not None and following.word <= figure.word + 2 and len(following.digits) <= 2
        if (
            near
            and following is not None
            and int(following.digits) < 14
            and page.lower[end : following.start].strip() == ""
        ):
            kilos, end, used = kilos + int(following.digits) * 0.45359, following.end, 2
        elif unit == "st" and not cued(page, figure, WEIGHT_WORDS):
            return None, 1  # 5th, 7 St: an ordinal or a street
    elif cued(page, figure, WEIGHT_WORDS) and len(figure.digits) >= 2 and not unit.isdigit():
        kilos, confidence = (number if number < 85 else number * 0.45359), CUED
        end = figure.end
    if not LIGHTEST <= kilos <= HEAVIEST:
        return None, 1
    return Reading(
        "weight", f"{round(kilos)} kg", figure.start, end, confidence, READER, {"written": unit or "?"}
    ), used


def _money(page: Page, figure: Figure) -> bool:
    """Whether pounds are money: no height or weight is near, or a duration is."""
    near = page.words[max(0, figure.word - 6) : figure.word + 6]
    if any(w in HEIGHT_WORDS or w in WEIGHT_WORDS for w in near):
        return False
    behind = page.words[figure.word + 2 : figure.word + 3] if page.place.country != "GB" else near
    return page.place.country == "GB" or any(w in DURATIONS for w in behind)
