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

from homeward.extract import numbering
from homeward.extract.phone_atoms import IS_DIGITS, stretches
from homeward.extract.phone_lattice import Candidate, best, candidates
from homeward.extract.text.tokens import Page, Reading

READER = "phone/7"


def read_phones(page: Page) -> list[Reading]:
    """Return the telephone numbers of one part, in reading order."""
    if not page.mask & IS_DIGITS:
        return []
    fewest = _fewest(page)
    found: list[Candidate] = []
    for atoms in stretches(page, fewest):
        found += best(candidates(page, atoms, fewest))
    found.sort(key=lambda c: c.start)
    for candidate in found:
        page.take(candidate.start, candidate.end)
    return [_reading(page, c) for c in found]


def _reading(page: Page, found: Candidate) -> Reading:
    start, end = found.start, found.end
    while start and page.lower[start - 1] in "(+" and found.start - start < 3:
        start -= 1
    detail: dict[str, object] = {
        "national": found.number.national, "region": found.number.region, "obscured": found.obscured,
    }  # fmt: skip
    if extension := _extension(page.lower[end : end + 14]):
        detail["extension"] = extension
    return Reading("phone", found.number.value, start, end, _confidence(found.score), READER, detail)


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
