"""What `--help` shows."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.app import COMMANDS, imported
from tests.cli.commands import Commands


@pytest.mark.parametrize("group", [(), ("faq",), ("review",), ("db",)])
def test_every_command_has_a_summary_that_fits(empty: Commands, group: tuple[str, ...]) -> None:
    result = empty(*group, "--help")
    summaries = result.out.partition("Commands:\n")[2].splitlines()
    assert result.code == 0
    assert len(summaries) >= 2
    assert all(line.endswith(".") and not line.endswith("...") for line in summaries)
    assert "Args" not in result.out


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_help_of_each_does(name: str) -> None:
    assert imported(name, COMMANDS[name]).get_short_help_str(200) == COMMANDS[name].purpose


def test_nothing_of_the_bot_is_imported_to_list_its_commands() -> None:
    listed = (
        "import sys; from bot.cli.app import main\ntry: main(['--help'])\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)  # noqa: S603  # ours
    heavy = {"sqlalchemy", "numpy", "pydantic", "bot.store", "bot.core.searching.entry_index"}
    assert not heavy & set(done.stderr.split())


@pytest.mark.parametrize("command", [("faq", "list"), ("ask", "fees")])
def test_what_is_for_all_commands_may_stand_before_and_behind_them(
    empty: Commands, command: tuple[str, ...], tmp_path: Path
) -> None:
    other = f"sqlite:///{tmp_path / 'nowhere' / 'faq.db'}"

    before, behind = empty("--database", other, *command), empty(*command, "--database", other)

    assert before.code == behind.code == 6
    assert before.err == behind.err
    assert "nowhere" in before.err


def test_a_question_needs_no_quotes(faqbot: Commands) -> None:
    asked = "what are the fees for a withdrawal"

    quoted, bare = faqbot("ask", asked), faqbot("ask", *asked.split())

    assert "See the list of fees." in bare.out
    assert quoted.out == bare.out


def test_garbage_is_collected_once_a_command_is_imported() -> None:
    """Not before: what is imported stays, and to look through it takes a tenth of a second."""
    program = (
        "import gc, bot.__main__; from bot.cli.app import COMMANDS, imported\n"
        "print(gc.isenabled()); imported('ask', COMMANDS['ask']); print(gc.isenabled(), gc.get_freeze_count() > 1000)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603  # our own interpreter
    assert done.stdout.split() == ["False", "True", "True"]
