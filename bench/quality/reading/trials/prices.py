"""Prices: currencies, durations, lists, "from", discounts, slang and words."""

from __future__ import annotations

# fmt: off
from collections.abc import Callable
from random import Random

from bench.quality.reading.trials.carriers import PLAIN

Row = dict[str, object]
Made = tuple[str, list[str]]

# Words before and behind the amount, the currency meant, the country of the ad, usual amounts.
MONEY: tuple[tuple[str, str, str, str, tuple[int, int, int]], ...] = (
    ("$", "", "USD", "US", (60, 400, 10)), ("$", "", "USD", "US", (60, 400, 10)), ("", "$", "USD", "US", (60, 400, 10)),
    ("$ ", "", "USD", "US", (60, 400, 10)), ("", " roses", "USD", "US", (60, 400, 10)), ("", " dollars", "USD", "US", (60, 400, 10)),
    ("", " USD", "USD", "US", (60, 400, 10)), ("US$", "", "USD", "MX", (60, 400, 10)), ("", " bucks", "USD", "US", (60, 400, 10)),
    ("£", "", "GBP", "GB", (50, 300, 10)), ("", " pounds", "GBP", "GB", (50, 300, 10)), ("", "£", "GBP", "GB", (50, 300, 10)),
    ("", " quid", "GBP", "GB", (50, 300, 10)), ("€", "", "EUR", "IE", (50, 300, 10)), ("", "€", "EUR", "DE", (50, 300, 10)),
    ("", " €", "EUR", "FR", (50, 300, 10)), ("", " euros", "EUR", "ES", (50, 300, 10)), ("", " EUR", "EUR", "NL", (50, 300, 10)),
    ("", " Euro", "EUR", "DE", (50, 300, 10)), ("C$", "", "CAD", "CA", (80, 400, 10)), ("$", "", "CAD", "CA", (80, 400, 10)),
    ("A$", "", "AUD", "AU", (80, 400, 10)), ("$", "", "AUD", "AU", (80, 400, 10)), ("R$ ", "", "BRL", "BR", (100, 500, 50)),
    ("", " reais", "BRL", "BR", (100, 500, 50)), ("", " руб", "RUB", "RU", (2000, 9000, 500)), ("", "₽", "RUB", "RU", (2000, 9000, 500)),
    ("", " рублей", "RUB", "RU", (2000, 9000, 500)), ("$", " MXN", "MXN", "MX", (800, 3000, 100)), ("", " pesos", "MXN", "MX", (800, 3000, 100)),
    ("CHF ", "", "CHF", "CH", (100, 400, 10)), ("", " zł", "PLN", "PL", (100, 600, 50)), ("", " Kč", "CZK", "CZ", (1000, 4000, 100)),
    ("₹", "", "INR", "IN", (1500, 9000, 500)), ("AED ", "", "AED", "AE", (200, 900, 50)), ("", " kr", "SEK", "SE", (800, 3000, 100)),
    ("¥", "", "CNY", "CN", (300, 900, 100)), ("", "元", "CNY", "CN", (300, 900, 100)),
)  # fmt: skip
DURATION: dict[str, tuple[tuple[str, int], ...]] = {
    "en": (("15 min", 15), ("15 mins", 15), ("20 minutes", 20), ("half hour", 30), ("hh", 30), ("30 min", 30), ("30min", 30), ("1/2 hour", 30),
           ("half an hour", 30), ("45 min", 45), ("hour", 60), ("1 hour", 60), ("1hr", 60), ("60 min", 60), ("one hour", 60), ("1h", 60), ("hr", 60), ("an hour", 60),
           ("90 min", 90), ("1.5 hours", 90), ("hour and a half", 90), ("2 hours", 120), ("2hrs", 120), ("two hours", 120), ("120 min", 120), ("3 hours", 180)),
    "es": (("15 minutos", 15), ("media hora", 30), ("30 min", 30), ("una hora", 60), ("1 hora", 60), ("hora", 60), ("hora y media", 90), ("2 horas", 120), ("dos horas", 120)),
    "fr": (("15 min", 15), ("demi-heure", 30), ("30 minutes", 30), ("une heure", 60), ("1h", 60), ("1 heure", 60), ("1h30", 90), ("2 heures", 120), ("2h", 120)),
    "de": (("15 Minuten", 15), ("halbe Stunde", 30), ("30 Min", 30), ("1 Stunde", 60), ("eine Stunde", 60), ("Stunde", 60), ("1 Std", 60), ("2 Stunden", 120), ("zwei Stunden", 120)),
    "pt": (("15 minutos", 15), ("meia hora", 30), ("30 min", 30), ("uma hora", 60), ("1 hora", 60), ("1h", 60), ("2 horas", 120), ("duas horas", 120)),
    "ru": (("15 минут", 15), ("полчаса", 30), ("30 минут", 30), ("час", 60), ("1 час", 60), ("полтора часа", 90), ("2 часа", 120), ("два часа", 120)),
    "zh": (("半小时", 30), ("30分钟", 30), ("1小时", 60), ("一小时", 60), ("60分钟", 60), ("2小时", 120)),
    "pl": (("30 min", 30), ("godzina", 60), ("1 godz", 60), ("2 godziny", 120)),
}  # fmt: skip
SPEAKS = {"ES": "es", "MX": "es", "FR": "fr", "DE": "de", "BR": "pt", "RU": "ru", "CN": "zh", "PL": "pl", "CH": "de"}


def figure(random: Random, amount: int, country: str) -> str:
    """Return an amount as the country writes it: with a mark of thousands now and then."""
    if amount >= 1000 and random.random() < 0.4:
        mark = "." if country in ("DE", "BR", "ES", "NL", "IT") else " " if country in ("RU", "FR", "SE", "CZ", "PL") else ","
        return f"{amount // 1000}{mark}{amount % 1000:03}"
    return str(amount)


def money(random: Random, amount: int, before: str, behind: str, country: str) -> str:
    """Return an amount with its currency."""
    return f"{before}{figure(random, amount, country)}{behind}"


def _value(amount: int, currency: str, minutes: int | None) -> str:
    return f"{amount} {currency}" + (f" {minutes}min" if minutes else "")


def _tier(random: Random) -> tuple[str, str, str, str, tuple[tuple[str, int], ...], list[int]]:
    before, behind, currency, country, (low, high, step) = random.choice(MONEY)
    durations = DURATION[SPEAKS.get(country, "en")]
    chosen = sorted(random.sample(durations, min(len(durations), 4)), key=lambda d: d[1])
    distinct = [d for i, d in enumerate(chosen) if not i or d[1] != chosen[i - 1][1]]
    amounts = sorted(random.sample(range(low, high, step), len(distinct)))
    return before, behind, currency, country, tuple(distinct), amounts


def one(random: Random) -> tuple[Made, str]:
    """One amount with a duration."""
    before, behind, currency, country, durations, amounts = _tier(random)
    (said, minutes), amount = durations[0], amounts[0]
    cash = money(random, amount, before, behind, country)
    ways = [f"{cash} {said}", f"{cash} - {said}", f"{said} {cash}", f"{said}: {cash}", f"{said} = {cash}", f"{cash}/{said}", f"{said} - {cash}",
            f"{cash} ({said})", f"{said} ... {cash}"]  # fmt: skip
    if SPEAKS.get(country, "en") == "en" and not said.startswith(("an ", "half an")):
        ways += [f"{cash} for {said}", f"{cash} per {said}" if said in ("hour", "half hour", "hr", "hh") else f"{cash} for {said}"]
    return (random.choice(ways), [_value(amount, currency, minutes)]), country


def table(random: Random) -> tuple[Made, str]:
    """A list of durations with amounts, in a line or over lines."""
    before, behind, currency, country, durations, amounts = _tier(random)
    turned = random.random() < 0.4
    joint = random.choice((", ", " / ", "\n", " | ", "; ", "  ", " * ", " • "))
    inner = random.choice((" ", " - ", ": ", " = ", "-", " … ", " → "))
    cells = []
    for (said, _), amount in zip(durations, amounts, strict=True):
        cash = money(random, amount, before, behind, country)
        cells.append(f"{cash}{inner}{said}" if turned else f"{said}{inner}{cash}")
    if joint.strip() in ("",) and joint != "\n":
        joint = ", "
    head = random.choice(("Rates: ", "", "Prices\n", "My rates:\n", "$$$ ")) if SPEAKS.get(country, "en") == "en" else ""
    return (head + joint.join(cells), [_value(a, currency, d[1]) for d, a in zip(durations, amounts, strict=True)]), country


def bare(random: Random) -> tuple[Made, str]:
    """Slang of ads in English: figures beside durations without any currency."""
    half, full, two = random.randrange(60, 120, 10), random.randrange(130, 220, 10), random.randrange(240, 400, 10)
    text, pairs = random.choice((
        (f"{half} hh {full} hr", ((half, 30), (full, 60))), (f"hh {half} / hr {full}", ((half, 30), (full, 60))),
        (f"{half}/hh {full}/h {two}/2h", ((half, 30), (full, 60), (two, 120))), (f"{half} half, {full} full hour", ((half, 30), (full, 60))),
        (f"{half} half hour {full} hour", ((half, 30), (full, 60))), (f"15 min {half}, 30 min {full}", ((half, 15), (full, 30))),
        (f"{full} per hour", ((full, 60),)), (f"{full} an hour", ((full, 60),)), (f"{half}hh {full}hr", ((half, 30), (full, 60))),
        (f"30/{half} 60/{full} 120/{two}", ((half, 30), (full, 60), (two, 120))),
        (f"30min-{half} 60min-{full}", ((half, 30), (full, 60))), (f"hr {full} hhr {half}", ((half, 30), (full, 60))),
    ))  # fmt: skip
    return (text, [_value(a, "USD", m) for a, m in pairs]), "US"


def alone(random: Random) -> tuple[Made, str]:
    """An amount without a duration: from, specials, donation, ranges."""
    before, behind, currency, country, (low, high, step) = random.choice(MONEY)
    a, b = sorted(random.sample(range(low, high, step), 2))
    x, y = money(random, a, before, behind, country), money(random, b, before, behind, country)
    text, amounts = random.choice((
        (f"from {x}", [a]), (f"starting at {x}", [a]), (f"{x} special today", [a]), (f"only {x}!", [a]), (f"donation {x}", [a]),
        (f"{x} - {y}", [a, b]), (f"{x} to {y}", [a, b]), (f"specials {x} and {y}", [a, b]), (f"{x} / {y}", [a, b]), (f"as low as {x}", [a]),
        (f"{x} cash only", [a]), (f"rates start at {x}", [a]), (f"deposit of {x} required", [a]),
    ))  # fmt: skip
    return (text, [_value(v, currency, None) for v in amounts]), country


def worded(random: Random) -> tuple[Made, str]:
    """An amount in words."""
    tens = {"eighty": 80, "one hundred": 100, "one twenty": 120, "a hundred": 100, "one hundred and fifty": 150, "two hundred": 200, "one hundred twenty": 120}
    said, amount = random.choice(list(tens.items()))
    unit = random.choice(("dollars", "roses"))
    text, minutes = random.choice(((f"{said} {unit}", None), (f"{said} {unit} an hour", 60), (f"{said} {unit} for half an hour", 30)))
    return (text, [_value(amount, "USD", minutes)]), "US"


def discount(random: Random) -> tuple[Made, str]:
    """A price beside a discount, which is no price."""
    full, off = random.randrange(100, 250, 10), random.randrange(10, 50, 5)
    text = random.choice((
        f"${full} hour, {off}% off on Mondays", f"{off}% discount for new guests, ${full}/hr", f"${off} off if you mention this ad. ${full} per hour",
        f"1 hour ${full} (${off} off for veterans)", f"save {off}%! ${full} hr", f"${off} discount before noon, hour ${full}",
    ))  # fmt: skip
    return (text, [_value(full, "USD", 60)]), "US"


def nothing(random: Random) -> tuple[Made, str]:
    """Figures that are no prices."""
    return (random.choice((
        "24 years old, 5'4, 120 lbs", "30 min drive from the airport", "open 24 hours", "2 hours notice please", "pay with $amberq22 on Cash App",
        "call 702-555-0134", "10 years of experience", "100% real", "room 120, 2nd floor", "1450 Harbor St", "20% off", "34-24-36 figure", "1 hour from Reno",
        "est. 2015, 300 reviews", "available in 30 min", "must be 21 or older", "over 150 happy guests", "2 girls, 4 hands", "$$$ great deals $$$", "5 stars",
        "available 12 to 8", "at least 2 hours ahead", "30 minute grace period", "be there in 15 min", "Mon 9-17", "1 hour massage available",
    )), []), "US"  # fmt: skip


WAYS: tuple[tuple[Callable[[Random], tuple[Made, str]], int], ...] = (
    (one, 25), (table, 30), (bare, 12), (alone, 15), (worded, 4), (discount, 7), (nothing, 12),
)  # fmt: skip
ASIDE = (*PLAIN, "24 yo", "5'4 120 lbs", "call 702-555-0134", "open 9am-10pm", "100% real")


def rows(n: int, seed: int) -> list[Row]:
    """Ads with prices of every kind."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        way = random.choices([w for w, _ in WAYS], [k for _, k in WAYS])[0]
        (core, expected), country = way(random)
        joint = random.choice(("\n", ". ", "\n\n", " | "))
        before = [random.choice(ASIDE) for _ in range(random.randrange(2))]
        behind = [random.choice(ASIDE) for _ in range(random.randrange(2))]
        text = joint.join([*before, core, *behind])
        out.append({"text": text, "kind": "price", "expected": sorted(set(expected)), "country": country, "style": way.__name__})
    return out


def amounts(n: int, seed: int) -> list[Row]:
    """The same by amount alone."""
    return [
        {**r, "kind": "amount", "expected": sorted({str(e).split()[0] for e in r["expected"]})}  # type: ignore[attr-defined]
        for r in rows(n, seed)
    ]
