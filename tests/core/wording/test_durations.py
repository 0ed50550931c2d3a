"""Show how durations are said."""

import pytest
from hypothesis import given
from hypothesis.strategies import floats

from bot.core.wording.languages import in_words

SIZES = {"d": 86_400, "h": 3_600, "min": 60, "s": 1}


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.9, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (61, "1 min 1 s"),
        (3_600, "1 h"),
        (3_659, "1 h"),
        (12_000, "3 h 20 min"),
        (90_000, "1 d 1 h"),
        (86_400 * 40 + 59, "40 d"),
    ],
)
def test_the_two_largest_units_count(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


@given(floats(0, 1e9))
def test_no_more_than_the_smaller_unit_is_cut(seconds: float) -> None:
    words = in_words(seconds).split()
    told = sum(int(count) * SIZES[unit] for count, unit in zip(words[::2], words[1::2], strict=True))
    order = list(SIZES)
    smaller = order[min(order.index(words[1]) + 1, len(order) - 1)]
    assert told <= seconds < told + SIZES[smaller]
