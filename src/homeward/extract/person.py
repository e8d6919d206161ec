"""How a person is described, as written: height, weight, hair, eyes.

Rule: heights in feet and inches (5'4", 5ft 4, 5 foot 4), centimetres or metres, between 130 and 215 cm;
weights in pounds, kilograms or stone, between 35 and 150 kg, where "pounds" of money are not meant.
Values are whole centimetres and kilograms; `detail.written` keeps the unit. Hair and eyes: a colour
beside the word for hair or eyes, or a word such as "brunette"; the value is one English colour word.
"""

from __future__ import annotations

from collections.abc import Container

from homeward.extract.knowledge.load import lexicon, rows
from homeward.extract.text.tokens import WATCH, Figure, Page, Reading

READER = "person/3"

SURE, CUED, LOOSE = 0.97, 0.9, 0.8
SHORTEST, TALLEST = 130, 215  # centimetres
LIGHTEST, HEAVIEST = 35, 150  # kilograms

FEET = lexicon("person.feet")
INCHES = lexicon("person.inches")
CENTIMETRES = lexicon("person.cm")
POUNDS = lexicon("person.pounds")
KILOS = lexicon("person.kilos")
STONE = frozenset(["st", "stone"])
HEIGHT_WORDS = lexicon("person.height")
WEIGHT_WORDS = lexicon("person.weight")
HAIR = lexicon("person.hair")
EYES = lexicon("person.eyes")
COLOURS = {word: row[1] for row in rows("colours.tsv") for word in row[2].split()}
BY_THEMSELVES = {word: row[1] for row in rows("colours.tsv") for word in row[3].split()}
IS_COLOUR = WATCH.words(COLOURS, BY_THEMSELVES)
IS_MEASURED = WATCH.words(HEIGHT_WORDS, WEIGHT_WORDS)
PAID = frozenset("$€£₽")
STOPS = ",.;!?|\n&/"  # marks that end a phrase
UP_TO_ELEVEN = "zero one two three four five six seven eight nine ten eleven"
SAID = {word: n for n, word in enumerate(UP_TO_ELEVEN.split())}
IS_FOOT = WATCH.words(FEET)
DURATIONS = frozenset(("hour", "half", "hr", "min", "mins", "for", "per", "an"))
NEAR = 3  # words between a colour and its noun: "long, wavy blonde hair", "hair: dark brown"


def read_person(page: Page) -> list[Reading]:
    """Return heights, weights, hair and eyes of one part."""
    found: list[Reading] = []
    figures, cued = page.figures, page.mask & IS_MEASURED
    skip = -1
    for k, figure in enumerate(figures):
        if k <= skip or len(figure.digits) > 3:
            continue
        if not cued and len(figure.digits) > 1 and not _measures(_unit(page, figure)):
            continue
        following = figures[k + 1] if k + 1 < len(figures) else None
        reading, used = _height(page, figure, following)
        if reading is None:
            reading, used = _weight(page, figure, following)
        if reading is not None:
            found.append(reading)
            skip = k + used - 1
    if page.mask & IS_FOOT:
        found += _said(page)
    if page.mask & IS_COLOUR:
        found += _colours(page)
    return found


def _said(page: Page) -> list[Reading]:
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


def _unit(page: Page, figure: Figure) -> str:
    """Return the word that follows a figure directly: glued, or after a blank or hyphen."""
    if figure.suffix:
        return figure.suffix
    unit = page.word(figure.word + 1)
    return unit if unit and page.gap(figure.word) in (" ", "-", "  ", ". ") else ""


def _measures(unit: str) -> bool:
    """Whether a word is a unit of weight or of metric height."""
    return unit in POUNDS or unit in KILOS or unit in CENTIMETRES or unit in STONE


def _height(page: Page, figure: Figure, following: Figure | None) -> tuple[Reading | None, int]:
    lower, digits = page.lower, figure.digits
    before = lower[max(0, figure.start - 2) : figure.start]
    if figure.prefix or before[-1:] in ("$", "€", "£") or (before[-1:] == "." and before[:1].isdigit()):
        return None, 1
    if len(digits) == 1 and digits in "4567":
        return _feet(page, figure, following)
    unit = _unit(page, figure)
    if len(digits) == 3 and unit in CENTIMETRES:
        return _tall(int(digits), page, figure.start, _unit_end(page, figure, unit), SURE, "cm")
    if digits in ("1", "2") and following is not None and len(following.digits) in (1, 2):
        gap = lower[figure.end : following.start]
        metres = int(digits) * 100 + int(following.digits.ljust(2, "0"))
        if gap in (".", ",") and (
            _unit(page, following) in ("m", "mt", "mts", "metros", "metres", "meter", "м")
            or _cued(page, figure, HEIGHT_WORDS)
            or _height_follows(page, following)
        ):
            return _tall(metres, page, figure.start, following.end, SURE, "m", used=2)
        if gap == "m" and len(following.digits) == 2:
            return _tall(metres, page, figure.start, following.end, SURE, "m", used=2)
    bare = not unit or page.gap(figure.word) == ". "
    paid = page.lower[figure.end : figure.end + 2].strip()[:1] in PAID
    if len(digits) == 3 and bare and not paid and _cued(page, figure, HEIGHT_WORDS):
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
        known, confidence = gap in (".", "-", " ") and _cued(page, figure, HEIGHT_WORDS), LOOSE
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
    if _unit(page, figure) in FEET or lower[figure.end : figure.end + 1] == "'":
        end = _unit_end(page, figure, _unit(page, figure))
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
    return _unit_end(page, figure, _unit(page, figure)) if _unit(page, figure) in INCHES else end


def _unit_end(page: Page, figure: Figure, unit: str) -> int:
    if figure.suffix:
        return figure.end + len(figure.suffix)
    return page.end(figure.word + 1) if unit else figure.end


def _tall(
    value: int, page: Page, start: int, end: int, confidence: float, written: str, used: int = 1
) -> tuple[Reading | None, int]:
    if not SHORTEST <= value <= TALLEST:
        return None, 1
    return Reading("height", f"{value} cm", start, end, confidence, READER, {"written": written}), used


def _cued(page: Page, figure: Figure, cues: Container[str]) -> bool:
    """Whether one of the cues stands one or two words before a figure."""
    if not page.mask & IS_MEASURED:
        return False
    at = figure.word
    return (at > 0 and page.words[at - 1] in cues) or (at > 1 and page.words[at - 2] in cues)


def _weight(page: Page, figure: Figure, following: Figure | None) -> tuple[Reading | None, int]:
    if figure.prefix or page.lower[max(0, figure.start - 1) : figure.start] in ("$", "€", "£", "."):
        return None, 1
    unit, number, kilos, confidence, used = _unit(page, figure), int(figure.digits), 0.0, SURE, 1
    end = _unit_end(page, figure, unit)
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
        elif unit == "st" and not _cued(page, figure, WEIGHT_WORDS):
            return None, 1  # 5th, 7 St: an ordinal or a street
    elif _cued(page, figure, WEIGHT_WORDS) and len(figure.digits) >= 2 and not unit.isdigit():
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


def _colours(page: Page) -> list[Reading]:
    """Find the noun nearest to each colour."""
    found = []
    for n in page.where(IS_COLOUR):
        word = page.words[n]
        kind, last = _noun(page, n) if word in COLOURS else ("", n)
        if kind:
            first, last = min(n, last), max(n, last)
            found.append(Reading(kind, COLOURS[word], page.starts[first], page.end(last), SURE, READER))
        elif word in BY_THEMSELVES:
            found.append(Reading("hair", BY_THEMSELVES[word], page.starts[n], page.end(n), CUED, READER))
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
    return "hair" if word in HAIR else "eyes" if word in EYES else ""
