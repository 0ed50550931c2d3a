"""What people answer when they are asked whether something is still open."""

from pathlib import Path

import pytest

from bot.core.talk.still_open import still_open

LINES = Path(__file__).parents[2] / "questions" / "still_open"


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "ru"])
def test_what_people_answer_is_understood(language: str) -> None:
    lines = [line.split("\t") for line in (LINES / f"{language}.txt").read_text("utf-8").splitlines()]
    assert len(lines) >= 24

    understood = {text: still_open(text) is (kind == "open") for kind, text in lines}
    mistaken = [text for kind, text in lines if still_open(text) is (kind != "open")]

    assert (sum(understood.values()) / len(understood) >= 0.95, mistaken) == (True, [])


def test_what_says_something_else_is_left_alone() -> None:
    lines = (LINES / "neither.txt").read_text("utf-8").splitlines()

    assert [line for line in lines if still_open(line) is not None] == []


def test_yes_and_no_at_once_say_nothing() -> None:
    assert [still_open("yes no"), still_open("")] == [None, None]
