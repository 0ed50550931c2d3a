"""A person who breaks off at a prompt, wherever it is, has written nothing."""

import ast
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot import cli
from tests.cli.commands import Commands, FillOnce
from tests.cli.screens import END, ESCAPE, INTERRUPT, LEFT, driven

HALF = f"half a li{END}{END}"  # the first sends what there is, the second ends the input
NOTHING = "Nothing was done."
ANSWER = "Answer (empty: not at all): "
QUESTION = "Question ["
WORDINGS = "Wordings to add, by number [all]: "
WHICH = "Entry id, or words to look for (empty: not at all): "
NUMBER = "Number (empty: none): "
WHY = "Why? "
INTO = "Merge into which item, such as R3 (empty: not at all): "
GONE = "Which questions go, such as Q4 Q7 (empty: none): "
AGREE = "all the same? [y/N] "
TEXT = "Now live.\n"
PAST = "the fee for a withdrawal of mine"  # whatever else gets these words takes it from the entry that answered it
# What is typed up to each prompt of the walk, and the prompt to break off at.
WALKED = (
    ((("a", ANSWER),)),
    ((("a", ANSWER), (TEXT, QUESTION))),
    ((("a", ANSWER), (TEXT, QUESTION), ("\n", WORDINGS))),
    ((("a", ANSWER), (TEXT, QUESTION), (f"{PAST}\n", WORDINGS), ("\n", AGREE))),
    ((("e", QUESTION),)),
    ((("e", QUESTION), ("\n", WORDINGS))),
    ((("l", WHICH),)),
    ((("l", WHICH), ("freeze my account\n", NUMBER))),
    ((("l", WHICH), ("freeze-web\n", WORDINGS))),
    ((("1", WORDINGS),)),
    ((("m", INTO),)),
    ((("s", GONE),)),
)


@pytest.fixture
def store(faqbot: Commands, fill_once: FillOnce) -> Commands:
    """Return the commands on a store with an answered question, and two open items, one of two wordings."""

    def fill() -> None:
        for text in (PAST, "do you sell umbrellas?", "museum opening hours?", "is there a lost property office?"):
            faqbot("ask", text)
        assert faqbot("review", "merge", "R1", "--into", "R2").code == 0
        assert faqbot("review", "suggest", "R2", "--answer", "No.", "--question", PAST).code == 0

    fill_once("prompts", fill)
    return faqbot


def contents(commands: Commands) -> list[str]:
    """Return all that the store holds, but for the statistics that SQLite keeps for its planner."""
    with closing(sqlite3.connect(commands.database.removeprefix("sqlite:///"))) as connection:
        return [line for line in connection.iterdump() if "sqlite_stat" not in line and not line.startswith("ANALYZE")]


def broken_off(walked: tuple[tuple[str, str], ...], how: str) -> Iterator[tuple[str, str]]:
    """Yield what to wait for and what to type then, so that a prompt is reached and broken off at."""
    awaited = ""
    for typed, prompt in walked:
        yield awaited, typed
        awaited = prompt
    yield awaited, how
    yield NOTHING, ""


@pytest.mark.slow
@pytest.mark.parametrize("how", [INTERRUPT, END, HALF, ESCAPE], ids=["interrupt", "end", "half a line", "escape"])
def test_breaking_off_at_any_prompt_of_the_walk(store: Commands, folder: Path, how: str) -> None:
    editor = folder / "editor"
    editor.write_text('#!/bin/sh\necho "Now live." > "$1"\n', encoding="utf-8")
    editor.chmod(0o700)
    before = contents(store)
    steps = [("question     ", "n"), ("2 of 2", "p"), ("1 of 2", "")]
    steps += [step for walked in WALKED for step in broken_off(walked, how)]
    if how in {END, ESCAPE}:  # a single key is no line
        steps += [("", "d"), (WHY, how), (NOTHING, "")]
    code, screen = driven(
        "--database",
        store.database,
        "review",
        cwd=folder,
        steps=[*steps, ("", "q")],
        variables={"EDITOR": str(editor)},
    )
    assert code == 0
    assert screen.count(NOTHING) == len(WALKED) + (how in {END, ESCAPE})
    assert "Traceback" not in screen
    assert screen.endswith("2 left for another time.\n")
    assert contents(store) == before


@pytest.mark.slow
def test_keys_typed_ahead_do_not_act(store: Commands, folder: Path) -> None:
    before = contents(store)
    steps = [("1 of 2", ""), ("question     ", "ndt"), ("2 of 2", ""), ("question     ", f"d{ESCAPE}"), (WHY, ESCAPE)]
    steps += [(NOTHING, LEFT), ("Esc cancels", "q")]
    code, screen = driven("--database", store.database, "review", cwd=folder, steps=steps)
    assert (code, screen.count(WHY)) == (0, 1)
    assert contents(store) == before


@pytest.mark.slow
def test_an_arrow_in_a_line_is_skipped(store: Commands, folder: Path) -> None:
    steps = [("question     ", "a"), (ANSWER, f"Now {LEFT}live.\n"), (QUESTION, ESCAPE), (NOTHING, "a")]
    steps += [(ANSWER, f"Now {LEFT}live.\n"), (QUESTION, "\n"), (WORDINGS, "\n"), ("1 of 1", "q")]
    _, screen = driven("--database", store.database, "review", cwd=folder, steps=steps)
    assert any("'Now live.'" in line for line in contents(store))
    assert screen.count(NOTHING) == 1


@pytest.mark.slow
def test_an_editor_that_fails_has_written_nothing(store: Commands, folder: Path) -> None:
    before = contents(store)
    command = ("--database", store.database, "review")
    steps = [("question     ", "e"), (NOTHING, "q")]
    code, screen = driven(*command, cwd=folder, steps=steps, variables={"EDITOR": "false"})
    assert (code, "Editing failed" in screen) == (0, True)
    assert contents(store) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "command",
    [
        ("faq", "add", "--question", PAST, "--answer", "None."),
        ("faq", "edit", "withdrawal-fees", "--set", "audience=internal"),
        ("faq", "alias", "freeze-web", PAST),
        ("faq", "retire", "withdrawal-fees"),
        ("review", "answer", "R2", "No.", "--question", PAST),
        ("review", "link", "R2", "freeze-web", "--alias", PAST),
        ("review", "accept", "S1"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_breaking_off_where_a_command_asks(store: Commands, folder: Path, command: tuple[str, ...]) -> None:
    before = contents(store)
    code, screen = driven("--database", store.database, *command, cwd=folder, steps=[(AGREE, INTERRUPT)])
    assert code == 130
    assert screen.endswith("Nothing was changed.\n")
    assert contents(store) == before


@pytest.mark.slow
def test_breaking_off_where_a_single_key_is_waited_for(store: Commands, folder: Path) -> None:
    before = contents(store)
    steps = [("question     ", "d"), (WHY, INTERRUPT), (NOTHING, "q")]
    code, screen = driven("--database", store.database, "review", cwd=folder, steps=steps)
    assert code in {0, 130}  # just before the key is waited for, an interrupt ends it all
    assert "Traceback" not in screen
    assert contents(store) == before


@pytest.mark.slow
@pytest.mark.parametrize("how", [INTERRUPT, END], ids=["interrupt", "end"])
def test_breaking_off_where_grades_are_asked_for(store: Commands, folder: Path, how: str) -> None:
    before = contents(store)
    _, screen = driven("--database", store.database, "grade", cwd=folder, steps=[("  1  ", how)])
    assert "Traceback" not in screen
    assert contents(store) == before


def test_lines_are_read_in_one_place() -> None:
    """A command that reads lines by itself is not tried above."""
    readers = {"input", "prompt", "confirm", "readline", "getchar"}
    own = {"keyboard.py", "ask.py"}  # a chat writes down each line that was ended
    for path in Path(cli.__file__).parent.glob("*.py"):
        calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        names = {getattr(call, "attr", None) or getattr(call, "id", None) for call in calls}
        assert path.name in own or not names & readers, path.name
