"""Changes are tried on past questions before they are made."""

from pathlib import Path

import pytest

from tests.cli.commands import Commands
from tests.cli.screens import END, at_terminal

PROMPT = "all the same? [y/N] "
RETIRE = ("faq", "retire", "withdrawal-fees")
SUMMARY = "Of 1 past question, 1 would lose its answer"


@pytest.fixture
def asked(faqbot: Commands) -> Commands:
    """Return the commands on a store whose log has one question, with an answer."""
    assert "list of fees" in faqbot("ask", "fees for wd").out
    return faqbot


def status(faqbot: Commands) -> str:
    shown = faqbot("faq", "show", "withdrawal-fees").out
    return "retired" if "status      retired" in shown else "published"


def test_a_change_that_does_harm_is_refused_without_a_terminal(asked: Commands) -> None:
    refused = asked(*RETIRE)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == (f"faqbot faq retire: {SUMMARY}; look at them on a terminal, or go on with --yes\n")
    assert status(asked) == "published"


@pytest.mark.parametrize(
    ("command", "done"),
    [
        (RETIRE, "retired withdrawal-fees"),
        (("faq", "edit", "withdrawal-fees", "--set", "audience=internal"), "changed withdrawal-fees"),
        (("faq", "alias", "freeze-web", "wd fees"), "changed freeze-web"),
        (("faq", "add", "--question", "wd fees?", "--answer", "None."), "added wd-fees"),
    ],
)
def test_whoever_says_yes_is_not_held_up(asked: Commands, command: tuple[str, ...], done: str) -> None:
    refused = asked(*command)
    assert refused.code == 2
    assert "past question" in refused.err
    made = asked(*command, "--yes")
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(done)


def test_a_change_that_only_wins_goes_on(asked: Commands) -> None:
    asked("ask", "umbrellas please")
    made = asked("faq", "add", "--question", "umbrellas please", "--answer", "No.")
    assert (made.code, made.out, made.err) == (0, "added umbrellas-please (version 1)\n", "")


def test_a_change_that_cannot_be_made_is_refused_before_anybody_is_asked(asked: Commands) -> None:
    refused = asked("faq", "alias", "freeze-web", "WD fee?")
    assert refused.code == 4
    assert refused.err.startswith("faqbot: 'WD fee?' is already a phrasing of 'withdrawal-fees'")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "code", "after"), [("y\n", 0, "retired"), ("\n", 130, "published"), (END, 130, "published")]
)
def test_at_a_terminal_a_person_decides(asked: Commands, folder: Path, typed: str, code: int, after: str) -> None:
    command = ("--database", asked.database, *RETIRE)
    ended, screen = at_terminal(*command, cwd=folder, typed=[typed], prompt=PROMPT)
    assert f"{SUMMARY}.\n" in screen
    assert '  loses    Q1 "fees for wd": withdrawal-fees -> no answer\n' in screen
    assert ("Nothing was changed." in screen) is (code == 130)
    assert ended == code
    assert status(asked) == after
