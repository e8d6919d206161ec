"""How ads hide digits: words, misspelling, look-alikes, emoji, other scripts, and things put between them."""

from __future__ import annotations

# fmt: off
from random import Random

WORDS = {
    "en": "zero one two three four five six seven eight nine",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf",
    "it": "zero uno due tre quattro cinque sei sette otto nove",
    "pt": "zero um dois três quatro cinco seis sete oito nove",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun",
    "ru": "ноль один два три четыре пять шесть семь восемь девять",
    "zh": "零 一 二 三 四 五 六 七 八 九",
}
SAID = {
    "en": {"0": ("oh", "o", "zero"), "2": ("two", "to", "too"), "4": ("four", "for")},
    "pt": {"6": ("seis", "meia")},
    "de": {"2": ("zwei", "zwo")},
    "zh": {"0": ("零", "〇"), "1": ("一", "幺")},
}
MISSPELT = {
    "0": ("zer0", "zeero", "zro", "ohh", "0h"), "1": ("won", "wun", "onne", "0ne", "1ne"), "2": ("tew", "tw0", "twoo", "tu"),
    "3": ("thre", "threee", "tree", "thr33", "3hree"), "4": ("fore", "foor", "fouur", "f0ur", "fo ur"),
    "5": ("fiv", "fivee", "fyve", "fi5e", "f1ve"), "6": ("siix", "sixx", "s1x", "sicks", "siks"),
    "7": ("sevn", "seven", "sevven", "s3ven", "se7en"), "8": ("ate", "eigth", "eght", "ei8ht", "eightt", "e1ght"),
    "9": ("nien", "ninee", "nyne", "n1ne", "nin"),
}  # fmt: skip
KEYCAP = {str(d): f"{d}\ufe0f\u20e3" for d in range(10)}
SHAPES = {
    "circled": "⓪①②③④⑤⑥⑦⑧⑨", "black circled": "⓿❶❷❸❹❺❻❼❽❾", "full width": "０１２３４５６７８９",
    "bold": "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "double struck": "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡", "monospace": "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿",
    "superscript": "⁰¹²³⁴⁵⁶⁷⁸⁹", "subscript": "₀₁₂₃₄₅₆₇₈₉", "arabic": "٠١٢٣٤٥٦٧٨٩", "persian": "۰۱۲۳۴۵۶۷۸۹",
    "devanagari": "०१२३४५६७८९", "bengali": "০১২৩৪৫৬৭৮৯", "thai": "๐๑๒๓๔๕๖๗๘๙",
    "segmented": "🯰🯱🯲🯳🯴🯵🯶🯷🯸🯹", "dingbat sans": "🄋➀➁➂➃➄➅➆➇➈",
}  # fmt: skip
LOOK = {
    "0": "OoОоΟοՕօ", "1": "lI|ΙІӏⅠ", "2": "ZzƧ", "3": "ЗзƷЭ", "4": "ЧᏎ", "5": "SsЅѕ", "6": "бᏮ", "8": "BВȢ", "9": "gqԳ",
}  # fmt: skip
COMMON_LOOK = {"0": "Oo", "1": "lI|", "5": "Ss", "8": "B", "3": "Зз", "6": "б", "4": "Ч", "2": "Z", "9": "g"}
EMOJI = ["❤️", "💋", "⭐", "🌹", "✨", "🔥", "💎", "🌸", "📞", "☎️", "💕", "🍒", "👑", "🦋", "♥", "☆", "✿", "➡️"]
MARKS = ["*", "~", "_", "=", "^", "•", "·", "/", "\\", "|", ":", ";", "!", "+", "'", '"', "`"]
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\u00ad"
BETWEEN = ("call", "me", "text", "now", "hun", "xo", "then", "and", "babe")
BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»"))


def word(random: Random, digit: str, language: str = "en") -> str:
    """Return one of the usual words for a digit."""
    known = SAID.get(language, {}).get(digit)
    return random.choice(known) if known and random.random() < 0.5 else WORDS[language].split()[int(digit)]


def case(random: Random, text: str) -> str:
    """Return the text in one of the usual cases."""
    return random.choice((str.lower, str.lower, str.upper, str.title, lambda t: t))(text)


def mixed(random: Random, digits: str, language: str = "en") -> list[str]:
    """Return digits of which some are words: always one of each at least."""
    kept = [random.random() < 0.5 for _ in digits]
    kept[random.randrange(len(digits))] = True
    first = random.choice([i for i in range(len(digits)) if not kept[i]] or [0])
    kept[first] = False
    return [d if keep else word(random, d, language) for d, keep in zip(digits, kept, strict=True)]


def look_alike(random: Random, digits: str, share: float = 0.5, table: dict[str, str] = LOOK) -> str:
    """Return digits of which a share, one at least, are letters that look like them."""
    able = [i for i, d in enumerate(digits) if d in table]
    if not able:
        return digits
    chosen = {i for i in able if random.random() < share} or {random.choice(able)}
    return "".join(random.choice(table[d]) if i in chosen else d for i, d in enumerate(digits))
