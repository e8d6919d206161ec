"""Words written in look-alike letters and digits, made from the names of Unicode characters and by shape."""

from __future__ import annotations

import unicodedata
from random import Random

# What the character database cannot say: letters that only look alike, by the charts of their scripts.
BY_SHAPE = {
    "A": "АΑᎪᗅ", "B": "ВΒᏴᗷ", "C": "СϹᏟᑕ", "D": "Ꭰᗞ", "E": "ЕΕᎬ", "F": "ϜᖴᎰ", "G": "ԌᏀ", "H": "НΗᎻᕼ", "I": "ІΙᏆ",
    "J": "ЈᎫᒍ", "K": "КΚᏦ", "L": "ᏞᒪᏝ", "M": "МΜᎷᗰ", "N": "ΝՆ", "O": "ОΟՕ", "P": "РΡᏢᑭ", "R": "ᎡᖇᏒ", "S": "ЅՏᏚ",
    "T": "ТΤᎢ", "U": "ՍᑌU", "V": "ѴᏙᐯ", "W": "ᎳԜ", "X": "ХΧ᙭", "Y": "ΥҮ", "Z": "ΖᏃ",
    "a": "аα", "c": "сϲ", "e": "е", "i": "іι", "j": "ј", "o": "оοօ", "p": "рρ", "s": "ѕ", "v": "ѵν", "x": "х", "y": "у",
    "$": "S", "€": "E", "¥": "Y",
}  # fmt: skip
# How the database names letters and digits of another dress; {} is the letter or the digit's name.
NAMED = [
    "FULLWIDTH LATIN {case} LETTER {}", "MATHEMATICAL BOLD {case} {}", "MATHEMATICAL ITALIC {case} {}",
    "MATHEMATICAL SCRIPT {case} {}", "MATHEMATICAL FRAKTUR {case} {}", "MATHEMATICAL DOUBLE-STRUCK {case} {}",
    "MATHEMATICAL SANS-SERIF BOLD {case} {}", "MATHEMATICAL MONOSPACE {case} {}",
    "CIRCLED LATIN {case} LETTER {}", "PARENTHESIZED LATIN {case} LETTER {}",
    "NEGATIVE CIRCLED LATIN CAPITAL LETTER {}", "SQUARED LATIN CAPITAL LETTER {}",
    "NEGATIVE SQUARED LATIN CAPITAL LETTER {}", "REGIONAL INDICATOR SYMBOL LETTER {}",
    "LATIN LETTER SMALL CAPITAL {}", "MODIFIER LETTER {case} {}",
]  # fmt: skip
WORDS = [
    "massage", "incall", "outcall", "available", "friendly", "discreet", "company", "welcome", "evening", "downtown",
    "quiet", "weekend", "relaxing", "private", "gentle", "october", "journey", "hazel", "visiting", "expert",
]  # fmt: skip


def dresses() -> dict[str, list[str]]:
    """Return for each letter the characters that stand for it."""
    out: dict[str, list[str]] = {}
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for name in NAMED:
            for case in ("SMALL", "CAPITAL"):
                try:
                    char = unicodedata.lookup(name.format(letter.upper(), case=case))
                except KeyError:
                    continue
                if char not in out.setdefault(letter, []):
                    out[letter].append(char)
        for shape in BY_SHAPE.get(letter.upper(), "") + BY_SHAPE.get(letter, ""):
            out[letter].append(shape)
    return out


def looking_alike(n: int, seed: int) -> list[tuple[str, str]]:
    """Return words as written and as meant: one dress for the whole word, or some letters of other scripts."""
    rng, known = Random(f"letters/{seed}"), dresses()
    rows = []
    for _ in range(n):
        word = rng.choice(WORDS)
        share = rng.choice([0.3, 0.6, 1.0])
        written = "".join(rng.choice(known[c]) if rng.random() < share else c for c in word)
        rows.append((written, word))
    return rows
