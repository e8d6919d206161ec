"""Crossings of two streets.

Rule: two names of streets joined by "and", "&", "/" or "at", of which both end in a word for a street
("Main St and 5th Ave"), or of which the last does and both are written with capitals ("Flamingo &
Paradise Rd"), or which follow "corner of", "intersection of" or "cross streets". A name has one to three
words. A house number before it makes it an address, not a crossing. The value has both names in
alphabetical order, so that either order is one value: `5th Avenue & Main Street`. Confidence is the share
expected to be a crossing: .93 when both are named as streets or a cue leads to it, .8 otherwise.
"""

from __future__ import annotations

from homeward.extract.address import IN_FULL, STRONG, WEAK, is_house
from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.phrases import NEXT, capital
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "intersection/1"

SURE, LIKELY = 0.93, 0.8
MOST = 3  # words of a street's name
CUES, JOINING = lexicon("street.cues"), lexicon("street.joining")
STREETS = STRONG | WEAK
IS_CUE = WATCH.words(CUES)
IS_STREET = WATCH.words(STREETS)
NOT_NAMES = frozenset(
    ("the", "my", "your", "our", "of", "a", "i", "call", "text", "near", "at", "on", "in", "by")
)
LEADS = frozenset(("of", "is", "are", "the", "streets"))


def read_intersections(page: Page) -> list[Reading]:
    """Return the crossings of one part, in reading order."""
    if not page.mask & (IS_CUE | IS_STREET):
        return []
    found: dict[int, Reading] = {}
    for n in page.where(IS_CUE):
        start = n + 1
        while page.word(start) in LEADS and start - n <= 2:
            start += 1
        if page.word(n) != "streets" or page.word(n - 1) in ("cross", "main", "major"):
            reading = _crossing(page, start, led=True)
            if reading is not None:
                found.setdefault(reading.start, reading)
    for n in page.where(IS_STREET):
        for start in _starts(page, n):
            reading = _crossing(page, start, led=False)
            if reading is not None:
                if not any(r.start <= reading.start < r.end for r in found.values()):
                    found.setdefault(reading.start, reading)
                break
    return [found[start] for start in sorted(found)]


def _starts(page: Page, n: int) -> list[int]:
    """Return where a crossing could start that word `n` belongs to, as its first or second street's end."""
    out = []
    for end in (n, n - 2, n - 3, n - 1):
        first = end
        while first > 0 and end - first < MOST and page.gap(first - 1) in NEXT and _of_name(page, first - 1):
            first -= 1
        if 0 <= first <= n:
            out.append(first)
    return sorted(set(out))


def _of_name(page: Page, n: int) -> bool:
    return capital(page, n) and page.words[n] not in NOT_NAMES and page.words[n] not in JOINING


def _crossing(page: Page, start: int, *, led: bool) -> Reading | None:
    """Read two street names joined as a crossing from word `start` on."""
    first = _street(page, start, led)
    if first is None:
        return None
    end, named = first
    second_at = end + 1
    gap = page.gap(end).strip(" ")
    if gap not in ("&", "/", "@", "+"):
        if gap or page.word(second_at) not in JOINING:
            return None
        if page.gap(second_at).strip(" "):
            return None
        second_at += 1
    second = _street(page, second_at, led)
    if second is None:
        return None
    last, also = second
    if not (led or also):
        return None
    if start and is_house(page.words[start - 1]) and page.gap(start - 1) == " ":
        return None
    names = sorted((_spelled(page, start, end), _spelled(page, second_at, last)))
    if names[0] == names[1] or not page.free(page.starts[start]):
        return None
    sure = led or (named and also)
    return Reading(
        "intersection",
        " & ".join(names),
        page.starts[start],
        page.end(last),
        SURE if sure else LIKELY,
        READER,
    )


def _street(page: Page, start: int, led: bool) -> tuple[int, bool] | None:
    """Return the last word of the street's name at `start`, and whether it ends in a word for a street."""
    if start >= len(page.words) or page.words[start] in STREETS:
        return None
    n = start
    while n < len(page.words) and n - start < MOST:
        if n > start and page.words[n] in STREETS:
            return n, True
        if not _of_name(page, n) and not (led and n == start and page.words[n] not in NOT_NAMES):
            return (n - 1, False) if n > start else None
        if n + 1 >= len(page.words) or page.gap(n) not in NEXT:
            return n, False
        n += 1
    if n < len(page.words) and page.words[n] in STREETS:
        return n, True
    return n - 1, False


def _spelled(page: Page, first: int, last: int) -> str:
    words = page.words[first : last + 1]
    return " ".join(IN_FULL.get(w, w if w[0].isdigit() else w.capitalize()) for w in words)
