"""What may stand between the digits of one telephone number, and how odd it is."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from homeward.extract import phone_context
from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.digits import is_unread_number
from homeward.extract.text.tokens import WATCH

HARD = 99.0  # a gap that no number is written across
MOST_FILLERS = 6  # "im free now then dial"
LONGEST_GAP = 24  # characters: ten separators of two characters and a line break fit; a sentence does not

USUAL_GAPS = frozenset(
    [
        "",
        " ",
        "-",
        ".",
        " - ",
        ") ",
        ")",
        "(",
        " (",
        ")-",
        ") -",
        "- ",
        " -",
        ". ",
        "/",
        " / ",
        "--",
        " . ",
        "  ",
    ]
)
JOINING_WORDS = lexicon("phone.joining_words")

FILLERS = lexicon("phone.fillers")  # "702 call 555 me 0134": what people put between to hide a number
FILLER = 0.5
SHORT, SHORT_WORD = 4, 1.0  # letters of a word without blanks about it ("214hun555"), and what it costs

ALTERNATIVES = frozenset(["or", "oder", "ou", "или"])


class Gap(NamedTuple):
    """How many points a gap costs, whether plain search would stumble over it, whether words stand in it."""

    cost: float
    obscured: bool
    worded: bool = False
    filler: bool = False  # the words are such as people put there to hide a number


@lru_cache(maxsize=1 << 14)
def weigh_gap(gap: str) -> Gap:
    """Weigh what stands between two atoms."""
    if gap in USUAL_GAPS:
        return Gap(0.0, False)
    if len(gap) > LONGEST_GAP:
        return Gap(HARD, True)
    letters = [c if c.isalnum() else " " for c in gap]
    words = "".join(letters).split()
    if not words:
        return Gap(_mark_cost(gap), not set(gap) <= set(" -.()/,+|\t"))
    if any(map(is_unread_number, words)):
        return Gap(HARD, True)  # "siebenhundertzwei" would be left out of the number
    if not ALTERNATIVES.isdisjoint(words):
        return Gap(HARD, True)  # "one or two", "702 … or 775 …": two things, not one
    if all(w in JOINING_WORDS for w in words):
        return Gap(1.0 if "and" in words else 0.3, True)
    if all(w in FILLERS for w in words) and len(words) <= MOST_FILLERS:
        return Gap(FILLER + (_mark_cost(gap.strip(" .")) if "\n" in gap else 0.0), True, False, True)
    size = sum(map(len, words))
    if size <= 2:
        return Gap(0.8, True)
    if len(words) == 1 and size <= SHORT and words[0] == gap and _filler(gap):
        return Gap(SHORT_WORD, True, False, True)
    if size <= 8 and len(words) <= 2 and "\n" not in gap and phone_context.SERIAL.isdisjoint(words):
        return Gap(2.0, True, True)
    return Gap(HARD, True)


def _filler(word: str) -> bool:
    """Whether a short word may stand in a number to hide it: it says nothing of what the figures are."""
    said = (phone_context.UNITS, phone_context.SERIAL, phone_context.IDS, phone_context.THINGS)
    return word.isalpha() and not any(word in of for of in said)


WATCH.also(weigh_gap.cache_clear)


def _mark_cost(gap: str) -> float:
    lines = gap.count("\n")
    cost = 0.3 + (0.5 * lines if lines < 2 else 2.0)
    if not phone_context.CURRENCY.isdisjoint(gap):
        cost += 1.5
    if "+" in gap:
        cost += 2.0
    if "," in gap or ";" in gap or "|" in gap or ":" in gap or "/" in gap:
        cost += 0.3 if gap.strip() == "," else 0.6
    return cost + (0.5 if len(gap) > 8 else 0.0)
