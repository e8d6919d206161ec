"""A card fitted to outcomes: it recovers what was planted, turns nothing round, and adds nothing."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from homeward.connect import card, rank, reckoning, tally, training
from homeward.connect.card import SHIPPED, Card
from homeward.connect.indicators import all_indicators
from homeward.connect.tally import Tallied
from homeward.model.errors import UsageError
from homeward.model.finding import Direction, Finding, Strength

FAMILIES = ("hidden number", "several persons", "third party", "price")


def outcomes(planted, count=1_500, start=-1.0, seed=3):
    """Invented outcomes: families speak by chance, and who is confirmed follows the planted factors."""
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        said = {name: float(chance.integers(0, 4)) / 2 for name in FAMILIES}
        odds = start + sum(planted.get(name, 1.0) * x for name, x in said.items())
        confirmed = bool(chance.random() < expit(odds))
        says = tally.in_steps(said)
        made.append(Tallied(confirmed, says, len(says), site=f"s{chance.integers(3)}.test"))
    return made


PLANTED = {"hidden number": 2.5, "several persons": 1.4, "third party": 0.5, "price": 0.0}


@pytest.fixture(scope="module")
def planted():
    return outcomes(PLANTED)


@pytest.fixture(scope="module")
def tested(planted):
    return training.cross_validated(planted)


def test_planted_factors_are_recovered_in_order(planted):
    """What outcomes say most strongly gets the largest factor; a family nobody had keeps the shipped one."""
    factors = training.fit(planted).factors

    assert sorted(FAMILIES, key=factors.__getitem__) == sorted(FAMILIES, key=PLANTED.__getitem__)
    assert all(abs(factors[name] - PLANTED[name]) < 0.5 for name in FAMILIES)
    assert factors["travel together"] == 1.0


def test_a_reason_for_never_speaks_against():
    """Where the outcomes turn a family round its factor is 0; where they do not it is above."""
    factors = training.fit(outcomes({"price": -2.0, "third party": 1.0})).factors

    assert factors["price"] == 0.0 < factors["third party"]


def test_few_outcomes_move_a_card_little():
    """The same outcomes ten times over move the factor further from the shipped card than once."""
    few = outcomes(PLANTED, count=60)
    once, often = (training.fit(rows).factors["hidden number"] for rows in (few, few * 10))

    assert abs(once - 1.0) < abs(often - 1.0)


def test_a_fit_is_the_same_to_the_bit_in_any_order(planted):
    """Rows have no order; another row is another fit."""
    again = training.fit(planted[::-1])

    assert again == training.fit(planted)
    assert again != training.fit([*planted, *[replace(planted[0], confirmed=not planted[0].confirmed)] * 40])


def test_what_is_left_out_cannot_be_switched_on(planted):
    """A family of a left-out indicator alone gets no factor by any outcomes, and no card may name it."""
    out = {one.family for one in all_indicators() if one.rule is None} - set(card.families())
    assert "stated ethnicity" in out
    says = (*planted[0].says, ("stated ethnicity", 2.0))

    assert not out & training.fit([*planted, *[Tallied(True, says, 1)] * 200]).factors.keys()
    for wrong in ({"stated ethnicity": 1.0}, {"touring": 1.0}, {"price": -0.1}, {"price": 99.0}):
        with pytest.raises(UsageError):
            card.checked(Card("x", wrong))
    assert card.checked(Card("x", {"price": 0.5})).factor("price") == 0.5


def test_a_card_multiplies_what_a_family_says():
    """A factor of 0 silences a family, one of 1 is the shipped card; told findings never count."""
    found = [
        Finding("i", name, name, direction, Strength.EXPERT, "", 1.0, "")
        for name, direction in (("price", Direction.FOR), ("touring", Direction.SHOWN))
    ]

    assert rank.score(found, Card("x", {"price": 0.0, "touring": 3.0})) == rank.score([])
    assert rank.score(found, Card("x", {"price": 1.0})) == rank.score(found, SHIPPED) > rank.score([])


def test_what_is_foretold_is_so(tested):
    """Foretold shares lie within their intervals, and the fitted card foretells better than the shipped."""
    bins = reckoning.calibration(tested)
    all_in_all = reckoning.summed(tested)

    assert sum(one["leads"] for one in bins) == len(tested.rows)
    assert sum(one["low"] <= one["foretold"] <= one["high"] for one in bins) >= 4
    assert all_in_all["fitted"]["loss"] < all_in_all["shipped"]["loss"]
    assert all_in_all["fitted"]["order"] > all_in_all["shipped"]["order"]


def test_errors_are_told_by_part_and_never_of_few(planted):
    """Each site has its line; one of fewer than ten goes with the others."""
    few = [replace(row, site="few.test") for row in planted[:9]]
    lines = reckoning.errors(training.cross_validated([*planted[9:300], *few]))
    sites = {line["name"]: line for line in lines if line["part"] == "site"}

    assert sites.keys() == {"s0.test", "s1.test", "s2.test", reckoning.OTHERS}
    assert sites[reckoning.OTHERS]["leads"] == 9 and sites[reckoning.OTHERS]["wrong_fitted"] is None
    told = sites["s0.test"]["wrong_fitted"]
    assert told["low"] <= told["share"] <= told["high"]


def test_wilson_agrees_with_its_textbook_value():
    """Nine of forty: .123 to .375; of nothing everything is possible."""
    assert reckoning.wilson(9, 40) == (0.123, 0.375)
    assert reckoning.wilson(0, 0) == (0.0, 1.0)


def test_a_row_is_told_as_far_as_five_groups_share_it():
    """What is rare is left out, first the region; what fewer than five share in all is not kept."""
    mine = Tallied(False, (("price", 0.5),), 1, "Nevada", "a.test", "en", "2 to 5 ads")
    other = replace(mine, region="Ohio")

    assert tally.blurred(dict.fromkeys("abcde", mine)) == dict.fromkeys("abcde", mine)
    mixed = tally.blurred({"a": mine, **dict.fromkeys("bcde", other)})
    assert set(mixed.values()) == {replace(mine, region="")}
    assert set(tally.blurred(dict.fromkeys("abcd", mine)).values()) == {None}


def test_who_stands_out_is_told_as_a_mean_of_five(planted):
    """No two of these say the same: each row is one of cells of five or more, near what was so."""
    chance = np.random.default_rng(5)
    rows = {
        f"g{number}": Tallied(False, tuple((name, float(chance.random())) for name in FAMILIES), 4)
        for number in range(200)
    }
    told = tally.blurred(rows)

    fits = Counter(told.values())
    assert min(fits.values()) >= tally.LEAST_ALIKE and len(fits) > 20
    off = [abs(row.weights[name] - told[g].weights[name]) for g, row in rows.items() for name in FAMILIES]
    assert np.mean(off) < 0.2
    assert tally.blurred(dict(reversed(rows.items()))) == told


def test_planted_order_survives_the_blurring():
    """Outcomes of leads each unlike the others, kept as means of five, still tell which families hold."""
    chance = np.random.default_rng(8)
    rows, held = {}, {}
    for number in range(1_000):
        said = {name: float(chance.random() * 2) for name in FAMILIES}
        odds = -2.0 + sum(PLANTED[name] * x for name, x in said.items())
        held[f"g{number}"] = bool(chance.random() < expit(odds))
        rows[f"g{number}"] = Tallied(False, tuple(said.items()), 4, site=f"s{number}.test")
    told = tally.blurred(rows)

    factors = training.fit([replace(told[group], confirmed=held[group]) for group in rows]).factors
    assert sorted(FAMILIES, key=factors.__getitem__) == sorted(FAMILIES, key=PLANTED.__getitem__)


def test_steps_keep_who_spoke_and_hide_how_much():
    """Log-odds are told in halves; a soft voice is still one, and silence none."""
    assert tally.in_steps({"b": -1.3, "a": 0.1, "c": 0.0}) == (("a", 0.5), ("b", -1.5))
    assert [tally.share_of(n) for n in (1, 2, 3, 4, 5)] == [1.0, 0.5, 0.25, 0.25, 0.125]


def test_likes_are_counted_without_controls():
    """Leads of one kind are counted in whole leads; a group that was no lead is not like any."""
    row = Tallied(True, (("price", 0.5),), 1)
    half = replace(row, confirmed=False, share=0.5)

    found = tally.like([row, half, half, half, replace(row, control=True)], SHIPPED)
    assert set(found.values()) == {(2, 1)}
