"""The language a text is written in.

Rule: the language whose commonest small words are most of those in the text, if at least three are and
the lead over the next language is clear; other scripts by their letters. The value is a BCP 47 tag. The
span is the first word that spoke for it, since the whole text would be the mention otherwise; confidence
is its share of all votes.
"""

from __future__ import annotations

from homeward.extract.text.language import FEWEST, guess, stop_words
from homeward.extract.text.tokens import Page, Reading

READER = "language/1"
# Not watched: half the words of a text are stop words, and would slow every look-up.
STOPS = frozenset(stop_words())


def read_language(page: Page) -> list[Reading]:
    """Return the language of one part, if it can be told."""
    stops = STOPS.intersection(page.words)
    if len(stops) < FEWEST and (stops or page.text.isascii()):
        return []
    tag, share, word = guess(page.words, stops)
    if not tag:
        return []
    start = page.starts[page.words.index(word)]
    return [Reading("language", tag, start, start + len(word), round(min(share, 0.99), 2), READER)]
