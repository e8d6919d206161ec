"""Vehicles: licence plates, and makes with what is said of them, as written.

Rule: a plate is 4 to 8 letters and figures, both among them, in at most two pieces, behind "plate",
"matrícula", "Kennzeichen" or the like; its value is `plate:ABC1234`. A make ("Toyota") counts with a
colour before it, a year before it, a model behind it, or a word such as "driving" or "car" within three
words; makes that are also names or words (Ford, Dodge, Mercedes, Lincoln) count only with a colour, year
or model. Its value is `silver toyota camry`, lower case, in the order written. Confidence is the share
expected to be a vehicle: .93 for a plate or with two of colour, year and model, .8 with one or a cue.
"""

from __future__ import annotations

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "vehicle/1"

SURE, LIKELY = 0.93, 0.8
PLATE = range(4, 9)  # characters of a plate
CUE_WORDS = 3  # words between a cue and a make
MAKES, AMBIGUOUS, MODELS = lexicon("vehicle.makes"), lexicon("vehicle.ambiguous"), lexicon("vehicle.models")
CUES, PLATES, COLOURS = lexicon("vehicle.cues"), lexicon("vehicle.plates"), lexicon("vehicle.colours")
LINKING = frozenset(("is", "number", "no", "nr", "es", "ist"))
IS_MAKE = WATCH.words(MAKES, AMBIGUOUS)
IS_PLATE = WATCH.words(PLATES)
YEARS = range(1980, 2040)


def read_vehicles(page: Page) -> list[Reading]:
    """Return the vehicles of one part, in reading order."""
    if not page.mask & (IS_MAKE | IS_PLATE):
        return []
    found = [_plate(page, n) for n in page.where(IS_PLATE)] + [_make(page, n) for n in page.where(IS_MAKE)]
    return sorted((r for r in found if r is not None), key=lambda r: r.start)


def _plate(page: Page, n: int) -> Reading | None:
    """Read the plate behind the word for one."""
    at = n + 1
    while page.word(at) in LINKING and at - n <= 2:
        at += 1
    for pieces in (2, 1):
        last = at + pieces - 1
        if last >= len(page.words) or any(page.gap(k) not in (" ", "-") for k in range(at, last)):
            continue
        plate = "".join(page.words[at : last + 1])
        mixed = any(c.isdigit() for c in plate) and any("a" <= c <= "z" for c in plate)
        capitals = all(page.written(k) == page.written(k).upper() for k in range(at, last + 1))
        whole = pieces == 1 or not (page.words[at].isalpha() and page.words[last].isalpha())
        if len(plate) in PLATE and plate.isascii() and mixed and capitals and whole:
            gaps = [page.gap(k).strip(" :#-") for k in range(n, at)]
            if not any(gaps):
                value = f"plate:{plate.upper()}"
                return Reading("vehicle", value, page.starts[at], page.end(last), SURE, READER)
    return None


def _make(page: Page, n: int) -> Reading | None:
    """Read a make with the colour and year before it and the model behind it."""
    first, last, points = n, n, 0
    detail: dict[str, object] = {"make": page.words[n]}
    for _ in range(2):
        before = page.word(first - 1)
        if not before or page.gap(first - 1) != " ":
            break
        if before in COLOURS and "colour" not in detail:
            detail["colour"] = before
        elif before.isdigit() and len(before) == 4 and int(before) in YEARS and "year" not in detail:
            detail["year"] = before
        else:
            break
        first, points = first - 1, points + 1
    if page.word(n + 1) in MODELS and page.gap(n) in (" ", "-"):
        last, points = n + 1, points + 1
        detail["model"] = page.words[last]
    near = page.words[max(0, first - CUE_WORDS) : first] + page.words[last + 1 : last + 1 + CUE_WORDS]
    if points == 0 and (page.words[n] in AMBIGUOUS or CUES.isdisjoint(near)):
        return None
    if not page.free(page.starts[n]):
        return None
    value = " ".join(page.words[first : last + 1])
    sure = SURE if points > 1 else LIKELY
    return Reading("vehicle", value, page.starts[first], page.end(last), sure, READER, detail)
