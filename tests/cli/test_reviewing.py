"""`faqbot review list|show|answer|link|dismiss`."""

import pytest

from tests.cli.commands import Commands

GAP = "do you sell umbrellas?"


@pytest.fixture
def gap(faqbot: Commands, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Return the commands on a log in which two people asked the same, one of them twice, and one something else."""
    faqbot("ask", "museum opening hours?")
    faqbot("ask", GAP)
    faqbot("ask", GAP)
    monkeypatch.setenv("LOGNAME", "bob")
    faqbot("ask", "Do you sell UMBRELLAS")
    monkeypatch.setenv("LOGNAME", "ann")
    return faqbot


def test_the_question_of_most_people_comes_first(gap: Commands) -> None:
    header, *rows = (line.split() for line in gap("review", "list").out.splitlines())
    assert header == ["ID", "ASKERS", "ASKED", "NEAREST", "ENTRY", "QUESTION"]
    assert [row[:3] for row in rows] == [["Q2", "2", "3"], ["Q1", "1", "1"]]
    assert len(gap("review", "list", "--limit", "1").out.splitlines()) == 2


def test_nothing_to_review_is_said(faqbot: Commands) -> None:
    assert faqbot("review", "list").out == "No open questions.\n"


def test_a_question_is_shown_with_its_state(gap: Commands) -> None:
    shown = gap("review", "show", "q3").out
    assert "question    do you sell umbrellas?\n" in shown
    assert "state       open\n" in shown
    assert "likewise    asked 3 times by 2 people, last 20" in shown
    gap("review", "dismiss", "Q3", "--reason", "not ours")
    assert "state       dismissed by console:ann on 20" in (shown := gap("review", "show", "Q2").out)
    assert "UTC, not ours\n" in shown
    gap("ask", "wd fee")
    assert "state       answered by the bot\n" in gap("review", "show", "Q5").out


def test_an_answer_becomes_an_entry_live_at_once(gap: Commands) -> None:
    answered = gap(
        "review", "answer", "Q2", "No, **never**.", "--question", "Do you sell umbrellas?", "--category", "Shop"
    )
    assert answered.out == "Q2, asked 3 times, is answered with do-you-sell-umbrellas.\n"
    assert gap("ask", "is it umbrellas that you sell").out == "Do you sell umbrellas?\n\nNo, never.\n"
    shown = gap("faq", "show", "do-you-sell-umbrellas").out
    assert "category    Shop\n" in shown
    assert [line.split()[0] for line in gap("review", "list").out.splitlines()] == ["ID", "Q1"]


def test_a_link_makes_a_phrasing_live_at_once(gap: Commands) -> None:
    linked = gap("review", "link", "Q1", "withdrawal-fees", "--alias", "where is the museum of fees")
    assert linked.out == "Q1 is linked with withdrawal-fees.\n"
    assert "list of fees" in gap("ask", "museum of fees").out


def test_a_dismissed_question_leaves_the_list(gap: Commands) -> None:
    assert gap("review", "dismiss", "Q1", "--reason", "off topic").out == "Q1 is dismissed.\n"
    assert "Q1" not in gap("review", "list").out


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (("show", "Q99"), 3, "faqbot: the log has no question 'Q99'; see the open ones with: faqbot review list"),
        (("answer", "fees", "x"), 3, "faqbot: the log has no question 'fees'"),
        (("link", "Q1", "nope"), 3, "faqbot: no entry has the id 'nope'"),
        (("link", "Q1", "freeze-web", "--alias", "wd fee"), 4, "faqbot: 'wd fee' is already a phrasing of 'withdrawal"),
        (("link", "Q1", "staff-approvals"), 4, "faqbot: 'staff-approvals' cannot answer Q1, since its audience is"),
        (("answer", "Q1", "x", "--id", "freeze-web"), 4, "faqbot: the id 'freeze-web' is taken"),
        (("answer", "Q1", ""), 2, "faqbot: answer: "),
    ],
)
def test_what_cannot_be_done_is_one_line(gap: Commands, arguments: tuple[str, ...], code: int, line: str) -> None:
    result = gap("review", *arguments)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(line)
    assert result.err.count("\n") == 1


def test_a_closed_question_says_so(gap: Commands) -> None:
    gap("review", "dismiss", "Q1", "--reason", "off topic")
    result = gap("review", "answer", "Q1", "x")
    assert (result.code, result.err) == (
        4,
        "faqbot: question Q1 is not open, it was dismissed; see how: faqbot review show Q1\n",
    )
