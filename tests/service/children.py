"""Use the services in a process of its own: `python -m tests.service.children TASK URL`.

A child says that it is ready, waits for a line, works, and prints what came out as JSON.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable

from sqlalchemy import Engine, event

from bot.formats import Document, Record
from bot.store import Database
from tests.service.samples import FEES, ask, services
from tests.store.children import wait

MESSAGES = 60
ENTRIES = 500


async def ask_all(url: str) -> list[tuple[str, bool, bool]]:
    """Ask many messages; return for each its id, whether it came before, and whether there was a reply."""
    database = Database(url)
    app = services(database)
    await app.knowledge.index(FEES.audience)
    wait()
    asked = [await ask(app, FEES.question, f"m{number}") for number in range(MESSAGES)]
    await database.aclose()
    return [(each.question_id, each.repeated, each.reply is not None) for each in asked]


async def stop_before_phrases(url: str) -> None:
    """Import many entries, and stop when the entries are written and their phrasings are not."""

    @event.listens_for(Engine, "before_cursor_execute")
    def stop(*call: object) -> None:
        if str(call[2]).startswith("INSERT INTO phrases"):
            wait()

    await import_many(url)


async def stop_before_commit(url: str) -> None:
    """Import many entries, and stop when all is written."""
    event.listens_for(Engine, "commit")(lambda _: wait())
    await import_many(url)


async def import_many(url: str) -> None:
    """Import many entries."""
    await services(Database(url)).imports.import_documents([many()], actor="child")


def many() -> Document:
    """Return what a file with many entries holds, and another soup than on the menu."""
    records = [
        Record(id=f"entry-{number}", question=f"Where is entry {number}?", passages=("There.",), file="a", line=number)
        for number in range(ENTRIES)
    ]
    soup = Record(id="soup", question="What soup is there?", passages=("Tomato.",), file="a", line=ENTRIES)
    return Document(records=(*records, soup))


TASKS: dict[str, Callable[[str], Awaitable[object]]] = {
    task.__name__: task for task in (ask_all, stop_before_phrases, stop_before_commit)
}


async def main(task: str, url: str) -> None:
    """Do the task and print its result."""
    sys.stdout.write(json.dumps(await TASKS[task](url)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
