"""`faqbot chat`: through a pipe, and at a terminal."""

from pathlib import Path

import pytest

from bot.core.wording.replies import WELCOME
from tests.cli.commands import Commands, Result, spawn
from tests.cli.screens import END, INTERRUPT, at_terminal
from tests.cli.test_ask import SEED, STRANGE, logged


def piped(faqbot: Commands, folder: Path, *lines: str | bytes, options: tuple[str, ...] = ()) -> Result:
    """Chat through a pipe."""
    given = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
    return spawn("--database", faqbot.database, "chat", *options, cwd=folder, given=given)


@pytest.mark.slow
def test_each_line_is_a_question_and_a_number_takes_a_choice(faqbot: Commands, folder: Path) -> None:
    result = piped(faqbot, folder, "freeze my account", "3", "2", "", "wd fee", "/quit", "never asked")
    choices, title, answer, *fees = result.out.split("\n\n")
    second = choices.splitlines()[2]
    assert second.startswith("2. How do I freeze my account ")
    assert title == second[3:]
    assert answer
    assert fees[:2] == ["What are the fees for a withdrawal?", "See the list of fees."]
    assert result.err == "Choose a number from 1 to 2, or ask another question.\n"
    assert len(fees) == 4
    assert result.code == 0
    assert logged(faqbot.database, "Q1").ref.message_id != logged(faqbot.database, "Q2").ref.message_id


@pytest.mark.slow
def test_a_choice_is_named_and_what_is_said_back_counts_as_a_button_does(faqbot: Commands, folder: Path) -> None:
    named = piped(faqbot, folder, "freeze my account", "the second one", "none of these", "/quit").out.split("\n\n")
    second = named[0].splitlines()[2]
    assert named[1] == second[3:]
    assert "moderators" in named[3]
    assert faqbot("review", "list").out.count("freeze my account") == 1
    assert piped(faqbot, folder, "wd fee", "that solved it").out.strip().endswith(f"\n\n{WELCOME}")


@pytest.mark.slow
def test_a_secret_is_warned_of_and_not_kept(faqbot: Commands, folder: Path) -> None:
    result = piped(faqbot, folder, SEED)
    assert result.out.startswith("That looks like a seed phrase or a private key. Delete your message now")
    outcome = logged(faqbot.database, "Q1").outcome
    assert outcome is not None
    assert outcome.text is None


@pytest.mark.slow
def test_no_line_is_too_strange(faqbot: Commands, folder: Path) -> None:
    strange = [text.replace("\n", " ").encode(errors="surrogatepass") for text in STRANGE.values()]
    result = piped(faqbot, folder, *strange, b"\xff\xfe\x80", "wd fee")
    assert result.code == 0
    assert "Traceback" not in result.err
    assert "See the list of fees." in result.out
    assert not set(result.out) & set("\x00\x1b\x7f\x9b\u202e\u2066")


@pytest.mark.slow
def test_staff_chat_with_internal_entries(faqbot: Commands, folder: Path) -> None:
    answer = "Two people of the payments team."
    assert answer in piped(faqbot, folder, "who approves manual payouts", options=("--audience", "internal")).out
    assert answer not in piped(faqbot, folder, "who approves manual payouts").out


@pytest.mark.slow
def test_a_terminal_has_a_prompt_and_boxes(faqbot: Commands, folder: Path) -> None:
    code, screen = at_terminal(
        "--database",
        faqbot.database,
        "chat",
        cwd=folder,
        typed=["freeze my account\n", "1\n", "do you sell umbrellas?\n", END],
    )
    assert code == 0
    assert screen.count("you> ") == 4
    assert "│ 1. How do I freeze my account " in screen
    assert "─ How do I freeze my account " in screen
    assert 'Moderators answer it with: faqbot review answer Q2 "…"' in screen.replace("\n", " ")


@pytest.mark.slow
def test_an_interrupt_at_the_prompt_ends_it(faqbot: Commands, folder: Path) -> None:
    code, screen = at_terminal("--database", faqbot.database, "chat", cwd=folder, typed=["wd fee\n", INTERRUPT])
    assert code == 130
    assert "Traceback" not in screen
