"""Which pairs of rows cannot be as alike as is asked, told without multiplying them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from homeward.connect.bounds import Bounds

# So few bits that columns share them: 512 apart is the same bit.
COLUMNS = st.sampled_from([0, 1, 2, 3, 512, 513, 1024, 1025, 1536])
ROWS = st.lists(st.dictionaries(COLUMNS, st.floats(0.01, 1_000.0)), min_size=2, max_size=6)


def matrix(rows):
    made = csr_matrix((len(rows), 2_000))
    made = made.tolil()
    for place, row in enumerate(rows):
        for column, value in row.items():
            made[place, column] = value
    return csr_matrix(made)


def reach(rows, least):
    """Return which pairs, each row with each, may be so much alike."""
    a, b = (side.ravel() for side in np.indices((len(rows), len(rows))))
    return Bounds(matrix(rows)).reach(a, b, least)


@settings(deadline=None, max_examples=60)
@given(rows=ROWS, share=st.sampled_from([1.0, 0.9]))
def test_no_pair_is_left_out_that_is_as_alike_as_is_asked(rows, share):
    alike = (matrix(rows) @ matrix(rows).T).toarray().ravel()
    held = alike > 0
    assert reach(rows, np.where(held, alike * share, 1.0))[held].all()


@pytest.mark.parametrize(("least", "may"), [(0.24, True), (0.26, False)])
def test_rows_that_share_one_light_column_are_left_out_where_more_is_asked(least, may):
    """One column of a row's four tells a quarter of the square of its length, and of the other's no more."""
    rows = [{0: 0.5, 1: 0.5, 2: 0.5, 3: 0.5}, {0: 0.5, 10: 0.5, 11: 0.5, 12: 0.5}]
    assert reach(rows, least)[1] == may


def test_rows_without_a_column_in_common_are_left_out_and_a_row_itself_is_not():
    rows = [{0: 1.0}, {1: 1.0}, {}]
    assert reach(rows, 1e-6).tolist() == [True, False, False, False, True, False, False, False, False]
