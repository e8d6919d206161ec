"""The colour of hair, as written.

Rule: a colour within three words of a word for hair, in one phrase ("long, wavy blonde hair", "hair: dark
brown"), where hair is the nearest noun; or a word that means hair by itself, such as "brunette", which is
never the colour of eyes ("brunette with brown eyes"). A colour beside anything else is none. The value is
one English colour word. Confidence: .97 with the noun, .9 for a word by itself.
"""

from __future__ import annotations

from homeward.extract.knowledge.load import lexicon, rows

READER = "hair/4"

NOUNS = lexicon("person.hair")
BY_THEMSELVES = {word: row[1] for row in rows("colours.tsv") for word in row[3].split()}
