"""Near pictures by the hashes supplied with ads, beside comparing all pairs."""

import numpy as np
import pytest
from connect_cases import ad, inputs
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.connect import pictures
from homeward.connect.facts import read_facts
from homeward.engine.local import LocalEngine


def flipped(value, bits):
    for bit in bits:
        value ^= 1 << bit
    return value


def picture(seed):
    """A hash with half of its bits set, as the median makes it."""
    chance = np.random.default_rng(seed)
    return sum(1 << int(bit) for bit in chance.choice(256, 128, replace=False))


def told(*values, uses=None):
    hashes = [f"{value:064x}" for value in values]
    counts = np.array(uses if uses is not None else [1] * len(hashes))
    return pictures.same_picture(hashes, counts).tolist()


def test_thirty_one_bits_are_near_and_thirty_two_are_not():
    """The threshold of PDQ, met wherever the bits lie: spread over all parts or together in a few."""
    one = picture(1)
    for step in (8, 1):
        assert told(one, flipped(one, range(0, 31 * step, step)), uses=[2, 1]) == [0, 0]
        assert told(one, flipped(one, range(0, 32 * step, step)), uses=[2, 1]) == [0, 1]


def test_likeness_is_no_chain():
    """b is near a and c, but a and c are not near: c does not become a's through b."""
    a = picture(2)
    b, c = flipped(a, range(0, 100, 5)), flipped(a, range(0, 200, 5))
    assert told(a, b, c, uses=[3, 2, 1]) == [0, 0, 2]


def test_what_is_no_sound_hash_stands_for_itself():
    """Flat pictures, short text and text that is no number are compared with nothing."""
    flat = ["0" * 64, "0" * 63 + "1", "ab", "z" * 64, "", "é" * 64]
    assert pictures.same_picture(flat, np.ones(len(flat), dtype=int)).tolist() == list(range(len(flat)))


@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, 255), max_size=40)), max_size=14))
@settings(max_examples=60, deadline=None)
def test_no_near_pair_is_missed(some):
    """Looking up parts finds exactly the pairs that comparing all with all finds."""
    values = sorted({flipped(picture(seed), bits) for seed, bits in some})
    words = np.array([[v >> 64 * i & 2**64 - 1 for i in range(4)] for v in values], dtype=np.uint64)
    found = {tuple(pair) for pair in pictures._near(words.reshape(len(values), 4)).tolist()}

    assert found == {
        (i, j) for i in range(len(values)) for j in range(i + 1, len(values))
        if (values[i] ^ values[j]).bit_count() <= pictures.NEAR_BITS
    }  # fmt: skip


def with_hashes(ads, hashes):
    given_ = inputs(ads)
    rows = given_["ads"].to_pylist()
    for row in rows:
        row["photos"] = [{"path": "", "url": "", "sha256": "", "pdq": hashes[row["ad"]]}]
    given_["ads"] = given_["ads"].from_pylist(rows, schema=given_["ads"].schema)
    return given_


def test_a_re_encoded_picture_is_the_same_photo_and_another_is_not():
    """What joins by photos is given one value for a picture and its re-encoding, and two for two pictures."""
    one = picture(3)
    for other, same in ((flipped(one, (3, 77, 200)), True), (picture(4), False)):
        given_ = with_hashes([ad("a"), ad("b", day=1)], {"a": f"{one:064x}", "b": f"{other:064x}"})
        _, values = read_facts(given_, LocalEngine()).of_kind("photo")
        assert len(values) == 2 and (len(set(values.tolist())) == 1) == same


@pytest.mark.parametrize("many", [pictures.EXACT_BEYOND, pictures.WIDE_BEYOND])
def test_of_very_many_pictures_what_differs_little_is_still_found(many, monkeypatch):
    """However many there are, nine bits of difference are found; the bounds are set to nothing here."""
    monkeypatch.setattr(pictures, "EXACT_BEYOND", 0)
    if many == pictures.WIDE_BEYOND:
        monkeypatch.setattr(pictures, "WIDE_BEYOND", 0)
    one = picture(5)
    for seed in range(20):
        bits = np.random.default_rng(seed).choice(256, 9, replace=False).tolist()
        assert told(one, flipped(one, bits), picture(6), uses=[2, 1, 1]) == [0, 0, 2]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 45)), min_size=1, max_size=30))
@settings(deadline=None, max_examples=40)
def test_what_is_beside_some_is_what_comparing_with_each_of_them_finds(made):
    """Variants of a few pictures: those within thirty-one bits of an asked one, and no others."""
    values = sorted({flipped(picture(seed), range(0, bits * 5, 5)) for seed, bits in made})
    asked = np.arange(0, len(values), 3)
    near = {i for i, v in enumerate(values) for j in asked.tolist() if (v ^ values[j]).bit_count() <= 31}
    assert pictures.beside([f"{value:064x}" for value in values], asked).tolist() == sorted(near)
