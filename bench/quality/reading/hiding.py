"""More ways in which ads hide a telephone number, and numbers of other countries, made by rule.

Written from what is known of the field: digit words of eight languages alone, two at once, run together and
misspelt; digits of other shapes; letters of other scripts that look like digits; emoji, letters and line
breaks between the digits; numbers in addresses. Numbers of other countries are drawn until the numbering
plans of the `phonenumbers` library call them valid.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import phonenumbers

from bench.quality.reading.carriers import CARRIERS, pick_filler
from bench.quality.reading.phones import EMOJI, WORDS, groups, number

Row = dict[str, object]

# By shape, from the charts of Greek, Cyrillic, Armenian, Cherokee and Latin letters.
SHAPES = {"0": "OoОоΟοՕօ", "1": "lIІΙӀ", "3": "ЗзƷ", "4": "Ꮞ", "5": "Ƽ", "6": "бᏮ", "8": "Ȣ"}
STYLED = {
    "keycaps": [f"{d}\ufe0f\u20e3" for d in range(10)],
    "full width": [chr(0xFF10 + d) for d in range(10)],
    "mathematical": [chr(0x1D7CE + d) for d in range(10)],
    "circled": list("⓪①②③④⑤⑥⑦⑧⑨"),
    "negative circled": list("⓿❶❷❸❹❺❻❼❽❾"),
    "superscript": list("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "subscript": list("₀₁₂₃₄₅₆₇₈₉"),
    "segmented": [chr(0x1FBF0 + d) for d in range(10)],
}


def _parted(rng: Random, pieces: list[str]) -> str:
    """Join ten pieces in groups of three, three and four, with the same marks throughout."""
    inner, outer = rng.choice([("", " "), ("", "-"), ("", "."), (" ", " "), ("", "")])
    return outer.join(inner.join(pieces[a:b]) for a, b in ((0, 3), (3, 6), (6, 10)))


def in_words(language: str) -> Callable[[Random, str], str]:
    """Return a writer of digits in the words of one language."""

    def write(rng: Random, digits: str) -> str:
        between = "" if language == "zh" else rng.choice([" ", " ", "-", ", "])
        return between.join(WORDS[language][int(d)] for d in digits)

    return write


def two_languages(rng: Random, digits: str) -> str:
    one, two = rng.sample(["en", "es", "fr", "it", "pt", "de"], 2)
    return " ".join(WORDS[rng.choice((one, two))][int(d)] for d in digits)


def misspelt(rng: Random, digits: str) -> str:
    """English words, every third one with a letter doubled, left out or changed for its neighbour."""
    said = []
    for d in digits:
        word = WORDS["en"][int(d)]
        if rng.random() < 0.34 and len(word) > 3:
            at = rng.randint(1, len(word) - 2)
            word = rng.choice(
                [
                    word[:at] + word[at] + word[at:],
                    word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                    word[:-1] if word[-1] == "e" else word + word[-1],
                ]
            )
        said.append(word)
    return rng.choice([" ", "-"]).join(said)


def words_and_figures(rng: Random, digits: str) -> str:
    language = rng.choice(["en", "en", "es", "fr", "it", "pt", "de", "ru"])
    glue = rng.choice([" ", " ", "", "-"]) if language == "en" else " "
    return glue.join(WORDS[language][int(d)] if rng.random() < 0.4 else d for d in digits)


def styled(name: str) -> Callable[[Random, str], str]:
    """Return a writer of digits of another shape."""
    return lambda rng, digits: _parted(rng, [STYLED[name][int(d)] for d in digits])


def shapes(rng: Random, digits: str) -> str:
    return _parted(rng, [rng.choice(SHAPES[d]) if d in SHAPES and rng.random() < 0.6 else d for d in digits])


def by_emoji(rng: Random, digits: str) -> str:
    mark = rng.choice(EMOJI)
    pieces = groups(digits) if rng.random() < 0.5 else list(digits)
    return mark.join(pieces) if rng.random() < 0.6 else f" {mark} ".join(pieces)


def by_marks(rng: Random, digits: str) -> str:
    mark = rng.choice(["*", "~", "_", "=", "::", "+-+", "\\", "•", "><", "''", "…"])
    return mark.join(groups(digits) if rng.random() < 0.7 else list(digits))


def by_lines(rng: Random, digits: str) -> str:
    return "\n".join(groups(digits))


def in_brackets(rng: Random, digits: str) -> str:
    left, right = rng.choice(["()", "[]", "{}", "<>"])
    return " ".join(f"{left}{part}{right}" for part in groups(digits))


def in_address(rng: Random, digits: str) -> str:
    a, b, c = groups(digits)
    return rng.choice(
        [f"https://wa.me/1{digits}", f"tel:+1{digits}", f"https://ads.example/reno/{a}-{b}-{c}",
         f"www.call-{a}-{b}-{c}.example", f"https://t.me/+1{digits}"]
    )  # fmt: skip


def hidden_joiners(rng: Random, digits: str) -> str:
    return rng.choice("\u200b\u200c\u2060\u00ad\u202c").join(digits)


WAYS: dict[str, Callable[[Random, str], str]] = {
    **{f"words {language}": in_words(language) for language in WORDS},
    "two languages": two_languages,
    "misspelt": misspelt,
    "words and figures": words_and_figures,
    **{name: styled(name) for name in STYLED},
    "shapes of other scripts": shapes,
    "split by emoji": by_emoji,
    "split by marks": by_marks,
    "split by lines": by_lines,
    "in brackets": in_brackets,
    "in an address": in_address,
    "zero width between": hidden_joiners,
}


def hidden(n: int, seed: int) -> list[Row]:
    """Texts of one number each, every way in turn, with its plainly written twin."""
    rng, rows = Random(f"hiding/{seed}"), []
    for i in range(n):
        way = list(WAYS)[i % len(WAYS)]
        digits = number(rng)
        before, after = pick_filler(rng, 2), pick_filler(rng, 1)
        carrier = rng.choice(["📞 {}", "Reach me: {}", "Contact {}", "{}"]) if way == "in an address" else rng.choice(CARRIERS)  # fmt: skip
        text, twin = (
            " ".join([*before, carrier.format(said), *after])
            for said in (WAYS[way](rng, digits), "-".join(groups(digits)))
        )
        rows.append({"id": f"h{i}", "kind": "phone", "style": way, "text": text, "twin": twin,
                     "expected": [f"+1{digits}"]})  # fmt: skip
    return rows


COUNTRIES = ["GB", "DE", "FR", "ES", "PT", "IT", "NL", "MX", "BR", "AU", "RU", "PL", "CH", "IE", "JP"]


def abroad(n: int, seed: int) -> list[Row]:
    """Mobile numbers of other countries, in their own form or with a plus, in an ad from there."""
    rng, rows = Random(f"abroad/{seed}"), []
    national, plus = phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    mobile = phonenumbers.PhoneNumberType.MOBILE
    while len(rows) < n:
        country = rng.choice(COUNTRIES)
        example = phonenumbers.example_number_for_type(country, mobile)
        digits = str(example.national_number)[:-5] + f"{rng.randint(0, 99999):05d}"
        drawn = phonenumbers.PhoneNumber(example.country_code, int(digits))
        if not phonenumbers.is_valid_number(drawn):
            continue
        form = rng.choice([national, plus])
        said = phonenumbers.format_number(drawn, form)
        said = said if rng.random() < 0.7 else said.replace(" ", rng.choice([".", "-", ""]))
        text = " ".join([*pick_filler(rng, 1), rng.choice(CARRIERS).format(said), *pick_filler(rng, 1)])
        rows.append({"id": f"w{len(rows)}", "kind": "phone", "style": country, "text": text,
                     "country": country,
                     "expected": [phonenumbers.format_number(drawn, phonenumbers.PhoneNumberFormat.E164)]})  # fmt: skip
    return rows
