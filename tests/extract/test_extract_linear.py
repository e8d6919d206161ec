"""Time is linear in the length of a text, also where one reader meets what it looks for over and over.

Each unit once made a reader quadratic. `python -m bench.speed.hostile` measures a megabyte of many more.
"""

from __future__ import annotations

import time

import pytest

from homeward.extract import hotel, name, phone, place, price
from homeward.extract.text.tokens import Page, Place

SHORT, TIMES = 6_000, 8
MOST = 2.5 * TIMES  # of a quadratic reader it is 64


def seconds(reader, text: str) -> float:
    """The least of three processor times: the machine may be busy."""
    spent = []
    for _ in range(3):
        page = Page.of(text, part="body", place=Place("US", "NV", "Reno"))
        began = time.process_time()
        reader(page)
        spent.append(time.process_time() - began)
    return min(spent)


@pytest.mark.parametrize(
    ("reader", "unit"),
    [
        (hotel.read_hotels, "Hilton, "),
        (hotel.read_hotels, "Hilton room 214 "),
        (hotel.read_hotels, "HELLO. HARBOR LIGHTS HOTEL "),
        (name.read_names, "SMALL ROSE TATTOO, CALL ME "),
        (phone.read_phones, "seven two "),
        (place.read_places, "new york "),
        (price.read_prices, "one hundred twenty dollars "),
    ],
)
def test_eight_times_the_text_takes_about_eight_times_as_long(reader, unit):
    short = unit * (SHORT // len(unit))
    assert seconds(reader, short * TIMES) < MOST * max(seconds(reader, short), 0.001)
