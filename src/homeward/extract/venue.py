"""Where the service takes place: `incall` (at the advertiser's), `outcall` (at the client's), `carcall`.

Rule: the words themselves in their usual spellings ("in-call", "incalls", "in/out calls", "car date"), and
the set phrases of other languages ("a domicilio", "je reçois", "Hausbesuche", "выезд"). "No outcall" is no
outcall. Confidence: .97 for the word itself, .85 for a phrase that mostly means it.
"""

from __future__ import annotations

from functools import cache

from homeward.extract.knowledge.load import rows
from homeward.extract.text.language import stop_words
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "venue/1"

SURE, PHRASE = 0.97, 0.85  # the word itself; a phrase that mostly means it
NO = frozenset(["no", "not", "sin", "pas", "senza", "sem", "kein", "keine", "без", "never"])


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, float]]]:
    """Return venue phrases by their first word, longest first."""
    out: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}
    for row in rows("phrases.tsv"):
        if row[0] == "venue":
            words = tuple(row[2].split())
            out.setdefault(words[0], []).append((words, row[1], SURE if row[3] == "sure" else PHRASE))
    for phrases in out.values():
        phrases.sort(key=lambda p: -len(p[0]))
    return out


def _anchors() -> dict[str, set[int]]:
    """Return the words by which phrases are found, the longest of each, with where in it they stand."""
    out: dict[str, set[int]] = {}
    for phrases in PHRASES.values():
        for words, _, _ in phrases:
            at = max(range(len(words)), key=lambda n: (words[n] not in stop_words(), len(words[n])))
            out.setdefault(words[at], set()).add(at)
    return out


PHRASES = _phrases()
ANCHORS = _anchors()  # "in call" by "call": every text is full of "in"
IS_ANCHOR = WATCH.words(ANCHORS)


def read_venues(page: Page) -> list[Reading]:
    """Return the venues of one part, in reading order."""
    found: list[Reading] = []
    last = -1
    all_words = page.words
    firsts = {n - at for n in page.where(IS_ANCHOR) for at in ANCHORS[all_words[n]]}
    for n in sorted(firsts):
        if n <= last or n < 0:
            continue
        for words, value, confidence in PHRASES.get(all_words[n], ()):
            if page.words[n : n + len(words)] == list(words) and page.word(n - 1) not in NO:
                last = n + len(words) - 1
                if not all(len(page.gap(k)) <= 3 for k in range(n, last)):
                    continue
                for one in value.split("+"):
                    found.append(Reading("venue", one, page.starts[n], page.end(last), confidence, READER))
                break
    return found
