"""Time what a store with many logged questions makes people wait for, and for how long it holds up everybody else.

    python -m bench.large_store [--questions 200000] [--database URL]

The FAQ of the pack goes into an empty database, an SQLite file of its own unless another is named, and the questions of
the tests through the bot into the log; these are then copied until there are so many, over 200 days, by 5,000 people.
What has no answer is half in the large items of the review that this makes, half spread over 2,000 small ones. Nothing
is analysed by hand. "holds" is the longest that the event loop did one thing, in time of a processor, which others who
use the machine do not change. "first question" is one without an answer, after a start; of all others a second run is
timed.
"""

import argparse
import asyncio
import gc
import os
import resource as system
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from sqlalchemy import text

# As `faqbot` does before it imports numpy: else the loop spins while threads of it get no turn on a busy machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bench.copies import copy_questions
from bot.adapters.discord.showing.cards import QUEUE_PAGE, queue_message
from bot.adapters.permalinks import permalink
from bot.adapters.slack.showing.cards import PAGE, Queue, home_view
from bot.bootstrap import open_app
from bot.config import Settings
from bot.core.models import Audience, ChannelRef, MessageRef, Origin, Question, Surface
from bot.formats import collect
from bot.formats.labelled import read_questions
from bot.formats.reading import read
from bot.resources import resource
from bot.service.app import App
from bot.service.review import OPEN_ITEMS
from bot.store import migration
from bot.store.entries import begin_change
from bot.store.entry_changes import save_entries
from bot.store.privacy import questions_of
from bot.store.records import Draft
from bot.store.threads import Thread

WORKSPACE, CHANNELS, DAYS = "T1", 7, 200
THREAD = Thread(channel=ChannelRef("slack", WORKSPACE, "C1"), thread_id="m1")
QUESTIONS = Path(__file__).parent.parent / "tests" / "questions"
Call = Callable[[App], Awaitable[Any]]


async def fill(app: App, count: int) -> None:
    """Log so many questions."""
    documents = [read(path.name, path.read_bytes()) for path in sorted(resource("faq_data").glob("*.yaml"))]
    drafts = [Draft(entry=draft.entry, origin=Origin.IMPORT) for draft in collect(documents).entries]
    async with app.database.transaction() as tx:
        await save_entries(tx, drafts, change=await begin_change(tx, actor="bench", at=datetime.now(UTC)))
    for number, asked in enumerate(_texts()[:count]):
        await app.ask.ask(_question(asked, number))
    async with app.database.transaction() as tx:
        await copy_questions(tx, count, days=DAYS)


def _question(asked: str, number: int) -> Question:
    return Question(
        text=asked,
        ref=MessageRef(
            platform=("slack", "discord")[number % 2],
            workspace_id=WORKSPACE,
            channel_id=f"C{number % CHANNELS}",
            message_id=f"m{number}",
        ),
        author_id=f"U{number}",
        surface=Surface.MENTION if number % 3 else Surface.AMBIENT,
    )


def _texts() -> list[str]:
    found = [read_questions(str(path), path.read_bytes()) for path in sorted(QUESTIONS.glob("*.jsonl"))]
    return [question.text for questions in found for question in questions]


async def home(app: App) -> object:
    """Show the moderators' home in Slack."""
    found = await app.review.page(replace(OPEN_ITEMS, limit=PAGE))
    queue = Queue(items=found.items, more=found.total > PAGE)
    return home_view((), permalink=permalink, opted_out=None, queue=queue)


async def review(app: App) -> object:
    """Show a page of /review on Discord."""
    found = await app.review.page(replace(OPEN_ITEMS, limit=QUEUE_PAGE))
    return queue_message(found.items, total=found.total)


async def mine(app: App) -> object:
    """Read somebody's own questions."""
    async with app.database.snapshot() as tx:
        author = await tx.scalar(text("SELECT author FROM questions ORDER BY id LIMIT 1"))
        return await questions_of(tx, str(author), limit=10)


def since(days: int) -> Call:
    """Return what counts the last days."""
    return lambda app: app.stats.stats(
        since=(datetime.now(UTC) - timedelta(days=days)).date(), audience=Audience.INTERNAL
    )


CALLS: dict[str, Call] = {
    "home": home,
    "review": review,
    "show": lambda app: app.review.show("R1"),
    "mine": mine,
    "engaged": lambda app: app.conversations.engaged(THREAD),
    "unfinished": lambda app: app.conversations.unfinished("slack", young=timedelta(minutes=15)),
    "why": lambda app: app.conversations.why(
        MessageRef(platform="slack", workspace_id=WORKSPACE, message_id="nothing")
    ),
    "cards": lambda app: app.cards.due(ChannelRef("slack", WORKSPACE, "C0")),
    "grade": lambda app: app.grades.waiting(),
    "stats 30d": since(30),
    "stats all": since(DAYS),
    "tune": lambda app: app.tuning.propose(),
}
"""What is measured, by name."""


class Held:
    """Watch the event loop while a block runs."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def __aenter__(self) -> Self:
        self._watch = asyncio.create_task(self._tick())
        await asyncio.sleep(0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._watch.cancel()
        with suppress(asyncio.CancelledError):
            await self._watch

    async def _tick(self) -> None:
        while True:
            began = time.thread_time()
            try:
                await asyncio.sleep(0.001)
            finally:
                self.longest = max(self.longest, time.thread_time() - began)


async def measure(url: str, count: int) -> None:
    """Fill a store, and print a line for each call."""
    await migration.upgrade(url)
    async with open_app(Settings(database_url=url, model_dir=None)) as app:
        began = time.perf_counter()
        await fill(app, count)
        print(f"{count:,} questions in {time.perf_counter() - began:.0f} s, {await _size(app, count)}", flush=True)
    print(f"{'':15}{'time ms':>9}{'holds ms':>10}{'grew MB':>9}")
    async with open_app(Settings(database_url=url, model_dir=None)) as app:
        await _measured(app, "first question", lambda app: app.ask.ask(_question("who feeds the yak?", count)))
        for name, call in CALLS.items():
            await call(app)
            await _measured(app, name, call)


async def _measured(app: App, name: str, call: Call) -> None:
    before, began = _peak(), time.perf_counter()
    async with Held() as held:
        await call(app)
    took = time.perf_counter() - began
    print(f"{name:15}{1000 * took:9.0f}{1000 * held.longest:10.1f}{_peak() - before:9.0f}", flush=True)


async def _size(app: App, count: int) -> str:
    async with app.database.snapshot() as tx:
        if tx.get_bind().dialect.name == "postgresql":
            query = "SELECT pg_database_size(current_database())"
        else:
            query = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        size = (await tx.scalars(text(query))).one()
        matches = (await tx.scalars(text("SELECT avg(length(candidates)) FROM questions"))).one()
    return f"{size / count:,.0f} bytes each, {float(matches):,.0f} of them candidates"


def _peak() -> float:
    return system.getrusage(system.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure on a store of its own or an empty one, and print what it took."""
    gc.freeze()  # as `faqbot run` does
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=200_000)
    parser.add_argument("--database", metavar="URL", help="an empty database in place of an SQLite file")
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="faqbot-bench-") as folder:
        asyncio.run(measure(given.database or f"sqlite:///{folder}/faq.db", given.questions))


if __name__ == "__main__":
    main()
