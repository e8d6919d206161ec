"""PGP fingerprints.

Rule: forty hexadecimal characters, in one piece or in groups of four, with letters and figures among them,
that either stand in groups or near a word such as "pgp" or "fingerprint". The value is upper case without
blanks. Confidence: .97 near such a word, .85 in groups alone.
"""

from __future__ import annotations

from homeward.extract.text.tokens import FIGURES, WATCH, Page, Reading, has_figure

READER = "pgp/1"

NEAR, APART = 0.97, 0.85  # with such a word on the page; in ten groups of four without one
CUES = frozenset(["pgp", "gpg", "fingerprint", "openpgp", "key", "keyid"])
IS_CUE = WATCH.words(CUES)
FEWEST = 3  # of ten random groups of four, fewer have figures once in 200,000 fingerprints
HEX = frozenset("0123456789abcdef")
SIZE = 40
IS_GROUP = WATCH.add(lambda word: len(word) == 4 and HEX.issuperset(word) and has_figure(word))


def read_pgp(page: Page) -> list[Reading]:
    """Return the PGP fingerprints of one part, and note the stretches they take."""
    cued = bool(page.mask & IS_CUE)
    if not page.mask & FIGURES or not (cued or len(page.where(IS_GROUP)) >= FEWEST):
        return []
    words, n = page.words, 0
    found: list[Reading] = []
    while n < len(words):
        word = words[n]
        if len(word) == SIZE + 2 and word.startswith("0x"):
            word = word[2:]
        if len(word) == SIZE and cued and _mixed(word):
            last = n
        elif len(word) == 4 and HEX.issuperset(word):
            word, last = _groups(page, n)
        else:
            n += 1
            continue
        if len(word) == SIZE and _mixed(word):
            start, end = page.starts[n], page.end(last)
            page.take(start, end)
            found.append(Reading("pgp", word.upper(), start, end, NEAR if cued else APART, READER))
            n = last
        n += 1
    return found


def _mixed(word: str) -> bool:
    return HEX.issuperset(word) and not word.isdigit() and not word.isalpha()


def _groups(page: Page, n: int) -> tuple[str, int]:
    """Join up to ten groups of four that only blanks or colons divide."""
    word, last = page.words[n], n
    while len(word) < SIZE and len(page.word(last + 1)) == 4 and not page.gap(last).strip(" :-\n"):
        if not HEX.issuperset(page.word(last + 1)):
            break
        last += 1
        word += page.words[last]
    return word, last
