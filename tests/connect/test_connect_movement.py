"""Stays, bulk posting, contradictions, circuits, company and changes, on journeys spelled out."""

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, nbinom

from homeward.connect import changes, circuits, cotravel
from homeward.connect import movement as m

# Reno, its neighbour Sparks, Boise, Denver, and a place that no gazetteer knows.
LAT = np.array([39.53, 39.54, 43.62, 39.74, np.nan])
LON = np.array([-119.81, -119.75, -116.20, -104.99, np.nan])
RENO, SPARKS, BOISE, DENVER, NOWHERE = range(5)


def walk(*ads, who=0):
    """What some (day, place) or (day, place, who) ads show: the seen, the metros, the blasts, the stays."""
    rows = [(*ad, who)[:3] for ad in ads]
    day, place, people = (list(column) for column in zip(*rows, strict=True))
    seen = m.Seen(np.array(people), np.array(day, dtype=float), np.array(place), LAT, LON)
    metro = m.metros(LAT, LON, np.bincount(place, minlength=len(LAT)))
    blast = m.blasts(seen.who, seen.day, metro[seen.place], LAT, LON)
    return seen, metro, blast, m.find_stays(seen, metro, blast)


def arcs(stays):
    steps = m.find_steps(stays, LAT, LON)
    return [
        (int(stays.metro[a]), int(stays.metro[b]))
        for a, b, fast in zip(steps.start, steps.end, steps.too_fast, strict=True) if not fast
    ]  # fmt: skip


def test_a_suburb_is_its_city_and_a_far_city_is_not():
    """Sparks, ten minutes from Reno, is one stay with it; Boise is another, with a journey between."""
    *_, stays = walk((1, RENO), (2, SPARKS), (3, RENO), (5, BOISE))

    assert stays.metro.tolist() == [RENO, BOISE] and stays.ads.tolist() == [3, 1]
    assert arcs(stays) == [(RENO, BOISE)]


def test_three_far_cities_on_one_day_are_a_blast_and_two_are_a_conflict():
    """Whoever posts in three far cities at once was not in them; two on one day contradict each other."""
    _, _, blast, stays = walk((1, RENO), (2.1, RENO), (2.2, BOISE), (2.3, DENVER), (3, RENO))
    assert blast.tolist() == [False, True, True, True, False] and arcs(stays) == []

    seen, metro, blast, stays = walk((1, RENO), (2.1, RENO), (2.2, BOISE), (3, RENO))
    assert not blast.any() and m.conflicts(seen, metro, blast)[:, 2].tolist() == [RENO, BOISE]
    assert arcs(stays) == [] and stays.metro[~stays.drawn].tolist() == [BOISE]


def test_a_day_of_leaving_and_arriving_is_drawn_and_still_listed():
    """Reno in the morning and Boise at night, Boise the next day: a journey, and a day of two cities."""
    seen, metro, blast, stays = walk((1, RENO), (2.1, RENO), (2.9, BOISE), (3, BOISE))

    assert arcs(stays) == [(RENO, BOISE)] and len(m.conflicts(seen, metro, blast)) == 2


def test_two_weeks_of_silence_break_a_journey():
    """After 15 days nobody knows where somebody was between; after 14 the journey is drawn."""
    *_, broken = walk((1, RENO), (16, BOISE))
    *_, whole = walk((1, RENO), (15, BOISE))

    assert arcs(broken) == [] and broken.after_gap.tolist() == [False, True]
    assert arcs(whole) == [(RENO, BOISE)]


def test_a_step_faster_than_a_flight_is_a_contradiction():
    """Reno at 23:50 and Denver at 00:10 is no journey; Denver the next noon is."""
    *_, stays = walk((1.99, RENO), (2.01, DENVER))
    assert m.find_steps(stays, LAT, LON).too_fast.tolist() == [True]
    *_, stays = walk((1.99, RENO), (2.5, DENVER))
    assert m.find_steps(stays, LAT, LON).too_fast.tolist() == [False]


ads = st.tuples(st.integers(0, 400).map(lambda q: q / 7), st.integers(0, 4), st.integers(0, 2))


@given(st.lists(ads, min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_stays_keep_their_promises(some):
    """Every ad outside a blast is in one stay of its person and area, whose clocks are its ads'; arcs join
    drawn stays of one person, at most two weeks apart; the order of the ads does not matter."""
    seen, metro, blast, stays = walk(*some)
    for i, stay in enumerate(stays.of_ad.tolist()):
        assert (stay < 0) == bool(blast[i])
        if stay >= 0:
            assert stays.who[stay] == seen.who[i] and stays.metro[stay] == metro[seen.place[i]]
            assert stays.first[stay] <= seen.day[i] <= stays.last[stay]
    assert int(stays.ads.sum()) + int(blast.sum()) == len(some)
    steps = m.find_steps(stays, LAT, LON)
    for a, b in zip(steps.start, steps.end, strict=True):
        assert stays.who[a] == stays.who[b] and stays.drawn[a] and stays.drawn[b]
        assert stays.metro[a] != stays.metro[b] and stays.first[b] - stays.last[a] <= m.GAP_DAYS
    *_, again = walk(*reversed(some))
    told = [s.tolist() for s in (stays.who, stays.metro, stays.first, stays.last, stays.ads, stays.drawn)]
    assert told == [
        s.tolist() for s in (again.who, again.metro, again.first, again.last, again.ads, again.drawn)
    ]


def rounds(places, *, days=2.0):
    start, end = zip(*pairwise(places), strict=True)
    none = np.zeros(len(start), dtype=np.int64)
    return circuits.find_circuits(none, np.array(start), np.array(end), np.full(len(start), days)).get(0, [])


def test_a_round_gone_three_times_is_a_circuit_and_gone_once_is_not():
    """The same places in the same order, again and again; a single tour is no circuit."""
    [found] = rounds([5, 3, 8, 1] * 3 + [5])
    assert found.places == (1, 5, 3, 8) and found.rounds == 3 and found.explained == 1
    assert rounds([5, 3, 8, 1, 5]) == []


def test_a_missed_stop_does_not_hide_a_circuit_and_wandering_shows_none():
    """One stop without an ad leaves the round; the same cities in no order have none."""
    assert [c.places for c in rounds([5, 3, 8, 1, 5, 8, 1, 5, 3, 8, 1, 5])] == [(1, 5, 3, 8)]
    assert rounds([1, 5, 3, 1, 8, 5, 1, 3, 8, 5, 8, 3, 5, 1, 8]) == []


def test_groups_with_the_same_round_are_alike_and_say_if_they_go_it_backwards():
    """Three of three steps in common, or the same the other way round; another round is not alike."""
    ring, back, other = [(*r, *r, *r, r[0]) for r in ((1, 2, 3), (3, 2, 1), (7, 8, 9))]
    found = {i: rounds(places) for i, places in enumerate((ring, ring, back, other))}
    pairs = {(p.a, p.b): (p.share, p.back) for p in circuits.similar(found)}

    assert pairs == {(0, 1): (1.0, False), (0, 2): (1.0, True), (1, 2): (1.0, True)}


def track(*stays):
    place, first, last = zip(*stays, strict=True)
    return cotravel.Track(np.array(place), np.array(first, dtype=float), np.array(last, dtype=float))


def test_two_who_go_the_same_way_are_called_together_and_a_third_is_not():
    """Eight common stops in the same days are no chance; the same eight cities at other times may be."""
    order = [3, 1, 4, 2, 5, 8, 6, 7]
    one = track(*((place, 5 * i, 5 * i + 3) for i, place in enumerate(order)))
    mate = track(*((place, 5 * i + 0.5, 5 * i + 2) for i, place in enumerate(order)))
    third = track(*((place, 5 * i, 5 * i + 3) for i, place in enumerate([1, 3, 4, 6, 2, 8, 7, 5])))
    found = {(t.a, t.b): t for t in cotravel.co_travel({0: one, 1: mate, 2: third}, [(0, 1), (0, 2), (1, 2)])}

    assert found[0, 1].called and found[0, 1].p < 0.01 and found[0, 1].share == 1
    assert not any(found[pair].called for pair in found if pair != (0, 1))


def test_the_same_stays_always_give_the_same_p_value():
    """Chance is repeatable: a p-value is the same bits on every run."""
    one = track(*((i % 4, 4 * i, 4 * i + 2) for i in range(9)))
    two = track(*((i % 3, 4 * i + 1, 4 * i + 3) for i in range(9)))

    assert cotravel.co_travel({0: one, 1: two}) == cotravel.co_travel({0: one, 1: two})


@given(st.lists(st.floats(0.0001, 1), min_size=1, max_size=40), st.integers(0, 60))
def test_step_up_is_benjamini_and_hochberg(p_values, untested):
    """What is called is what scipy's adjusted p-values call, untested pairs having p = 1."""
    adjusted = false_discovery_control([*p_values, *[1.0] * untested])[: len(p_values)]
    called = cotravel.step_up(p_values, len(p_values) + untested)

    assert all(c == (q <= 0.05) for c, q in zip(called, adjusted, strict=True) if abs(q - 0.05) > 1e-9)


def test_a_crowd_proposes_nobody():
    """A thousand people in two cities in the same weeks are not half a million pairs to test."""
    tracks = {who: track((0, 0, 3), (1, 5, 8)) for who in range(1000)}
    assert cotravel.propose(tracks) == []
    assert cotravel.propose({who: tracks[who] for who in range(3)}) == [(0, 1), (0, 2), (1, 2)]


def test_a_change_of_rate_is_found_where_it_is_and_steadiness_has_none():
    """Two ads a week, then nine: one cut at the tenth week; two a week throughout: none."""
    [cut] = changes.count_changes(np.array([2.0, 1, 3, 2, 2, 1, 2, 3, 2, 2, 9, 8, 10, 9, 8, 11, 9, 9]))
    assert cut.at == 10 and cut.before == 2 and 8 < cut.after < 10
    assert changes.count_changes(np.array([2.0, 1, 3, 2, 2, 1, 2, 3, 2, 2, 1, 3, 2, 2])) == []
    [cut] = changes.level_changes(np.array([200.0, 200, 210, 200, 205, 200, 300, 310, 300, 300, 305]))
    assert cut.at == 6


@given(st.integers(0, 80), st.floats(0.01, 30), st.floats(1, 5), st.integers(1, 7), st.integers(5, 90))
def test_the_likelihood_of_a_surge_is_that_of_a_negative_binomial(seen, mean, wide, days, width):
    """Held against the distribution as a library has it, which takes seconds to load."""
    expected = mean * days
    variance = mean * wide * days * (1 + days / width)
    size = expected**2 / (variance - expected)

    ours = changes._tail(*(np.array([float(x)]) for x in (seen, mean, mean * wide)), days, np.array([width]))

    assert ours[0] == pytest.approx(nbinom.sf(seen - 1, size, expected / variance), rel=1e-9)


def test_a_surge_is_found_on_its_days_and_an_even_city_has_none():
    """Five ads a day, and thirty on two days: those two days; the city beside has no surge."""
    day = np.concatenate(
        [np.repeat(np.arange(100), 5), np.repeat([70, 71], 25), np.repeat(np.arange(100), 5)]
    )
    city = np.concatenate([np.zeros(550, dtype=int), np.ones(500, dtype=int)])
    [surge] = changes.find_surges(city, day, first=0, last=99)

    assert (surge.city, surge.first, surge.days, surge.ads) == (0, 70, 2, 60)


@pytest.mark.parametrize("seed", [31])
def test_on_invented_journeys_circuits_and_company_are_right(seed):
    """The aims of the method on a small invented set with wanderers, same roads, homes and bulk as decoys."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    try:
        from bench.quality import travel
    finally:
        sys.path.pop(0)
    told = travel.measure(seed, 120)

    assert told["circuits"]["f1"] >= 0.9
    assert told["co-travel"]["precision"] >= 0.95 and told["co-travel"]["recall"] >= 0.8
