"""`faqbot --workspace NAME …`."""

import re
from pathlib import Path

import pytest

from tests.cli.commands import Commands


@pytest.fixture
def many(capsys: pytest.CaptureFixture[str], folder: Path) -> Commands:
    """Return the commands on settings for many workspaces."""
    return Commands(capsys, f"sqlite:///{folder}/{{workspace}}.db")


@pytest.mark.slow
def test_a_workspace_is_made_once_and_then_used(many: Commands, folder: Path, faq_file: Path) -> None:
    assert many("--workspace", "T1", "db", "upgrade").out.startswith(f"The database {folder / 't1.db'} is at revision ")
    assert many("--workspace", "T1", "faq", "import", str(faq_file)).code == 0
    assert many("--workspace", "T2", "db", "upgrade").code == 0
    assert "freeze-app" in many("--workspace", "t1", "faq", "list").out
    assert "freeze-app" not in many("--workspace", "t2", "faq", "list").out


@pytest.mark.parametrize("command", [("ask", "hello?"), ("faq", "import", "--pack"), ("db", "check"), ("chat",)])
def test_a_slip_of_the_key_makes_no_workspace(many: Commands, folder: Path, command: tuple[str, ...]) -> None:
    result = many("--workspace", "T9", *command)
    assert (result.code, result.out) == (3, "")
    assert result.err == (
        f"faqbot: the workspace 'T9' has no database at {folder / 't9.db'}; "
        "make it with: faqbot --workspace T9 db upgrade\n"
    )
    assert list(folder.glob("*.db")) == []


@pytest.mark.parametrize("command", [("ask", "hello?"), ("db", "upgrade"), ("db", "check"), ("review", "list")])
def test_settings_for_many_want_a_name(many: Commands, folder: Path, command: tuple[str, ...]) -> None:
    result = many(*command)
    assert (result.code, result.out) == (2, "")
    assert re.fullmatch(r"faqbot: FAQBOT_DATABASE_URL has .* faqbot --workspace NAME …\n", result.err)
    assert list(folder.iterdir()) == []


def test_commands_without_a_database_want_none(many: Commands) -> None:
    assert many("model", "show").code == 0


def test_a_name_that_leads_elsewhere_is_refused(many: Commands) -> None:
    result = many("--workspace", "../T1", "db", "upgrade")
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_settings_for_one_want_no_name(empty: Commands) -> None:
    result = empty("--workspace", "T1", "faq", "list")
    assert result.code == 5
    assert result.err.startswith("faqbot: FAQBOT_DATABASE_URL: expected a URL with {workspace} once")
