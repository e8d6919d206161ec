"""Two people under one name are told apart by descriptions that come back by turns, and one person is not."""

from __future__ import annotations

import pytest

from homeward.connect.descriptions import parted

TALL = {"height": 178.0, "hair": "red", "price": 300.0}
SMALL = {"height": 160.0, "hair": "brown", "price": 200.0}


def test_two_sets_by_turns_are_two_people():
    assert parted([TALL, SMALL, TALL, SMALL, TALL]) == [0, 1, 0, 1, 0]


def test_what_says_one_thing_only_goes_with_the_set_that_says_it():
    assert parted([TALL, SMALL, TALL, SMALL, {"hair": "brown"}, {}]) == [0, 1, 0, 1, 1, 0]


def test_a_price_that_rises_is_the_same_ones():
    dearer = {**TALL, "price": 320.0}
    assert parted([TALL, SMALL, TALL, SMALL, dearer]) == [0, 1, 0, 1, 0]


@pytest.mark.parametrize(
    "bodies",
    [
        [TALL, TALL, SMALL, SMALL],  # all of it changed, once
        [TALL, {**TALL, "hair": "brown"}] * 3,  # one thing alone goes back and forth
        [TALL, {**TALL, "height": 179.0, "price": 310.0}] * 3,  # rounded, and a little dearer
        [{"height": tall, "hair": hair} for tall in (178.0, 160.0) for hair in ("red", "brown")]
        * 2,  # they mix
        [TALL, SMALL, TALL],  # said once is said by mistake
    ],
)
def test_anything_less_is_one_person(bodies):
    assert [0] * len(bodies) == parted(bodies)
