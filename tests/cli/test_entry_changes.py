"""A change that does harm asks first, and each version can be seen and brought back."""

import json
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


@pytest.fixture
def edited(faqbot: Commands) -> Commands:
    """Return the commands on a store with an entry that was changed twice."""
    faqbot(
        "faq", "edit", "freeze-web", "--set", "answer=Log in.\n\nThen open the menu.", "--reason", "clearer", "--yes"
    )
    faqbot("faq", "alias", "freeze-web", "lock the site", "--yes")
    return faqbot


def test_the_history_says_who_did_what_and_why(edited: Commands) -> None:
    lines = edited("faq", "history", "freeze-web").out.splitlines()
    assert [line.split()[0] for line in lines] == ["VERSION", "1", "2", "3"]
    assert "console:ann  added" in lines[1]
    assert lines[2].endswith("console:ann  answer   clearer")
    assert lines[3].endswith("console:ann  aliases")
    versions = json.loads(edited("faq", "history", "freeze-web", "--json").out)
    assert [(each["number"], each["entry"]["aliases"]) for each in versions] == [
        (1, []),
        (2, []),
        (3, ["lock the site"]),
    ]


def test_a_diff_shows_lines_that_went_and_came(edited: Commands) -> None:
    assert edited("faq", "diff", "freeze-web").out == "aliases\n  + lock the site\n"
    assert edited("faq", "diff", "freeze-web", "1", "2").out == (
        "answer\n  - Log in and open the menu.\n  + Log in.\n  +\n  + Then open the menu.\n"
    )
    assert json.loads(edited("faq", "diff", "freeze-web", "2", "--json").out) == [
        {"field": "aliases", "before": None, "after": "lock the site"}
    ]
    same = edited("faq", "diff", "freeze-web", "3", "3")
    assert (same.out, same.err) == ("", "Nothing differs.\n")


def test_a_version_is_brought_back_as_a_new_one(edited: Commands) -> None:
    assert edited("faq", "revert", "freeze-web", "--to", "1", "--yes").out == "reverted freeze-web (version 4)\n"
    assert "Log in and open the menu." in edited("faq", "show", "freeze-web").out
    assert edited("faq", "history", "freeze-web").out.splitlines()[-1].endswith("version 1")
    edited("faq", "revert", "freeze-web", "--yes")
    assert edited("faq", "diff", "freeze-web", "3").err == "Nothing differs.\n"


def test_a_retired_entry_is_restored(edited: Commands) -> None:
    edited("faq", "retire", "freeze-web", "--yes")
    assert edited("faq", "restore", "freeze-web", "--yes").out == "restored freeze-web (version 5)\n"
    assert edited("faq", "diff", "freeze-web", "3").err == "Nothing differs.\n"
    assert edited("faq", "restore", "freeze-web", "--yes").out == "unchanged freeze-web (version 5)\n"


@pytest.mark.parametrize("arguments", [("diff", "freeze-web", "7"), ("revert", "freeze-web", "--to", "0", "--yes")])
def test_a_version_that_there_is_not_is_refused(edited: Commands, arguments: tuple[str, ...]) -> None:
    refused = edited("faq", *arguments)
    assert (refused.code, refused.out) == (3, "")
    assert "its last is 3" in refused.err


def test_the_first_version_has_nothing_before_it(faqbot: Commands) -> None:
    assert faqbot("faq", "revert", "freeze-app", "--yes").code == 3
    assert faqbot("faq", "diff", "freeze-app").err == "Nothing differs.\n"
