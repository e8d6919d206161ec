import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from homeward.connect.tools import distinct, numbered, ranked

narrow = st.integers(-5, 5)
wide = st.sampled_from([-(2**62), -1, 0, 7, 2**62])
rows = st.one_of(
    st.lists(st.tuples(narrow, narrow, narrow), max_size=40),
    st.lists(st.tuples(wide, narrow, wide), max_size=40),
)


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


@given(values=st.lists(st.one_of(st.integers(0, 3), st.integers(0, 2**64 - 1)), max_size=40))
def test_numbers_are_ranked_as_numpy_ranks_them(values):
    given_values = np.array(values, dtype=np.uint64)
    known, place = ranked(given_values)
    wanted, inverse = np.unique(given_values, return_inverse=True)
    assert np.array_equal(known, wanted) and np.array_equal(place, inverse)
