"""Texts with prices, ages, heights, weights, e-mail addresses, names, places and look-alikes, made by rule."""

from __future__ import annotations

from random import Random

from bench.quality.reading.carriers import pick_filler

Row = dict[str, object]


def row(rng: Random, i: int, kind: str, text: str, expected: list[str]) -> Row:
    """One labelled text: the value's sentence among filler."""
    parts = [*pick_filler(rng, 1), text, *pick_filler(rng, 1)]
    return {"id": f"{kind}{i}", "kind": kind, "text": " ".join(parts), "expected": sorted(set(expected))}


MINUTES = {15: ["15 min", "15min", "qv", "quarter hour"], 30: ["30 min", "half hour", "hh", "1/2 hr", "30mins", "half"],
           60: ["hour", "1 hr", "60 min", "1h", "one hour", "full hour"], 90: ["90 min", "1.5 hours", "90mins"],
           120: ["2 hours", "two hours", "2hr", "120 min"]}  # fmt: skip


def prices(n: int, seed: int) -> list[Row]:
    """One to three prices, each with or without a time."""
    rng = Random(f"price/{seed}")
    rows = []
    for i in range(n):
        parts, expected = [], []
        style = rng.choice(["dollar", "dollar", "after", "euro", "pound", "roses"])
        for minutes in sorted(rng.sample(list(MINUTES), rng.randint(1, 3))):
            amount = rng.randint(4, 80) * 10
            spelled = rng.choice([m for m in MINUTES[minutes] if m != "qv"])
            money, code = {
                "dollar": (f"${amount}", "USD"),
                "after": (f"{amount}$", "USD"),
                "euro": (f"{amount}€", "EUR"),
                "pound": (f"£{amount}", "GBP"),
                "roses": (f"{amount} roses", "USD"),  # slang: of the country the text is said to be from
            }[style]
            parts.append(
                rng.choice([f"{money} {spelled}", f"{spelled} {money}", f"{spelled}: {money}", f"{money}/{spelled}",
                            f"{spelled} - {money}", f"{money} for {spelled}"])
            )  # fmt: skip
            expected.append(" ".join(x for x in (str(amount), code, f"{minutes}min") if x))
        rows.append(row(rng, i, "price", rng.choice([", ", " | ", "\n", "; "]).join(parts), expected))
    return rows


def ages(n: int, seed: int) -> list[Row]:
    """Stated ages by cue, among numbers that are none."""
    rng = Random(f"age/{seed}")
    rows = []
    for i in range(n):
        a = rng.randint(19, 59)
        good = [f"I am {a} years old", f"{a} yo", f"{a}yrs", f"Age: {a}", f"age {a}", f"I'm {a}", f"{a} years young",
                f"tengo {a} años", f"{a} ans", f"{a} Jahre alt", f"tenho {a} anos", f"мне {a} лет", f"ho {a} anni",
                f"Just turned {a}", f"{a} y/o", f"aged {a}"]  # fmt: skip
        bad = [f"${a * 10} hour", f"open until {a % 12 + 1}pm", f"{a} minutes away", f"room {a}", f"{a} photos",
               f"for men over {a}", f"{a} miles from town", f"no one under {a}", f"over {a} years of experience"]  # fmt: skip
        if rng.random() < 0.75:
            rows.append(row(rng, i, "age", f"{rng.choice(good)}, {rng.choice(bad[:6])}", [str(a)]))
        else:
            rows.append(row(rng, i, "age", rng.choice(bad), []))
    return rows


def heights(n: int, seed: int) -> list[Row]:
    """Heights in feet and inches or centimetres."""
    rng = Random(f"height/{seed}")
    rows = []
    for i in range(n):
        feet, inches = rng.choice([4, 5, 5, 5, 6]), rng.randint(0, 11)
        if feet == 4:
            inches = rng.randint(9, 11)
        if feet == 6:
            inches = rng.randint(0, 3)
        cm = round((feet * 12 + inches) * 2.54)
        forms = [f"{feet}'{inches}\"", f"{feet}'{inches}", f"{feet}ft {inches}in", f"{feet} ft {inches}", f"{feet}’{inches}”",
                 f"{feet} feet {inches} inches", f"{feet} foot {inches}", f"{cm} cm", f"{cm}cm", f"1.{cm - 100:02d} m",
                 f"1,{cm - 100:02d}m", f"1m{cm - 100:02d}"]  # fmt: skip
        text = rng.choice(
            ["I am {} tall", "Height: {}", "{}, slim", "height {}", "I'm {} and friendly"]
        ).format(rng.choice(forms))
        rows.append(row(rng, i, "height", text, [f"{cm} cm"]))
    return rows


def weights(n: int, seed: int) -> list[Row]:
    """Weights in pounds or kilograms."""
    rng = Random(f"weight/{seed}")
    rows = []
    for i in range(n):
        if rng.random() < 0.6:
            pounds = rng.randint(95, 210)
            said, kilos = (
                rng.choice([f"{pounds} lbs", f"{pounds}lbs", f"{pounds} pounds", f"{pounds} lb"]),
                pounds * 0.45359237,
            )
        else:
            kilos = rng.randint(44, 95)
            said = rng.choice([f"{kilos} kg", f"{kilos}kg", f"{kilos} kilos", f"{kilos} Kg"])
        text = rng.choice(["I weigh {}", "Weight: {}", "{}, curvy", "5'6\" and {}", "weight {}"]).format(said)
        rows.append(row(rng, i, "weight", text, [f"{round(kilos)} kg"]))
    return rows


USERS = [
    "amber.lane",
    "rosa_88",
    "visit-lena",
    "contact.mia",
    "k.jones1",
    "sunny_day",
    "bookme.now",
    "luz22",
    "anna-b",
    "el.ena",
]
HOSTS = ["example.com", "mailbox.test", "post.example.org", "inbox.example.net", "mail.test"]


def emails(n: int, seed: int) -> list[Row]:
    """Plain and obscured e-mail addresses."""
    rng = Random(f"email/{seed}")
    rows = []
    for i in range(n):
        user, host = rng.choice(USERS) + str(rng.randint(1, 99)), rng.choice(HOSTS)
        name, tld = host.rsplit(".", 1)
        forms = [f"{user}@{host}", f"{user} @ {host}", f"{user} at {name} dot {tld}", f"{user}(at){name}(dot){tld}",
                 f"{user} [at] {name} [dot] {tld}", f"{user}＠{host}", f"{user} AT {name} DOT {tld}", f"{user}@{name} . {tld}",
                 f"{user}{{at}}{name}{{dot}}{tld}", f"{user} (@) {name}.{tld}", f"{user.upper()}@{host}", f"{user}@{name} (dot) {tld}"]  # fmt: skip
        said = rng.choice(forms)
        rows.append(row(rng, i, "email", rng.choice(["Email {}", "write to {} please", "{}", "e-mail: {}"]).format(said),
                        [f"{user}@{host}".lower()]))  # fmt: skip
    return rows


NAMES = ["Amber", "Anna", "Bella", "Carmen", "Chloe", "Daisy", "Elena", "Emma", "Eva", "Gina", "Helen", "Isabel", "Ivy", "Jade", "Jenny", "Julia", "Kate", "Kira", "Laura", "Lena", "Lily", "Linda", "Lisa", "Lucia", "Maria", "Mia", "Monica", "Nadia", "Natalie", "Nina", "Olivia", "Paula", "Rita", "Rosa", "Ruby", "Sara", "Sofia", "Tanya", "Tina", "Vera"]  # fmt: skip


def names(n: int, seed: int) -> list[Row]:
    """First names by cue, and dictionary words that only look like names."""
    rng = Random(f"name/{seed}")
    rows = []
    for i in range(n):
        a, b = rng.sample(NAMES, 2)
        good = [(f"Hi, I'm {a}!", [a]), (f"my name is {a}", [a]), (f"Ask for {a}", [a]), (f"{a} here", [a]),
                (f"Me llamo {a}", [a]), (f"Je m'appelle {a}", [a]), (f"Ich heiße {a}", [a]), (f"Soy {a}, bienvenido", [a]),
                (f"{a} & {b} together today", [a, b]), (f"This is {a}", [a]), (f"It's {a} again", [a]), (f"hey its {a.lower()}", [a]),
                (f"Mi chiamo {a}", [a]), (f"Meu nome é {a}", [a]), (f"I AM {a.upper()}", [a]), (f"xoxo {a}", [a])]  # fmt: skip
        bad = [("Summer special this week", []), ("I hope to see you", []), ("What a joy to meet", []), ("I am Available now", []),
               ("I'm New here", []), ("Pearl district, easy parking", []), ("a rose garden view", []), ("Grace Street corner", [])]  # fmt: skip
        text, expected = rng.choice(good) if rng.random() < 0.8 else rng.choice(bad)
        rows.append(row(rng, i, "name", text, expected))
    return rows


PLACES = [("Reno", "NV"), ("Las Vegas", "NV"), ("Toledo", "OH"), ("Detroit", "MI"), ("Louisville", "KY"), ("Nashville", "TN"),
          ("Chicago", "IL"), ("Denver", "CO"), ("Phoenix", "AZ"), ("Seattle", "WA"), ("Dallas", "TX"), ("Miami", "FL"),
          ("Boston", "MA"), ("Atlanta", "GA"), ("Sacramento", "CA"), ("Cleveland", "OH"), ("Memphis", "TN"), ("Tucson", "AZ")]  # fmt: skip


def places(n: int, seed: int) -> list[Row]:
    """Cities named in the text, and capitalised words that are none."""
    rng = Random(f"place/{seed}")
    rows = []
    for i in range(n):
        (c, s), (d, t) = rng.sample(PLACES, 2)
        good = [(f"Visiting {c} this week", [(c, s)]), (f"in {c}, {s}", [(c, s)]), (f"{c} {s} incall", [(c, s)]), (f"Downtown {c}", [(c, s)]),
                (f"{c} & {d} this month", [(c, s), (d, t)]), (f"now in {c}!", [(c, s)]), (f"estoy en {c}", [(c, s)]), (f"near {c} airport", [(c, s)]),
                (f"leaving {c} for {d}", [(c, s), (d, t)])]  # fmt: skip
        bad = [
            "Open Monday to Friday",
            "Very Clean And Quiet",
            "Nice and friendly, Mobile number below",
            "Best Massage Ever",
        ]
        if rng.random() < 0.8:
            text, where = rng.choice(good)
            rows.append(row(rng, i, "place", text, [f"{x}, {y}, US" for x, y in where]))
        else:
            rows.append(row(rng, i, "place", rng.choice(bad), []))
    return rows


SETS = {
    "price": prices,
    "age": ages,
    "height": heights,
    "weight": weights,
    "email": emails,
    "name": names,
    "place": places,
}
