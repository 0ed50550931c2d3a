"""`faqbot grade`: single decisions, and one after the other by single keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.evaluation import walk
from bot.cli.session import Session, opened
from bot.cli.terminal import Terminal
from bot.config import load_settings
from bot.service.privacy import Person
from tests.cli.commands import Commands, FillOnce
from tests.cli.screens import at_terminal

FEE = "wd fee"
FREEZE = "freeze my account"
GAP = "may I freeze a parrot"


@pytest.fixture
def asked(faqbot: Commands, fill_once: FillOnce) -> Commands:
    """Return the commands on a log of three decisions and a greeting."""
    fill_once("decisions", lambda: [faqbot("ask", text) for text in (FEE, FREEZE, GAP, "hello")])
    return faqbot


@pytest.fixture
def session(asked: Commands) -> Iterator[Session]:
    """Return an open bot on the same log."""
    with opened(load_settings().model_copy(update={"database_url": asked.database})) as session:
        yield session


def press(session: Session, keys: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Walk through the decisions with these keys, and return the lines that say what was done."""
    capsys.readouterr()
    rest = iter(keys)
    walk(session, Terminal(), lambda: next(rest))
    assert not list(rest)
    out, err = capsys.readouterr()
    return [line for line in (out + err).splitlines() if line.startswith(("Q", "Graded", "There", "No "))]


def test_a_decision_is_graded_by_its_id(asked: Commands) -> None:
    assert asked("grade", "Q1", "right").out == "Q1: withdrawal-fees was right, and came first.\n"
    assert asked("grade", "q1", "wrong").out == "Q1: no entry was right.\n"
    assert asked("grade", "Q1", "wrong", "--entry", "freeze-app").out == "Q1: freeze-app was right.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "faqbot grade: there is no terminal to press keys at; write: faqbot grade QUESTION right|wrong"),
        (("Q1",), 2, "faqbot grade: nothing is said of Q1; add right or wrong"),
        (
            ("Q1", "right", "--entry", "freeze-app"),
            2,
            "faqbot grade: --entry: the entry that came first is right already;",
        ),
        (("Q4", "right"), 4, "faqbot: Q4 cannot be graded: it was no question"),
        (("Q99", "right"), 3, "faqbot: the log has no question 'Q99'"),
        (("Q1", "wrong", "--entry", "soup"), 3, "faqbot: no entry has the id 'soup'"),
        (("Q1", "wrong", "--entry", "withdrawal-fees"), 4, "faqbot: 'withdrawal-fees' cannot answer Q1, since its"),
        (("Q1", "wrong", "--entry", "staff-approvals"), 4, "faqbot: 'staff-approvals' cannot answer Q1, since its"),
    ],
)
def test_mistakes_are_one_line(asked: Commands, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = asked("grade", *arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(said)
    assert result.err.count("\n") == 1


def test_keys_grade_one_decision_after_the_other(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    waiting = session.run(session.app.grades.waiting())
    assert {one.question_id for one in waiting} == {"Q1", "Q2", "Q3"}
    done = press(session, "rws", capsys)
    first, second = (one.question_id for one in waiting[:2])
    assert done == [
        f"{first}: {waiting[0].candidates[0].entry_id} was right, and came first.",
        f"{second}: no entry was right.",
        "Graded: 2. See what it tells with: faqbot tune",
    ]
    left = session.run(session.app.grades.waiting())
    assert [one.question_id for one in left] == [waiting[2].question_id]


def test_a_number_names_the_entry_that_is_right(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    waiting = session.run(session.app.grades.waiting())
    place = next(place for place, one in enumerate(waiting) if one.text == FREEZE)
    entry_id = waiting[place].candidates[1].entry_id
    assert press(session, "s" * place + "2q", capsys)[0] == f"Q2: {entry_id} was right."


@pytest.mark.slow
def test_undo_takes_back_a_grade_or_a_skip(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    first = session.run(session.app.grades.waiting())[0]
    assert press(session, "urussuuwq", capsys) == [
        f"{first.question_id}: {first.candidates[0].entry_id} was right, and came first.",
        f"{first.question_id} is not graded any more.",
        f"{first.question_id}: no entry was right.",
        "Graded: 1. See what it tells with: faqbot tune",
        "There is nothing before it.",
    ]


def test_a_key_that_means_nothing_grades_nothing(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    assert press(session, "x9\x04", capsys) == ["Graded: 0. See what it tells with: faqbot tune"]


def test_decisions_that_have_gone_are_passed_over(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    def forget_and_press() -> str:
        session.run(session.app.privacy.forget(Person("console", "ann"), actor="bob"))
        return "r"

    walk(session, Terminal(), forget_and_press)
    out, err = capsys.readouterr()
    assert sorted(err.splitlines()) == ["Q1 is gone.", "Q2 is gone.", "Q3 is gone."]
    assert out.endswith("\nGraded: 0. See what it tells with: faqbot tune\n")


def test_without_a_decision_there_is_nothing_to_grade(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    session.run(session.app.privacy.forget(Person("console", "ann"), actor="bob"))
    assert press(session, "", capsys) == ["No decision waits to be graded."]


@pytest.mark.slow
def test_at_a_terminal_keys_need_no_return(asked: Commands, folder: Path) -> None:
    code, screen = at_terminal("--database", asked.database, "grade", cwd=folder, typed=["r", "q"], prompt="/3")
    assert code == 0
    assert "was right, and came first.\n" in screen
    assert screen.endswith("Graded: 1. See what it tells with: faqbot tune\n")
