"""Which things that fall into one bucket are held against each other, some buckets at a time."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.connect.buckets import meetings

ENTRIES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9)), unique=True, max_size=40)


def met(entries, at_once, of=None):
    band = np.array([band for band, _ in entries], dtype=np.uint64)
    place = np.array([place for _, place in entries], dtype=np.int64)
    return [tuple(pair) for pair in meetings(band, place, of=of, at_once=at_once).tolist()]


def expected(entries):
    """Each place with the first four of its bucket, and with the two before it."""
    out = set()
    for band in {band for band, _ in entries}:
        places = sorted(place for one, place in entries if one == band)
        ranks = combinations(range(len(places)), 2)
        out |= {(places[i], places[j]) for i, j in ranks if i < 4 or j - i <= 2}
    return sorted(out)


@settings(deadline=None, max_examples=40)
@given(entries=ENTRIES, at_once=st.sampled_from([9, 1_000]))
def test_the_same_meet_however_few_buckets_are_looked_at_at_once(entries, at_once):
    assert met(entries, at_once) == expected(entries)


def test_a_crowd_meets_its_first_few_only():
    crowd = [(5, place) for place in range(50)]
    pairs = met(crowd, 10)
    assert (0, 49) in pairs and (47, 49) in pairs
    assert (10, 49) not in pairs


@settings(deadline=None, max_examples=40)
@given(entries=ENTRIES, some=st.sets(st.integers(0, 9)))
def test_of_some_only_their_own_pairs_are_told(entries, some):
    of = np.isin(np.arange(10), list(some))
    assert met(entries, 9, of) == [pair for pair in expected(entries) if some.intersection(pair)]
