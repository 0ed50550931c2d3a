"""`faqbot db upgrade|current|check`."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from bot.resources import resource
from bot.store import migration
from tests.cli.commands import Commands

NEWEST = max(path.name[:4] for path in resource("migrations").glob("versions/*.py"))


@pytest.fixture
def new(capsys: pytest.CaptureFixture[str], empty_url: str) -> Commands:
    """Return the commands on a database without tables, of either kind in turn."""
    return Commands(capsys, empty_url)


def test_a_new_database_is_brought_up_to_date(new: Commands) -> None:
    assert new("db", "current").out.endswith(" has no tables yet.\n")
    missing = new("db", "check")
    assert missing.code == 8
    assert missing.err.endswith(f" is at revision none, not {NEWEST}; run: faqbot db upgrade\n")
    assert new("db", "upgrade").out.endswith(f" is at revision {NEWEST}.\n")
    assert new("db", "current").out.endswith(f" is at revision {NEWEST}.\n")
    assert new("db", "check").out.endswith(" is up to date.\n")


@pytest.mark.slow
def test_a_server_is_not_upgraded_behind_the_back_of_its_owner(
    capsys: pytest.CaptureFixture[str], empty_postgres_url: str
) -> None:
    server = Commands(capsys, empty_postgres_url)
    assert server("faq", "list").code == 8
    assert server("db", "upgrade").code == 0
    assert server("faq", "import", "--pack").code == 0
    assert server("ask", "forgot pw").out.startswith("How do I get back in after forgetting my password?")


@pytest.mark.slow
def test_a_file_gets_its_tables_on_first_use(capsys: pytest.CaptureFixture[str], empty_sqlite_url: str) -> None:
    assert Commands(capsys, empty_sqlite_url)("faq", "list").code == 0


def test_the_default_file_gets_its_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    default = Commands(capsys)
    assert default("db", "upgrade").code == 0
    assert default("db", "check").code == 0
    assert len(list((tmp_path / "home").rglob("faq.db"))) == 1


def test_a_database_of_a_newer_version_is_left_alone(empty: Commands) -> None:
    path = empty.database.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = Path(path).read_bytes()
    for command in (("db", "upgrade"), ("db", "check"), ("ask", "hello?"), ("faq", "import", "--pack")):
        result = empty(*command)
        assert (result.code, result.out) == (9, "")
        assert result.err == (
            f"faqbot: the database {path} has revision 9999, which this faqbot does not know; install a newer one\n"
        )
    assert Path(path).read_bytes() == before
    assert asyncio.run(migration.current(empty.database)) == "9999"


@pytest.mark.parametrize(
    ("url", "code", "line"),
    [
        (
            "sqlite:///missing/faq.db",
            6,
            "faqbot: the database missing/faq.db cannot be used: unable to open database file",
        ),
        ("sqlite:///noise.db", 6, "faqbot: the database noise.db cannot be used: file is not a database"),
        ("sqlite:///.", 6, "faqbot: the database . cannot be used: unable to open database file"),
        ("postgresql://bob:hunter2@localhost:1/faq", 6, "faqbot: the database postgresql://bob@localhost:1/faq cannot"),
        (
            "postgresql://bob:hunter2@host.invalid/faq",
            6,
            "faqbot: the database postgresql://bob@host.invalid/faq cannot",
        ),
        ("mysql://bob:hunter2@localhost/faq", 5, "faqbot: database URL 'mysql': the bot knows sqlite:///file.db and"),
        ("hunter2", 5, "faqbot: database URL 'hunter2': not a database URL"),
    ],
)
def test_a_database_that_cannot_be_used_is_one_line(
    capsys: pytest.CaptureFixture[str], url: str, code: int, line: str
) -> None:
    Path("noise.db").write_bytes(b"\x01noise" * 1000)
    for command in (("db", "upgrade"), ("db", "current"), ("ask", "hello?")):
        result = Commands(capsys, url)(*command)
        assert (result.code, result.out) == (code, "")
        assert result.err.startswith(line)
        assert result.err.count("\n") == 1
        assert "bob:hunter2" not in result.err
