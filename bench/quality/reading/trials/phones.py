"""Telephone numbers, plain and hidden in all the ways of the field."""

from __future__ import annotations

# fmt: off
import string
from collections.abc import Callable
from random import Random

from bench.quality.reading.trials import ranges, writing
from bench.quality.reading.trials.carriers import around

Row = dict[str, object]
LEADS = ("Call {}", "call or text {}", "Text me at {}", "{}", "{} call now", "Ph: {}", "Tel. {}", "Phone: {}", "WhatsApp {}",
         "📞 {}", "my number is {}", "Reach me: {}", "txt {} anytime", "contact {} for details", "☎ {} ☎", "Cell {}",
         "Dial {} to book", "hmu {}", "booking: {}.", "({})", "**{}**", "number {} no texts after 10pm", "ring {}")  # fmt: skip


def _three(digits: str) -> list[str]:
    return [digits[:3], digits[3:6], digits[6:]]


PLAIN: dict[str, Callable[[Random, str], str]] = {
    "dashes": lambda r, d: "-".join(_three(d)),
    "dots": lambda r, d: ".".join(_three(d)),
    "spaces": lambda r, d: " ".join(_three(d)),
    "area in brackets": lambda r, d: f"({d[:3]}){r.choice(('', ' ', '-'))}{d[3:6]}{r.choice('-. ')}{d[6:]}",
    "run": lambda r, d: d,
    "one before": lambda r, d: f"1{r.choice(('-', ' ', '.', ''))}" + r.choice(("-", ".")).join(_three(d)),
    "plus one": lambda r, d: r.choice(("+1", "+1 ", "+1-", "+1 (")) + d[:3] + r.choice((") ", "-", " ")) + d[3:6] + "-" + d[6:],
    "slashes": lambda r, d: r.choice(("/", "|", "_", "–", "—", " . ", " - ")).join(_three(d)),
    "pairs": lambda r, d: " ".join((d[:3], d[3:6], d[6:8], d[8:])),
    "extension": lambda r, d: "-".join(_three(d)) + r.choice((" ext. 12", " x204", " ext 7", " extension 31")),
    "zero zero": lambda r, d: f"001 {d[:3]} {d[3:6]} {d[6:]}",
}  # fmt: skip


def plain(n: int, seed: int) -> list[Row]:
    """Numbers written plainly: of North America, and of other countries with and without their code."""
    random, rows = Random(seed), list[Row]()
    for _ in range(n):
        if random.random() < 0.55:
            style, digits = random.choice(list(PLAIN)), ranges.american(random)
            written, expected, country = PLAIN[style](random, digits), [f"+1{digits}"], random.choice(("US", "US", "CA"))
        elif random.random() < 0.25:
            style, country = "several", "US"
            numbers = [ranges.american(random) for _ in range(random.randint(2, 3))]
            way = PLAIN[random.choice(("dashes", "dots", "spaces", "area in brackets", "run"))]
            joint = random.choice((" or ", " / ", ", ", "\n", " and ", "; ", " & "))
            written, expected = joint.join(way(random, d) for d in numbers), [f"+1{d}" for d in numbers]
        else:
            written, value, country, style = foreign(random)
            expected = [value]
        text = around(random, random.choice(LEADS).format(written))
        rows.append({"text": text, "kind": "phone", "expected": sorted(set(expected)), "country": country, "style": style})
    return rows


def foreign(random: Random) -> tuple[str, str, str, str]:
    """Return a number of another country as written, its E.164 form, the ad's country and the style."""
    country = random.choice(list(ranges.KEPT_FREE) + list(ranges.RANDOM))
    home, cut, value = ranges.abroad(random, country)
    joint = random.choice((" ", " ", "-", "", "."))
    if random.random() < 0.5:
        return joint.join(ranges.grouped(home, cut)), value, country, f"home {country}"
    code = ranges.CALLING[country]
    trunk = ranges.TRUNK.get(country, "")
    rest = home.removeprefix(trunk)
    first, *others = ranges.grouped(home, cut)
    groups = [g for g in (first.removeprefix(trunk), *others) if g]
    sign = random.choice(("+", "+", "00", "+ "))
    written = f"{sign}{code}{random.choice((' ', '-', ''))}" + joint.join(groups)
    if trunk == "0" and random.random() < 0.2:
        written = f"+{code} (0){joint.join(groups)}"
    elif not trunk and random.random() < 0.15:
        written = f"({sign.strip()}{code}) {rest}"
    return written, value, random.choice((country, country, "US")), f"code {country}"


def _words(random: Random, d: str, language: str = "en") -> str:
    joint = random.choice((" ", " ", "-", ", ", "  "))
    groups = [joint.join(writing.word(random, c, language) for c in g) for g in _three(d)]
    return writing.case(random, random.choice((" ", " - ", " . ", joint)).join(groups))


def _run_together(random: Random, d: str) -> str:
    words = [writing.WORDS["en"].split()[int(c)] if c != "0" else random.choice(("oh", "zero")) for c in d]
    parts = ["".join(words[:3]), "".join(words[3:6]), "".join(words[6:])]
    return writing.case(random, random.choice((" ", "-", "", " . ")).join(parts))


def _misspelt(random: Random, d: str) -> str:
    def one(c: str) -> str:
        return random.choice(writing.MISSPELT[c]) if random.random() < 0.35 else writing.word(random, c)

    return random.choice((" ", "-", " ")).join(one(c) for c in d)


def _some_groups(random: Random, d: str) -> str:
    groups = _three(d)
    chosen = random.randrange(3)
    groups[chosen] = random.choice((" ", "", "-")).join(writing.word(random, c) for c in groups[chosen])
    return random.choice((" ", "-", ".", "")).join(groups)


def _mixed(random: Random, d: str) -> str:
    return random.choice((" ", "", "-", " ", ".")).join(writing.mixed(random, d))


def _two_languages(random: Random, d: str) -> str:
    a, b = random.sample([x for x in writing.WORDS if x not in ("zh", "ru")], 2)
    return " ".join(writing.word(random, c, random.choice((a, b))) for c in d)


def _multiples(random: Random, d: str) -> str:
    """Say repeated digits as double and triple."""
    out, at = [], 0
    while at < len(d):
        run = len(d[at:]) - len(d[at:].lstrip(d[at]))
        take = min(run, 3)
        said = writing.word(random, d[at])
        out.append({3: f"triple {said}", 2: f"double {said}"}.get(take, said))
        at += take
    return random.choice((" ", ", ")).join(out)


def _emoji_between(random: Random, d: str) -> str:
    joint = random.choice(writing.EMOJI)
    if random.random() < 0.5:
        return joint.join(d)
    return joint.join(_three(d)) if random.random() < 0.7 else "".join(random.choice(writing.EMOJI) + c for c in d)


def _marks_between(random: Random, d: str) -> str:
    mark = random.choice(writing.MARKS) * random.randint(1, 3)
    return mark.join(d) if random.random() < 0.5 else f" {mark} ".join(_three(d))


def _spaced(random: Random, d: str) -> str:
    return random.choice((" ", "  ", ".", "-", " . ", " - ", "_", "\t")).join(d)


def _lines(random: Random, d: str) -> str:
    return random.choice(("\n", "\n\n", "\r\n", " \n ")).join(_three(d) if random.random() < 0.7 else d)


def _text_between(random: Random, d: str) -> str:
    a, b = random.choice(writing.BETWEEN), random.choice(writing.BETWEEN)
    return f"{d[:3]} {a} {d[3:6]} {b} {d[6:]}" if random.random() < 0.6 else f"{d[:3]}{a}{d[3:6]}{b}{d[6:]}"


def _letters_between(random: Random, d: str) -> str:
    letter = random.choice("xXaAkKmMtTvV")
    return letter.join(d if random.random() < 0.4 else _three(d))


def _brackets(random: Random, d: str) -> str:
    left, right = random.choice(writing.BRACKETS)
    return "".join(f"{left}{g}{right}" for g in (_three(d) if random.random() < 0.6 else d))


def _shaped(random: Random, d: str) -> str:
    digits = random.choice(list(writing.SHAPES.values()))
    joint = random.choice(("", " ", "-"))
    return joint.join("".join(digits[int(c)] for c in g) for g in _three(d))


def _keycaps(random: Random, d: str) -> str:
    caps = [writing.KEYCAP[c] if random.random() < 0.85 else c for c in d]
    return random.choice(("", " ", "")).join(caps)


def _zero_width(random: Random, d: str) -> str:
    return "".join(c + random.choice(writing.ZERO_WIDTH) for c in "-".join(_three(d)))


def _look(random: Random, d: str) -> str:
    joint = random.choice(("-", ".", " ", ""))
    return joint.join(_three(writing.look_alike(random, d, 0.4, writing.COMMON_LOOK)))


def _rare_look(random: Random, d: str) -> str:
    return random.choice(("-", " ", "")).join(_three(writing.look_alike(random, d, 0.4)))


def _in_url(random: Random, d: str) -> str:
    name = "".join(random.choice(string.ascii_lowercase) for _ in range(5))
    return random.choice((
        f"https://wa.me/1{d}", f"http://{name}.test/{d}", f"https://{name}.test/ads/massage-{'-'.join(_three(d))}",
        f"www.{name}.test/?phone={d}", f"https://api.whatsapp.example/send?phone=1{d}", f"tel:+1{d}", f"sms:{d}",
        f"http://{name}{d}.test", f"https://{name}.test/c/{d}.html", f"https://{name}.test/?p=+1{d}&x=2",
    ))  # fmt: skip


def _tens(random: Random, d: str) -> str:
    """Say a part of the number in tens, as people do: "five fifty five"."""
    tens = dict(zip("23456789", ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], strict=True))

    def pair(two: str) -> str:
        if two[0] not in tens:
            return " ".join(writing.word(random, c) for c in two)
        return tens[two[0]] + (f"{random.choice(' -')}{writing.WORDS['en'].split()[int(two[1])]}" if two[1] != "0" else "")

    said = [writing.word(random, d[0]), pair(d[1:3]), writing.word(random, d[3]), pair(d[4:6]), pair(d[6:8]), pair(d[8:])]
    return " ".join(said)


def _split(random: Random, d: str) -> str:
    return random.choice((
        f"area code {d[:3]} then {d[3:6]}-{d[6:]}", f"({d[:3]}) ... {d[3:6]} ... {d[6:]}", f"{d[:3]}.......{d[3:]}",
        f"{d[:3]} (then) {d[3:6]} (then) {d[6:]}", f"{d[:3]}*call me*{d[3:6]}*anytime*{d[6:]}",
        f"start with {d[:3]}, next {d[3:6]}, last {d[6:]}", f"{d[:3]} - {d[3:6]} - {' '.join(d[6:])}",
    ))  # fmt: skip


def _language(language: str) -> Callable[[Random, str], str]:
    if language == "zh":
        return lambda r, d: "".join(writing.word(r, c, "zh") for c in d)
    return lambda r, d: _words(r, d, language)


HIDDEN: dict[str, Callable[[Random, str], str]] = {
    **{f"words {language}": _language(language) for language in writing.WORDS},
    "run together": _run_together, "misspelt": _misspelt, "some groups": _some_groups, "mixed": _mixed,
    "two languages": _two_languages, "multiples": _multiples, "emoji between": _emoji_between,
    "marks between": _marks_between, "spaced": _spaced, "lines": _lines, "text between": _text_between,
    "letters between": _letters_between, "brackets": _brackets, "shaped": _shaped, "keycaps": _keycaps,
    "zero width": _zero_width, "look-alike": _look, "rare look-alike": _rare_look, "url": _in_url, "tens": _tens,
    "split": _split,
}  # fmt: skip


def hidden(n: int, seed: int) -> list[Row]:
    """Numbers hidden in every way in turn, so that no way is rare."""
    random, rows, ways = Random(seed), list[Row](), list(HIDDEN)
    for i in range(n):
        style, digits = ways[i % len(ways)], ranges.american(random)
        written = HIDDEN[style](random, digits)
        text = around(random, random.choice(LEADS).format(written))
        rows.append({"text": text, "kind": "phone", "expected": [f"+1{digits}"], "country": "US", "style": style})
    return rows


def hidden_abroad(n: int, seed: int) -> list[Row]:
    """Numbers of other countries, hidden: in the words of the country, spaced, in keycaps and shapes."""
    random, rows = Random(seed), list[Row]()
    spoken = {"ES": "es", "MX": "es", "CO": "es", "FR": "fr", "IT": "it", "PT": "pt", "BR": "pt", "DE": "de", "RU": "ru",
              "GB": "en", "AU": "en"}  # fmt: skip
    for _ in range(n):
        country = random.choice(list(spoken))
        home, cut, value = ranges.abroad(random, country)
        groups, style = ranges.grouped(home, cut), random.choice(("words", "mixed", "spaced", "keycaps", "emoji", "shaped"))
        if style in ("words", "mixed"):
            kept = random.randrange(len(groups)) if style == "mixed" and len(groups) > 1 else -1
            groups = [g if i == kept else " ".join(writing.word(random, c, spoken[country]) for c in g)
                      for i, g in enumerate(groups)]  # fmt: skip
            written = " ".join(groups)
        elif style == "spaced":
            written = random.choice((" ", ".", "-", "*")).join(home)
        elif style == "keycaps":
            written = "".join(writing.KEYCAP[c] for c in home)
        elif style == "emoji":
            written = random.choice(writing.EMOJI).join(groups)
        else:
            digits = random.choice(list(writing.SHAPES.values()))
            written = " ".join("".join(digits[int(c)] for c in g) for g in groups)
        text = around(random, random.choice(("{}", "Tel {}", "📞 {}", "WhatsApp {}")).format(written), numbered=0.2)
        rows.append({"text": text, "kind": "phone", "expected": [value], "country": country, "style": f"{style} {country}"})
    return rows
