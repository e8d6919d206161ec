import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.connect import tools
from homeward.connect.tools import among, distinct, numbered, ranked, split_by, taken
from homeward.connect.wordings import told_once

narrow = st.integers(-5, 5)
wide = st.sampled_from([-(2**62), -1, 0, 7, 2**62])
rows = st.one_of(
    st.lists(st.tuples(narrow, narrow, narrow), max_size=40),
    st.lists(st.tuples(wide, narrow, wide), max_size=40),
)


@settings(deadline=None)  # a busy machine stops a test for longer
@given(rows=rows)
def test_distinct_rows_are_those_that_numpy_finds_row_by_row(rows):
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    wanted, first, of, counts = np.unique(
        table, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    assert np.array_equal(distinct(*table.T), wanted)
    found = numbered(*table.T)
    assert np.array_equal(found.rows, wanted) and np.array_equal(found.first, first)
    assert np.array_equal(found.of, of.ravel()) and np.array_equal(found.counts, counts)


@settings(deadline=None)
@given(labels=st.lists(st.one_of(narrow, wide), max_size=40))
def test_rows_are_parted_by_label_in_their_order(labels):
    parts = [part.tolist() for part in split_by(np.array(labels, dtype=np.int64))]
    assert parts == [[i for i, one in enumerate(labels) if one == label] for label in sorted(set(labels))]


@settings(deadline=None)
@given(values=st.lists(st.one_of(st.integers(0, 3), st.integers(0, 2**64 - 1)), max_size=40))
def test_numbers_are_ranked_as_numpy_ranks_them(values):
    given_values = np.array(values, dtype=np.uint64)
    known, place = ranked(given_values)
    wanted, inverse = np.unique(given_values, return_inverse=True)
    assert np.array_equal(known, wanted) and np.array_equal(place, inverse)


hashes = st.one_of(st.integers(0, 3), st.integers(0, 2**64 - 1), st.integers(0, 3).map(lambda n: n << 40))


@settings(deadline=None)  # each call has its table of sixteen million marks
@given(values=st.lists(hashes, max_size=30), wanted=st.lists(hashes, max_size=10))
def test_hashes_are_told_apart_by_all_their_bits(values, wanted):
    """Numbers whose last bits are those of a wanted one are none for that."""
    some, asked = np.array(values, dtype=np.uint64), np.array(wanted, dtype=np.uint64)
    assert among(some, asked).tolist() == [value in wanted for value in values]


def lists(rows):
    """Two pieces, of which the first is cut out of a longer one."""
    whole = pa.array([[9], *rows[:2]], pa.list_(pa.uint64())).slice(1)
    return pa.chunked_array([whole, pa.array(rows[2:], pa.list_(pa.uint64()))])


@settings(deadline=None)
@given(
    rows=st.lists(st.one_of(st.none(), st.lists(hashes, max_size=4)), min_size=1, max_size=8), data=st.data()
)
def test_lists_are_taken_as_arrow_takes_them_some_at_a_time(rows, data):
    chosen = data.draw(st.lists(st.integers(-1, len(rows) - 1), max_size=12))
    before, tools._AT_ONCE = tools._AT_ONCE, 3
    try:
        found = taken(lists(rows), np.array(chosen, dtype=np.int64)).to_pylist()
    finally:
        tools._AT_ONCE = before
    assert found == [(rows[row] or []) if row >= 0 else [] for row in chosen]


def test_of_ads_of_one_wording_the_first_has_its_lists():
    bands = pa.table(
        {
            "wording": pa.array([7, 8], pa.uint64()),
            "shingles": pa.array([[1, 2], [3]], pa.list_(pa.uint64())),
            "bands": pa.array([[4], [5]], pa.list_(pa.uint64())),
        }
    )
    found = told_once(bands, np.array([1, 0, -1, 1])).to_pydict()
    assert found == {
        "wording": [8, 7, 0, 8], "shingles": [[3], [1, 2], [], []], "bands": [[5], [4], [], []]
    }  # fmt: skip
