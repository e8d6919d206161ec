"""Wider sets of e-mail addresses, names and places: drawn parts instead of short lists, and their opposites."""

from __future__ import annotations

from random import Random

from bench.quality.reading.others import Row, row

SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ra",
    "ne",
    "sol",
    "ter",
    "vin",
    "dar",
    "bel",
    "jo",
    "pa",
    "ru",
    "shan",
    "tes",
    "win",
]
PROVIDERS = ["gmail.com", "yahoo.com", "outlook.com", "proton.me", "icloud.com"]
OWN = ["mailbox.test", "post.example", "inbox.example.net", "letters.example.org"]
NO_EMAIL = [
    "meet me at noon dot dot dot", "look at my photos", "find us @ the corner", "dinner at eight", "@ 120 an hour",
    "at home or at your hotel", "look at this. Com on in", "I am at the Grand, dot the i", "follow @{0}", "ring at {0} st",
]  # fmt: skip


def _user(rng: Random) -> str:
    word = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))
    return word + rng.choice(
        ["", "", str(rng.randint(1, 999)), "." + rng.choice(SYLLABLES), "_" + rng.choice(SYLLABLES)]
    )


def _bracketed(rng: Random, user: str, host: str) -> str:
    left, right = rng.choice(["()", "[]", "{}", "<>", "--", "**"])
    at, dot = rng.choice([("at", "dot"), ("AT", "DOT"), ("@", "."), ("At", "Dot")])
    dots = host.replace(".", f"{left}{dot}{right}")
    gap = rng.choice(["", " "])
    return f"{user}{gap}{left}{at}{right}{gap}{dots}"


def _spelt(rng: Random, user: str, host: str) -> str:
    at, dot = rng.choice(
        [("at", "dot"), ("AT", "DOT"), ("arroba", "punto"), ("at", "punkt"), ("arroba", "ponto")]
    )
    return f"{user} {at} {host.replace('.', f' {dot} ')}".replace("_", rng.choice(["_", " underscore "]))


def _spaced(rng: Random, user: str, host: str) -> str:
    return rng.choice([f"{user} @ {host}", f"{user}@ {host}", f"{user} @{host}", f"{user}＠{host}", f"{user}@{host.replace('.', ' . ')}",
                       f"{user}@{host.replace('.', ' dot ')}", f"{user}@{host.replace('.', '(dot)')}"])  # fmt: skip


HIDING = {"bracketed": _bracketed, "spelt": _spelt, "spaced": _spaced}


def emails(n: int, seed: int, *, way: str) -> list[Row]:
    """Hidden addresses of one way, and a fifth of texts with "at" and "dot" and no address."""
    rng, rows = Random(f"wide email/{way}/{seed}"), []
    for i in range(n):
        if rng.random() < 0.2:
            rows.append(row(rng, i, "email", rng.choice(NO_EMAIL).format(_user(rng)), []))
            continue
        user, host = _user(rng), rng.choice([*PROVIDERS, *OWN])
        said = rng.choice(["Email {}", "write to {} please", "{}", "my mail: {}", "contact {}"])
        rows.append(row(rng, i, "email", said.format(HIDING[way](rng, user, host)), [f"{user}@{host}"]))
    return rows


NAMES = [
    "Abigail", "Adriana", "Agnes", "Aisha", "Alessia", "Alice", "Alina", "Amanda", "Amelie", "Angela",
    "Anita", "Annika", "Antonia", "Ariana", "Astrid", "Barbara", "Beatrice", "Bianca", "Brenda", "Bridget",
    "Camila", "Caroline", "Cecilia", "Celine", "Claire", "Clara", "Claudia", "Cynthia", "Daniela",
    "Deborah", "Denise", "Diana", "Dolores", "Doris", "Dorothy", "Eleanor", "Elisa", "Ella", "Erica",
    "Esther", "Eveline", "Fatima", "Felicia", "Fernanda", "Fiona", "Florence", "Francesca", "Gabriela",
    "Georgia", "Giulia", "Gloria", "Greta", "Hannah", "Harriet", "Heidi", "Helena", "Ingrid", "Irene",
    "Irina", "Jasmine", "Jessica", "Joanna", "Josephine", "Judith", "Karina", "Katherine", "Kimberly",
    "Larissa", "Lauren", "Leila", "Leonie", "Livia", "Lorena", "Louise", "Lucille", "Magda", "Marcela",
    "Margaret", "Marina", "Marlene", "Martina", "Matilda", "Melanie", "Michelle", "Miriam", "Nicole",
    "Noelia", "Nora", "Olga", "Pamela", "Patricia", "Petra", "Rachel", "Raquel", "Rebecca", "Renata",
    "Rosalie", "Roxana", "Sabrina", "Samantha", "Sandra", "Silvia", "Simone", "Stella", "Svetlana",
    "Tamara", "Tatiana", "Teresa", "Ursula", "Valentina", "Vanessa", "Veronica", "Victoria", "Viola",
    "Vivian", "Wanda", "Yasmin", "Yolanda", "Yvette", "Yvonne", "Zara", "Zoe",
]  # fmt: skip
SAID = ["Hi, I'm {}", "hello gentlemen, {} here", "my name is {}", "They call me {}", "ask for {}", "Hola soy {}", "me llamo {}",
        "je m'appelle {}", "moi c'est {}", "ich bin {}", "ich heiße {}", "mi chiamo {}", "sono {}", "meu nome é {}",
        "меня зовут {}", "xoxo {}", "Kisses, {}", "{} is back", "This is {}", "Hey it's {}", "{}, 29, visiting"]  # fmt: skip
PAIRS = ["{} & {} together", "{} and {} here", "I'm {}, with my friend {}"]
NO_NAME = ["follow @{}_x on insta", "ig: {}.rose99", "write {}22@mailbox.test", "see https://{}-lane.example/hello", "parking on {} Street",
           "the {} Hotel lobby", "I'm so happy you are here", "Summer hours begin in June", "I am Here and Ready", "May is a calm month",
           "a Rose for you", "Hope to see you", "Joy and calm", "Pearl buttons and Amber light"]  # fmt: skip


def names(n: int, seed: int) -> list[Row]:
    """First names of many countries by cue, in pairs, and where they are part of something else."""
    rng, rows = Random(f"wide name/{seed}"), []
    for i in range(n):
        one, two = rng.sample(NAMES, 2)
        lot = rng.random()
        if lot < 0.2:
            written = rng.choice(NO_NAME)
            low = "_x" in written or "://" in written
            rows.append(row(rng, i, "name", written.format(one.lower() if low else one), []))
        elif lot < 0.35:
            rows.append(row(rng, i, "name", rng.choice(PAIRS).format(one, two), [one, two]))
        else:
            rows.append(row(rng, i, "name", rng.choice(SAID).format(one), [one]))
    return rows


CITIES = [("Reno", "NV", "US"), ("Omaha", "NE", "US"), ("Tulsa", "OK", "US"), ("Boise", "ID", "US"), ("Fresno", "CA", "US"),
          ("San Antonio", "TX", "US"), ("Baton Rouge", "LA", "US"), ("Salt Lake City", "UT", "US"), ("Albuquerque", "NM", "US"),
          ("Minneapolis", "MN", "US"), ("Pittsburgh", "PA", "US"), ("Toronto", "ON", "CA"), ("Calgary", "AB", "CA"),
          ("Manchester", "", "GB"), ("Leeds", "", "GB"), ("Hamburg", "", "DE"), ("Leipzig", "", "DE"), ("Lyon", "", "FR"),
          ("Toulouse", "", "FR"), ("Sevilla", "", "ES"), ("Barcelona", "", "ES"), ("Porto", "", "PT"), ("Palermo", "", "IT"),
          ("Rotterdam", "", "NL"), ("Guadalajara", "", "MX"), ("Curitiba", "", "BR"), ("Brisbane", "QLD", "AU")]  # fmt: skip
LED = ["Visiting {} this week", "in {}", "now in {}!", "{} incall only", "based in {}, quiet flat", "near {} station",
       "arriving in {} on Friday", "touring {} until Sunday"]  # fmt: skip
LOCAL = {"DE": ["Neu in {}", "Wohnung in {}"], "FR": ["Je suis à {}", "de passage à {}"], "ES": ["Estoy en {}", "piso en {}"],
         "PT": ["Estou em {}"], "IT": ["Sono a {}"], "BR": ["Estou em {}"], "MX": ["estoy en {}"]}  # fmt: skip
NO_PLACE = ["Very Clean And Quiet", "Mobile number below", "Reading a book", "Nice to meet you", "my name is Florence", "Hi, I'm Victoria",
            "Open Monday to Friday", "in Private", "in the Evening", "Grand Hotel lobby", "Best Massage Ever", "Orange sofa"]  # fmt: skip


def places(n: int, seed: int) -> list[Row]:
    """Cities of many countries, in an ad from there, and capitalised words that are none. Compared by name."""
    rng, rows = Random(f"wide place/{seed}"), []
    for i in range(n):
        name, region, country = rng.choice(CITIES)
        if rng.random() < 0.2:
            rows.append(row(rng, i, "place", rng.choice(NO_PLACE), []))
            continue
        said = rng.choice([*LED, *LOCAL.get(country, [])]).format(name)
        if region and rng.random() < 0.3:
            said = said.replace(name, f"{name}, {region}")
        rows.append({**row(rng, i, "place", said, [name]), "country": country, "by_name": True})
    return rows
