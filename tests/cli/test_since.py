"""Show which days people can name."""

from datetime import date

import pytest

from bot.cli.stats import first_day
from bot.errors import InvalidInputError

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("1d", TODAY),
        ("30d", date(2026, 1, 31)),
        ("2w", date(2026, 2, 16)),
        ("2026-03-01", TODAY),
        ("2025-12-24", date(2025, 12, 24)),
    ],
)
def test_days_weeks_and_dates_are_read(text: str, first: date) -> None:
    assert first_day(text, today=TODAY) == first


@pytest.mark.parametrize(
    ("text", "what"),
    [("", "no time"), ("0d", "no time"), ("30", "no time"), ("2026-02-30", "no time"), ("2026-03-02", "has not come")],
)
def test_what_is_no_day_is_refused(text: str, what: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        first_day(text, today=TODAY)
    (problem,) = refused.value.problems
    assert problem.where == "faqbot: --since"
    assert what in problem.what
