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
    """Digits at a place of a text. `step` is 10 for a word such as twenty, 100 for one such as "doscientos".

    Words of smaller numbers may follow both: "twenty two", "doscientos doce".
    """

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
HUNDRED = "hundred"  # behind a unit, "seven hundred two" is 702
# Languages that have a word for each hundred, from 200 to 900.
HUNDREDS_WORDS = {
    w: f"{n}00"
    for row in (
        "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos",
        "duzentos trezentos quatrocentos quinhentos seiscentos setecentos oitocentos novecentos",
        "двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот",
    )
    for n, w in enumerate(row.split(), 2)
}
# Words and endings of numbers that are not read: digits beside them are no whole number.
_UNREAD_WORDS = (
    "hundred hundreds thousand thousands million cien ciento mil cent cents mille cento mila hundert tausend "
    "сто тысяча тысячи тысяч"
)
_UNREAD = frozenset(_UNREAD_WORDS.split())
_UNREAD_PARTS = ("hundert", "tausend", "cento", "mille", "mila")
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


TENS_WORDS = {w: str(10 * n) for row in TENS.values() for n, w in enumerate(row.split(), 2)} | {
    "vingts": "20"
}
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
_USUAL = frozenset(w for units in UNITS.values() for w in units.split()) | TENS_WORDS.keys() | {"oh"}
# What a piece of a run costs: a letter that looks like a digit is the last thing to think of.
USUAL, UNUSUAL, LETTER, IMPOSSIBLE = 1.0, 1.2, 3.0, 1e9
FEWEST_SEPARATED = 13  # characters of figures and letters in turn: seven figures
FEWEST_SEPARATORS = 4  # different letters among them
LONGEST_RUN = 120  # characters of one word that are looked into; fifteen digit words fit
# Figures for letters within a digit word, "s3v3n": only if the word is then exactly one.
_FOLDED = str.maketrans("013457", "oieast")
_SPELT = {w: str(n) for units in UNITS.values() for n, w in enumerate(units.split())}


def is_unread_number(word: str) -> bool:
    """Whether a word is or holds a number that `classify` does not read: "thousand", "siebenhundertzwei"."""
    if word in _UNREAD:
        return True
    for part in _UNREAD_PARTS:
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
    if len(word) > LONGEST_RUN:
        word = word[:LONGEST_RUN]
    if word.isalpha():
        return _run_together(word)
    return _mixed(word)


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
    if (spelt := _SPELT.get(word.translate(_FOLDED))) and 2 * sum(map(str.isalpha, word)) >= len(word):
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
    return tuple(_touching(atoms))


def _letters(word: str, first: int, end: int) -> list[Atom]:
    """Read letters among figures: digit words from end to end if they can be, else what they hold of them."""
    found = _pieces(word, first, end)
    if found is not None and any(a.end - a.start > 1 for a in found):
        return found
    atoms, at = [], first
    while at < end:
        stop = at + 1
        if word[at : at + 2] in _STARTS:
            stop = next(
                (at + n for n in range(min(_LONGEST, end - at), 1, -1) if word[at : at + n] in PIECES), stop
            )
        if stop > at + 1:
            atoms.append(_word_atom(word[at:stop], at))
        elif word[at] in LETTERS:
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
