"""Days that a text names, and what is over."""

from datetime import date
from typing import Any

import pytest

from bot.core.checking.copies import days_in, in_days
from bot.core.checking.findings import Check, Checked
from bot.core.local_answers import LocalAnswer
from bot.core.models import Entry

TODAY = date(2026, 11, 30)


def found(answer: str = "Yes.", **fields: Any) -> list[Check]:  # noqa: ANN401  # fields of an entry
    """Return what is over in an entry."""
    entry = Entry(id="one", question="Why?", answer=answer, **fields)
    return [each.check for each in in_days(Checked(entry=entry), TODAY)]


def test_days_are_read_as_people_write_them() -> None:
    text = "From 2026-01-02 or 3rd of February 2026, Mar. 4, 2026, May 5th 2026; not on 31 June 2026 or 2026-13-01."
    assert [day for day, _ in days_in(text)] == [
        date(2026, 1, 2),
        date(2026, 2, 3),
        date(2026, 3, 4),
        date(2026, 5, 5),
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "The promotion runs until 15 June 2026.",
        "Offer: from 1 May 2026 to 31 May 2026 fees are halved.",
        "It will close on Nov 29, 2026. Then it opens again.",
    ],
)
def test_what_has_ended_is_found(answer: str) -> None:
    assert found(answer) == [Check.ENDED]


@pytest.mark.parametrize(
    "answer",
    [
        "The promotion runs until 30 November 2026.",
        "The offer began on 1 May 2026 and ends on 31 May 2027.",
        "We have sold bread since 1 May 2020.",
        "Terms of 2020-01-01 apply.",
    ],
)
def test_what_goes_on_is_left_alone(answer: str) -> None:
    assert found(answer) == []


def test_the_days_of_an_entry_count_the_day_after() -> None:
    assert found(valid_until=TODAY, review_by=TODAY) == []
    past = date(2026, 11, 29)
    assert found(valid_until=past, review_by=past) == [Check.OVERDUE, Check.OVERDUE]


def test_what_has_ended_in_a_region_is_found_too() -> None:
    eu = LocalAnswer(region="EU", answer="The promotion runs until 15 June 2026.")
    assert found(answers=(eu,)) == [Check.ENDED]
