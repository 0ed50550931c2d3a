"""Show that cutting never exceeds a limit and never leaves half a character."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.truncation import MARK, beginning, cut, width

FAMILY = "👨‍👩‍👧"
FLAGS = "🇩🇪🇫🇷"


@given(st.text())
def test_counts_what_utf_16_counts(text: str) -> None:
    assert width(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(), st.integers(1, 30))
def test_stays_within_the_limit_and_begins_as_the_text_does(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert width(shown) <= limit
    assert shown == text or (shown.endswith(MARK) and text.startswith(shown.removesuffix(MARK)))


@given(st.text(alphabet="ae\u0301👍🏽\u200d", max_size=20), st.integers(0, 20))
def test_what_is_left_out_never_begins_with_a_part_of_a_character(text: str, limit: int) -> None:
    kept = beginning(text, limit)
    rest = text[len(kept) :]
    assert not (kept and rest and unicodedata.category(rest[0]).startswith("M"))
    assert not (kept and rest[:1] in {"\u200d", "🏽"})


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("👍👍", 4, "👍👍"),
        ("👍👍👍", 4, "👍…"),
        ("a👍🏽b", 4, "a…"),
        (FAMILY + "abc", 9, FAMILY + "…"),
        (FAMILY + "abc", 8, "…"),
        (FLAGS + "a", 8, "🇩🇪…"),
        ("e\u0301e\u0301e\u0301", 4, "e\u0301…"),
    ],
)
def test_cuts_between_whole_characters(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected
