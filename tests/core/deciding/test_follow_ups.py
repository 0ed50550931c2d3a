"""Show what is taken for a follow-up, and what it is understood as; `bench.follow_ups` counts how often rightly."""

import pytest

from bot.core.deciding.follow_ups import in_context, is_better, may_follow
from bot.core.models import Answered, Match, Suggested, Unanswered


@pytest.mark.parametrize(
    "text",
    ["and what does it cost?", "on android?", "what about deposits", "y en android?", "und im Web?", "is it safe"],
)
def test_what_may_follow(text: str) -> None:
    assert may_follow(text)


@pytest.mark.parametrize(
    "text",
    ["", "?", "deposit crypto", "and then I went to the shop where nobody had the thing that I looked for", "\u202e\n"],
)
def test_what_stands_by_itself(text: str) -> None:
    assert not may_follow(text)


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        ("how do I deposit crypto", "and what does it cost?", "what does deposit crypto cost?"),
        ("how do I create an api key", "how do I delete it?", "how do I delete api key?"),
        ("how do I freeze my account in the app", "and on the website?", "on the website freeze account"),
        ("how long does the check take", "and which documents?", "which documents check"),
        ("", "and then?", "then"),
    ],
)
def test_the_words_of_the_question_before_take_their_place(before: str, text: str, meant: str) -> None:
    assert in_context(text, before) == meant


def test_only_another_answer_or_choices_count() -> None:
    one, other = (Answered(Match(entry_id=each, phrase="", confidence=0.9)) for each in ("one", "other"))
    assert is_better(Unanswered(), other, before=one)
    assert is_better(Unanswered(), Suggested((other.match, one.match)), before=one)
    assert not is_better(Unanswered(), one, before=one)
    assert not is_better(one, other, before=one)
    assert not is_better(Unanswered(), Unanswered(), before=one)


@pytest.mark.parametrize("text", ["\u202e it " * 200, "it", "\\1 it \\g<0>", "(" * 50 + "it"])
def test_anything_is_put_in_context(text: str) -> None:
    assert isinstance(in_context(text, text[::-1]), str)
    may_follow(text)
