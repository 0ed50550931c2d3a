"""The products of sparse rows against those of a plain matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.sparse.text_index import product

CELLS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.sampled_from([0.25, 0.5, 2.0])), max_size=40)


@given(cells=CELLS)
def test_what_rows_share_is_as_of_a_plain_matrix(cells: list[tuple[int, int, float]]) -> None:
    matrix = np.zeros((5, 6))
    for owner, column, value in cells:
        matrix[owner, column] += value
    owners, columns, values = (list(each) for each in zip(*cells, strict=True)) if cells else ([], [], [])
    found = product(np.array(owners, int), np.array(columns, int), np.array(values, float), height=5, width=6)
    apart = ~np.eye(5, dtype=bool)
    assert found[apart] == pytest.approx((matrix @ matrix.T)[apart], rel=1e-5)
