"""Ids on review sites.

Rule: the short name of a review or screening site, written in capitals, then "#", "id", "ID:" or the like,
then 4 to 8 figures, with one letter P before them for P411 ("TER #123456", "P411: P54321"); or "review
id", "reviews #" and 4 to 8 figures. The value is `ter:123456`; `review:123456` where the site is not
named. "TER" is also French for a house number's third part, so lower case counts only behind "my" or
before "#" and "id". Confidence is the share expected to be such an id: .93 with the site's name and a
sign, .85 otherwise.
"""

from __future__ import annotations

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "review/1"

SURE, LIKELY = 0.93, 0.85
DIGITS = range(4, 9)
SITES, WORDS = lexicon("review.sites"), lexicon("review.words")
LINKING = frozenset(("id", "number", "no", "is", "ref", "reviews", "review", "profile"))
IS_SITE = WATCH.words(SITES, WORDS)


def read_reviews(page: Page) -> list[Reading]:
    """Return the review ids of one part, in reading order."""
    if not page.mask & IS_SITE:
        return []
    found: dict[int, Reading] = {}
    for n in page.where(IS_SITE):
        if (reading := _id(page, n)) is not None and reading.start not in found:
            found[reading.start] = reading
    return [found[start] for start in sorted(found)]


def _id(page: Page, n: int) -> Reading | None:
    site, at, marked = page.words[n], n, False
    while at - n < 3:
        gap = page.gap(at)
        if gap.strip(" #:.-=") or "\n" in gap or len(gap) > 4:
            return None
        marked = marked or "#" in gap or ":" in gap
        if page.word(at + 1) not in LINKING:
            break
        at += 1
        marked = marked or page.words[at] in ("id", "number", "no")
    word = page.word(at + 1)
    digits = word.removeprefix("p") if site in ("p411", "preferred411") else word
    if not (digits.isdigit() and digits.isascii() and len(digits) in DIGITS):
        return None
    if page.word(at + 2).isdigit() and page.gap(at + 1) in ("-", ".", " ") and len(page.word(at + 2)) >= 3:
        return None  # the first piece of a telephone number
    named = site in SITES
    if not (marked or (named and page.written(n).isupper())) or not page.free(page.starts[at + 1]):
        return None
    value = f"{site.replace('preferred411', 'p411') if named else 'review'}:{word}"
    sure = SURE if named and marked else LIKELY
    return Reading("review", value, page.starts[at + 1], page.end(at + 1), sure, READER)
