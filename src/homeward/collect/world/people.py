"""Advertised people: invented names, and facts with the spelling each author gives them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from homeward.collect.world.banks import lines_of

NAMES = lines_of("names.txt")
HAIR = ("brown", "black", "blonde", "red")
EYES = ("brown", "blue", "green", "hazel")
WORDS = lines_of("nouns.txt")
PLATFORMS = (
    ("instagram", ("IG @{}", "insta: {}", "instagram {}", "instagram @{}", "IG: {}")),
    ("snapchat", ("snap: {}", "snapchat {}", "snapchat: {}")),
    ("telegram", ("telegram @{}", "telegram: {}", "TG @{}")),
    ("kik", ("kik: {}", "kik {}")),
    ("wechat", ("wechat: {}", "wechat id {}")),
    ("tiktok", ("tiktok @{}", "tiktok: {}")),
)
VENUES = (
    ("incall", ("incall",)), ("outcall", ("outcall",)), ("incall and outcall", ("incall", "outcall")),
    ("incall/outcall", ("incall", "outcall")), ("incall only", ("incall",)), ("outcall only", ("outcall",)),
    ("in-call", ("incall",)), ("outcalls & incalls", ("outcall", "incall")), ("carcall", ("carcall",)),
)  # fmt: skip
PLAIN_EMAIL = 7  # of ten authors, so many write their e-mail address plainly
MAIL = ("mailbox.example", "postbox.test", "letters.example", "fastmail.test")


@dataclass(frozen=True, slots=True)
class Persona:
    """One advertised person. Amounts are in whole units of the money of the place she advertises in."""

    id: str
    name: str
    age: int
    inches: int
    pounds: int
    hair: str
    eyes: str
    hour: int  # price of an hour
    half: int  # price of half an hour
    rate_style: int
    body_style: int
    venue: int
    handle: tuple[str, str]  # normal form, as written
    email: str
    email_style: int
    url: str
    photos: tuple[int, ...]

    def as_alias(self, name: str, age: int) -> Persona:
        """Return her under another name and age."""
        return replace(self, name=name, age=age)


def draw_handle(name: str, rng: Random) -> tuple[str, str]:
    """Return the normal form of a new handle, and how it is written."""
    platform, ways = PLATFORMS[min(int(rng.random() ** 1.5 * len(PLATFORMS)), len(PLATFORMS) - 1)]
    user = f"{name.lower()}{rng.choice(('_', '', '.'))}{rng.choice(WORDS)}{rng.randint(10, 9999)}"
    return f"{platform}:{user}", rng.choice(ways).format(user)


def draw_persona(id: str, rng: Random, photos: tuple[int, ...]) -> Persona:
    """Return a new adult with facts and spellings of her own."""
    name = rng.choice(NAMES)
    hour = rng.randrange(100, 420, 10)
    word = rng.choice(WORDS)
    return Persona(
        id, name, rng.randint(21, 48), rng.randint(60, 71), rng.randint(100, 168), rng.choice(HAIR),
        rng.choice(EYES), hour, round(hour * rng.choice((0.55, 0.6, 0.65)) / 5) * 5,
        int(rng.random() * 9), int(rng.random() * 6), int(rng.random() ** 1.7 * len(VENUES)),
        draw_handle(name, rng), f"{name.lower()}.{word}{rng.randint(1, 9999)}@{rng.choice(MAIL)}",
        int(rng.random() * 10), f"https://{name.lower()}-{word}{rng.randint(1, 9999)}.example/hello", photos,
    )  # fmt: skip


def height(persona: Persona, metric: bool) -> tuple[str, str]:
    """Return her height as written, and its normal form."""
    feet, inches = divmod(persona.inches, 12)
    cm = round(persona.inches * 2.54)
    if metric:
        return (f"{cm} cm", f"{cm}cm", f"{cm / 100:.2f} m")[persona.body_style % 3], f"{cm} cm"
    ways = (f"{feet}'{inches}\"", f"{feet}'{inches}", f"{feet} ft {inches}", f"{feet}ft{inches}in",
            f"{cm} cm", f"{feet} foot {inches}")  # fmt: skip
    return ways[persona.body_style], f"{cm} cm"


def weight(persona: Persona, metric: bool) -> tuple[str, str]:
    """Return her weight as written, and its normal form."""
    kg = round(persona.pounds * 0.45359237)
    if metric:
        return (f"{kg} kg", f"{kg}kg", f"{kg} kg")[persona.body_style % 3], f"{kg} kg"
    lb = persona.pounds
    return (f"{lb} lbs", f"{lb}lbs", f"{lb} pounds", f"{lb} lb", f"{kg} kg", f"{lb}lb")[
        persona.body_style
    ], f"{kg} kg"


SIGN = {"USD": "$", "CAD": "$", "MXN": "$", "EUR": "€"}
HOURS = {
    "en": ("hour", "half hour"), "es": ("una hora", "media hora"), "fr": ("1 heure", "30 minutes"),
    "pt": ("1 hora", "30 minutos"), "de": ("1 Stunde", "30 Minuten"), "it": ("1 ora", "30 minuti"),
    "ru": ("1 час", "30 минут"), "zh": ("1小时", "30分钟"),
}  # fmt: skip


def rates(persona: Persona, currency: str, language: str, more: int) -> tuple[str, list[str]]:
    """Return her prices as written, and their normal forms. `more` is added to every price."""
    a, b = persona.hour + more, persona.half + more
    if currency == "MXN":
        a, b = a * 10, b * 10
    sign = SIGN[currency]
    pa, pb = (f"{a}{sign}", f"{b}{sign}") if sign == "€" else (f"{sign}{a}", f"{sign}{b}")
    both = [f"{a} {currency} 60min", f"{b} {currency} 30min"]
    if language != "en":
        hour, half = HOURS[language]
        return f"{hour} {pa} / {half} {pb}", both
    style = persona.rate_style
    if style == 6:
        return f"{pa} per hour, {_sum(2 * a - 20, sign)} for two hours", [
            both[0],
            f"{2 * a - 20} {currency} 120min",
        ]
    if style == 7:
        word = {"EUR": "euros", "MXN": "pesos"}.get(currency, "dollars")
        return f"half hour {b} {word}, hour {a} {word}", both
    if style == 8:
        return f"{pa} an hour", both[:1]
    if style == 5 and currency == "USD":
        return f"{a} roses an hour, {b} roses half hour", both
    return (
        f"{pa} hour, {pb} half hour", f"{pb} hh / {pa} hr", f"30 min {pb} - 60 min {pa}",
        f"{pa}/hr {pb}/half hr", f"1h {pa}, 30min {pb}", f"{pa}/hour {pb}/half hour",
    )[style], both  # fmt: skip


def _sum(amount: int, sign: str) -> str:
    return f"{amount}{sign}" if sign == "€" else f"{sign}{amount}"


def email_as_written(email: str, style: int) -> str:
    """Return an e-mail address, spelled out against scrapers by three authors in ten."""
    if style < PLAIN_EMAIL:
        return email
    user, _, host = email.partition("@")
    at, dot = ((" at ", " dot "), (" (at) ", "."), ("[at]", "[dot]"))[style - PLAIN_EMAIL]
    return user.replace(".", dot) + at + host.replace(".", dot)
