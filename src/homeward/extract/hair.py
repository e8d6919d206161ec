"""The colour of hair, as written.

Rule: a colour within three words of a word for hair, in one phrase ("long, wavy blonde hair", "hair: dark
brown"), where hair is the nearest noun; or a word that means hair by itself, such as "brunette", which is
never the colour of eyes ("brunette with brown eyes"). A colour beside anything else is none. The value is
one English colour word. Confidence: .97 with the noun, .9 for a word by itself.
"""

from __future__ import annotations

from homeward.extract.colour import COLOURS, HAIR_COLOURS, HAIR_WORDS, IS_COLOUR, coloured
from homeward.extract.text.tokens import Page, Reading

READER = "hair/4"

NOUN, ITSELF = 0.97, 0.9
NOUNS = HAIR_WORDS  # by which an explanation names the cue


def read_hair(page: Page) -> list[Reading]:
    """Return the colours of hair of one part, in reading order."""
    found: list[Reading] = []
    if not page.mask & IS_COLOUR:
        return found
    for of, n, first, last in page.shared(coloured):
        word = page.words[n]
        if of == "hair":
            value, confidence = COLOURS[word], NOUN
        elif not of and word in HAIR_COLOURS:
            value, confidence = HAIR_COLOURS[word], ITSELF
        else:
            continue
        found.append(Reading("hair", value, page.starts[first], page.end(last), confidence, READER))
    return found
