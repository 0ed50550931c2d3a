"""The products of sparse rows against those of a plain matrix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.sparse import row_products
from bot.core.searching.sparse.row_products import products

CELLS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5), st.sampled_from([0.25, 0.5, 2.0])), max_size=40)


@given(cells=CELLS, often=st.sampled_from([0, 1, 3, 100]))
def test_all_ways_give_the_same(cells: list[tuple[int, int, float]], often: int) -> None:
    matrix = np.zeros((5, 6))
    for owner, column, value in cells:
        matrix[owner, column] += value
    owners, columns, values = (list(each) for each in zip(*cells, strict=True)) if cells else ([], [], [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_products, "OFTEN", often)
        found = products(np.array(owners, int), np.array(columns, int), np.array(values, float), height=5)
    assert found == pytest.approx(matrix @ matrix.T, rel=1e-5)
