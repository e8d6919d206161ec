"""What is common in a language that few write in tells little; what its ads do not tell is as everywhere."""

import numpy as np
import pyarrow as pa
from scipy.sparse import csr_matrix

from homeward.connect import parameters as p
from homeward.connect.languages import counted_in, rarity_in, rarity_of, told_apart
from homeward.connect.wordings import Beyond, read_wordings, reweighed


def rarity(held, languages):
    """What the one shingle tells in each wording that has it."""
    matrix = csr_matrix(np.array(held, dtype=float)[:, None])
    languages = np.array(languages)
    told = counted_in(matrix, languages, int(languages.max()) + 1)
    return rarity_in(matrix, languages, told).tolist()


def test_a_phrase_of_a_small_language_is_common_and_one_like_it_in_a_large_one_is_rare():
    many, few = [0] * 4000, [1] * 40
    everyday = rarity([0] * 4000 + [1] * 20 + [0] * 20, many + few)
    odd = rarity([1] * 20 + [0] * 3980 + [0] * 40, many + few)

    assert max(everyday) < 1.5
    assert min(odd) > 5.0


def test_what_a_language_s_own_few_wordings_do_not_tell_is_as_rare_as_everywhere():
    found = rarity([1] * 400 + [0] * 3600 + [1], [0] * 4000 + [1])

    assert abs(found[-1] - rarity_of(np.array([401]), 4001)[0]) < 0.4


def test_one_language_is_counted_as_all_wordings_are():
    assert np.allclose(rarity([1] * 5 + [0] * 45, [0] * 50), rarity_of(np.array([5]), 50))


def test_the_commonest_languages_are_told_apart_and_the_others_are_one():
    codes = np.repeat(np.arange(p.MOST_LANGUAGES + 3), 5)
    apart = told_apart(np.concatenate([codes, [0, -1]]))

    assert len(set(apart.tolist())) == p.MOST_LANGUAGES + 1
    assert apart[0] == apart[-2], "ads of one language"
    assert apart[-1] == apart[-3], "what few write in, and what tells none"


def test_wordings_that_only_count_weigh_as_much_as_those_that_are_read():
    """Half of the wordings read, the others beyond: what they tell is what it is if all are read."""
    chance = np.random.default_rng(3)
    lists = [sorted(chance.choice(200, 12, replace=False).tolist()) for _ in range(120)]
    sites, languages = np.zeros(120, dtype=np.int64), chance.integers(0, 3, 120)
    groups = np.repeat(np.arange(60), 2)

    def wordings(count, beyond=None):
        bands = pa.table(
            {
                "wording": pa.array(range(count), pa.uint64()),
                "shingles": pa.array(lists[:count], pa.list_(pa.uint64())),
            }
        )
        return read_wordings(bands, sites[:count], languages[:count], beyond=beyond)

    rest = Beyond(pa.array(lists[60:], pa.list_(pa.uint64())), sites[60:], languages[60:], groups[60:] - 30)
    every, half = wordings(120), wordings(60, rest)
    assert np.allclose(every.rarity[:60], half.rarity)
    heads = np.repeat(np.arange(0, 120, 2), 2)
    assert np.allclose(reweighed(every, heads).rarity[:60], reweighed(half, heads[:60]).rarity)
