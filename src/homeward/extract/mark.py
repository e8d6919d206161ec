"""Tattoos, scars and birthmarks, in the ad's own words.

Rule: a word for one, up to three describing words before it and, behind "on", "of", "under" and the like,
up to five words more, all in one phrase ("small rose tattoo on left wrist"). "No tattoos" is none. The
value is the phrase as written, lower case; `detail.of` is tattoo, scar or birthmark. These mentions serve
to compare with the description of a named person and are never scored: no indicator and no evidence reads
them, which a test holds. (Visible tattoos were found more often in ads that were not trafficking.)
Confidence is the share expected to speak of the person: .9 with a description, .75 for the bare word.
"""

from __future__ import annotations

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "mark/1"

DESCRIBED, BARE = 0.9, 0.75
BEFORE, BEHIND = 3, 5  # words
OF = {"tattoo": lexicon("mark.tattoo"), "scar": lexicon("mark.scar"), "birthmark": lexicon("mark.birthmark")}
NO, NOT_BEFORE, LEADS = lexicon("mark.no"), lexicon("mark.not_before"), lexicon("mark.leads")
IS_MARK = WATCH.words(*OF.values())
PARLOUR = frozenset(("shop", "parlor", "parlour", "studio", "artist", "friendly", "fee", "face"))
ENDS = frozenset(("and", "or", "but", "call", "text", "i", "y", "et", "und", "e"))


def read_marks(page: Page) -> list[Reading]:
    """Return the tattoos, scars and birthmarks of one part, in reading order."""
    found: list[Reading] = []
    last = -1
    for n in page.where(IS_MARK):
        if n <= last or not page.free(page.starts[n]):
            continue
        first = n
        while (
            first > 0
            and n - first < BEFORE
            and page.gap(first - 1) in (" ", "-")
            and _describes(page, first - 1)
        ):
            first -= 1
        if page.word(first - 1) in NO or page.word(first) in NO or page.word(n + 1) in PARLOUR:
            continue
        end = n
        if page.word(n + 1) in LEADS and page.gap(n) == " ":
            end = n + 1
            while end + 1 < len(page.words) and end - n <= BEHIND and page.gap(end) in (" ", "-", "'"):
                if page.words[end + 1] in ENDS:
                    break
                end += 1
            if end == n + 1:
                end = n
        last = end
        value = " ".join(page.words[first : end + 1])
        of = next(name for name, words in OF.items() if page.words[n] in words)
        sure = DESCRIBED if first < n or end > n else BARE
        found.append(Reading("mark", value, page.starts[first], page.end(end), sure, READER, {"of": of}))
    return found


def _describes(page: Page, n: int) -> bool:
    word = page.words[n]
    return word not in NOT_BEFORE and word.isalpha() and word not in NO
