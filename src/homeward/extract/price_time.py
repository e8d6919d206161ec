"""Durations: how long what is paid for takes, and where in the text that stands."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from homeward.extract.knowledge.load import lexicon, rows
from homeward.extract.text.tokens import WATCH, Figure, Page

SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₹": "INR", "₩": "KRW", "₺": "TRY",
    "₴": "UAH", "₱": "PHP", "฿": "THB", "₫": "VND", "₪": "ILS", "₦": "NGN",
}  # fmt: skip
CODES = {word: row[1] for row in rows("currencies.tsv") if row[0] == "word" for word in row[2].split()}
SLANG_WORDS = lexicon("price.slang")
UNITS = {word: int(row[1]) for row in rows("durations.tsv") if row[0] == "unit" for word in row[2].split()}
PHRASES = {tuple(row[2].split()): int(row[1]) for row in rows("durations.tsv") if row[0] == "phrase"}
FIRST = frozenset(p[0] for p in PHRASES)
ALONE = frozenset(p[0] for p in PHRASES if len(p) == 1)
SECOND = {first: frozenset(p[1] for p in PHRASES if p[0] == first and len(p) > 1) for first in FIRST}
SIZES = {first: sorted({len(p) for p in PHRASES if p[0] == first}, reverse=True) for first in FIRST}
IS_FIRST = WATCH.words(FIRST)
MINUTES = frozenset(("15", "20", "30", "45", "60", "90", "120", "180"))
SUFFIXES = {"hh": 30, "hhr": 30}  # behind an amount, and no unit that a figure counts
LONGEST_HOURS, DAY = 12, 24  # more hours are a time of day, but for a day
LEAST_MINUTES = 5  # "1 m 62" and "1.62 m" are metres
LEAST_PAIRED = 31  # before a slash and minutes: smaller figures are days of a date
SHORTENED = frozenset(("min", "mins", "std", "hr", "hrs"))  # units that a full stop may follow


class Duration(NamedTuple):
    """Minutes at a place of the text; `per` means it follows its amount ("120 an hour", "/hr")."""

    start: int
    end: int
    minutes: int
    per: bool


def read_durations(page: Page, figures: list[Figure]) -> list[Duration]:
    """Return the durations of a page, in reading order."""
    found: list[Duration] = []
    lower, words = page.lower, page.words
    final = len(words) - 1
    for figure in figures:
        unit = figure.suffix or (words[figure.word + 1] if figure.word < final else "")
        if (
            unit in UNITS
            and not figure.prefix
            and (figure.suffix or page.gap(figure.word) in (" ", "-", ""))
            and 1 <= figure.number <= 240
            and ((UNITS[unit] > 1 and figure.number > 24) or not signed(page.lower, figure))
        ):
            end = figure.end + len(unit) if figure.suffix else page.end(figure.word + 1)
            if lower[end : end + 2] == ". " and unit in SHORTENED:
                end += 1
            minutes = figure.number * UNITS[unit]
            if UNITS[unit] > 1 and figure.number > 24 and (unit not in ALONE or figure.suffix):
                found.append(Duration(end - len(unit), end, UNITS[unit], True))  # "120 h" is 120 for an hour
            elif _lasts(lower, figure, unit):
                start, minutes = _half(page, figure, minutes)
                end, minutes = _and_minutes(lower, unit, end, minutes)
                found.append(Duration(start, end, minutes, _per(page.lower, start)))
    found += [Duration(f.end, f.end + len(f.suffix), SUFFIXES[f.suffix], True) for f in figures if _glued(f)]
    if " for " in lower:
        found += _by_for(page, figures)
    if "/" in lower:
        found += _by_slash(lower, figures) + _per_unit(page)
    hits = [
        n
        for n in page.where(IS_FIRST)
        if (word := words[n]) in ALONE or (n < final and words[n + 1] in SECOND[word])
    ]
    inside = {place for d in found for place in range(d.start, d.end)} if hits else set()
    for n in hits:
        for size in SIZES[words[n]]:  # the longest first
            minutes = PHRASES.get(tuple(words[n : n + size]), 0) if n + size <= len(words) else 0
            if minutes and not all(page.gap(k).strip(" -'") == "" for k in range(n, n + size - 1)):
                continue  # "$760 half\nhour: $560" is two durations
            start = page.starts[n]
            if minutes:
                if start not in inside:
                    per = page.words[n] in ("per", "an", "each", "hourly", "por", "par", "pro", "a") or _per(
                        page.lower, start
                    )
                    found.append(Duration(start, page.end(n + size - 1), minutes, per))
                    inside.update(range(start, found[-1].end))
                break
    return sorted(found)


def _glued(figure: Figure) -> bool:
    """Whether half an hour is glued to what it costs: "100hh"."""
    return figure.suffix in SUFFIXES and not figure.prefix and figure.number >= LEAST_PAIRED


def _by_slash(lower: str, figures: list[Figure]) -> list[Duration]:
    """Read the minutes of "160/30 220/60": two such pairs or more, with rising minutes, are no date."""
    couples = [
        (first, second)
        for first, second in pairwise(figures)
        if lower[first.end : second.start] == "/"
        if not (first.prefix or first.suffix or second.prefix or second.suffix)
        if not (lower[second.end : second.end + 1] == "/" or lower[first.start - 1 : first.start] == "/")
    ]
    behind = [b for a, b in couples if b.digits in MINUTES and a.number > LEAST_PAIRED]
    if len(behind) > 1 and _rising(behind):
        return [Duration(figure.start, figure.end, figure.number, True) for figure in behind]
    before = [a for a, b in couples if a.digits in MINUTES and b.number > LEAST_PAIRED]
    if len(before) == len(couples) > 1 and _rising(before) and _rising([b for _, b in couples]):
        return [Duration(figure.start, figure.end, figure.number, False) for figure in before]
    return []


def _by_for(page: Page, figures: list[Figure]) -> list[Duration]:
    """Read the minutes of "100 for 30, 180 for 60": such pairs with rising minutes, or a signed amount."""
    lower = page.lower
    couples = [
        (first, second)
        for first, second in pairwise(figures)
        if lower[first.end : second.start] == " for "
        and second.digits in MINUTES
        and first.number >= LEAST_PAIRED
        if not (first.prefix or first.suffix or second.prefix or signed(lower, second))
        if second.suffix in UNITS or page.word(second.word + 1) in UNITS or not _goes_on(lower, second.end)
    ]
    if not couples or not _rising([second for _, second in couples]):
        return []
    return [
        Duration(second.start, second.end, second.number, True)
        for first, second in couples
        if not second.suffix and page.word(second.word + 1) not in UNITS
        if len(couples) > 1 or signed(lower, first)
    ]


def _goes_on(lower: str, end: int) -> bool:
    """Whether a word follows in the same phrase: "150 for 20 photos"."""
    return lower[end : end + 2].strip(" ")[:1].isalpha()


def _rising(figures: list[Figure]) -> bool:
    numbers = [figure.number for figure in figures]
    return numbers == sorted(set(numbers))


def _per_unit(page: Page) -> list[Duration]:
    """Read "60 € / h" and "80 EUR / Std", where a bare unit stands behind a slash and a price."""
    lower, found = page.lower, []
    at = lower.find("/")
    while at > 0:
        blank = lower[at - 1] == " " == lower[at + 1 : at + 2]
        end, start = (at - 1, at + 2) if blank else (at, at + 1)
        n = bisect_left(page.starts, start)
        unit = page.word(n)
        signs = lower[end - 1 : end] in SIGNS or page.word(n - 1) in CODES
        said = signs or lower[end - 1 : end].isdigit()
        if said and n < len(page.words) and page.starts[n] == start and UNITS.get(unit, 0) > 1:
            leads = blank and not signs and lower[start + len(unit) : start + len(unit) + 2].strip().isdigit()
            if not leads and (blank or unit not in ALONE):  # "hh 100 / hr 160": a list
                found.append(Duration(start, start + len(unit), UNITS[unit], True))
        at = lower.find("/", at + 1)
    return found


def _lasts(lower: str, figure: Figure, unit: str) -> bool:
    """Whether a figure and its unit are a time that can be paid for: no time of day ("21h"), no metres."""
    if UNITS[unit] > 1:
        return figure.number <= LONGEST_HOURS or figure.number == DAY
    metres = unit == "m" and (
        figure.number < LEAST_MINUTES or lower[figure.start - 1 : figure.start] in (".", ",")
    )
    return not metres


def _and_minutes(lower: str, unit: str, end: int, minutes: int) -> tuple[int, int]:
    """Read on in "1h30"."""
    more = lower[end : end + 2]
    if unit == "h" and more in ("15", "30", "45") and not lower[end + 2 : end + 3].isdigit():
        return end + 2, minutes + int(more)
    return end, minutes


def _half(page: Page, figure: Figure, minutes: int) -> tuple[int, int]:
    """Read 1/2 hour and 1.5 hours, whose last figure has the unit."""
    before = page.lower[max(0, figure.start - 2) : figure.start]
    if before == "1/" and figure.digits == "2":
        return figure.start - 2, minutes // 4
    if before[1:] in (".", ",") and before[:1].isdigit() and figure.digits == "5":
        return figure.start - 2, int(before[0]) * minutes // 5 + minutes // 10
    return figure.start, minutes


def _per(lower: str, start: int) -> bool:
    """Whether a duration follows its amount: "120/hr", "120 per hour", "120 for an hour"."""
    before = lower[max(0, start - 12) : start].rstrip()
    if before.endswith("/"):
        return lower[start - 1] == "/"  # "120/hr"; with blanks, "/" divides the items of a list
    if before.endswith((" per", " por", " par", " pro")):
        return True
    words = before.split()
    linked = len(words) > 1 and words[-1] in ("an", "a", "for", "the")
    return linked and (words[-2][-1:].isdigit() or words[-2] in SLANG_WORDS or words[-2] in CODES)


def signed(lower: str, figure: Figure) -> str:
    """Return the currency sign of a figure: the one it touches, else one a blank away.

    A sign that touches another figure is that one's: in "160$ 15 min, 30 min 750$" 15 has none.
    """
    start, end = figure.start, figure.end
    sign = lower[start - 1 : start] if start else ""
    if sign in SIGNS:
        return sign
    before = lower[max(0, start - 4) : start - 1]
    single = before[-1:] in SIGNS and before[-1:] != before[-2:-1]  # "$$$ 30 min" has none
    if sign == " " and single and not before[:-1].rstrip(" ")[-1:].isdigit():
        return before[-1]
    after = lower[end : end + 6]
    after = after[2:] if after.startswith((",-", ".-")) else after  # "80,- €"
    sign = after[:1]
    if sign in SIGNS:
        return "" if after[1:2].isdigit() else sign
    sign = after[1:2]
    if after[:1] == " " and sign in SIGNS and not after[2:].strip(" ")[:1].isdigit():
        return sign
    return ""
