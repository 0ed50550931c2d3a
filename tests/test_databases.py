"""Show what happens where no PostgreSQL server can be had: nobody should take a skipped test for a passed one."""

from pathlib import Path

import pytest

from tests.databases import SERVER_VARIABLE, on_server, postgres_server


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a lock that cannot be taken, so that no server starts."""
    monkeypatch.delenv(SERVER_VARIABLE, raising=False)
    return tmp_path


def test_without_a_server_tests_are_skipped(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no PostgreSQL server"), postgres_server(broken):
        pass


def test_without_a_server_tests_fail_in_ci(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no PostgreSQL server"), postgres_server(broken):
        pass


def test_the_environment_names_another_server(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SERVER_VARIABLE, "postgresql://ann@db.example/postgres")
    with postgres_server(broken) as server:
        assert on_server(server, "faq") == "postgresql://ann@db.example/faq"
