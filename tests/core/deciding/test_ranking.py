"""Show what is found, and how sure the bot is of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deciding.ranking import rank
from tests.core.faqs import index


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("How do I reset my password?", "reset-password"),
        ("i FORGOT the pasword!!!", "reset-password"),
        ("resset passwrd", "reset-password"),
        ("lost my phone, it had my 2FA", "lost-2fa"),
        ("withdrawal stil pendng", "withdraw"),
        ("is the network busy", "withdraw"),
        ("freeze account on web", "freeze-web"),
    ],
)
def test_the_right_entry_comes_first(asked: str, found: str) -> None:
    assert rank(index(), asked).matches[0].entry_id == found


def test_confidence_tells_the_sure_from_the_unsure() -> None:
    sure = rank(index(), "how do i reset my password").matches[0].confidence
    unsure = rank(index(), "what are the opening hours of your office").matches
    assert sure > 0.9
    assert all(match.confidence < 0.2 for match in unsure)


def test_two_entries_that_look_alike_share_the_confidence() -> None:
    first, second, *_ = rank(index(), "how do i freeze my account").matches
    assert {first.entry_id, second.entry_id} == {"freeze-app", "freeze-web"}
    assert first.confidence - second.confidence < 0.2


def test_the_nearest_phrasing_is_named() -> None:
    match = rank(index(), "password doesnt work any more").matches[0]
    assert match.phrase == "password does not work any more"


def test_words_without_content_find_nothing() -> None:
    assert rank(index(), "can you please tell me what it is").matches == ()


def test_limit() -> None:
    assert len(rank(index(), "how do I freeze my account", limit=1).matches) == 1


@pytest.mark.slow
@given(st.text())
def test_any_text_can_be_ranked(text: str) -> None:
    ranking = rank(index(), text)
    confidences = [match.confidence for match in ranking.matches]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= each <= 1 for each in confidences)
    assert sum(confidences) <= 1 + 1e-4
    assert ranking == rank(index(), text)
