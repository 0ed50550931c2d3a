"""`faqbot faq history|diff|revert|restore`."""

import json

import pytest

from tests.cli.commands import Commands


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
    assert edited("faq", "restore", "freeze-web", "--yes").out == "restored freeze-web (version 5)\n"


@pytest.mark.parametrize("arguments", [("diff", "freeze-web", "7"), ("revert", "freeze-web", "--to", "0", "--yes")])
def test_a_version_that_there_is_not_is_refused(edited: Commands, arguments: tuple[str, ...]) -> None:
    refused = edited("faq", *arguments)
    assert (refused.code, refused.out) == (3, "")
    assert "its last is 3" in refused.err


def test_the_first_version_has_nothing_before_it(faqbot: Commands) -> None:
    assert faqbot("faq", "revert", "freeze-app", "--yes").code == 3
    assert faqbot("faq", "diff", "freeze-app").err == "Nothing differs.\n"
