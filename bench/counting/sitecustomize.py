"""Count what a bot of any age asks of its database, where `FAQBOT_TEST_COUNTS` names a file for the counts.

Python imports a module of this name at its start. Counted are statements, transactions, and how often a server is
waited for, which a file has nothing of.
"""

import mmap
import os
from pathlib import Path
from typing import Any

STATEMENTS, TRANSACTIONS, TRIPS = range(3)


def _count_in(path: str) -> None:
    from sqlalchemy import event  # noqa: PLC0415  # only where it is counted
    from sqlalchemy.engine import Engine  # noqa: PLC0415  # as above

    with Path(path).open("r+b") as file:
        counts = memoryview(mmap.mmap(file.fileno(), 0)).cast("q")

    def tally(kind: int) -> None:
        counts[kind] += 1

    event.listen(Engine, "before_cursor_execute", lambda *_: tally(STATEMENTS))
    event.listen(Engine, "begin", lambda *_: tally(TRANSACTIONS))
    if os.environ.get("FAQBOT_DATABASE_URL", "").startswith("sqlite"):
        return
    from psycopg import AsyncConnection  # noqa: PLC0415  # as above

    wait: Any = AsyncConnection.wait

    async def waited(self: object, *given: object, **named: object) -> object:
        tally(TRIPS)
        return await wait(self, *given, **named)

    AsyncConnection.wait = waited  # type: ignore[method-assign, assignment]


if named := os.environ.get("FAQBOT_TEST_COUNTS"):
    _count_in(named)
