"""First names and aliases that an ad gives.

Rule: a first name from the dictionary, written as one, counts where the text introduces somebody ("I'm X",
"me llamo X", "ask for X", "X here", "xo X"), where it opens a title or stands before an age, and elsewhere
if it is no ordinary word or place besides. Dictionary names that are also words (Summer, Hope, Penny)
always need such a cue. After the strongest cues ("my name is") an unknown word with a capital is a name
too. "X & Y" carries over from one to the other. The value is the name with a capital, as written
otherwise. Confidence: .97 introduced, .93 with a cue behind, .9 carried over, .85 opening a title or
signing, .8 for an unknown word, .75 alone or in a pair.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from itertools import pairwise

from homeward.extract.knowledge.load import lexicon, names, rows
from homeward.extract.place import LEADS, is_large
from homeward.extract.text.tokens import WATCH, Page, Reading

READER = "name/5"

INTRODUCED, AFTER, OPENING, CARRIED, ALONE, UNKNOWN = 0.97, 0.93, 0.85, 0.9, 0.75, 0.8
SIGNATURE, MOST_CLOSING = 0.85, 5  # words of a closing: "can't wait to meet you"
PAIR = 0.75  # "Amber & Daisy": both may be words, but hardly both with capitals

SIGNED = lexicon("name.signed")  # words before a name at the end of an ad
KISSES = frozenset(["xo", "xoxo", "xoxox", "xoxoxo"])  # before a name wherever they stand
FOLLOWED = lexicon("name.followed")  # "X here", "X is"
NEVER = lexicon("name.never")  # capitalised words after "I'm" that are no names
STREET = lexicon("name.street")  # "Amber Street": a place
OWNED = frozenset(("massage", "place", "studio", "profile", "page", "number", "photos", "pics", "ad", "spa"))
TOGETHER = frozenset(("together", "available", "here", "duo", "are"))
AND = frozenset(["and", "or", "o", "ou", "oder", "или", "y", "et", "e", "und", "и", "n", "with", "con"])
PLACES_BEFORE = lexicon("name.places_before")
STATES = lexicon("place.states")
ABBREVIATED = frozenset(("st", "ste", "ft", "mt"))  # "St. Louis": of a town's name, with or without the point


@cache
def _cues() -> dict[str, list[tuple[tuple[str, ...], bool]]]:
    """Return introducing phrases by their last word, longest first, with whether they are strong."""
    out: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for row in rows("phrases.tsv"):
        if row[0] == "name":
            words = tuple(row[2].split())
            out.setdefault(words[-1], []).append((words, row[3] == "sure"))
    for phrases in out.values():
        phrases.sort(key=lambda p: -len(p[0]))
    return out


CUES = _cues()
# For each last word what may stand before it; an empty word if it is a cue by itself.
BEFORE = {last: frozenset(words[-2] if len(words) > 1 else "" for words, _ in phrases)
          for last, phrases in CUES.items()}  # fmt: skip
NAMES = names()
IS_CUE = WATCH.words(CUES)
IS_NAME = WATCH.words(NAMES)


def read_names(page: Page) -> list[Reading]:
    """Return the names of one part, in reading order."""
    found: dict[int, float] = {}
    words, starts, text = page.words, page.starts, page.text
    for n in page.where(IS_CUE):
        before = BEFORE[words[n]]
        if "" not in before and (not n or words[n - 1] not in before):
            continue
        strong = _cue_at(page, n)
        if strong is not None:
            confidence = _after_cue(page, n + 1, strong)
            if confidence:
                found[n + 1] = confidence
    for n in page.where(IS_NAME):
        if n in found or not (text[starts[n]].isupper() or (not NAMES[words[n]] and page.caseless)):
            continue
        if confidence := _in_dictionary(page, n):
            found[n] = confidence
    for n in sorted(found):
        _carry(page, n, found)
    _pairs(page, found)
    page.named = frozenset(n for n, confidence in found.items() if confidence >= SIGNATURE)
    return [
        Reading("name", _value(page, n), page.starts[n], page.end(n), found[n], READER)
        for n in sorted(found)
        if not _taken(page, n)
    ]


def _taken(page: Page, n: int) -> bool:
    """Whether a word is a piece of an address or of a handle, and not written as a name."""
    at = page.starts[n]
    if not page.free(at) or (at and page.text[at - 1] == "@"):
        return True
    handle = bisect_right(page.handles, (at, len(page.text))) - 1
    return handle >= 0 and at < page.handles[handle][1]


def _cue_at(page: Page, n: int) -> bool | None:
    """Return whether the cue that ends in word `n` is strong; None if there is none."""
    for words, strong in CUES[page.words[n]]:
        first = n - len(words) + 1
        if first >= 0 and page.words[first : n + 1] == list(words):
            return strong if _close(page.gap(n)) else None
    return None


def _close(gap: str) -> bool:
    """Whether a cue and a name are in one phrase: blanks, quotes, a colon, ornaments, but no full stop."""
    if gap == " ":
        return True
    return len(gap) <= 6 and not any(c in ".!?;/" for c in gap)


def _after_cue(page: Page, n: int, strong: bool) -> float:
    if n >= len(page.words):
        return 0.0
    word, written = page.words[n], page.written(n)
    if word in NAMES:
        if NAMES[word] and not written[0].isupper():
            ends = page.gap(n).strip(" ") or n == len(page.words) - 1
            return INTRODUCED if strong else UNKNOWN if ends else 0.0
        return INTRODUCED if not _place_follows(page, n) else 0.0
    capital = written[0].isupper() and (not written.isupper() or len(written) < 3 or not page.shouting)
    # An unknown word must follow in the same breath: after "before we meet" a new line begins a sentence.
    near = not page.gap(n - 1).strip(" '\":\u201c\u201d") and "\n" not in page.gap(n - 1)
    near = near and page.words[n - 1] != "im"  # German: "im Büro"
    if capital and near and word.isalpha() and 3 <= len(word) <= 12 and word not in NEVER:
        following = page.word(n + 1)
        ends = page.gap(n).strip(" ") != "" or not following or following in FOLLOWED or following in AND
        return UNKNOWN if strong else (UNKNOWN - 0.1 if ends else 0.0)
    return 0.0


def _in_dictionary(page: Page, n: int) -> float:
    """Judge a dictionary name by what stands around it."""
    word, written = page.words[n], page.written(n)
    ordinary = NAMES[word]
    capital = written[0].isupper() or (page.caseless and not ordinary)
    if not capital or (written.isupper() and len(written) < 3) or _place_follows(page, n):
        return 0.0
    before, gap_before = page.word(n - 1), page.gap(n - 1) if n else ""
    after, gap = page.word(n + 1), page.gap(n)
    if gap[:1] == "_" or gap_before[-1:] == "_" or (before in ABBREVIATED and gap_before in (" ", ".", ". ")):
        return 0.0  # a piece of somebody's handle, or of a town's name
    if after == "s" and gap == "'" and page.word(n + 2) in OWNED:
        return AFTER
    if after == "at" and page.phrase(n + 1, "at", "your", "service"):
        return AFTER
    if after in FOLLOWED and gap == " " and not (ordinary and after == "is"):
        return AFTER
    if _signs(page, n, gap, gap_before):
        return SIGNATURE
    if before in SIGNED and (n >= len(page.words) - 2 or "\n" in gap) and not gap_before.count("."):
        return AFTER
    if before in KISSES and not gap_before.strip(" ,~*-"):
        return AFTER
    if (
        after.isdigit()
        and len(after) == 2
        and 18 <= int(after) < 60
        and len(gap) <= 4
        and gap.strip() not in ("$", "+")
        and not ("." in gap and before in PLACES_BEFORE)
    ):
        return OPENING
    opens = page.part == "title" and n == 0 and gap.strip(" ") != ""
    if ordinary:
        return OPENING - 0.1 if opens and not page.shouting else 0.0
    if before in PLACES_BEFORE and gap_before.strip() == "":
        return 0.0
    if word == page.place.city.lower() or (before in LEADS and is_large(word)):
        return 0.0  # where the ad is, or where somebody is going
    if page.part == "title":
        # "Alice, 38, Madison": a large city that does not open the title is where, not who.
        return OPENING if opens or not is_large(word) else 0.0
    return ALONE


def _signs(page: Page, n: int, gap: str, gap_before: str) -> bool:
    """Whether a name ends the text, or what stands before an empty line, signed so: "Talk soon, Robin"."""
    last = n == len(page.words) - 1 or gap.count("\n") > 1
    if not last or gap_before.strip(" ") != "," or not page.written(n).istitle():
        return False
    first = n - 1
    while first > max(0, n - MOST_CLOSING - 1) and not any(c in ".!?\n~*|:" for c in page.gap(first - 1)):
        first -= 1
    if first and ":" in page.gap(first - 1):
        return False  # "eyes: brown, Hazel"
    return n - first <= MOST_CLOSING and page.written(n - 1).islower()


def _place_follows(page: Page, n: int) -> bool:
    """Whether the word is the name of a street or of a town ("Madison, WI", "Amber St")."""
    after, gap = page.word(n + 1), page.gap(n)
    if after in STREET and gap.strip() == "":
        return True
    state = len(after) == 2 and gap.strip(" ") == "," and page.written(n + 1).isupper()
    return state and after.upper() in STATES


def _carry(page: Page, n: int, found: dict[int, float]) -> None:
    """In "X & Y" one name makes the other one too."""
    beside = [(n + 1, page.gap(n))] if n + 1 < len(page.words) else []
    if n:
        beside.append((n - 1, page.gap(n - 1)))
    for other, gap in beside:
        if gap != " " and gap.strip(" ") in ("&", "+"):
            _join(page, other, found)
    for other, gap in beside:  # "Bella, Sara available"
        if gap == ", " and _listed(page, other):
            _join(page, other, found)
    if page.word(n + 1) in AND:
        _join(page, n + 2, found)
    if page.word(n - 1) in AND:
        _join(page, n - 2, found)


def _listed(page: Page, n: int) -> bool:
    """Whether a word is an item of a list of names: nothing else stands between the commas beside it."""
    before = page.gap(n - 1) if n else "\n"
    if page.words[n] in SIGNED or page.words[n] in KISSES:
        return False
    return "\n" in before or before == ", "


def _pairs(page: Page, found: dict[int, float]) -> None:
    """Two dictionary names with capitals and an ampersand between them are two people: "Amber & Daisy"."""
    hits = page.where(IS_NAME)
    for one, two in pairwise(hits):
        if two == one + 1 and one not in found and two not in found and page.gap(one) in (" & ", "&", " + "):
            follows = page.written(two + 1)[:1] if two + 1 < len(page.words) else ""
            if (
                page.written(one)[0].isupper()
                and page.written(two)[0].isupper()
                and not (page.caseless or (follows.isupper() and page.gap(two) == " "))
                and not (_place_follows(page, two) or _taken(page, one))
                and not (is_large(page.words[one]) or is_large(page.words[two]))
            ):
                found[one] = found[two] = PAIR
        elif two == one + 2 and page.words[one + 1] == "and" and page.word(two + 1) in TOGETHER:
            both = page.written(one).istitle() and page.written(two).istitle()
            found.update({n: PAIR for n in (one, two) if both and n not in found})


def _join(page: Page, n: int, found: dict[int, float]) -> None:
    if (
        0 <= n < len(page.words)
        and n not in found
        and page.words[n] in NAMES
        and page.written(n)[0].isupper()
    ):
        found[n] = CARRIED


def _value(page: Page, n: int) -> str:
    """Return the name with its accents if it was written in one alphabet, else as folded."""
    if page.text is page.normalised.original:
        return page.written(n).capitalize()
    span = page.normalised.span(page.starts[n], page.end(n))
    raw = unicodedata.normalize("NFC", span.cut(page.normalised.original))
    folded = page.written(n)
    if not raw.isascii() and raw.isalpha() and len(raw) == len(folded) and _one_alphabet(raw):
        folded = raw
    return folded[0].upper() + folded[1:].lower()


def _one_alphabet(raw: str) -> bool:
    scripts = {unicodedata.name(c, "?").split(" ")[0] for c in raw}
    return scripts == {"LATIN"} and all(ord(c) < 0x250 for c in raw)
