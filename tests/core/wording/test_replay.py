"""What moderators are told of a change before it is made."""

import pytest

from bot.core.deciding.replays import Past, Redecided, Replay
from bot.core.models import Answered, Audience, Decision, Match, Suggested, Surface, Unanswered
from bot.core.wording.replay import told


def answered(entry_id: str) -> Answered:
    return Answered(Match(entry_id=entry_id, phrase="", confidence=0.9))


def redecided(
    before: Decision,
    after: Decision,
    *,
    number: int | None = 1,
    expect: str | None = None,
    text: str = "how  much\nis it",
) -> Redecided:
    past = Past(
        text=text,
        surface=Surface.MENTION,
        audience=Audience.PUBLIC,
        question_id=None if number is None else f"Q{number}",
        expect=None if expect is None else frozenset([expect]),
    )
    return Redecided(past=past, before=before, after=after)


CHANGED = redecided(answered("fees"), answered("limits"), number=3, expect="limits")
LOST = redecided(answered("fees"), Suggested(()), number=None, expect="fees")
WON = redecided(Unanswered(), answered("fees"))


def test_a_change_of_nothing_is_one_line() -> None:
    assert told(Replay(asked=1000)) == (
        "Of 1,000 past questions, none gets another answer, loses its answer or wins one.",
    )


def test_each_question_has_a_line() -> None:
    assert told(Replay(asked=1, changed=(CHANGED,), lost=(LOST,), won=(WON, WON))) == (
        "Of 1 past question, 1 would get another answer, 1 would lose its answer, 2 would win one.",
        '  changes  Q3 "how much is it": fees -> limits (wrong now, would be right)',
        '  loses    "how much is it": fees -> choices (right now, would be wrong)',
        '  wins     Q1 "how much is it": no answer -> fees',
        '  wins     Q1 "how much is it": no answer -> fees',
    )


def test_of_many_the_first_are_told() -> None:
    lines = told(Replay(asked=9, lost=(LOST,) * 4), most=2)
    assert lines[0] == "Of 9 past questions, 4 would lose their answer."
    assert lines[1:] == (lines[1], lines[1], "  loses    and 2 more")
    assert told(Replay(asked=9, lost=(LOST,) * 4), most=0) == lines[:1]


@pytest.mark.parametrize(("length", "cut"), [(80, False), (81, True)])
def test_a_long_question_is_cut(length: int, *, cut: bool) -> None:
    each = redecided(answered("a"), answered("b"), text="x" * length)
    wanted = "x" * 79 + "\u2026" if cut else "x" * 80
    assert f'"{wanted}"' in told(Replay(asked=1, changed=(each,)))[1]


@pytest.mark.parametrize(("expect", "label"), [("c", "wrong both times"), ("a", "right now, would be wrong")])
def test_labelled_questions_say_what_is_right(expect: str, label: str) -> None:
    each = redecided(answered("a"), answered("b"), expect=expect)
    assert told(Replay(asked=1, changed=(each,)))[1].endswith(f"({label})")
