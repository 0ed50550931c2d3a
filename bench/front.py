"""Time a bot in a process of its own, while this one stands for its platform.

`bench/slack.py` and `bench/discord.py` say what is particular to each. Timed is from the moment that a question is sent
until its answer has arrived here. First, so many questions are kept under way until all are asked, which gives the
questions a second, the processor time of each in the bot's process, and the memory of that; then a tenth of them is
sent at a steady rate, whether or not earlier ones are answered, which gives the times that people wait. 200 people ask
in 20 channels; the stand-in has no rate limits, and a PostgreSQL server that it starts does not sync its files.

With `--against COMMIT` the bot of a commit and this one are asked in turn, and with `--processes` this one as one
process and as several: `bench/rates.py` says how.
"""

import argparse
import asyncio
import os
import random
import sys
import time
from abc import ABC, abstractmethod
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import web

from bench.against import ROOT
from bench.limits import OFF
from bench.made_up import ALIASES, asked_about, made_up
from bot.bootstrap import open_app
from bot.config import Settings
from bot.core.models import ChannelRef, Entry, Origin
from bot.store import migration
from bot.store.entries import begin_change
from bot.store.entry_changes import save_entries
from bot.store.records import Draft
from tests.databases import on_server, postgres_database, postgres_server

SEED = 7
PATIENCE = 180.0
CHANNELS, ASKERS = 20, 200
COLUMNS = ("a second", "cpu ms", "p50 ms", "p99 ms", "answered", "start MB", "end MB")


class Front(ABC):
    """A stand-in for a platform: send questions to the bot, and note when each is answered."""

    places: Sequence[ChannelRef]

    def __init__(self) -> None:
        self.url = ""
        self.calls = 0
        self.connected = asyncio.Semaphore(0)
        self.sockets: list[web.WebSocketResponse] = []
        self._chance = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
        self._number = 0
        self._waiting: dict[str, tuple[float, asyncio.Future[float]]] = {}

    @abstractmethod
    def routes(self) -> list[web.RouteDef]:
        """Return what to serve."""

    @abstractmethod
    def settings(self) -> Mapping[str, str]:
        """Return what the bot needs to find this front."""

    @abstractmethod
    def message_id(self, number: int) -> str:
        """Return the id of a message."""

    @abstractmethod
    async def mention(self, message_id: str, text: str, *, channel_id: str, asker: int) -> None:
        """Send a message that mentions the bot, by one of the askers."""

    async def ask(self, text: str) -> float:
        """Ask a question, and return how many seconds its answer took."""
        self._number += 1
        message_id = self.message_id(self._number)
        answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting[message_id] = time.perf_counter(), answered
        channel_id = self.places[self._number % CHANNELS].channel_id
        await self.mention(message_id, text, channel_id=channel_id, asker=self._number % ASKERS)
        async with asyncio.timeout(PATIENCE):
            return await answered

    def answered(self, message_id: str) -> None:
        """Record that a question has its answer; a second answer is an error."""
        sent, answered = self._waiting.pop(message_id)
        answered.set_result(time.perf_counter() - sent)

    async def send(self, told: Mapping[str, object]) -> None:
        """Send the bot an event over any of the sockets that it opened."""
        assert self.sockets, "the bot is not connected"  # noqa: S101  # a benchmark may stop
        await self._chance.choice(self.sockets).send_json(told)

    @web.middleware
    async def count_call(self, request: web.Request, handler: Callable[[web.Request], Any]) -> Any:  # noqa: ANN401  # as aiohttp has it
        """Count a request of the bot, and serve it."""
        self.calls += 1
        return await handler(request)


@asynccontextmanager
async def served(front: Front) -> AsyncIterator[None]:
    """Serve a front on a free port."""
    application = web.Application(middlewares=[front.count_call])
    application.add_routes(front.routes())
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    front.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield
    finally:
        await runner.cleanup()


@asynccontextmanager
async def running(
    front: Front, url: str, folder: str, *, code: Path = ROOT, more: Mapping[str, str] = OFF
) -> AsyncIterator[int]:
    """Run the bot of a checkout as long as the block lasts, and yield the number of its process."""
    settings = {
        "FAQBOT_DATABASE_URL": url,
        "FAQBOT_LOG_LEVEL": "error",
        "FAQBOT_MODEL_DIR": str(ROOT / "bot" / "encoder" / "model"),
        "PYTHONPATH": os.pathsep.join([str(code), str(ROOT / "bench" / "counting")]),
        "XDG_DATA_HOME": folder,
        **more,
        **front.settings(),
    }
    command = (sys.executable, "-m", "bot", "run", front.places[0].platform)
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env={**os.environ, **settings}, stdout=DEVNULL)
    try:
        async with asyncio.timeout(PATIENCE):
            await front.connected.acquire()
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


async def fill(url: str, entries: Sequence[Entry], places: Sequence[ChannelRef]) -> None:
    """Store the entries, and have the bot answer in the channels."""
    await migration.upgrade(url)
    async with open_app(Settings(database_url=url)) as app:
        async with app.database.transaction() as tx:
            change = await begin_change(tx, actor="bench", at=datetime.now(UTC))
            await save_entries(tx, [Draft(entry=entry, origin=Origin.IMPORT) for entry in entries], change=change)
        for place in places:
            await app.channels.set(place, {"mode": "mention"}, actor="bench")


async def flood(front: Front, questions: Sequence[str], *, at_once: int) -> float:
    """Ask all, so many at once, and return the questions a second."""
    turns = asyncio.Semaphore(at_once)

    async def one(text: str) -> None:
        async with turns:
            await front.ask(text)

    began = time.perf_counter()
    await asyncio.gather(*map(one, questions))
    return len(questions) / (time.perf_counter() - began)


async def steady(front: Front, questions: Sequence[str], *, rate: float) -> list[float]:
    """Ask at a steady rate, and return the seconds that each answer took."""
    loop = asyncio.get_running_loop()
    began, asked = loop.time(), []
    for number, text in enumerate(questions):
        await asyncio.sleep(max(0.0, began + number / rate - loop.time()))
        asked.append(asyncio.create_task(front.ask(text)))
    return await asyncio.gather(*asked)


def held(process: int) -> float:
    """Return the memory of a process in megabytes."""
    pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def used(process: int) -> float:
    """Return the seconds of processor time that a process took."""
    # What stands before the bracket is the name of the program, which may have spaces.
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def made_up_task(given: argparse.Namespace) -> tuple[list[Entry], list[str]]:
    """Return entries, and questions about them."""
    chance = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    entries = made_up(given.entries * ALIASES, chance)
    return entries, [asked_about(chance.choice(entries), chance) for _ in range(given.questions)]


async def measure(front: Front, url: str, given: argparse.Namespace, folder: str) -> list[float]:
    """Measure on one database, and return the figures of its line."""
    entries, questions = made_up_task(given)
    few = questions[: max(len(questions) // 10, 100)]
    await fill(url, entries, front.places)
    async with served(front), running(front, url, folder) as process:
        await flood(front, few[:100], at_once=1)
        before, began = held(process), used(process)
        speed = await flood(front, questions, at_once=given.at_once)
        after, took = held(process), (used(process) - began) / len(questions)
        cuts = quantiles(await steady(front, few, rate=given.rate), n=100)
    return [speed, took * 1000, cuts[49] * 1000, cuts[98] * 1000, len(questions) + len(few), before, after]


@contextmanager
def databases(name: str, folder: str) -> Iterator[str]:
    """Yield the URL of an empty database."""
    if name == "sqlite":
        yield f"sqlite:///{folder}/faq.db"
        return
    with postgres_server(Path(folder, "lock")) as server, postgres_database(server) as database:
        yield on_server(server, database)


def main(front: Callable[[], Front], description: str, arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=100.0)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    parser.add_argument("--against", metavar="COMMIT", help="compare with the bot of this commit")
    parser.add_argument("--processes", type=int, default=1, help="compare so many processes with one")
    parser.add_argument("--turns", type=int, default=10, help="so many, with the last two")
    parser.add_argument("--seconds", type=float, default=10, help="so long at each rate, with the same; 0: no rates")
    given = parser.parse_args(arguments)
    names = (given.only,) if given.only else ("sqlite", "postgres")
    if given.against or given.processes > 1:
        from bench.rates import compare  # noqa: PLC0415  # it is made of what is here

        compare(front, given, names)
        return
    print(f"{'':10}{''.join(f'{each:>10}' for each in COLUMNS)}")
    for name in names:
        with TemporaryDirectory() as folder, databases(name, folder) as url:
            figures = asyncio.run(measured(front, url, given, folder))
            print(f"{name:10}{''.join(f'{each:>10.1f}' for each in figures)}", flush=True)


async def measured(front: Callable[[], Front], url: str, given: argparse.Namespace, folder: str) -> list[float]:
    """Measure with a front that belongs to the running loop."""
    return await measure(front(), url, given, folder)
