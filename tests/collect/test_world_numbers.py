"""The world's telephone numbers: nobody has them, one owner at a time, and many ways to write them."""

from random import Random

import pytest

from homeward.collect.world.numbers import REST_DAYS, Numbers
from homeward.collect.world.obscure import PLAIN, STYLES, TABLES, WORDS, obscured, plain


def test_numbers_come_from_the_home_area_while_they_last():
    numbers = Numbers(["702", "212"], Random(1), 0.0)
    first = [numbers.take(["702"], 0.0) for _ in range(100)]
    assert {n[:8] for n in first} == {"70255501"} and len(set(first)) == 100
    assert numbers.take(["702"], 0.0).startswith("21255501") and not numbers.beyond_fiction


def test_a_world_that_needs_more_takes_other_lines_of_the_exchange_and_counts_them():
    numbers = Numbers(["702"], Random(1), 0.0)
    taken = [numbers.take(["702"], 0.0) for _ in range(9_899)]
    assert len(set(taken)) == 9_899 and numbers.beyond_fiction == 9_799
    assert all(n.startswith("702555") and len(n) == 10 for n in taken) and "7025551212" not in taken


def test_a_freed_number_passes_to_somebody_else_after_its_rest_and_not_before():
    numbers = Numbers(["702"], Random(1), 1.0)
    old = numbers.take(["702"], 0.0)
    numbers.free(old, 10.0)
    assert numbers.take(["702"], 10.0 + REST_DAYS - 1) != old
    assert numbers.take(["702"], 10.0 + REST_DAYS) == old


@pytest.mark.parametrize("style", range(PLAIN))
def test_a_plain_number_keeps_its_digits(style):
    digits = "".join(c for c in plain("7025550134", style, abroad=False) if c.isdecimal())
    assert digits.removeprefix("1") == "7025550134"
    assert plain("7025550134", style, abroad=True).startswith("+1")


def read_back(text, language):
    """Return the digits that a person reads, by undoing every table and word: slow, and an oracle."""
    for k, word in sorted(enumerate(WORDS[language]), key=lambda row: -len(row[1])):
        text = text.replace(word, str(k)).replace(word.capitalize(), str(k))
    text = text.replace("oh", "0").replace("Oh", "0")
    for table in TABLES:
        for k, sign in enumerate(table):
            text = text.replace(sign, str(k))
    text = text.replace("o", "0").replace("O", "0").replace("l", "1").replace("I", "1")
    return "".join(c for c in text if c.isascii() and c.isdecimal())


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("style", STYLES)
def test_an_obscured_number_reads_back_and_hides_from_a_plain_search(style, language):
    for seed in range(40):
        text = obscured("4026713859", style, Random(seed), language)
        assert read_back(text, language) == "4026713859", text
        assert "4026713859" not in text and "402-671-3859" not in text
