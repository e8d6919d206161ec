"""Opening hours, hotels and rooms, vehicles: what a subpoena or a visit begins with."""

from __future__ import annotations

# fmt: off
import string
from random import Random

from bench.quality.reading.trials.carriers import PLAIN

Row = dict[str, object]
DAYS = {
    "en": (["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    "es": (["lun", "mar", "mié", "jue", "vie", "sáb", "dom"], ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]),
    "fr": (["lun", "mar", "mer", "jeu", "ven", "sam", "dim"], ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]),
    "de": (["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"], ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"]),
    "pt": (["seg", "ter", "qua", "qui", "sex", "sáb", "dom"], ["segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"]),
    "ru": (["пн", "вт", "ср", "чт", "пт", "сб", "вс"], ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]),
}  # fmt: skip
OUT = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


def _row(random: Random, core: str, kind: str, expected: list[str], style: str, country: str = "US") -> Row:
    joint = random.choice((". ", "\n", " | ", "\n\n"))
    aside = (*PLAIN, "$80 half hour", "call 702-555-0134", "24 years old", "5'4 120 lbs")
    parts = [*(random.choice(aside) for _ in range(random.randrange(2))), core, *(random.choice(aside) for _ in range(random.randrange(2)))]
    return {"text": joint.join(parts), "kind": kind, "expected": expected, "country": country, "style": style}


def _clock(random: Random, h: int, style: str) -> str:
    if style == "12":
        return f"{h % 12 or 12}{random.choice(('', ':00'))}{random.choice(('', ' '))}" + random.choice(("am", "AM") if h % 24 < 12 else ("pm", "PM"))
    return f"{h % 24:02}:00" if style == "24" else f"{h % 24}h"


def hours(n: int, seed: int) -> list[Row]:
    """Opening hours by day and every day, on either clock, in six languages, and times that are none."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        a, b, draw = random.randint(7, 12), random.randint(17, 26), random.random()
        value = f"{a:02}:00-{b % 24 if b != 24 else 24:02}:00"
        if b == 24:
            b, value = 23, f"{a:02}:00-23:00"
        d, e = sorted(random.sample(range(7), 2))
        if draw < 0.3:
            clock = random.choice(("12", "12", "24"))
            x, y = _clock(random, a, clock), _clock(random, b, clock)
            core = random.choice((f"{x}-{y}", f"{x} - {y}", f"{x} to {y}", f"open {x} to {y}", f"from {x} until {y}", f"Hours: {x}–{y}", f"daily {x} to {y}", f"every day {x} - {y}", f"available {x} till {y}"))
            out.append(_row(random, core, "hours", [f"Mo-Su {value}"], "every day"))
        elif draw < 0.6:
            clock = random.choice(("12", "12", "24"))
            x, y = _clock(random, a, clock), _clock(random, b, clock)
            short, long = DAYS["en"]
            names = random.choice((short, long))
            core = random.choice((f"{names[d]}-{names[e]} {x}-{y}", f"{names[d]} to {names[e]} {x} to {y}", f"{names[d]} - {names[e]}: {x} - {y}", f"{x}-{y} {names[d]}-{names[e]}", f"{names[d]} through {names[e]} from {x} to {y}"))
            out.append(_row(random, core, "hours", [f"{OUT[d]}-{OUT[e]} {value}"], "days"))
        elif draw < 0.68:
            out.append(_row(random, random.choice(("24/7", "open 24 hours", "available 24 hours", "24 hrs", "24 hours a day, 7 days a week", "24h", "around the clock")), "hours", ["Mo-Su 00:00-24:00"], "always"))
        elif draw < 0.9:
            language = random.choice(("es", "fr", "de", "pt", "ru"))
            short, long = DAYS[language]
            names = random.choice((short, long))
            b = min(b, 23)
            value = f"{a:02}:00-{b:02}:00"
            every, span = {
                "es": ((f"de {a} a {b} h", f"de {a}:00 a {b}:00", f"horario de {a}h a {b}h", f"de {a:02}:00 a {b}:00 todos los días"), "de {} a {}, {}:00 a {}:00"),
                "fr": ((f"de {a}h à {b}h", f"{a}h-{b}h", f"de {a}h00 à {b}h00", f"tous les jours de {a}h à {b}h"), "du {} au {} de {}h à {}h"),
                "de": ((f"von {a} bis {b} Uhr", f"{a} - {b} Uhr", f"{a}:00 bis {b}:00 Uhr", f"täglich {a}-{b} Uhr"), "{} bis {} {} - {} Uhr"),
                "pt": ((f"das {a}h às {b}h", f"das {a} às {b} horas", f"{a}h às {b}h", f"todos os dias das {a}h às {b}h"), "de {} a {} das {}h às {}h"),
                "ru": ((f"с {a} до {b}", f"с {a}:00 до {b}:00", f"{a}:00-{b}:00", f"ежедневно с {a} до {b}"), "{}-{} с {} до {}"),
            }[language]  # fmt: skip
            if random.random() < 0.6:
                core, expected = random.choice(every), [f"Mo-Su {value}"]
            else:
                core, expected = span.format(names[d], names[e], a, b), [f"{OUT[d]}-{OUT[e]} {value}"]
            out.append(_row(random, core, "hours", expected, language))
        else:
            core = random.choice(("posted at 10:30", "2 hours 250", "30-45 min", "ages 9-10", "9-5 job", "room 10-12", "see you at 8pm", "$10-20 tip", "100-200", "24 years", "May 9-10", "34-24-36", "updated 10:15 pm", "24 hour notice", "10 to 15 minutes away"))
            out.append(_row(random, core, "hours", [], "none"))
    return out


CHAINS = ("Hilton", "Marriott", "Holiday Inn", "Motel 6", "Super 8", "Days Inn", "Best Western", "Hampton Inn", "La Quinta", "Red Roof Inn")
NAMED = ("Harbor Lights Hotel", "Silver Creek Inn", "Sunset Motel", "Blue Lake Lodge", "Palm Court Suites", "Desert Rose Resort")


def hotels(n: int, seed: int) -> list[Row]:
    """Hotels by name and chain, rooms with and without one, and hotels that are not named."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        chain, named, room = random.choice(CHAINS), random.choice(NAMED), random.choice((str(random.randint(100, 999)), str(random.randint(1000, 2999))))
        core, expected, style = random.choice((
            (f"at the {chain}", [chain], "chain"), (f"staying at {chain}", [chain], "chain"), (f"{chain}, room {room}", [f"{chain}, room {room}"], "chain room"), (f"{chain} rm {room}", [f"{chain}, room {room}"], "chain room"), (f"{chain} Room #{room}", [f"{chain}, room {room}"], "chain room"),
            (f"at the {named}", [named], "named"), (f"{named} room {room}", [f"{named}, room {room}"], "named room"), (f"{named}, room {room}", [f"{named}, room {room}"], "named room"), (f"come to the {named}", [named], "named"), (f"my hotel, room {room}", [f"room {room}"], "room"), (f"hotel room {room}", [f"room {room}"], "room"),
            (f"in the {chain.lower()} near the airport", [chain], "lower"), (f"AT THE {chain.upper()}", [chain], "upper"),
            ("your hotel or mine", [], "none"), ("hotel visits welcome", [], "none"), ("nice hotel downtown", [], "none"), ("room for two", [], "none"), ("2 rooms available", [], "none"), ("private room", [], "none"), ("upscale hotels only", [], "none"), ("plenty of room", [], "none"),
        ))  # fmt: skip
        out.append(_row(random, core, "hotel", expected, style))
    return out


MAKES = {"Toyota": "Camry", "Honda": "Civic", "Nissan": "Altima", "Chevrolet": "Impala", "Hyundai": "Elantra", "Ford": "Focus", "BMW": "X5", "Kia": "Sorento"}
COLOURS = ["white", "black", "silver", "blue", "red", "grey", "green"]


def vehicles(n: int, seed: int) -> list[Row]:
    """Makes with colour, year and model, plates, and figures that are no plates."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        make, colour, year = random.choice(list(MAKES)), random.choice(COLOURS), random.randint(2004, 2024)
        model = MAKES[make]
        plate = "".join(random.choice(string.ascii_uppercase) for _ in range(3)) + f"{random.randint(100, 9999)}"
        low = f"{make} {model}".lower()
        core, expected, style = random.choice((
            (f"{colour} {make} {model}", [f"{colour} {low}"], "colour"), (f"look for the {colour} {make}", [f"{colour} {make.lower()}"], "colour"), (f"{year} {make} {model}", [f"{year} {low}"], "year"), (f"{year} {colour} {make} {model}", [f"{year} {colour} {low}"], "both"), (f"I drive a {colour} {make} {model}", [f"{colour} {low}"], "colour"),
            (f"plate {plate}", [f"plate:{plate}"], "plate"), (f"license plate: {plate}", [f"plate:{plate}"], "plate"), (f"plate number {plate[:3]} {plate[3:]}", [f"plate:{plate}"], "plate"), (f"{colour} {make} {model}, plate {plate}", [f"{colour} {low}", f"plate:{plate}"], "with plate"), (f"license plate # {plate[:3]}-{plate[3:]}", [f"plate:{plate}"], "plate"),
            ("a plate of fruit", [], "none"), ("license MT123456", [], "none"), ("Ford is my name", [], "none"), ("cadillac treatment", [], "none"), ("car dates ok", [], "none"), ("free parking for your car", [], "none"), ("blue eyes", [], "none"),
        ))  # fmt: skip
        out.append(_row(random, core, "vehicle", expected, style))
    return out
