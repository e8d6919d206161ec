"""Whose prices are far from those of the city, and whom new ads move there or away."""

from __future__ import annotations

import numpy as np

from homeward.connect import parameters as p
from homeward.connect.prices import Priced, first_hour, middle_prices, otherwise

MANY = p.LEAST_NEIGHBOURS


def priced(prices, networks, city=0):
    count = len(prices)
    return Priced(np.full(count, city), np.zeros(count, int), np.array(prices, float), np.array(networks))


# Network 0 has two ads at 400; so many others as to be one short of a middle price ask 200.
THEN = priced([400, 400, *[200] * (MANY - 2)], [0, 0, *range(1, MANY - 1)])
ALL = np.ones(len(THEN.price), dtype=bool)


def test_a_middle_price_is_known_from_so_many_groups_on_and_each_price_of_a_group_counts_once():
    assert np.isnan(middle_prices(THEN)).all()
    one_more = THEN.beside(priced([200, 200], [MANY, MANY]))
    assert set(middle_prices(one_more)) == {200.0}


def test_a_group_that_new_ads_put_far_from_the_middle_is_built_anew():
    assert otherwise(THEN, ALL, priced([200], [MANY])).tolist() == [0]


def test_nobody_is_where_nothing_changes_or_another_city_does():
    assert not otherwise(THEN, ALL, priced([], [])).size
    assert not otherwise(THEN, ALL, priced([200], [MANY], city=1)).size


def test_a_group_that_is_far_no_more_is_too():
    full = THEN.beside(priced([200], [MANY]))
    now = np.append(ALL, False)  # the ad is gone
    assert otherwise(full, now, priced([], [])).tolist() == [0]


def test_the_first_price_of_an_hour_is_taken():
    assert first_hour(["120 USD 30min", "200 USD 60min", "210 USD 60min"]) == (200.0, "USD")
    assert first_hour(["120 USD 30min", "call"]) is None
