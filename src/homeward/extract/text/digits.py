"""Digits in all the ways ads write them: figures, words in eight languages, leet letters, and mixtures.

`classify` reads one word. A reading is a tuple of atoms; an atom that is `weak` may or may not be a digit
("to", "for", "o"): the phone reader decides by what the whole would be.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from homeward.extract.knowledge.load import lexicon

PLAIN, WORD, LEET = 0, 1, 2


class Atom(NamedTuple):
    """Digits at a place of a text. `step` is 10 for a word such as twenty that a unit may follow."""

    start: int
    end: int
    digits: str
    flavour: int = PLAIN
    weak: bool = False
    step: int = 0


UNITS = {
    "en": "zero one two three four five six seven eight nine",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "fr": "zero un deux trois quatre cinq six sept huit neuf",
    "it": "zero uno due tre quattro cinque sei sette otto nove",
    "pt": "zero um dois tres quatro cinco seis sete oito nove",
    "de": "null eins zwei drei vier funf sechs sieben acht neun",
    "ru": "ноль один два три четыре пять шесть семь восемь девять",
}
# Usual misspellings and variants, by digit.
VARIANTS = {
    "0": "zer0 zeroe zerro zeros naught nought oh ohh нуль",
    "1": "wun onee uan una uma eine одна адин",
    "2": "tvo twoo deus duas dues zwo две dva",
    "3": "thre threee thr33 treis",
    "4": "foor foour fourr fower kuatro catro читыре",
    "5": "fiv fivee phive fife sinco cinko fuenf пят",
    "6": "sixx sicks siks seix meia шест sechss",
    "7": "sevn sevin sevven sevn siet ciete zieben сем",
    "8": "eigth eihgt eght eigt eite achte okto восем",
    "9": "nien nyne neun niner девят",
}
# Words that are also something else: only beside sure digits.
WEAK = {
    "o": "0", "oo": "00", "l": "1", "i": "1", "to": "2", "too": "2", "for": "4", "fore": "4", "won": "1",
    "ate": "8", "tree": "3",
    "nein": "9", "un": "1", "um": "1", "due": "2", "sei": "6", "sept": "7", "tres": "3", "once": "11",
    "dix": "10", "nada": "0",
    "nil": "0", "tow": "2", "una": "1", "uma": "1", "eine": "1", "tri": "3", "thee": "3", "free": "3",
    "meia": "6", "oh": "0",
    "ohh": "0", "elf": "11", "vir": "4", "fiv": "5", "deus": "2", "fife": "5",
}  # fmt: skip
SURE_ANYWAY = {"tres", "sei", "fiv"}  # common enough as digits to be taken at their word
# English words that sound like digits: they stand inside a number, but do not begin one.
HOMOPHONES = frozenset(["to", "too", "for", "fore", "won", "ate", "tree", "free", "thee", "tow"])
TEENS = {
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "es": "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
    "fr": "dix onze douze treize quatorze quinze seize dixsept dixhuit dixneuf",
    "it": "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
    "pt": "dez onze doze treze quatorze quinze dezesseis dezessete dezoito dezenove",
    "de": "zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn",
    "ru": "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать "
    "восемнадцать девятнадцать",
}
TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "fr": "vingt trente quarante cinquante soixante septante huitante nonante",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
    "de": "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
}
TIMES = {"double": 2, "dbl": 2, "triple": 3, "treble": 3, "doble": 2, "doppel": 2, "doppio": 2, "duplo": 2}
HUNDRED = frozenset({"hundred", "cien", "hundert", "cento"})
_CHINESE_ROWS = ("零〇", "一壹幺么", "二贰两貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
CHINESE = {char: str(value) for value, row in enumerate(_CHINESE_ROWS) for char in row}
# A letter that stands for a digit when it touches one.
LETTERS = {
    "o": "0",
    "l": "1",
    "i": "1",
    "z": "2",
    "s": "5",
    "b": "8",
    "q": "9",
    "e": "3",
    "a": "4",
    "t": "7",
    "g": "9",
}
SURE_LETTERS = "oli"


def _words() -> dict[str, str]:
    words: dict[str, str] = {}
    for units in UNITS.values():
        words.update({w: str(n) for n, w in enumerate(units.split())})
    for digit, variants in VARIANTS.items():
        words.update(dict.fromkeys(variants.split(), digit))
    for teens in TEENS.values():
        words.update({w: str(10 + d) for d, w in enumerate(teens.split())})
    return words


def _compounds() -> dict[str, str]:
    """German and Italian write 21 to 99 as one word."""
    words = {}
    for tens, (german, italian) in enumerate(zip(TENS["de"].split(), TENS["it"].split(), strict=True), 2):
        for unit in range(1, 10):
            number = str(10 * tens + unit)
            german_unit = "ein" if unit == 1 else UNITS["de"].split()[unit]
            words[f"{german_unit}und{german}"] = number
            unit_word = UNITS["it"].split()[unit]
            stem = italian[:-1] if unit in (1, 8) else italian
            words[stem + unit_word] = number
    for unit, word in enumerate("uno dos tres cuatro cinco seis siete ocho nueve".split(), 1):  # noqa: SIM905
        words["veinti" + word] = str(20 + unit)
    return words


TENS_WORDS = {w: str(10 * n) for row in TENS.values() for n, w in enumerate(row.split(), 2)}
WORDS = {**_words(), **_compounds()}
# Words that may be run together without spaces: units of one digit, "oh", and figures between them.
PIECES = {
    w: d
    for w, d in WORDS.items()
    if len(w) > 1 and len(d) == 1 and (w not in WEAK or w in SURE_ANYWAY or w == "oh")
}
PIECES.update({w: d for w, d in TENS_WORDS.items() if w.isascii()})
PIECES.update({w: d for w, d in WORDS.items() if len(d) == 2 and len(w) >= 5 and w not in WEAK})
_STARTS = frozenset(w[:2] for w in PIECES)
_LONGEST = max(map(len, PIECES))
UNIT_ENDINGS = lexicon("phone.units") - {"o", "l", "i", "s"}  # "118lb" and "15th" hold no hidden digits
LONGEST_RUN = 120  # characters of one word that are looked into; fifteen digit words fit


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
    if len(word) > LONGEST_RUN:
        word = word[:LONGEST_RUN]
    if word.isalpha():
        return _run_together(word)
    return _mixed(word)


def _word_atom(piece: str, at: int) -> Atom:
    return Atom(at, at + len(piece), PIECES[piece], WORD, False, 10 if piece in TENS_WORDS else 0)


def _piece(word: str, at: int) -> int:
    """Return the length of the longest digit word that starts at `at`, or 0."""
    if word[at : at + 2] in _STARTS:
        for length in range(min(_LONGEST, len(word) - at), 1, -1):
            if word[at : at + length] in PIECES:
                return length
    return 0


def _run_together(word: str) -> tuple[Atom, ...]:
    """A word of letters counts only if it is digit words from end to end, or Chinese digits."""
    if word[0] in CHINESE or word[-1] in CHINESE:
        atoms = [Atom(n, n + 1, CHINESE[c], WORD) for n, c in enumerate(word) if c in CHINESE]
        return tuple(atoms) if len(atoms) >= 3 or len(atoms) == len(word) else ()
    atoms, at, sure = [], 0, 0
    while at < len(word):
        if length := _piece(word, at):
            atoms.append(_word_atom(word[at : at + length], at))
            sure += word[at : at + length] != "oh"
            at += length
        elif word[at] in SURE_LETTERS:
            atoms.append(Atom(at, at + 1, LETTERS[word[at]], LEET))
            at += 1
        else:
            return ()
    return tuple(atoms) if sure and 2 * sure >= len(atoms) else ()


def _mixed(word: str) -> tuple[Atom, ...]:
    """Figures, digit words, and letters that touch them and look like digits."""
    atoms: list[Atom] = []
    at, length = 0, len(word)
    figures = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    if figures.isdigit() and word[len(figures) :] in UNIT_ENDINGS:
        return (Atom(0, len(figures), figures),)
    while at < length:
        char = word[at]
        if "0" <= char <= "9":
            end = at + 1
            while end < length and "0" <= word[end] <= "9":
                end += 1
            atoms.append(Atom(at, end, word[at:end]))
        elif char in CHINESE:
            end = at + 1
            atoms.append(Atom(at, end, CHINESE[char], WORD))
        elif piece := _piece(word, at):
            end = at + piece
            atoms.append(_word_atom(word[at:end], at))
        else:
            end = at + 1
            if char in LETTERS:
                flavour = WORD if char in SURE_LETTERS else LEET
                atoms.append(Atom(at, end, LETTERS[char], flavour, True))
        at = end
    return tuple(_touching(atoms))


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
