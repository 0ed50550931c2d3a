"""Show which ids people may type for a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.records import from_question_id, to_question_id


@given(st.integers(1, 999_999_999), st.booleans())
def test_an_id_leads_back_to_its_row(number: int, lower: bool) -> None:  # noqa: FBT001  # hypothesis draws it
    shown = to_question_id(number)

    assert from_question_id(shown.lower() if lower else shown) == number


@pytest.mark.parametrize(
    "typed", ["", "Q", "17", "Q0", "Q-1", "Q1.5", "R17", "Q1234567890", "Q\N{DEVANAGARI DIGIT ONE}", "Q1\n"]
)
def test_nothing_else_is_an_id(typed: str) -> None:
    assert from_question_id(typed) is None
