"""Show how a file that is new to all gets its write-ahead log."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.connections import log_ahead


@pytest.fixture
def first(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection that has just made a file, and is still writing."""
    with closing(sqlite3.connect(tmp_path / "faq.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE busy (id INTEGER)")
        yield connection


@pytest.fixture
def second(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection to the same file that is ready to wait."""
    with closing(sqlite3.connect(tmp_path / "faq.db", isolation_level=None, timeout=30)) as connection:
        yield connection


def test_the_switch_waits_for_a_writer(first: sqlite3.Connection, second: sqlite3.Connection) -> None:
    def finish_first(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE":
            first.execute("COMMIT")

    second.set_trace_callback(finish_first)
    log_ahead(second)

    assert second.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_switch_does_not_wait_for_ever(first: sqlite3.Connection, second: sqlite3.Connection) -> None:
    second.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        log_ahead(second)
