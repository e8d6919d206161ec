"""The words for digits in eight languages, their misspellings, and letters that look like digits."""

from __future__ import annotations

from collections.abc import Iterator

from homeward.extract.knowledge.load import lexicon, names
from homeward.extract.text.language import stop_words

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
    "4": "foor foour fourr fower foure kuatro catro читыре",
    "5": "fiv fivee fyve phive fife sinco cinko fuenf пят",
    "6": "sixx sicks siks sik seix meia шест sechss",
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
UNREAD_WORDS = (
    "hundred hundreds thousand thousands million cien ciento mil cent cents mille cento mila hundert tausend "
    "сто тысяча тысячи тысяч"
)
UNREAD = frozenset(UNREAD_WORDS.split())
UNREAD_PARTS = ("hundert", "tausend", "cento", "mille", "mila")
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
REAL_WORDS = lexicon("digits.real_words")  # what a slip of a digit word would be


def _doubled(word: str) -> Iterator[str]:
    """Yield a word with one of its letters doubled."""
    return (word[:n] + letter + word[n:] for n, letter in enumerate(word))


def _slips(word: str) -> Iterator[str]:
    """Yield a word as fingers slip: two letters swapped, or one left out behind the first."""
    for n, letter in enumerate(word[:-1]):
        yield word[:n] + word[n + 1] + letter + word[n + 2 :]
    for n in range(1, len(word)):
        yield word[:n] + word[n + 1 :]


def _misspelt() -> dict[str, tuple[str, bool]]:
    """Return misspelt units with their digit, and whether they count only beside sure digits.

    Doubled letters in every language; other slips in English alone, for in most languages they are words.
    """
    found: dict[str, set[tuple[str, bool]]] = {}
    known = WORDS.keys() | WEAK.keys() | TENS_WORDS.keys() | stop_words().keys() | names().keys() | REAL_WORDS
    for language, units in UNITS.items():
        for digit, word in enumerate(units.split()):
            slips = {slip: False for slip in _doubled(word) if len(word) > 2}
            if language == "en" and len(word) > 3:
                slips.update({slip: len(word) == 4 for slip in _slips(word)})
            for slip in slips.keys() - known:
                found.setdefault(slip, set()).add((str(digit), slips[slip]))
    return {slip: min(one) for slip, one in found.items() if len({digit for digit, _ in one}) == 1}


MISSPELT = _misspelt()
