"""Street addresses.

Rule: a house number, up to four words of a name, and a word for a street ("1450 Harbor St"); or, as other
languages have it, the word for a street first ("12 rue de la Paix", "Calle Mayor 12", "Via Roma 5") or in
the name itself ("Hauptstraße 12"). The name's words stand in one phrase and are written with capitals;
before the sure words (street, avenue, road, …) one plain word in lower case will do, before "st", "rd",
"dr" and the like if the house number has three figures. "20 min drive" and
"5 star place" are no addresses. A unit behind it ("apt 4", "suite 200", "#12") belongs to it. The value
has the street's word in full: `1450 Harbor Street, apt 4`. Confidence is the share expected to be an
address: .95 for sure words with capitals, .85 in lower case or with a weaker word ("Dr"), .75 for both.
"""

from __future__ import annotations

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.phrases import NEXT, capital, joined, title
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "address/2"

SURE, LIKELY, LOWER = 0.95, 0.85, 0.75
LOWER_WEAK = lexicon("street.lower")  # words that are read without capitals behind a longer house number
LONG_HOUSE = 3  # figures
ORDINALS = ("st", "nd", "rd", "th")
MOST = 4  # words of a street's name
HOUSE = 6  # characters of a house number: "14500b"

STRONG, WEAK = lexicon("street.strong"), lexicon("street.weak")
BEFORE, ENDINGS = lexicon("street.before"), tuple(sorted(lexicon("street.endings")))
NOT_MIDDLE, DIRECTIONS = lexicon("street.not_middle"), lexicon("street.directions")
UNITS = frozenset(("apt", "apartment", "suite", "ste", "unit", "flat", "room", "rm"))
IN_FULL = {
    "st": "Street", "str": "Street", "ave": "Avenue", "av": "Avenue", "rd": "Road", "blvd": "Boulevard",
    "ln": "Lane", "dr": "Drive", "ct": "Court", "pl": "Place", "cir": "Circle", "ter": "Terrace",
    "pkwy": "Parkway", "hwy": "Highway", "trl": "Trail", "sq": "Square",
}  # fmt: skip
SHORT_WORDS = lexicon("street.short")
IS_STREET = WATCH.words(STRONG, WEAK)
IS_BEFORE = WATCH.words(BEFORE)
IS_ENDING = WATCH.add(lambda word: len(word) >= 7 and word.endswith(ENDINGS))


def read_addresses(page: Page) -> list[Reading]:
    """Return the street addresses of one part, in reading order."""
    if not page.mask & (IS_STREET | IS_BEFORE | IS_ENDING):
        return []
    found: dict[int, Reading] = {}
    for n in page.where(IS_STREET):
        if (reading := _number_first(page, n)) is not None:
            found.setdefault(reading.start, reading)
    for n in page.where(IS_BEFORE):
        if (reading := _word_first(page, n)) is not None:
            found.setdefault(reading.start, reading)
    for n in page.where(IS_ENDING):
        if (reading := _in_the_name(page, n)) is not None:
            found.setdefault(reading.start, reading)
    return [found[start] for start in sorted(found)]


def is_house(word: str) -> bool:
    """Whether a word can be a house number: figures, with at most one letter behind them."""
    digits = word[:-1] if word[-1:].isalpha() else word
    return 0 < len(word) <= HOUSE and digits.isdigit() and digits.isascii() and digits[0] != "0"


def _number_first(page: Page, n: int) -> Reading | None:
    """Read "1450 Harbor St" backwards from the word for a street."""
    first = n - 1
    while first >= 0 and n - first <= MOST + 1 and not is_house(page.words[first]):
        first -= 1
    if first < 0 or not is_house(page.words[first]) or n - first < 2 or n - first > MOST + 1:
        return None
    if (first and page.gap(first - 1)[-1:] in ("$", "€", "£", ".", ":", "/")) or not page.free(
        page.starts[first]
    ):
        return None
    middle = range(first + 1, n)
    words = [page.words[k] for k in middle if page.words[k] not in DIRECTIONS]
    if not joined(page, first, n) or any(w in NOT_MIDDLE for w in words) or not words:
        return None
    capitals = all(capital(page, k) for k in (*middle, n) if page.words[k] not in SHORT_WORDS)
    strong = page.words[n] in STRONG
    plain = len(words) == 1 and (words[0].isalpha() or words[0][-2:] in ORDINALS) and len(words[0]) > 2
    lower = page.words[n] in LOWER_WEAK and len(page.words[first]) >= LONG_HOUSE
    if not capitals and not (plain and (strong or lower)):
        return None
    last, value = n, f"{title(page, first, n - 1)} {_full(page.words[n])}"
    if page.word(n + 1) in DIRECTIONS and page.gap(n) == " " and len(page.word(n + 1)) <= 2:
        last, value = n + 1, f"{value} {page.word(n + 1).upper()}"
    confidence = SURE if strong and capitals else LIKELY if strong or capitals else LOWER
    return _with_unit(page, first, last, value, confidence)


def _word_first(page: Page, n: int) -> Reading | None:
    """Read "Calle Mayor 12" and "12 rue de la Paix" from the word for a street."""
    last = n
    while (
        last + 1 < len(page.words) and last - n < MOST and page.gap(last) in NEXT and _of_name(page, last + 1)
    ):
        last += 1
    if last == n or page.words[last] in SHORT_WORDS:
        return None
    if n and is_house(page.words[n - 1]) and page.gap(n - 1) in (" ", ", ") and page.free(page.starts[n - 1]):
        return _with_unit(page, n - 1, last, f"{page.words[n - 1]} {title(page, n, last)}", SURE)
    if is_house(page.word(last + 1)) and page.gap(last) in (" ", ", ", " n. ", " no. "):
        return _with_unit(page, n, last + 1, f"{title(page, n, last)} {page.words[last + 1]}", SURE)
    return None


def _of_name(page: Page, k: int) -> bool:
    word = page.words[k]
    return word in SHORT_WORDS or (page.text[page.starts[k]].isupper() and word.isalpha())


def _in_the_name(page: Page, n: int) -> Reading | None:
    """Read "Hauptstraße 12"."""
    if not is_house(page.word(n + 1)) or page.gap(n) not in (" ", ". ") or not capital(page, n):
        return None
    return _with_unit(page, n, n + 1, title(page, n, n + 1), SURE)


def _with_unit(page: Page, first: int, last: int, value: str, confidence: float) -> Reading:
    """Return the address with the unit that follows it, if one does."""
    n, gap = last + 1, page.gap(last)
    if page.word(n) in UNITS and gap in (" ", ", ", "  ") and page.gap(n) in (" ", " #", "#", ". "):
        unit = page.word(n + 1)
        if unit and (unit.isdigit() or len(unit) == 1 or is_house(unit)):
            return _made(page, first, n + 1, f"{value}, {page.words[n]} {unit}", confidence)
    if gap in (" #", ", #") and is_house(page.word(n)):
        return _made(page, first, n, f"{value}, #{page.words[n]}", confidence)
    return _made(page, first, last, value, confidence)


def _made(page: Page, first: int, last: int, value: str, confidence: float) -> Reading:
    return Reading("address", value, page.starts[first], page.end(last), confidence, READER)


def _full(word: str) -> str:
    return IN_FULL.get(word, word.capitalize())
