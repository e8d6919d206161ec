"""Ways of writing a telephone number so that a person reads it and a scraper does not."""

from __future__ import annotations

from random import Random

WORDS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "es": ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
    "fr": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
    "pt": ["zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"],
    "de": ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
    "it": ["zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"],
    "ru": ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"],
    "zh": list("零一二三四五六七八九"),
}
# Each table gives the look-alikes of the digits 0 to 9.
TABLES = (
    "０１２３４５６７８９",  # full-width
    "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗",  # mathematical bold
    "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡",  # mathematical double-struck
    "𝟬𝟭𝟮𝟯𝟰𝟱𝟲𝟳𝟴𝟵",  # mathematical sans-serif bold
    "⓪①②③④⑤⑥⑦⑧⑨",  # circled
    "⁰¹²³⁴⁵⁶⁷⁸⁹",  # raised
    "Оl2З4567В9",  # Cyrillic О, З, В and Latin l
    "οI2345б789",  # Greek omicron, Latin I, Cyrillic be
)
SEPARATORS = (" . ", "*", " * ", "~", " ~ ", "/", "_", " x ", "❤", " 💋 ", "⭐", "🌸", "..", "--", " | ", "•")

PLAIN = 7
STYLES = ("words", "mixed", "keycaps", "table", "separators", "leet", "spaced", "areawords", "brackets")


def plain(number: str, style: int, abroad: bool) -> str:
    """Return ten digits in one of the plain ways; `abroad` adds the country code."""
    a, b, c = number[:3], number[3:6], number[6:]
    if abroad:
        return (f"+1 {a} {b} {c}", f"+1{number}", f"+1 ({a}) {b}-{c}", f"+1-{a}-{b}-{c}")[style % 4]
    return (
        f"{a}-{b}-{c}", f"({a}) {b}-{c}", f"{a}.{b}.{c}", number, f"{a} {b} {c}", f"1-{a}-{b}-{c}",
        f"({a}){b}-{c}",
    )[style % PLAIN]  # fmt: skip


def _words(number: str, rng: Random, words: list[str]) -> str:
    oh = words[0] == "zero" and words[1] == "one" and rng.random() < 0.3
    said = ["oh" if oh and d == "0" else words[int(d)] for d in number]
    shape = int(rng.random() * 4)
    if shape == 0 and len(words[0]) > 1:
        return "".join(w.capitalize() for w in said)
    if shape == 1:
        return "-".join(said)
    if shape == 2:
        return " ".join(said[:3]) + ", " + " ".join(said[3:6]) + ", " + " ".join(said[6:])
    return " ".join(said)


def _mixed(number: str, rng: Random, words: list[str]) -> str:
    out = [words[int(d)] if rng.random() < 0.4 else d for d in number]
    if all(part.isdecimal() and len(part) == 1 for part in out):
        out[4] = words[int(number[4])]
    if rng.random() < 0.5:
        return f"{''.join(out[:3])} {''.join(out[3:6])} {''.join(out[6:])}"
    return " ".join(out)


def _leet(number: str, rng: Random, words: list[str]) -> str:
    zero, one = ("o", "l") if rng.random() < 0.5 else ("O", "I")
    text = number.replace("0", zero).replace("1", one)
    return (
        f"{text[:3]}-{text[3:6]}-{text[6:]}" if rng.random() < 0.6 else f"{text[:3]} {text[3:6]} {text[6:]}"
    )


def _table(number: str, rng: Random, words: list[str]) -> str:
    table = TABLES[int(rng.random() * len(TABLES))]
    text = "".join(table[int(d)] for d in number)
    return (
        f"{text[:3]}-{text[3:6]}-{text[6:]}" if rng.random() < 0.5 else f"{text[:3]} {text[3:6]} {text[6:]}"
    )


def _separators(number: str, rng: Random, words: list[str]) -> str:
    sep = SEPARATORS[int(rng.random() * len(SEPARATORS))]
    if rng.random() < 0.5:
        return sep.join((number[:3], number[3:6], number[6:]))
    return sep.join(number)


def _brackets(number: str, rng: Random, words: list[str]) -> str:
    left, right = ("[]", "{}", "<>", "()")[int(rng.random() * 4)]
    return f"{left}{number[:3]}{right} {left}{number[3:6]}{right} {left}{number[6:]}{right}"


def _areawords(number: str, rng: Random, words: list[str]) -> str:
    said = " ".join(words[int(d)] for d in number[:3])
    return (
        f"{said} {number[3:6]} {number[6:]}" if rng.random() < 0.5 else f"({said}) {number[3:6]}-{number[6:]}"
    )


def obscured(number: str, style: str, rng: Random, language: str) -> str:
    """Return ten digits in one of the obscured `STYLES`, digit words being of that language."""
    words = WORDS.get(language, WORDS["en"])
    if style == "keycaps":
        return "".join(f"{d}\ufe0f\u20e3" for d in number)
    if style == "spaced":
        return " ".join(number)
    writers = {
        "words": _words, "mixed": _mixed, "table": _table, "separators": _separators, "leet": _leet,
        "areawords": _areawords, "brackets": _brackets,
    }  # fmt: skip
    return writers[style](number, rng, words)
