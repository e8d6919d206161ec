"""Digits in all the ways ads write them: figures, words in eight languages, leet letters, and mixtures.

`classify` reads one word. A reading is a tuple of atoms; an atom that is `weak` may or may not be a digit
("to", "for", "o"): the phone reader decides by what the whole would be.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from homeward.extract.knowledge.load import lexicon
from homeward.extract.text.digit_words import (
    CHINESE,
    HUNDREDS_WORDS,
    LETTERS,
    MISSPELT,
    SURE_ANYWAY,
    SURE_LETTERS,
    TENS_WORDS,
    TIMES,
    UNITS,
    UNREAD,
    UNREAD_PARTS,
    WEAK,
    WORDS,
)

PLAIN, WORD, LEET = 0, 1, 2


class Atom(NamedTuple):
    """Digits at a place of a text. `step` is 10 for a word such as twenty, 100 for one such as "doscientos".

    Words of smaller numbers may follow both: "twenty two", "doscientos doce".
    """

    start: int
    end: int
    digits: str
    flavour: int = PLAIN
    weak: bool = False
    step: int = 0


# Words that may be run together without spaces: units of one digit, "oh", and figures between them.
PIECES = {
    w: d
    for w, d in WORDS.items()
    if len(w) > 1 and len(d) == 1 and (w not in WEAK or w in SURE_ANYWAY or w == "oh")
}
# "un" and "due" are words of their own too, but not within a run: "septunzero".
PIECES.update({w: str(n) for units in UNITS.values() for n, w in enumerate(units.split()) if len(w) > 1})
PIECES.update({w: d for w, d in TENS_WORDS.items() if w.isascii()})
PIECES.update({w: d for w, d in WORDS.items() if len(d) == 2 and len(w) >= 5 and w not in WEAK})
_STARTS = frozenset(w[:2] for w in PIECES)
_LONGEST = max(map(len, PIECES))
UNIT_ENDINGS = lexicon("phone.units") - {"o", "l", "i", "s"}  # "118lb" and "15th" hold no hidden digits
_USUAL = frozenset(w for units in UNITS.values() for w in units.split()) | TENS_WORDS.keys() | {"oh"}
# What a piece of a run costs: a letter that looks like a digit is the last thing to think of.
USUAL, UNUSUAL, LETTER, IMPOSSIBLE = 1.0, 1.2, 3.0, 1e9
GROUP_SIZES = (3, 4, 7, 10, 11)  # figures that people group a number in
COMMON_LEET = frozenset("oilszbgq")  # the letters that stand for digits most often
FEWEST_SEPARATED = 13  # characters of figures and letters in turn: seven figures
FEWEST_SEPARATORS = 4  # different letters among them
LONGEST_RUN = 120  # characters of one word that are looked into; fifteen digit words fit
# Figures for letters within a digit word, "s3v3n": only if the word is then exactly one.
_FOLDED = str.maketrans("013457", "oieast")
_SPELT = {w: str(n) for units in UNITS.values() for n, w in enumerate(units.split())} | {"oh": "0"}
_SAID = {d: frozenset(w for w, of in _SPELT.items() if of == d) for d in "0123456789"}
LONGEST_UNIT = max(map(len, _SPELT))


def is_unread_number(word: str) -> bool:
    """Whether a word is or holds a number that `classify` does not read: "thousand", "siebenhundertzwei"."""
    if word in UNREAD:
        return True
    for part in UNREAD_PARTS:
        if part in word and len(word) <= LONGEST_RUN:
            before, _, after = word.partition(part)
            return all(not rest or rest in WORDS or rest in TENS_WORDS for rest in (before, after))
    return False


@lru_cache(maxsize=1 << 16)
def classify(word: str) -> tuple[Atom, ...]:
    """Return the digits in one lower-case word, as atoms with offsets into the word."""
    if word.isdigit():
        return (Atom(0, len(word), word),) if word.isascii() else ()
    if word in WEAK and word not in SURE_ANYWAY:
        return (Atom(0, len(word), WEAK[word], WORD, True),)
    if word in WORDS:
        return (Atom(0, len(word), WORDS[word], WORD),)
    if word in TENS_WORDS:
        return (Atom(0, len(word), TENS_WORDS[word], WORD, False, 10),)
    if word in HUNDREDS_WORDS:
        return (Atom(0, len(word), HUNDREDS_WORDS[word], WORD, False, 100),)
    if (slip := MISSPELT.get(word)) is not None:
        return (Atom(0, len(word), slip[0], WORD, slip[1]),)
    if len(word) > LONGEST_RUN:
        word = word[:LONGEST_RUN]
    if (times := _times(word)) is not None:
        return (times,)
    if word.isalpha():
        return _run_together(word)
    return _mixed(word)


def _times(word: str) -> Atom | None:
    """Read "double5" and "doublefive"."""
    for said, times in TIMES.items():
        if word.startswith(said) and (unit := _SPELT.get(word[len(said) :], word[len(said) :])):
            return Atom(0, len(word), unit * times, WORD) if len(unit) == 1 and unit.isdigit() else None
    return None


def _word_atom(piece: str, at: int) -> Atom:
    return Atom(at, at + len(piece), PIECES[piece], WORD, False, 10 if piece in TENS_WORDS else 0)


def _pieces(word: str, first: int, end: int) -> list[Atom] | None:
    """Cut letters into digit words and letters that look like digits; None if that cannot be.

    Of several ways the one with the fewest letters and misspellings is taken, so that "zeroeight" is zero and
    eight, not a misspelt "zeroe". Linear in the length, since digit words have at most `_LONGEST` letters.
    """
    costs: list[float] = [0.0] * (end - first + 1)
    steps = [0] * (end - first + 1)
    for at in range(end - 1, first - 1, -1):
        cost, step = IMPOSSIBLE, 1
        if word[at] in SURE_LETTERS:
            cost = LETTER + costs[at + 1 - first]
        if word[at : at + 2] in _STARTS:
            for length in range(2, min(_LONGEST, end - at) + 1):
                if (piece := word[at : at + length]) in PIECES:
                    whole = (USUAL if piece in _USUAL else UNUSUAL) + costs[at + length - first]
                    if whole <= cost:
                        cost, step = whole, length
        costs[at - first], steps[at - first] = cost, step
    if costs[0] >= IMPOSSIBLE:
        return None
    atoms, at = [], first
    while at < end:
        step = steps[at - first]
        if step == 1:
            atoms.append(Atom(at, at + 1, LETTERS[word[at]], LEET))
        else:
            atoms.append(_word_atom(word[at : at + step], at))
        at += step
    return atoms


def _run_together(word: str) -> tuple[Atom, ...]:
    """A word of letters counts only if it is digit words from end to end, or Chinese digits."""
    if word[0] in CHINESE or word[-1] in CHINESE:
        atoms = [Atom(n, n + 1, CHINESE[c], WORD) for n, c in enumerate(word) if c in CHINESE]
        return tuple(atoms) if len(atoms) >= 3 or len(atoms) == len(word) else ()
    if word[:2] not in _STARTS and word[0] not in SURE_LETTERS:
        return ()
    found = _pieces(word, 0, len(word)) or []
    sure = sum(a.end - a.start > 1 and word[a.start : a.end] != "oh" for a in found)
    return tuple(found) if sure and 2 * sure >= len(found) else ()


def _mixed(word: str) -> tuple[Atom, ...]:
    """Figures, digit words, and letters that touch them and look like digits."""
    if (spelt := _spelt(word)) is not None:
        return (Atom(0, len(word), spelt, WORD),)
    figures = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    if figures.isdigit() and word[len(figures) :] in UNIT_ENDINGS:
        return (Atom(0, len(figures), figures),)
    if len(word) >= FEWEST_SEPARATED and (apart := _separated(word)):
        return apart
    atoms: list[Atom] = []
    at, length = 0, len(word)
    while at < length:
        char, end = word[at], at + 1
        if "0" <= char <= "9":
            while end < length and "0" <= word[end] <= "9":
                end += 1
            atoms.append(Atom(at, end, word[at:end]))
        elif char in CHINESE:
            atoms.append(Atom(at, end, CHINESE[char], WORD))
        else:
            while end < length and not ("0" <= word[end] <= "9" or word[end] in CHINESE):
                end += 1
            atoms += _letters(word, at, end)
        at = end
    if len(word) >= FEWEST_SEPARATED and _is_token(word):
        return ()
    return tuple(_touching(_unlike(word, atoms)))


def _spelt(word: str) -> str | None:
    """Return the digit of a digit word in which a figure stands for a letter: "s3v3n", or itself: "fi5e"."""
    if not 2 <= len(word) <= LONGEST_UNIT or 2 * sum(map(str.isalpha, word)) < len(word):
        return None
    if (digit := _SPELT.get(word.translate(_FOLDED))) is not None:
        return digit
    own = {c for c in word if c.isdigit()}
    if len(own) > 1:
        return None
    return next((d for d in own for w in _SAID[d] if len(w) == len(word) and _but_for(word, w, d)), None)


def _but_for(word: str, said: str, digit: str) -> bool:
    """Whether two words differ only where the first has the digit; "6ix" is six, but "5x" is no word."""
    return len(said) > 2 and all(a in (b, digit) for a, b in zip(word, said, strict=True))


def _is_token(word: str) -> bool:
    """Whether a long word is a hash or key: different short runs of letters that no digit resembles."""
    runs = set("".join(c if c.isalpha() else " " for c in word).split())
    return sum(len(run) <= 3 and not LETTERS.keys() >= set(run) and run not in PIECES for run in runs) >= 2


def _unlike(word: str, atoms: list[Atom]) -> list[Atom]:
    """Leave out letters at a word's edges that resemble a digit a little, where it is no group of digits.

    "S55" is a group; "log10", "gt0200" and "mp3" are names of things.
    """
    figures = [n for n, atom in enumerate(atoms) if atom.flavour == PLAIN]
    letters = sum(map(str.isalpha, word))
    most = len(word) + (2 if COMMON_LEET.issuperset(c for c in word if c.isalpha()) else 1)
    if not figures or (len(word) in GROUP_SIZES and 2 * letters <= most):
        return atoms
    first, last = figures[0], figures[-1]
    return [
        a
        for n, a in enumerate(atoms)
        if first <= n <= last or a.flavour != LEET or word[a.start] in SURE_LETTERS
    ]


def _letters(word: str, first: int, end: int) -> list[Atom]:
    """Read letters among figures: digit words from end to end if they can be, else what they hold of them."""
    found = _pieces(word, first, end)
    if found is not None and any(a.end - a.start > 1 for a in found):
        return found
    atoms, at = [], first
    # Letters of a word that is none of digits, "1234abcde12"; but "0iis" is a group of four.
    names = end - first > 2 and found is None
    names = names and not (len(word) in GROUP_SIZES and COMMON_LEET.issuperset(word[first:end]))
    while at < end:
        stop = at + 1
        if word[at : at + 2] in _STARTS:
            stop = next(
                (at + n for n in range(min(_LONGEST, end - at), 1, -1) if word[at : at + n] in PIECES), stop
            )
        if stop > at + 1:
            atoms.append(_word_atom(word[at:stop], at))
        elif word[at] in (SURE_LETTERS if names else LETTERS):
            flavour = WORD if word[at] in SURE_LETTERS else LEET
            atoms.append(Atom(at, stop, LETTERS[word[at]], flavour, True))
        at = stop
    return atoms


def _separated(word: str) -> tuple[Atom, ...]:
    """Figures with one letter between every two, "7a0b2c5": the letters only part them."""
    inner = word if word[-1:].isdigit() else word[:-1]
    if not inner[::2].isdigit() or not inner[1::2].isalpha() or not inner.isascii():
        return ()
    if len(set(inner[1::2])) < FEWEST_SEPARATORS:
        return ()  # the same letters again and again are more likely a zero or a one
    return tuple(Atom(n, n + 1, char, WORD) for n, char in enumerate(inner) if n % 2 == 0)


def _touching(atoms: list[Atom]) -> list[Atom]:
    """Keep leet letters only where they touch a digit, directly or through other leet letters."""
    keep = [not a.weak for a in atoms]
    for order in (range(1, len(atoms)), range(len(atoms) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for n in order:
            near = atoms[n + step]
            if not keep[n] and keep[n + step] and (near.end == atoms[n].start or near.start == atoms[n].end):
                keep[n] = True
    return [a for a, kept in zip(atoms, keep, strict=True) if kept]
