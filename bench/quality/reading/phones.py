"""Texts with phone numbers, plain and obscured, and texts full of other numbers, made by rule.

Written from the rules of the field (how numbers are hidden in ads), not from our readers. Numbers are
random numbers of the North American plan, drawn at run time and stored nowhere.
"""

from __future__ import annotations

from random import Random

from bench.quality.reading.carriers import CARRIERS, FILLER, pick_filler

AREAS = [
    "201",
    "202",
    "212",
    "305",
    "312",
    "323",
    "404",
    "415",
    "419",
    "503",
    "512",
    "602",
    "614",
    "619",
    "702",
    "713",
    "718",
    "775",
    "801",
    "832",
    "901",
    "916",
    "954",
]
WORDS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "es": ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
    "fr": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
    "it": ["zero", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"],
    "pt": ["zero", "um", "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove"],
    "de": ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
    "ru": ["ноль", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять"],
    "zh": ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"],
}
LEET = {"0": "oOΟО", "1": "lI|", "3": "ЗƷ", "4": "Ꮞ", "5": "Ƽ", "6": "бᏮ", "8": "Ȣ"}
BASES = {
    "keycap": None,
    "full-width": 0xFF10,
    "bold": 0x1D7CE,
    "double-struck": 0x1D7D8,
    "sans": 0x1D7E2,
    "monospace": 0x1D7F6,
}
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
SUPER = "⁰¹²³⁴⁵⁶⁷⁸⁹"
EMOJI = ["💋", "🌹", "✨", "💎", "🔥", "❤️", "☎️", "📞", "⭐", "🌸"]


def number(rng: Random) -> str:
    """Return ten digits of the North American plan."""
    exchange = f"{rng.randint(2, 9)}{rng.randint(0, 9)}{rng.randint(0, 9)}"
    if exchange[1:] == "11":
        exchange = exchange[0] + "12"
    return rng.choice(AREAS) + exchange + f"{rng.randint(0, 9999):04d}"


def groups(digits: str) -> list[str]:
    return [digits[:3], digits[3:6], digits[6:]]


def plain(rng: Random, d: str) -> str:
    a, b, c = groups(d)
    forms = [f"{a}-{b}-{c}", f"({a}) {b}-{c}", f"{a}.{b}.{c}", f"{a} {b} {c}", d, f"+1 {a} {b} {c}",
             f"1-{a}-{b}-{c}", f"({a}){b}-{c}", f"+1{d}", f"{a}/{b}-{c}", f"1 ({a}) {b}-{c}"]  # fmt: skip
    return rng.choice(forms)


def words(rng: Random, d: str) -> str:
    lang = WORDS[rng.choice(list(WORDS))]
    return " ".join(lang[int(x)] for x in d)


def mixed_words(rng: Random, d: str) -> str:
    out = []
    for i, x in enumerate(d):
        word = WORDS["en"][int(x)]
        if x == "0" and rng.random() < 0.4:
            word = "oh"
        out.append(word if rng.random() < 0.45 else x)
        if i in (2, 5) or rng.random() < 0.35:
            out.append(rng.choice([" ", "-", "."]))
    return "".join(out)


def run_words(rng: Random, d: str) -> str:
    sep = rng.choice(["", " ", "-"])
    return sep.join("".join(WORDS["en"][int(x)] for x in g) for g in groups(d))


def leet(rng: Random, d: str) -> str:
    made = [rng.choice(LEET[x]) if x in LEET and rng.random() < 0.6 else x for x in d]
    sep = rng.choice(["", " ", "-", "."])
    return sep.join("".join(made[i:j]) for i, j in ((0, 3), (3, 6), (6, 10)))


def dressed(rng: Random, d: str) -> str:
    kind = rng.choice([*BASES, "circled", "super"])
    if kind == "keycap":
        made = [x + "\ufe0f\u20e3" for x in d]
    elif kind == "circled":
        made = [CIRCLED[int(x)] for x in d]
    elif kind == "super":
        made = [SUPER[int(x)] for x in d]
    else:
        made = [chr(BASES[kind] + int(x)) for x in d]
    sep = rng.choice(["", " ", "-"])
    return sep.join("".join(made[i:j]) for i, j in ((0, 3), (3, 6), (6, 10)))


def separated(rng: Random, d: str) -> str:
    sep = rng.choice(["*", "~", "_", " . ", "--", "==", " / ", "..", "♥", "•", rng.choice(EMOJI)])
    if rng.random() < 0.5:
        return sep.join(groups(d))
    return sep.join(d)


def spaced(rng: Random, d: str) -> str:
    return " ".join(d) if rng.random() < 0.5 else "  ".join(" ".join(g) for g in groups(d))


def interleaved(rng: Random, d: str) -> str:
    a, b, c = groups(d)
    return rng.choice([f"{a} call {b} me {c}", f"({a}) then {b} then {c}", f"{a}…{b}…{c}", f"{a} dash {b} dash {c}",
                       f"[{a}] [{b}] [{c}]", f"{a}❤{b}❤{c}", f"{a} text {b} {c}"])  # fmt: skip


def hidden(rng: Random, d: str) -> str:
    joiner = rng.choice("\u200b\u200c\u200d\u2060\u00ad")
    return joiner.join(d)


OBSCURED = [words, mixed_words, mixed_words, run_words, leet, leet, dressed, dressed, separated, spaced,
            interleaved, hidden]  # fmt: skip


def with_phone(n: int, seed: int, *, obscured: bool) -> list[dict[str, object]]:
    """Texts of one or two numbers each, among filler, with the numbers as E.164."""
    rng = Random(f"phone/{obscured}/{seed}")
    rows = []
    for i in range(n):
        numbers = [number(rng) for _ in range(1 if rng.random() < 0.85 else 2)]
        make = rng.choice(OBSCURED) if obscured else plain
        text = rng.choice(CARRIERS).format(" or ".join(make(rng, d) for d in numbers))
        rows.append(
            {
                "id": f"p{i}",
                "kind": "phone",
                "style": make.__name__,
                "text": " ".join([*pick_filler(rng, 2), text, *pick_filler(rng, 1)]),
                "expected": sorted({f"+1{d}" for d in numbers}),
            }
        )
    return rows


def without_phone(n: int, seed: int) -> list[dict[str, object]]:
    """Texts full of prices, dates, heights, measurements, addresses and order numbers, and no phone."""
    rng = Random(f"distract/{seed}")

    def r(a: int, b: int) -> int:
        return rng.randint(a, b)

    makers = [
        lambda: f"${r(8, 40)}0 half hour, ${r(12, 60)}0 hour, {r(2, 9)}00 for two hours",
        lambda: f"{r(80, 180)}/{r(180, 300)}/{r(300, 900)}",
        lambda: f"15min {r(6, 12)}0 30min {r(12, 18)}0 60min {r(18, 40)}0",
        lambda: f"Visiting {r(1, 12)}/{r(1, 28)}/20{r(24, 26)} until {r(1, 12)}/{r(1, 28)}/20{r(24, 26)}",
        lambda: f"{r(2024, 2026)}-{r(1, 12):02d}-{r(1, 28):02d} {r(0, 23):02d}:{r(0, 59):02d}:{r(0, 59):02d}",
        lambda: f"5'{r(0, 11)}\" {r(100, 160)} lbs {r(32, 38)}-{r(22, 30)}-{r(32, 40)}",
        lambda: f"Height 1{r(50, 85)} cm weight {r(45, 75)} kg, {r(19, 55)} years",
        lambda: f"{r(100, 9999)} North {r(2, 99)}th Street, Suite {r(100, 999)}, NV {r(10000, 99999)}",
        lambda: f"Order number {r(10**9, 10**10 - 1)}",
        lambda: f"Ref: {r(10**7, 10**8 - 1)}-{r(10, 99)}",
        lambda: f"Post ID: {r(10**9, 10**10 - 1)}",
        lambda: f"Open {r(8, 11)}am to {r(8, 11)}pm, 7 days, 365 days, 24/7",
        lambda: f"Room {r(100, 999)}, floor {r(1, 30)}, building {r(1, 9)}",
        lambda: f"License #{r(10**6, 10**8 - 1)}",
        lambda: f"{r(100, 400)} roses, {r(2, 6)}00 two hours, {r(1000, 1900)} overnight",
        lambda: f"IBAN DE{r(10, 99)} {r(1000, 9999)} {r(1000, 9999)} {r(1000, 9999)} {r(1000, 9999)} {r(10, 99)}",
        lambda: f"GPS {r(25, 48)}.{r(10000, 99999)}, -{r(70, 120)}.{r(10000, 99999)}",
        lambda: f"Est. {r(1990, 2020)}, {r(1000, 9000)} reviews, {r(3, 5)}.{r(0, 9)} stars",
        lambda: f"{r(1, 12)}:{r(10, 59)}pm-{r(1, 12)}:{r(10, 59)}am Mon {r(1, 12)}:00 Tue {r(1, 12)}:00 Wed {r(1, 12)}:00",
        lambda: f"one hour two hundred, two hours three fifty, {r(19, 49)} yo",
        lambda: f"ISBN 978-{r(0, 9)}-{r(10, 99)}-{r(100000, 999999)}-{r(0, 9)}",
    ]  # fmt: skip
    rows = []
    for i in range(n):
        parts = [rng.choice(makers)() for _ in range(r(2, 5))] + [rng.choice(FILLER) for _ in range(2)]
        rng.shuffle(parts)
        rows.append(
            {"id": f"d{i}", "kind": "phone", "style": "none", "text": ". ".join(parts), "expected": []}
        )
    return rows
