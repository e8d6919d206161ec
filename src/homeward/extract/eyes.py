"""The colour of eyes, as written.

Rule: a colour within three words of a word for eyes, in one phrase ("green eyes", "eyes: hazel"), where
eyes are the nearest noun. A colour by itself, or beside anything else, is none. The value is one English
colour word. Confidence: .97.
"""

from __future__ import annotations

from homeward.extract.knowledge.load import lexicon

READER = "eyes/4"

NOUNS = lexicon("person.eyes")
