"""Time questions in Slack, from the event to the answer, through the real client and a process of its own.

    python -m bench.slack [--entries 1000] [--questions 10000] [--rate 100] [--at-once 32] [--only sqlite|postgres]

The bot runs as `faqbot run slack` on a database with a made-up FAQ (see `bench/made_up.py`). This process stands for
Slack: it sends each mention over a WebSocket, twice as Slack does, and answers the calls of the Web API at once. Timed
is from the moment an event is sent until `chat.postMessage` has arrived. First, so many questions are kept under way
until all are asked, which gives the questions a second and the memory of the process; then a tenth of them is sent at
a steady rate, whether or not earlier ones are answered, which gives the times that people wait.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from aiohttp import web

from bench.made_up import ALIASES, asked_about, made_up
from bot.adapters.slack.identity import manifest
from bot.bootstrap import open_app
from bot.config import Settings
from bot.core.models import Entry, Origin
from bot.core.modes import Place
from bot.store import migrating
from bot.store.meta import begin_change
from bot.store.records import Draft
from bot.store.saving import save_entries
from tests.databases import on_server, postgres_database, postgres_server

SEED = 7
TEAM, BOT, CHANNEL = "T0BENCH", "U0BENCH", "C0BENCH"
PATIENCE = 60.0
HEAD = f"{'':10}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'answered':>10}{'start MB':>10}{'end MB':>9}"


class Front:
    """Stand for Slack: send mentions, and note when each is answered."""

    def __init__(self) -> None:
        self.url = ""
        self.socket: web.WebSocketResponse | None = None
        self.connected = asyncio.Event()
        self.sent: dict[str, float] = {}
        self.waiting: dict[str, asyncio.Future[float]] = {}
        self._number = 0

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to serve."""
        return [web.post("/api/{method}", self._call), web.get("/socket", self._open)]

    async def ask(self, text: str) -> float:
        """Send a mention, and return how many seconds its answer took."""
        self._number += 1
        ts = f"1700000000.{self._number:06d}"
        answered: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.waiting[ts] = answered
        self.sent[ts] = time.perf_counter()
        for kind in ("app_mention", "message"):
            await self._send(kind, ts, text)
        async with asyncio.timeout(PATIENCE):
            return await answered

    async def _send(self, kind: str, ts: str, text: str) -> None:
        event = {"type": kind, "channel": CHANNEL, "channel_type": "channel", "user": "U0ASKER", "ts": ts}
        event |= {"text": f"<@{BOT}> {text}", "event_ts": ts, "team": TEAM}
        known: dict[str, object] = {"event_id": f"{kind}-{ts}", "event_time": 1_700_000_000}
        payload = known | {"type": "event_callback", "team_id": TEAM, "api_app_id": "A0BENCH", "event": event}
        envelope = {"envelope_id": f"{kind}-{ts}", "type": "events_api", "payload": payload}
        assert self.socket is not None, "the bot is not connected"  # noqa: S101  # a benchmark may stop
        await self.socket.send_str(json.dumps({**envelope, "accepts_response_payload": False}))

    async def _call(self, request: web.Request) -> web.Response:
        method, at = request.match_info["method"], time.perf_counter()
        answer: dict[str, object] = {"ok": True}
        headers = {}
        match method:
            case "auth.test":
                answer |= {"team_id": TEAM, "user_id": BOT, "bot_id": "B0BENCH", "url": self.url}
                headers["X-OAuth-Scopes"] = ",".join(manifest()["oauth_config"]["scopes"]["bot"])
            case "apps.connections.open":
                answer["url"] = f"{self.url.replace('http', 'ws')}/socket"
            case "chat.postMessage":
                arguments = await request.json()
                thread = arguments["thread_ts"]
                answer |= {"ts": f"{thread}1", "channel": CHANNEL}
                self.waiting.pop(thread).set_result(at - self.sent.pop(thread))
        return web.json_response(answer, headers=headers)

    async def _open(self, request: web.Request) -> web.WebSocketResponse:
        self.socket = web.WebSocketResponse()
        await self.socket.prepare(request)
        await self.socket.send_json({"type": "hello", "num_connections": 1})
        self.connected.set()
        async for _ in self.socket:
            pass
        return self.socket


@asynccontextmanager
async def fronted() -> AsyncIterator[Front]:
    """Serve a front on a free port."""
    front = Front()
    application = web.Application()
    application.add_routes(front.routes())
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    front.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield front
    finally:
        await runner.cleanup()


@asynccontextmanager
async def running(front: Front, url: str, folder: str) -> AsyncIterator[int]:
    """Run the bot as long as the block lasts, and yield the number of its process."""
    settings = {
        "FAQBOT_DATABASE_URL": url,
        "FAQBOT_LOG_LEVEL": "error",
        "FAQBOT_SLACK_BOT_TOKEN": "xoxb-bench",
        "FAQBOT_SLACK_APP_TOKEN": "xapp-bench",
        "FAQBOT_SLACK_API_URL": f"{front.url}/api/",
        "PYTHONPATH": str(Path.cwd()),
        "XDG_DATA_HOME": folder,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "slack", cwd=folder, env={**os.environ, **settings}, stdout=DEVNULL
    )
    try:
        async with asyncio.timeout(PATIENCE):
            await front.connected.wait()
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


async def fill(url: str, entries: Sequence[Entry]) -> None:
    """Store the entries, and have the bot answer in the channel."""
    await migrating.upgrade(url)
    async with open_app(Settings(database_url=url)) as app:
        async with app.database.transaction() as tx:
            change = await begin_change(tx, actor="bench", at=datetime.now(UTC))
            await save_entries(tx, [Draft(entry=entry, origin=Origin.IMPORT) for entry in entries], change=change)
        await app.channels.set(Place("slack", TEAM, CHANNEL), {"mode": "mention"}, actor="bench")


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


async def measure(name: str, url: str, given: argparse.Namespace, folder: str) -> str:
    """Measure on one database, and return the line of the table."""
    chance = random.Random(SEED)  # noqa: S311  # a fixed seed is the point
    entries = made_up(given.entries * ALIASES, chance)
    questions = [asked_about(chance.choice(entries), chance) for _ in range(given.questions)]
    few = questions[: max(len(questions) // 10, 100)]
    await fill(url, entries)
    async with fronted() as front, running(front, url, folder) as process:
        await flood(front, few[:100], at_once=1)
        before = held(process)
        speed = await flood(front, questions, at_once=given.at_once)
        after = held(process)
        cuts = quantiles(await steady(front, few, rate=given.rate), n=100)
    figures = f"{speed:>10.0f}{cuts[49] * 1000:>9.1f}{cuts[98] * 1000:>9.1f}"
    return f"{name:10}{figures}{len(questions) + len(few):>10}{before:>10.0f}{after:>9.0f}"


@contextmanager
def databases(name: str, folder: str) -> Iterator[str]:
    """Yield the URL of an empty database."""
    if name == "sqlite":
        yield f"sqlite:///{folder}/faq.db"
        return
    with postgres_server(Path(folder, "lock")) as server, postgres_database(server) as database:
        yield on_server(server, database)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1_000)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=100.0)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    given = parser.parse_args()
    print(HEAD)
    for name in (given.only,) if given.only else ("sqlite", "postgres"):
        with TemporaryDirectory() as folder, databases(name, folder) as url:
            print(asyncio.run(measure(name, url, given, folder)), flush=True)


if __name__ == "__main__":
    main()
