"""`faqbot privacy forget|purge` say so when the files may still hold what was removed."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.cli import privacy
from tests.cli.commands import Commands

ANN = "console:ann"


@pytest.mark.parametrize("arguments", [("forget", ANN), ("purge",)])
def test_a_reader_in_the_way_is_told_of_and_the_command_can_be_given_again(
    faqbot: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr(privacy, "PATIENCE", timedelta())
    faqbot("ask", "do you sell umbrellas?")
    file = tmp_path / "faq.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM questions").fetchone()
        held_up = faqbot("privacy", *arguments)
        assert held_up.code == 11
        assert held_up.out.startswith("Removed: ")
        assert held_up.err.count("\n") == 1
        assert f"{file.name}-wal may still hold it, since another process reads the database" in held_up.err
        reader.execute("COMMIT")
        again = faqbot("privacy", *arguments)

    assert (again.code, again.err) == (0, "")
