"""The database tells the time as the columns keep it, so that both can be compared."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, type_coerce

from bot.store import Database
from bot.store.columns import UtcDateTime, from_now, now
from bot.store.tables import OptOutRow

TICK = timedelta(milliseconds=1)  # SQLite counts in these


@pytest.mark.parametrize("wait", [timedelta(), timedelta(seconds=61.5), timedelta(days=400), -timedelta(hours=3)])
async def test_it_is_the_time_and_so_long_after(database: Database, wait: timedelta) -> None:
    before = datetime.now(UTC)
    async with database.snapshot() as tx:
        at, later = (await tx.execute(select(now(), from_now(wait)))).one()
    after = datetime.now(UTC)

    assert before - TICK <= at <= after
    assert before - TICK <= later - wait <= after


async def test_it_is_kept_and_compared_like_any_other_time(database: Database) -> None:
    second = timedelta(seconds=1)
    moment = datetime.now(UTC).replace(microsecond=0)
    times = {"past": moment - 60 * second, "future": moment + 600 * second}
    async with database.transaction() as tx:
        for author, at in times.items():
            await tx.execute(insert(OptOutRow).values(author=author, opted_out_at=at))
        for author, wait in (("taken", 60 * second), ("over", timedelta())):
            await tx.execute(insert(OptOutRow).values(author=author, opted_out_at=from_now(wait)))
    async with database.snapshot() as tx:
        over = await tx.scalars(select(OptOutRow.author).where(OptOutRow.opted_out_at <= now()))

        assert sorted(over) == ["over", "past"]
        same = select(OptOutRow.author).where(OptOutRow.opted_out_at == type_coerce(times["past"], UtcDateTime()))
        assert (await tx.scalars(same)).all() == ["past"]


async def test_on_a_file_it_is_written_as_other_times_are(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    async with database.transaction() as tx:
        await tx.execute(insert(OptOutRow).values(author="ann", opted_out_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)))
        await tx.execute(insert(OptOutRow).values(author="ben", opted_out_at=from_now(timedelta())))
        connection = await tx.connection()
        written = (await connection.exec_driver_sql("SELECT opted_out_at FROM opt_outs ORDER BY author")).scalars()
        plain, told = written.all()
    await database.aclose()

    assert plain == "2026-01-02 03:04:05.000000"
    assert [len(part) for part in told.replace(".", " ").replace(":", " ").replace("-", " ").split()] == [
        *(4, 2, 2, 2, 2, 2, 6)
    ]
