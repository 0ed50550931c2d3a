"""What a change would do, and the outcomes of actions, in words."""

from dataclasses import replace

import pytest

from bot.core.deciding.replays import Past, Redecided, Replay
from bot.core.deciding.wordings import Apart, SortedWordings
from bot.core.manners import ChannelSettings
from bot.core.models import (
    Answered,
    Audience,
    Decision,
    Entry,
    ItemStatus,
    Match,
    Status,
    Suggested,
    Surface,
    Unanswered,
)
from bot.core.reader import Reader
from bot.core.searching.contrasts.comparison import Difference, Kind
from bot.core.wording.outcomes import (
    CORRECTED,
    LATER,
    READ_BY_ALL,
    WITHDRAWN,
    FollowUp,
    corrected,
    later,
    left_open,
    resolved,
    set_to,
    sorting,
    told,
)
from bot.core.wording.replies import answer


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


OPPOSITE = Difference(Kind.OPPOSITE, "disable", "enable")


def test_each_wording_is_told_with_its_reason() -> None:
    wordings = SortedWordings(taken=("a",), apart=(Apart("disable\nit", OPPOSITE),))

    assert sorting(["turn it on"], wordings) == (
        'New phrasing: "turn it on"',
        'Differs, stays open: "disable it", opposite (asked: disable, entry: enable)',
    )


def test_of_many_the_first_are_told_and_the_rest_is_counted() -> None:
    many = [f"w{number}" for number in range(7)]
    wordings = SortedWordings(apart=tuple(Apart(text, OPPOSITE) for text in many))
    lines = sorting(many, wordings)

    assert len(lines) == 12
    assert lines[5] == "New phrasings: 2 more"
    assert lines[-1] == "Differ, stay open: 2 more"


def test_a_link_against_the_words_is_warned_of() -> None:
    (line,) = sorting([], SortedWordings(despite=OPPOSITE))

    assert line == "Take care: what was asked differs from the entry, by opposite (asked: disable, entry: enable)."


def test_what_stays_open_is_told_after_the_act() -> None:
    one, two = (SortedWordings(apart=(Apart("a", OPPOSITE),) * number) for number in (1, 2))

    assert left_open(one, "R4") == " One wording differs from it and stays open as R4."
    assert left_open(two, "R4") == " 2 wordings differ from it and stay open as R4."
    assert left_open(two, None) == left_open(None, "R4") == ""


@pytest.mark.parametrize(("told", "people"), [(0, "Nobody is"), (1, "One person is"), (2, "2 people are")])
def test_how_many_are_told_is_said(told: int, people: str) -> None:
    done = resolved("R1", ItemStatus.LINKED, "fees", told=told)

    assert done == f"R1 is linked with fees. {people} told in the thread where they asked."


def test_an_item_without_an_entry_is_named_alone() -> None:
    assert resolved("R1", ItemStatus.DISMISSED, None, told=0).startswith("R1 is dismissed. Nobody is told")


@pytest.mark.parametrize(("reader", "warned"), [(Audience.PUBLIC, True), (Audience.INTERNAL, False)])
def test_a_channel_that_more_people_read_than_it_says_is_told_of(reader: Audience, *, warned: bool) -> None:
    told = set_to(ChannelSettings(audience=Audience.INTERNAL, wait_seconds=30), audience=reader)

    assert "internal, a wait of 30 seconds" in told
    assert (str(READ_BY_ALL) in told) is warned


STAFF = Reader(audience=Audience.INTERNAL)
FEES = Entry(id="fees", question="What does it cost?", answer="One coin.", staff_note="Never waive it.")
UNREADABLE = (
    replace(FEES, status=Status.RETIRED),
    replace(FEES, status=Status.DRAFT),
    replace(FEES, audience=Audience.INTERNAL),
)


def test_an_answer_that_came_later_reads_like_any_other() -> None:
    reply = answer(FEES, reader=Reader())

    assert later(FEES, reader=Reader()) == FollowUp(str(LATER), reply)
    assert corrected(FEES, reader=Reader()) == FollowUp(str(CORRECTED), reply)
    assert reply is not None
    assert reply.staff_note is None


@pytest.mark.parametrize("entry", UNREADABLE, ids=["retired", "draft", "internal"])
def test_of_what_gives_no_answer_nothing_is_shown(entry: Entry) -> None:
    assert later(entry, reader=Reader()) is None
    assert corrected(entry, reader=Reader()) == FollowUp(str(WITHDRAWN))


def test_staff_are_told_what_is_internal() -> None:
    told = later(UNREADABLE[2], reader=STAFF)

    assert told is not None
    assert told.reply is not None
    assert (told.reply.text, told.reply.staff_note) == ("One coin.", "Never waive it.")
