"""The command line as a process: exit codes, one line for each error, signals and pipes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from tests.cli.commands import Commands, environment, spawn

pytestmark = pytest.mark.slow

FAULTY = """
from bot.cli import app

@app.app.command()
def broken() -> None:
    raise ValueError("my password is hunter2")

app.main({arguments})
"""


def test_the_version_and_the_commands_are_told(folder: Path) -> None:
    assert spawn("--version", cwd=folder).out == f"faqbot {__version__}\n"
    shown = spawn("--help", cwd=folder)
    assert shown.code == 0
    for command in ("ask", "chat", "faq", "review", "db", "eval", "demo", "--debug", "--database"):
        assert f"\n  {command} " in shown.out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("ask",), "Error: Missing argument 'QUESTION'."),
        (("ask", "--colour", "x"), "Error: No such option: --colour"),
        (("ask", "x", "--audience", "all"), "Error: Invalid value for '--audience': "),
        (("fly",), "Error: No such command 'fly'."),
    ],
)
def test_wrong_usage_is_told(empty: Commands, arguments: tuple[str, ...], line: str) -> None:
    result = empty(*arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Usage: faqbot")
    assert result.err.splitlines()[-1].startswith(line)


@pytest.mark.parametrize(
    ("variables", "code", "line"),
    [
        (
            {"FAQBOT_LOG_LEVEL": "loud"},
            5,
            "faqbot: FAQBOT_LOG_LEVEL: expected debug, info, warning or error, not 'loud'",
        ),
        ({"FAQBOT_AUTHOR_KEY": "hunter2"}, 5, "faqbot: FAQBOT_AUTHOR_KEY: expected at least 16 characters"),
        ({"FAQBOT_DATABASE_URL": "sqlite:///no/faq.db"}, 6, "faqbot: the database no/faq.db cannot be used: unable"),
        ({"FAQBOT_DATABASE_URL": "postgresql://x:hunter2@localhost:1/db"}, 6, "faqbot: the database postgresql://x@"),
        ({"XDG_DATA_HOME": "/dev/null/x"}, 6, "faqbot: the database /dev/null/x/faqbot/faq.db cannot be used: "),
    ],
)
def test_a_start_that_fails_is_one_line(folder: Path, variables: dict[str, str], code: int, line: str) -> None:
    result = spawn("ask", "hello?", cwd=folder, variables=variables)
    assert (result.code, result.out) == (code, "")
    assert result.err.startswith(line)
    assert result.err.count("\n") == 1
    assert "hunter2" not in result.err


def test_a_file_of_synonyms_is_checked_like_any_other(folder: Path) -> None:
    Path("own.txt").write_text("fee charge\n", encoding="utf-8")
    result = spawn("ask", "hello?", cwd=folder, variables={"FAQBOT_SYNONYMS": "own.txt"})
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("own.txt:1: ")


def test_a_traceback_is_for_debugging(folder: Path) -> None:
    result = spawn("--debug", "--database", "sqlite:///no/faq.db", "faq", "list", cwd=folder)
    assert result.code == 6
    assert result.err.startswith("Traceback (most recent call last):")
    assert result.err.splitlines()[-1].startswith("faqbot: the database no/faq.db cannot be used")


@pytest.mark.parametrize("debug", [False, True])
def test_a_fault_of_the_program_is_one_line_too(folder: Path, *, debug: bool) -> None:
    code = FAULTY.format(arguments=["--debug", "broken"] if debug else ["broken"])
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback" if debug else "faqbot: unexpected ValueError in <string>, line 6; ")
    assert ("hunter2" in done.stderr) is debug
    assert done.stderr.count("\n") == 1 or debug


def test_bytes_that_are_no_text_are_a_question_too(faqbot: Commands, folder: Path) -> None:
    question = b"\xff\xfe\x80 wd fee \xed\xa0\x80"
    result = spawn("--database", faqbot.database, "ask", question, cwd=folder)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("What are the fees for a withdrawal?")


def test_a_terminal_without_unicode_is_no_obstacle(faqbot: Commands, folder: Path) -> None:
    faqbot("faq", "edit", "withdrawal-fees", "--set", "answer=Siehe Gebühren 🧊.")
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    result = spawn("--database", faqbot.database, "ask", "wd fee", cwd=folder, variables=ascii_only)
    assert (result.code, result.err) == (0, "")
    assert "Siehe Geb?hren ?." in result.out


def test_a_reader_that_goes_away_ends_a_command_quietly(faqbot: Commands, folder: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "bot", "--database", faqbot.database, "faq", "list"],
        cwd=folder,
        env=environment(),
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (141, b"")


def test_an_interrupt_ends_a_command_quietly(faqbot: Commands, folder: Path) -> None:
    with subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-m", "bot", "--database", faqbot.database, "chat"],
        cwd=folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b"wd fee\n")
        process.stdin.flush()
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert (process.returncode, err) == (130, b"")
