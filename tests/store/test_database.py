"""Show that transactions are whole, and that connections are made as promised."""

from sqlalchemy import text

from bot.store import Database


async def test_it_works(database: Database) -> None:
    async with database.transaction() as tx:
        assert (await tx.execute(text("select content_version from meta"))).scalar() == 0
