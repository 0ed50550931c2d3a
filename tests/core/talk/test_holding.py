"""Which messages of helpers hold an asker off, and which answer."""

import pytest

from bench.holding import FILES, measure, shipped
from bot.core.talk.holding import is_holding

LEFT_OUT, LOST = 0.9, 2


@pytest.mark.parametrize("name", FILES)
def test_what_holds_off_is_told_from_answers(name: str) -> None:
    found = measure(name)
    assert 1 - len(found.taken) / found.holding >= LEFT_OUT
    assert len(found.lost) <= LOST


def test_no_answer_of_the_faq_that_ships_holds_off() -> None:
    assert shipped() == []


@pytest.mark.parametrize(
    "text",
    [
        "We are looking into it. Until then, restart the app.",
        "I'll check, but you can use the web version meanwhile.",
        "Looking into it, see https://status.example.com",
        "I don't know. Version 2.4 has it.",
        "No idea, 443?",
        "let me check the settings page for you and you should see the button there under the third tab now",
        "",
        "x" * 2_000,
        "\u202e I'll \u202e",
    ],
)
def test_what_says_something_else_too_does_not_hold_off(text: str) -> None:
    assert not is_holding(text)
