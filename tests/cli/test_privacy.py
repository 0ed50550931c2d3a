"""`faqbot privacy export|forget|purge|opt-out|opt-in`."""

import json

import pytest

from bot.cli.privacy import told
from bot.store.privacy import PersonalData
from tests.cli.commands import Commands, FillOnce

ANN = "console:ann"


@pytest.fixture
def asked(faqbot: Commands, fill_once: FillOnce) -> Commands:
    """Return the commands on a log with a question of Ann's."""
    fill_once("question", lambda: faqbot("ask", "do you sell umbrellas?"))
    return faqbot


def test_an_export_is_told_in_a_line_or_whole(asked: Commands) -> None:
    assert asked("privacy", "export", ANN).out == (
        "Kept: 1 question, 0 ratings, 0 messages. They may be sent messages. All of it: --json\n"
    )
    kept = json.loads(asked("privacy", "export", ANN, "--json").out)
    lists = {"questions", "pointed_at", "feedback", "choices", "deliveries", "suggestions", "solutions"}
    assert set(kept) == lists | {"opted_out_at", "opted_out_of", "region", "consent"}
    assert [one["text"] for one in kept["questions"]] == ["do you sell umbrellas?"]


def test_the_region_that_somebody_chose_is_told() -> None:
    lists = ("questions", "pointed_at", "feedback", "choices", "deliveries", "suggestions", "solutions")
    kept = PersonalData(**dict.fromkeys(lists, ()), opted_out_at=None, opted_out_of=None, region="EU", consent=None)
    assert told(kept).startswith("Kept: 0 questions, 0 ratings, 0 messages. Their region is EU. They may")


def test_who_is_forgotten_leaves_the_list(asked: Commands) -> None:
    assert asked("privacy", "forget", ANN).out.startswith("Removed: 1 question, 0 ratings, 0 messages.")
    assert asked("review", "list").out == "No open questions.\n"
    assert json.loads(asked("privacy", "export", ANN, "--json").out)["questions"] == []
    assert asked("privacy", "forget", ANN).out == "Removed: 0 questions, 0 ratings, 0 messages.\n"


def test_what_is_young_is_not_purged(asked: Commands) -> None:
    assert asked("privacy", "purge").out == "Removed: 0 questions, 0 ratings, 0 messages.\n"
    assert "umbrellas" in asked("review", "list").out


def test_a_person_opts_out_and_in(asked: Commands) -> None:
    assert asked("privacy", "opt-out", ANN).out == "Nothing more is sent to them; 0 messages waited.\n"
    assert "They opted out of messages." in asked("privacy", "export", ANN).out
    only = asked("privacy", "opt-out", ANN, "--unasked").out
    assert only == "Nothing more is sent to them, and they are answered only when they ask; 0 messages waited.\n"
    assert "They opted out of messages, and of answers unasked." in asked("privacy", "export", ANN).out
    assert json.loads(asked("privacy", "export", ANN, "--json").out)["opted_out_of"] == "unasked"
    assert asked("privacy", "opt-in", ANN).out == "They are told again.\n"
    assert asked("privacy", "opt-in", ANN).out == "They had not opted out.\n"


@pytest.mark.parametrize("user", ["ann", "slack:", ":ann", "slak:ann", ""])
@pytest.mark.parametrize("command", ["export", "forget", "opt-out", "opt-in"])
def test_a_name_without_a_platform_is_refused(asked: Commands, command: str, user: str) -> None:
    result = asked("privacy", command, user)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"faqbot privacy: '{user}' names nobody; write PLATFORM:ID")
