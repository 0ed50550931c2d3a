"""The table of keys against a dictionary."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.searching.sparse import features
from bot.core.searching.sparse.features import HashTable

KEYS = st.lists(st.integers(0, 2**32 - 1) | st.integers(0, 9), unique=True, max_size=12)


@given(first=KEYS.map(sorted), claims=st.lists(KEYS), asked=KEYS, recent=st.sampled_from([1, 4, 4096]))
def test_keys_are_numbered_as_they_come(
    first: list[int], claims: list[list[int]], asked: list[int], recent: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(features, "_RECENT", recent)
        table = HashTable(np.array(first, np.uint32))
        numbers = {key: number for number, key in enumerate(first)}
        for claimed in claims:
            expected = [numbers.setdefault(key, len(numbers)) for key in claimed]
            assert table.claim(np.array(claimed, np.uint32)).tolist() == expected
        assert len(table) == len(numbers)
        assert table.find(np.array(asked, np.uint32)).tolist() == [numbers.get(key, -1) for key in asked]
