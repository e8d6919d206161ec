"""The digits of a page as atoms, in the stretches that may hold a telephone number.

Most words of an ad are nowhere near a number, so that words are first only counted: a stretch of words
with digits, none further than the longest bearable gap from the next, is laid out as atoms if together
they have digits enough.
"""

from __future__ import annotations

from collections.abc import Sequence

from homeward.extract import numbering
from homeward.extract.phone_gaps import HARD, LONGEST_GAP, weigh_gap
from homeward.extract.text.digit_words import HOMOPHONES, HUNDRED, TEENS, TIMES
from homeward.extract.text.digits import LEET, PLAIN, WORD, Atom, classify
from homeward.extract.text.tokens import WATCH, Page

MOST_WORDS = 20_000  # words with digits that are looked at; by then the cap on mentions has long been reached
UUID, HEX = [8, 4, 4, 4, 12], frozenset("0123456789abcdef")
MOST_BARS = 4  # bars of one number that stand for a one
FEWEST_SURE = 2  # digits of a stretch that must be digits beyond doubt: a number of nothing but "to" is none
# In French, words from ten on follow sixty and eighty: "soixante-quinze".
FRENCH_TEENS = frozenset(TEENS["fr"].split())
IS_DIGITS = WATCH.add(lambda word: word in TIMES or word == HUNDRED or bool(classify(word)))
IS_LAST = WATCH.add(lambda word: len(word) == UUID[-1] and HEX.issuperset(word))
JOINS = frozenset(["", "-", "y", "e", "et", "und", "and", "и"])  # between the words of one number


class _Counts(dict[str, tuple[int, int]]):
    """For each word how many digits it may have, and how many it surely has."""

    def __missing__(self, word: str) -> tuple[int, int]:
        atoms = classify(word)
        digits = 2 if word in TIMES or word == HUNDRED else sum(len(a.digits) for a in atoms)
        counts = digits, sum(len(a.digits) for a in atoms if not a.weak)
        if len(self) >= WATCH.MOST:
            self.clear()
        self[word] = counts
        return counts


_COUNTS = _Counts()
WATCH.also(_COUNTS.clear)


def groups(page: Page, fewest: int) -> list[list[int]]:
    """Return the words with digits, in groups without a long gap that may have `fewest` digits."""
    starts, words, taken = page.starts, page.words, page.taken
    out: list[list[int]] = []
    some: list[int] = []
    digits = sure = 0
    least = fewest - MOST_BARS if "|" in page.lower else fewest
    reach = -1  # how far into the text the group may go on
    ids, hits, last = _ids(page), page.where(IS_DIGITS)[:MOST_WORDS], -2
    end = len(hits) - 1
    for k, n in enumerate(hits):
        start, word, before, last = starts[n], words[n], last, n
        more, surely = _COUNTS[word]
        if not (surely or n <= before + 2 or (k < end and hits[k + 1] <= n + 2)):
            continue  # mostly no digits ("to", "I"), and between words that are none
        if (ids and n in ids) or (taken and not page.free(start)):
            continue
        if start > reach:
            if digits >= least and sure >= FEWEST_SURE:
                out.append(some)
            some, digits, sure = [], 0, 0
        digits, sure = digits + more, sure + surely
        reach = start + len(word) + LONGEST_GAP
        some.append(n)
    if digits >= least and sure >= FEWEST_SURE:
        out.append(some)
    return out


def stretches(page: Page, some: Sequence[int], fewest: int) -> list[list[Atom]]:
    """Return the stretches of atoms without a hard gap, in a group of words, that have `fewest` digits."""
    return _cut(page.lower, _laid_out(page, some), fewest)


def _ids(page: Page) -> frozenset[int]:
    """Return the words of UUIDs, five groups of hexadecimal figures, which hold numbers by chance."""
    words = page.words
    found: set[int] = set()
    for n in page.where(IS_LAST):
        if n >= 4 and page.gap(n - 1) == "-":
            five = words[n - 4 : n + 1]
            if list(map(len, five)) == UUID and HEX.issuperset("".join(five)):
                found.update(range(n - 4, n + 1))
    return frozenset(found)


def _laid_out(page: Page, some: Sequence[int]) -> list[Atom]:
    """Lay out the digits of some words."""
    atoms: list[Atom] = []
    starts, words, times, said = page.starts, page.words, 1, 0
    tens = False
    for n in some:
        start, word = starts[n], words[n]
        if word in TIMES:
            times, said = TIMES[word], start
            continue
        if word == HUNDRED:
            tens = _hundred(page.lower, atoms, start) or tens
            continue
        for first, last, digits, flavour, weak, step in classify(word):
            begins = start + first
            if times > 1 and len(digits) == 1:
                digits *= times
                begins = said if begins - said <= LONGEST_GAP else begins
            atoms.append(Atom(begins, start + last, digits, flavour, weak, step))
            tens, times = tens or step > 0 or (word == "dix"), 1
    if tens:
        atoms = _compound(page.lower, atoms)
    if "|" in page.lower:
        atoms = _bars(page.lower, atoms)
    return _split_runs(atoms)


def _bars(lower: str, atoms: list[Atom]) -> list[Atom]:
    """Make a weak 1 of a bar that touches digits: "9o|3" is 9013, while "702|555" may be two groups."""
    out: list[Atom] = []
    for n, atom in enumerate(atoms):
        out.append(atom)
        after = atoms[n + 1].start if n + 1 < len(atoms) else atom.end + 1
        gap = lower[atom.end : after]
        if len(gap) <= LONGEST_GAP and gap.count("|") == 1:
            at = atom.end + gap.index("|")
            if at == atom.end or at + 1 == after < len(lower):
                out.append(Atom(at, at + 1, "1", LEET, True))
    return out


def _hundred(lower: str, atoms: list[Atom], start: int) -> bool:
    """Make hundreds of the unit before the word "hundred" at `start`; whether there was one."""
    unit = atoms[-1] if atoms else None
    if unit is None or unit.flavour != WORD or len(unit.digits) != 1 or unit.digits == "0":
        return False
    if unit.weak or lower[unit.end : start] not in (" ", "-"):
        return False
    atoms[-1] = Atom(unit.start, start + len(HUNDRED), unit.digits + "00", WORD, False, 100)
    return True


def _compound(lower: str, atoms: list[Atom]) -> list[Atom]:
    """Join the words of one number: "thirty four", "quatre-vingt-dix-huit", "девятьсот двенадцать"."""
    scores: list[Atom] = []
    for atom in atoms:  # "quarante quatre-vingt" is 40 80, not 44 20
        last = scores[-1] if scores else None
        if last is not None and last.digits == "4" and atom.digits == "20" and _beside(lower, last, atom):
            four, twenty = lower[last.start : last.end], lower[atom.start : atom.end]
            # "vingt-quatre vingt-sept" is 24 27: a hyphen binds closer than a blank.
            bound = lower[last.end : atom.start] != "-" and lower[last.start - 1 : last.start] == "-"
            if four == "quatre" and twenty in ("vingt", "vingts") and not bound:
                scores[-1] = Atom(last.start, atom.end, "80", last.flavour, False, 10)
                continue
        scores.append(atom)
    out: list[Atom] = []
    for atom in scores:
        out.append(atom)
        while len(out) > 1 and (joined := _joined(lower, out[-2], out[-1])) is not None:
            out[-2:] = [joined]
    return out


def _beside(lower: str, last: Atom, atom: Atom) -> bool:
    if atom.start - last.end > 5 or PLAIN in (atom.flavour, last.flavour) or len(atom.digits) > 2:
        return False
    gap = lower[last.end : atom.start]
    return gap.strip() in JOINS and "\n" not in gap and LEET not in (atom.flavour, last.flavour)


def _joined(lower: str, last: Atom, atom: Atom) -> Atom | None:
    """Return the number that two words are together, or None if they are two."""
    if not _beside(lower, last, atom):
        return None
    value, tens, step = int(atom.digits), int(last.digits), 0
    if last.step == 100:
        fits, step = 1 <= value <= 99 and lower[atom.start : atom.end] not in HOMOPHONES, atom.step
    elif last.step == 10:
        french = last.digits[-2:] in ("60", "80") and lower[atom.start : atom.end] in FRENCH_TEENS
        fits, step = 1 <= value <= 9 or french, 10 if french and value == 10 else 0
    else:  # "dix-sept"
        fits = lower[last.start : last.end] == "dix" and 7 <= value <= 9
    return Atom(last.start, atom.end, str(tens + value), last.flavour, False, step) if fits else None


def _split_runs(atoms: list[Atom]) -> list[Atom]:
    """Cut figures that are two numbers run together."""
    out: list[Atom] = []
    for n, atom in enumerate(atoms):
        size, digits = len(atom.digits), atom.digits
        cut = 0
        if atom.flavour == PLAIN and size in (20, 21, 22):
            cut = 10 if numbering.match(digits[:10], plus=False, country="US") else 11
            if not all(numbering.match(d, plus=False, country="US") for d in (digits[:cut], digits[cut:])):
                cut = 0
        elif (
            atom.flavour == PLAIN
            and size == 7
            and n > 1
            and [len(a.digits) for a in atoms[n - 2 : n + 3]] == [3, 3, 7, 3, 4]
        ):
            cut = 4
        if cut:
            middle = atom.start + cut
            out += [Atom(atom.start, middle, digits[:cut]), Atom(middle, atom.end, digits[cut:])]
        else:
            out.append(atom)
    return out


def _cut(lower: str, atoms: list[Atom], fewest: int) -> list[list[Atom]]:
    """Cut a stretch at its hard gaps; return the pieces that have digits enough for a number."""
    out, first, digits = [], 0, 0
    for n, atom in enumerate(atoms):
        if n and weigh_gap(lower[atoms[n - 1].end : atom.start][: LONGEST_GAP + 1]).cost >= HARD:
            if digits >= fewest:
                out.append(atoms[first:n])
            first, digits = n, 0
        digits += len(atom.digits)
    if digits >= fewest:
        out.append(atoms[first:])
    return out
