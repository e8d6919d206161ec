"""Telephone numbers nobody has: 555-01xx, and the ranges that regulators keep free for films and books.

Ofcom (United Kingdom), ACMA (Australia), ARCEP (France), Bundesnetzagentur (Germany) and PTS (Sweden) publish such
ranges. Countries without one get random numbers that the numbering plan allows, drawn at run time and kept nowhere.
"""

from __future__ import annotations

# fmt: off
from random import Random

import phonenumbers

AREAS = ["201", "202", "203", "206", "209", "212", "213", "214", "216", "301", "303", "305", "310", "312", "313", "323", "404", "407", "408", "410", "412", "414", "415", "469", "480", "503", "504", "509", "510", "512", "513", "530", "559", "561", "602", "612", "615", "617", "619", "626", "646", "650", "661", "678", "702", "707", "713", "718", "720", "725", "727", "732", "754", "760", "775", "786", "801", "805", "808", "813", "816", "818", "832", "858", "904", "909", "916", "917", "949", "951", "954", "972"]

# Country, national digits as dialled at home with x for free figures, and how they are grouped there.
KEPT_FREE = {
    "GB": ("07700900xxx", "02079460xxx", "01632960xxx", "01134960xxx", "01614960xxx", "01914980xxx"),
    "AU": ("0491570006", "0491570156", "0491570157", "0491570158", "0491570159", "0491570110", "02555001xx",
           "0755500xxx", "02701001xx"),
    "FR": ("063998xxxx", "019900xxxx", "026191xxxx", "035301xxxx", "046571xxxx", "053649xxxx"),
    "DE": ("03023125xxx", "06990009xxx", "04066969xxx", "02214710xxx", "08999998xxx", "01713920xxx"),
    "SE": ("07017406xx", "0313900600", "08465004xx"),
}  # fmt: skip
GROUPS = {
    "GB": {"07": (5, 6), "020": (3, 4, 4), "01632": (5, 6), "": (4, 3, 4)},
    "AU": {"04": (4, 3, 3), "": (2, 4, 4)},
    "FR": {"": (2, 2, 2, 2, 2)},
    "DE": {"030": (3, 8), "069": (3, 8), "040": (3, 8), "089": (3, 8), "": (4, 9)},
    "SE": {"07": (3, 3, 2, 2), "08": (2, 3, 3, 2), "": (3, 3, 2, 2)},
}
# Random numbers: home digits and groups.
RANDOM = {
    "ES": (("6xxxxxxxx", (3, 3, 3)), ("6xxxxxxxx", (3, 2, 2, 2)), ("7[1-4]xxxxxxx", (3, 3, 3))),
    "PT": (("91xxxxxxx", (3, 3, 3)), ("96xxxxxxx", (3, 3, 3)), ("93xxxxxxx", (2, 3, 2, 2))),
    "IT": (("34xxxxxxxx", (3, 3, 4)), ("32xxxxxxxx", (3, 7)), ("33xxxxxxxx", (3, 3, 2, 2))),
    "RU": (("8916xxxxxxx", (1, 3, 3, 2, 2)), ("8926xxxxxxx", (1, 3, 3, 2, 2)), ("8903xxxxxxx", (1, 3, 3, 4))),
    "BR": (("119[6-9]xxxxxxx", (2, 5, 4)), ("219[6-9]xxxxxxx", (2, 5, 4))),
    "MX": (("55xxxxxxxx", (2, 4, 4)), ("33xxxxxxxx", (2, 4, 4)), ("664xxxxxxx", (3, 3, 4))),
    "NL": (("061xxxxxxx", (2, 8)), ("062xxxxxxx", (2, 4, 4)), ("064xxxxxxx", (2, 2, 2, 2, 2))),
    "BE": (("047xxxxxxx", (4, 2, 2, 2)), ("048xxxxxxx", (4, 3, 3))),
    "CH": (("079xxxxxxx", (3, 3, 2, 2)), ("078xxxxxxx", (3, 3, 2, 2))),
    "PL": (("50xxxxxxx", (3, 3, 3)), ("60xxxxxxx", (3, 3, 3))),
    "CO": (("310xxxxxxx", (3, 3, 4)), ("300xxxxxxx", (3, 7))),
    "IN": (("98xxxxxxxx", (5, 5)), ("99xxxxxxxx", (4, 3, 3))),
    "ZA": (("082xxxxxxx", (3, 3, 4)), ("083xxxxxxx", (3, 3, 4))),
    "AE": (("050xxxxxxx", (3, 3, 4)), ("055xxxxxxx", (3, 7))),
    "TH": (("081xxxxxxx", (3, 3, 4)), ("089xxxxxxx", (3, 3, 4))),
    "PH": (("0917xxxxxxx", (4, 3, 4)),),
}  # fmt: skip
CALLING = {c: str(phonenumbers.country_code_for_region(c)) for c in (*KEPT_FREE, *RANDOM)} | {"US": "1", "CA": "1"}
TRUNK = {"GB": "0", "AU": "0", "FR": "0", "DE": "0", "SE": "0", "RU": "8", "NL": "0", "BE": "0", "CH": "0", "ZA": "0",
         "AE": "0", "TH": "0", "PH": "0"}  # fmt: skip


def fill(random: Random, shape: str) -> str:
    """Return the shape with random figures for x and one of the figures a bracket names."""
    out = shape
    while "[" in out:
        head, rest = out.split("[", 1)
        span, tail = rest.split("]", 1)
        out = f"{head}{random.randint(int(span[0]), int(span[2]))}{tail}"
    return "".join(str(random.randrange(10)) if c == "x" else c for c in out)


def american(random: Random) -> str:
    """Return ten digits of a number nobody has."""
    return f"{random.choice(AREAS)}55501{random.randrange(100):02d}"


def abroad(random: Random, country: str) -> tuple[str, tuple[int, ...], str]:
    """Return home digits, their groups and the E.164 form of a number that the country's plan allows."""
    while True:
        if country in KEPT_FREE:
            home = fill(random, random.choice(KEPT_FREE[country]))
            cut = next(g for start, g in GROUPS[country].items() if home.startswith(start))
        else:
            shape, cut = random.choice(RANDOM[country])
            home = fill(random, shape)
        number = phonenumbers.parse(home, country)
        if sum(cut) == len(home) and phonenumbers.is_valid_number(number):
            return home, cut, phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def grouped(digits: str, cut: tuple[int, ...]) -> list[str]:
    """Return the digits in groups."""
    out, at = [], 0
    for size in cut:
        out.append(digits[at : at + size])
        at += size
    return out
