"""Show that a statement on a file takes one turn of its thread, and gives what the driver's own cursor gives."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import aclosing, closing
from pathlib import Path
from typing import Any

import pytest

from bot.store import sqlite_files
from bot.store.sqlite_files import FileConnection

PATIENCE = 30.0
# Far longer than the event loop waits.
LONG = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) SELECT max(i) FROM n"


class Counted(FileConnection):
    """Count the turns of its thread."""

    turns = 0

    async def _execute(self, fn: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401  # whatever the driver runs
        self.turns += 1
        return await super()._execute(fn, *args, **options)

    async def aclose(self) -> None:
        """Close it."""
        await self.close()


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[Counted]:
    """Return a connection to an empty file."""
    path = tmp_path / "faq.db"
    async with aclosing(Counted(sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)) as opened:
        await opened
        yield opened


async def test_a_statement_takes_one_turn(connection: Counted) -> None:
    cursor = await connection.cursor()
    await cursor.execute("SELECT ? UNION SELECT 2 ORDER BY 1", (1,))
    rows = [tuple(row) for row in await cursor.fetchall()]
    await cursor.close()

    assert (rows, cursor.description[0][0], connection.turns) == ([(1,), (2,)], "?", 1)


async def test_rows_are_given_once(connection: Counted) -> None:
    cursor = await connection.cursor()
    await cursor.execute("SELECT 1")
    await cursor.fetchall()

    assert list(await cursor.fetchall()) == []


async def test_what_is_written_gives_no_rows_unless_it_says_so(connection: Counted) -> None:
    cursor = await connection.cursor()
    await cursor.execute("CREATE TABLE words (word TEXT)")
    await cursor.execute("INSERT INTO words VALUES ('a'), ('b')")
    assert (list(await cursor.fetchall()), cursor.rowcount) == ([], 2)

    await cursor.execute("INSERT INTO words VALUES ('c') RETURNING word")
    assert list(await cursor.fetchall()) == [("c",)]


async def test_a_statement_that_fails_raises_its_error(connection: Counted) -> None:
    cursor = await connection.cursor()
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        await cursor.execute("SELECT * FROM nowhere")


async def test_a_cursor_that_is_closed_holds_up_no_writer(connection: Counted, tmp_path: Path) -> None:
    cursor = await connection.cursor()
    await cursor.execute("CREATE TABLE words (word TEXT)")
    await cursor.execute("SELECT * FROM words")
    await cursor.close()

    with sqlite3.connect(tmp_path / "faq.db", timeout=0) as other:
        other.execute("DROP TABLE words")
    other.close()


@pytest.mark.parametrize("leave", ["close", "stop"])
async def test_a_connection_that_is_left_in_a_transaction_holds_up_nobody(tmp_path: Path, leave: str) -> None:
    path = tmp_path / "faq.db"
    connection = FileConnection(
        sqlite3.connect(path, isolation_level=None, check_same_thread=False), iter_chunk_size=64
    )
    await connection
    await connection.execute("BEGIN IMMEDIATE")
    cut_off = connection._conn.execute("SELECT 1 UNION SELECT 2")  # noqa: SLF001  # as a traceback may hold one
    cut_off.fetchone()

    left = getattr(connection, leave)()
    await left

    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as other:
        other.execute("BEGIN IMMEDIATE")


async def test_a_short_statement_takes_no_turn_of_the_event_loop(
    connection: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_files, "SHORT", PATIENCE)
    turns: list[None] = []
    asyncio.get_running_loop().call_soon(turns.append, None)

    cursor = await connection.cursor()
    await cursor.execute("SELECT 1")

    assert turns == []


async def test_the_event_loop_goes_on_during_a_long_statement(connection: Counted) -> None:
    turns: list[None] = []
    asyncio.get_running_loop().call_soon(turns.append, None)

    cursor = await connection.cursor()
    await cursor.execute(LONG)

    assert turns == [None]


async def test_a_timeout_in_a_statement_is_raised_as_one(connection: Counted) -> None:
    def late() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        await connection._execute(late)  # noqa: SLF001  # what the driver itself calls


class Tardy(Future[Any]):
    """A future whose time is up in the moment in which its function has ended."""

    def result(self, timeout: float | None = None) -> Any:  # noqa: ANN401  # whatever the function returns
        """Wait for the function, and return nothing in time."""
        found = super().result(PATIENCE)
        if timeout is None:
            return found
        raise TimeoutError


async def test_a_statement_that_ends_as_the_time_is_up_gives_its_rows(
    connection: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_files, "Future", Tardy)
    cursor = await connection.cursor()
    await cursor.execute("SELECT 1")

    assert [tuple(row) for row in await cursor.fetchall()] == [(1,)]


async def test_a_cursor_lets_go_of_what_it_ran_with_many_rows(connection: Counted) -> None:
    # The connection uses the statement again: freed later, in another thread, the cursor would reset it in the middle.
    await (await connection.cursor()).execute("CREATE TABLE t (a)")
    cursor = await connection.cursor()
    await cursor.executemany("INSERT INTO t VALUES (?)", [(1,), (2,)])
    assert cursor.rowcount == 2
    with pytest.raises(sqlite3.ProgrammingError, match="closed cursor"):
        await cursor.execute("SELECT 1")
    found = await (await connection.cursor()).execute("SELECT count(*) FROM t")
    assert list(await found.fetchall()) == [(2,)]
