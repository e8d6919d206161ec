"""The colour of eyes, as written.

Rule: a colour within three words of a word for eyes, in one phrase ("green eyes", "eyes: hazel"), where
eyes are the nearest noun. A colour by itself, or beside anything else, is none. The value is one English
colour word. Confidence: .97.
"""

from __future__ import annotations

from homeward.extract.colour import COLOURS, EYE_WORDS, IS_COLOUR, coloured
from homeward.extract.text.tokens import Page, Reading

READER = "eyes/4"

NOUN = 0.97
NOUNS = EYE_WORDS  # by which an explanation names the cue


def read_eyes(page: Page) -> list[Reading]:
    """Return the colours of eyes of one part, in reading order."""
    if not page.mask & IS_COLOUR:
        return []
    return [
        Reading("eyes", COLOURS[page.words[n]], page.starts[first], page.end(last), NOUN, READER)
        for of, n, first, last in page.shared(coloured)
        if of == "eyes"
    ]
