"""A choice can be named instead of pressed."""

import pytest

from bot.core.talk.said_back import chosen

TITLES = ["How do I freeze my account (web)?", "How do I freeze my account (app)?", "What does a withdrawal cost?"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 0),
        ("2.", 1),
        ("#3", 2),
        ("the second one", 1),
        ("option 2 please", 1),
        ("der zweite", 1),
        ("la primera", 0),
        ("le premier", 0),
        ("\u0432\u0442\u043e\u0440\u043e\u0439", 1),
        ("the last one", 2),
        ("app", 1),
        ("the app", 1),
        ("web please", 0),
        ("withdrawal cost", 2),
        ("freeze my account", None),
        ("4", None),
        ("7", None),
        ("app and web", None),
        ("yes", None),
        ("how do I freeze my card", None),
        ("the", None),
        ("and what does it cost?", None),
        ("", None),
        ("2 " * 500, None),
    ],
)
def test_by_number_or_by_words_of_its_title(text: str, place: int | None) -> None:
    assert chosen(text, TITLES) == place


def test_yes_takes_the_only_one() -> None:
    assert chosen("yes", TITLES[:1]) == 0
    assert chosen("ja genau", TITLES[:1]) == 0
