"""Do things to a database in a process of its own: `python -m tests.store.children TASK URL`.

A child says that it is ready, waits for a line, works, and prints what came out as JSON.
"""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable

from bot.core.models import Origin, Unanswered
from bot.errors import PhraseTakenError
from bot.store import Database, migration
from bot.store.entries import begin_change, content_version
from bot.store.entry_changes import save_entry
from bot.store.questions import claim, record_decision
from bot.store.records import Draft
from tests.store.samples import NOW, entry, outcome, question, save

TRANSACTIONS = 300
MESSAGES = 200
PHRASES = 50


def wait() -> None:
    """Signal the parent, and wait for its word."""
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


async def write(url: str) -> int:
    """Read and write in many transactions, opening the database again now and then; return how many went well."""
    wait()
    for _ in range(TRANSACTIONS // 50):
        database = Database(url)
        for _ in range(50):
            async with database.transaction() as tx:
                await content_version(tx)
                await begin_change(tx, actor="child", at=NOW)
        await database.aclose()
    return TRANSACTIONS


async def claim_all(url: str) -> list[tuple[bool, str]]:
    """Claim many messages; return for each whether it was ours, and which version decided."""
    database = Database(url)
    mine = str(os.getpid())
    found = []
    wait()
    for number in range(MESSAGES):
        async with database.transaction() as tx:
            claimed = await claim(tx, question(f"m{number}"), author="a1", at=NOW)
            if claimed.earlier is None:
                await record_decision(tx, claimed.question_id, outcome(Unanswered(), text=mine))
                found.append((True, mine))
            else:
                assert claimed.earlier.outcome is not None
                found.append((False, str(claimed.earlier.outcome.text)))
    await database.aclose()
    return found


async def take_phrases(url: str) -> list[str]:
    """Store the same phrases with entries of our own; return those that went well."""
    database = Database(url)
    taken = []
    name = f"entry-{os.getpid()}"
    wait()
    for number in range(PHRASES):
        try:
            async with database.transaction() as tx:
                change = await begin_change(tx, actor="child", at=NOW)
                draft = Draft(entry=entry(f"{name}-{number}", aliases=(f"alias {number}",)), origin=Origin.IMPORT)
                await save_entry(tx, draft, change=change)
        except PhraseTakenError:
            continue
        taken.append(f"alias {number}")
    await database.aclose()
    return taken


async def upgrade(url: str) -> str | None:
    """Upgrade an empty database; return the revision."""
    wait()
    await migration.upgrade(url)
    return await migration.current(url)


async def never_finish(url: str) -> None:
    """Save entries, and wait within the transaction."""
    database = Database(url)
    async with database.transaction() as tx:
        await save(tx, entry("fees", answer="changed"), *[entry(f"e{number}") for number in range(500)])
        wait()


TASKS: dict[str, Callable[[str], Awaitable[object]]] = {
    task.__name__: task for task in (write, claim_all, take_phrases, upgrade, never_finish)
}


async def main(task: str, url: str) -> None:
    """Do the task and print its result."""
    sys.stdout.write(json.dumps(await TASKS[task](url)))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
