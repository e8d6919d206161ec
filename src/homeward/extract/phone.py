"""Telephone numbers, however they are written.

Rule: digits, digit words of eight languages and look-alike letters are laid out as atoms; neighbouring
atoms with bearable gaps between them form a lattice; every stretch of it that a numbering plan allows is
a candidate. A candidate starts with the points the plan gives it and loses points for odd gaps, odd
grouping, digits that are spoken for (prices, times, dates, measures) and serial-number words before it;
words such as "call" add a point. What keeps `THRESHOLD` points is a mention; of overlapping candidates
the best stays. A number without a country's code is read as one of the country the ad is in, else of the
United States. `obscured` says that it was written so that plain search would miss it. Confidence grows
with the points.
"""

from __future__ import annotations

from typing import NamedTuple

from homeward.extract import numbering
from homeward.extract.phone_atoms import IS_DIGITS, groups, stretches
from homeward.extract.phone_lattice import LISTED_PART, WORDS_BEFORE, Candidate, best, candidates
from homeward.extract.text.kept import Kept
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "phone/8"

BEHIND = 14  # characters behind a number that are looked at: units, "ext. 12"
# Groups of digits that are kept with what stands around them, and their length. Two in five of the synthetic
# world's are met again; longer ones are lists.
KEPT_GROUPS, KEPT_LENGTH = 16_384, 300


class Number(NamedTuple):
    """One number found: where its digits are, where it begins with a bracket or plus, and what it says."""

    start: int
    end: int
    begins: int
    value: str
    confidence: float
    detail: dict[str, object]


# All that is looked at: the text around the digits as readers see it, which words of it are the group's, the
# fewest digits of a number, the ad's country, whether its source lists the part as a number, and the original
# where it is not plain.
Key = tuple[str, tuple[int, ...], int, str, bool, str]
_kept: Kept[Key, tuple[int, list[Number]]] = Kept(KEPT_GROUPS)
WATCH.also(_kept.clear)


def forget() -> None:
    """Forget what is kept of groups that were read."""
    _kept.clear()


def read_phones(page: Page) -> list[Reading]:
    """Return the telephone numbers of one part, in reading order."""
    if not page.mask & IS_DIGITS:
        return []
    fewest = _fewest(page)
    out: list[Reading] = []
    all_groups = groups(page, fewest)
    for some in all_groups:
        moved, found = _within(page, some, fewest)
        for start, end, begins, value, confidence, detail in found:
            page.take(start + moved, end + moved)
            out.append(Reading("phone", value, begins + moved, end + moved, confidence, READER, dict(detail)))
    return out


def _within(page: Page, some: list[int], fewest: int) -> tuple[int, list[Number]]:
    """Return the numbers of one group of words, and how far they stand from where they were first read."""
    first, normalised = some[0], page.normalised
    before = first - WORDS_BEFORE
    begin = page.starts[before] if before > 0 else 0
    end = page.end(some[-1]) + BEHIND
    if normalised.starts is not None or end - begin > KEPT_LENGTH:
        return 0, _numbers(page, some, fewest)
    before = max(before, 0)
    original = normalised.original
    key = (
        page.lower[begin:end], tuple([n - before for n in some]), fewest, page.place.country,
        page.part.startswith(LISTED_PART), "" if original.isascii() else original[begin:end],
    )  # fmt: skip
    kept = _kept.get(key)
    if kept is None:
        found = _numbers(page, some, fewest)
        _kept.put(key, (begin, found))
        return 0, found
    return begin - kept[0], kept[1]


def _numbers(page: Page, some: list[int], fewest: int) -> list[Number]:
    found: list[Candidate] = []
    for atoms in stretches(page, some, fewest):
        found += best(candidates(page, atoms, fewest))
    found.sort(key=lambda c: c.start)
    return [_number(page, c) for c in found]


def _number(page: Page, found: Candidate) -> Number:
    begins, end = found.start, found.end
    while begins and page.lower[begins - 1] in "(+" and found.start - begins < 3:
        begins -= 1
    detail: dict[str, object] = {
        "national": found.number.national, "region": found.number.region, "obscured": found.obscured,
    }  # fmt: skip
    if extension := _extension(page.lower[end : end + BEHIND]):
        detail["extension"] = extension
    return Number(found.start, end, begins, found.number.value, _confidence(found.score), detail)


def _fewest(page: Page) -> int:
    """Return how many digits a number has at least here: ten in North America unless a plus is there."""
    at_home = page.place.country in numbering.NANP_COUNTRIES or not page.place.country
    return 10 if at_home and "+" not in page.lower else numbering.SHORTEST


def _confidence(score: float) -> float:
    """The share of readings with this many points that are expected to be right."""
    return (
        0.99 if score >= 6 else 0.97 if score >= 5 else 0.93 if score >= 4 else 0.85 if score >= 3.5 else 0.75
    )


def _extension(after: str) -> str:
    """Return the digits of "ext. 12" or "x12" behind a number."""
    words = after.replace(".", " ").replace(":", " ").split()
    if (
        words
        and words[0] in ("ext", "extension", "x", "anexo", "poste")
        and len(words) > 1
        and words[1].isdigit()
    ):
        return words[1]
    return words[0][1:] if words and words[0][0] == "x" and words[0][1:].isdigit() else ""
