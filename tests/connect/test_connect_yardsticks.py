"""The plain methods that ours is measured beside are given a fair chance."""

from __future__ import annotations

import numpy as np
from connect_cases import HERE

from homeward.connect.yardsticks import by_minhash, by_phone


def phones(pairs, ads, most):
    ad, value = np.array(pairs).T
    return by_phone(ads, ad, value, HERE, most).tolist()


def test_a_shared_number_joins():
    assert phones([(0, 0), (1, 0), (2, 1)], 3, None) == [0, 0, 2]


def test_a_desk_number_joins_only_if_every_number_may():
    pairs = [(ad, value) for ad in range(4) for value in (ad, 9)]
    assert phones(pairs, 4, None) == [0, 0, 0, 0]
    assert phones(pairs, 4, 2) == [0, 1, 2, 3]


def words(*numbers):
    return np.array(numbers, dtype=np.uint64)


def test_wordings_join_a_leader_and_make_no_chain():
    shingles = [words(1, 2, 3, 4), words(2, 3, 4, 5), words(3, 4, 5, 6)]
    bands = [words(7), words(7), words(7)]
    assert by_minhash(bands, shingles, 0.5).tolist() == [0, 0, 2]
    assert by_minhash(bands, shingles, 0.9).tolist() == [0, 1, 2]


def test_equal_wordings_join_and_empty_ones_do_not():
    shingles = [words(1, 2), words(1, 2), words(), words()]
    assert by_minhash([words(7)] * 4, shingles, 0.7).tolist() == [0, 0, 2, 3]
