"""Have a database open in a process of its own: `python -m tests.service.readers TASK URL`, as `children` does."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable

from sqlalchemy import func, select

from bot.store import Database, Transaction
from bot.store.tables import QuestionRow
from tests.store.children import wait


async def idle(url: str) -> int:
    """Read the log once, and keep the database open until told to stop."""
    database = Database(url)
    async with database.snapshot() as tx:
        asked = await count(tx)
    wait()
    await database.aclose()
    return asked


async def read(url: str) -> int:
    """Read one state of the log until told to stop."""
    database = Database(url)
    async with database.snapshot() as tx:
        await count(tx)
        wait()
        asked = await count(tx)
    await database.aclose()
    return asked


async def count(tx: Transaction) -> int:
    """Return how many questions there are."""
    return (await tx.scalars(select(func.count()).select_from(QuestionRow))).one()


TASKS: dict[str, Callable[[str], Awaitable[object]]] = {task.__name__: task for task in (idle, read)}


async def main(task: str, url: str) -> None:
    """Do the task and print its result."""
    sys.stdout.write(json.dumps(await TASKS[task](url)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
