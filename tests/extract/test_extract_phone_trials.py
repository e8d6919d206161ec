"""What sets written by other eyes found: ways of hiding that were missed, and figures that are no number."""

from __future__ import annotations

import pytest

from homeward.extract.read import read_text


def phones(text: str, country: str = "US") -> list[str]:
    """Return the numbers of a text."""
    return [m.value for m in read_text(text, country=country) if m.kind == "phone"]


@pytest.mark.parametrize(
    "text",
    [
        "SEVEN, OH, TWO . FIVE, FIVE, FIVE . ZERO, ONE, THREE, FOUR",
        "seven 0h tw0 fi5e f1ve fyve zer0 1ne thr33 four",
        "702-5sЅ-0lЗ4",
        "702m555m0134",
        "7+0+2+5+5+5+0+1+3+4",
        "«702»«555»«0134»",
        "702*call me*555*anytime*0134",
        "booking: 702 555 0134",
        "702 555 0134 hh 100",
        "http://sunny7025550134.test",
        "www.sunny.test/?phone=7025550134",
    ],
)
def test_more_ways_of_hiding_a_number_are_read(text):
    """Commas between words, figures in words, look-alike letters, marks, fillers and hosts hide nothing."""
    assert phones(text) == ["+17025550134"]


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("booking number 7025550134", "US"),
        ("NPI 7025550134", "US"),
        ("Reno NV 89501-4424", "AU"),
        ("photo 09087120.jpg", "DE"),
        ("2017, renewed 2018, 2019 and 2020", "DE"),
        ("34B-25-36 and 5 foot 3", "AU"),
        ("0900-1700 0900-2100", "BR"),
        ("page 1 2 3 4 5 6 7 8 of 29", "GB"),
        ("$ 170 . 210 . 260 . 1170", "US"),
        ("score 48-53 10-69", "DE"),
    ],
)
def test_figures_of_other_things_are_no_number(text, country):
    """Licences, post codes, pictures, years, sizes, opening hours, counting and prices are no numbers."""
    assert phones(text, country) == []


@pytest.mark.parametrize(
    ("text", "country", "value"),
    [
        ("tre tre due tre sei sei otto sette tre tre", "IT", "+393323668733"),
        ("341💎083💎1420", "IT", "+393410831420"),
        ("0491💎570💎006", "AU", "+61491570006"),
        ("um um 97680 zero nove nove oito", "BR", "+5511976800998"),
    ],
)
def test_no_digit_of_a_number_is_left_out(text, country, value):
    """A word that is also an article, and the first group before an emoji, belong to the number."""
    assert phones(text, country) == [value]
