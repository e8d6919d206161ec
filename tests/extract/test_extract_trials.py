"""What sets written by other eyes found in prices, ages and e-mail, each with what only looks like it."""

from __future__ import annotations

import pytest

from homeward.extract.read import read_text


def values(text: str, kind: str, country: str = "US") -> list[str]:
    """Return the values of one kind, sorted."""
    return sorted(m.value for m in read_text(text, country=country) if m.kind == kind)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        (
            "half hour … €80, hour … €150, 2 hours … €250",
            "DE",
            ["150 EUR 60min", "250 EUR 120min", "80 EUR 30min"],
        ),
        ("2 500 kr", "SE", ["2500 SEK"]),
        ("30 min 4 000 руб", "RU", ["4000 RUB 30min"]),
        ("hora y media 1200 pesos", "MX", ["1200 MXN 90min"]),
        ("1h30 190 €", "FR", ["190 EUR 90min"]),
        ("半小时 ¥400", "CN", ["400 CNY 30min"]),
        ("100hh 150hr", "US", ["100 USD 30min", "150 USD 60min"]),
        ("hh 100 / hr 160", "US", ["100 USD 30min", "160 USD 60min"]),
        ("30/90 60/150 120/380", "US", ["150 USD 60min", "380 USD 120min", "90 USD 30min"]),
        ("one hundred twenty roses an hour", "US", ["120 USD 60min"]),
        ("$20 off if you mention this ad. $150 per hour", "US", ["150 USD 60min"]),
        ("$$$ 30 min: $100", "US", ["100 USD 30min"]),
        ("15 mins - 70 roses\n100% real", "US", ["70 USD 15min"]),
    ],
)
def test_prices_of_many_habits_are_read(text, country, expected):
    """Lists take turns, thousands stand apart, words count, and a discount is no price."""
    assert values(text, "price", country) == expected


@pytest.mark.parametrize(
    "text",
    [
        "two of us, one hundred smiles",
        "2 girls, 100 reviews",
        "save $20",
        "20% off",
        "15/6 and 20/6",
        "$$$ 24/7",
    ],
)
def test_figures_and_words_without_money_are_no_price(text):
    """Counts, discounts, dates and bare signs are no prices."""
    assert values(text, "price") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("must be 21+ | 34yo", ["34"]),
        ("30 min 80, 45 yo", ["45"]),
        ("two friends, 26 and 39 years old", ["26", "39"]),
        ("ages 25 and 33", ["25", "33"]),
        ("I'm 45, my friend is 28", ["28", "45"]),
        ("F/45", ["45"]),
        ("26j.", ["26"]),
        ("I'm twenty-three, since 2019", ["23"]),
        ("must be 21 and over", []),
        ("25 and 30 minutes away", []),
        ("size 38 and 40", []),
    ],
)
def test_ages_end_with_their_phrase_and_come_in_pairs(text, expected):
    """A limit in another phrase is none of this age, and "and" joins two ages."""
    assert values(text, "age") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("amber22 at mail.test", ["amber22@mail.test"]),
        ("amber22&#64;mail.test", ["amber22@mail.test"]),
        ("amber22\n@\nmail.test", ["amber22@mail.test"]),
        ("amber arobase mail point test", ["amber@mail.test"]),
        ("amber~at~mail~dot~test", ["amber@mail.test"]),
        ("amber at-sign mail dot test", ["amber@mail.test"]),
        ("look at mail.test", []),
        ("we are at home.test", []),
        ("a good point test", []),
    ],
)
def test_addresses_are_read_through_entities_lines_and_words(text, expected):
    """A name that is no word makes a bare "at" an address; an ordinary word does not."""
    assert values(text, "email") == expected


@pytest.mark.parametrize(
    ("text", "country", "kind", "expected"),
    [
        ("je fais 1 m 62", "FR", "height", ["162 cm"]),
        ("je fais 1 m 62", "FR", "price", []),
        ("meço 1,71", "BR", "height", ["171 cm"]),
        ("de 10h à 21h, 80 € la demi-heure", "FR", "price", ["80 EUR 30min"]),
        ("de 12h à 18h, mon prénom est Julie", "FR", "hours", ["Mo-Su 12:00-18:00"]),
        ("10am-5pm, Mon", "US", "hours", ["Mo 10:00-17:00"]),
        ("moro em Curitiba", "BR", "place", ["Curitiba, PR, BR"]),
    ],
)
def test_metres_and_times_of_day_are_no_minutes(text, country, kind, expected):
    """A metre is no minute, an hour of the day is no length, and "mon" is a day only among days."""
    found = values(text, kind, country)
    assert [value.split(",")[0] for value in found] == [value.split(",")[0] for value in expected]
