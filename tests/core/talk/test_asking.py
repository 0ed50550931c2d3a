"""Messages that ask are told from those that say something, as well as is promised."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.talk.asking import asks
from bot.formats.labelled import read_questions
from tests.shared import shared

LINES = Path(__file__).parents[2] / "questions" / "asking"
LEFT_ALONE, MISSED = 0.95, 0.05


def lines(name: str) -> list[str]:
    return (LINES / f"{name}.txt").read_text("utf-8").splitlines()


def share(texts: list[str]) -> float:
    return sum(asks(text) for text in texts) / len(texts)


@pytest.mark.parametrize("first", [0, 1], ids=["built on", "held out"])
def test_lines_that_ask_nothing_are_left_alone(first: int) -> None:
    texts = lines("nothing_asked")
    assert len(texts) >= 300
    assert 1 - share(texts[first::2]) >= LEFT_ALONE


@pytest.mark.parametrize("first", [0, 1], ids=["built on", "held out"])
def test_questions_as_people_type_them_are_not_missed(first: int) -> None:
    texts = lines("asked")
    assert len(texts) >= 300
    assert 1 - share(texts[first::2]) <= MISSED


def test_lines_of_another_author_are_told_as_well_as_the_documentation_says() -> None:
    silent, asked = lines("fresh_nothing_asked"), lines("fresh_asked")
    assert len(silent) >= 150
    assert len(asked) >= 150
    assert 1 - share(silent) >= 0.92
    assert 1 - share(asked) <= 0.34


@pytest.mark.parametrize(("name", "missed"), [("banking77/k10", 0.07), ("opertus_faq/k10", 0.05)])
def test_few_questions_of_other_people_are_missed(name: str, missed: float) -> None:
    path = shared("data", *name.split("/"), "queries.jsonl")
    texts = [each.text for each in read_questions(path.name, path.read_bytes())]
    assert 1 - share(texts) <= missed


@pytest.mark.parametrize(
    "text", ["", "   ", "?", "\U0001f600", "\u202e\u200b", "a" * 10_000, "\n" * 5_000, "no, " * 2_000]
)
def test_anything_can_be_read(text: str) -> None:
    assert asks(text) in {True, False}


def test_every_process_says_the_same_of_a_line_at_the_limit() -> None:
    program = "from bot.core.talk.asking import asks; print(asks('ranked decay after how many days'))"
    environments = [os.environ | {"PYTHONHASHSEED": str(seed)} for seed in range(8)]
    command = [sys.executable, "-c", program]
    said = {subprocess.check_output(command, env=each) for each in environments}  # noqa: S603  # our own interpreter
    assert len(said) == 1


def test_a_question_after_a_story_counts() -> None:
    story = "I bought a new phone yesterday and my brother got the old one."
    assert not asks(story)
    assert asks(f"{story} How do I move my account?")
    assert asks("I lost my old phone lol, how do I move my account")


def test_what_was_a_trouble_and_is_none_any_more_asks_nothing() -> None:
    assert asks("I cannot log in.")
    assert not asks("I could not log in yesterday. It works now, thanks.")


def test_where_there_are_no_wordings_every_message_may_ask() -> None:
    assert asks("\u5bc6\u7801\u5fd8\u8bb0\u4e86")
