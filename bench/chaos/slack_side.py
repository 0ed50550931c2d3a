"""Simulate Slack: a workspace with many channels, over a Web API and sockets that several processes share."""

import asyncio
import json
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import web

from bench.chaos.plan import Asked, Journal, Plan, Said
from bench.chaos.slack_sockets import Sockets
from bench.chaos.slack_web import Web
from tests.loopback.slack import payloads
from tests.loopback.slack.web import APP_TOKEN, BOT_TOKEN
from tests.loopback.slack.workspace import BOT_USER, TEAM, Json, Message, Workspace

PLATFORM = "slack"
# The two events of a mention come within this of each other, in either order.
_APART = 0.3


class SlackSide:
    """Ask in Slack, make trouble there, and see what the bot says."""

    platform = PLATFORM
    workspace_id = TEAM

    def __init__(self, plan: Plan, chance: random.Random, journal: Journal) -> None:
        self.space = Workspace()
        self.sockets = Sockets(chance, journal)
        self.web = Web(self.space, chance, journal, limits=plan.limits)
        self.under_way: set[asyncio.Task[None]] = set()
        self._plan = plan
        self._chance = chance
        self._url = ""
        self._numbers = count(1)
        people = [self.space.user(f"asker{number}") for number in range(plan.authors)]
        self._people = [person.id for person in people]
        self._askers = iter(self._people)
        rooms = [self.space.channel(f"ask-{number}", *people) for number in range(plan.channels)]
        self.channels = [room.id for room in rooms]

    def settings(self, process: int) -> Mapping[str, str]:
        """Return what a process needs to find this Slack; each has an address of its own."""
        tokens = {"FAQBOT_SLACK_BOT_TOKEN": BOT_TOKEN, "FAQBOT_SLACK_APP_TOKEN": APP_TOKEN}
        return tokens | {"FAQBOT_SLACK_API_URL": f"{self._url}/{process}/api/"}

    def connected(self, process: int) -> bool:
        """Return whether a process hears of what is asked."""
        return self.sockets.connected(process)

    def ask(self, text: str, topic: int | None = None) -> Asked:
        """Mention the bot in some channel, and send the event twice."""
        channel = self.space.channels[self._chance.choice(self.channels)]
        # Who asked the same twice is told once: each topic has askers of its own.
        author = self._chance.choice(self._people) if topic is None else next(self._askers)
        said = self.space.add(Message(channel.id, self.space.ts(), author, f"<@{BOT_USER}> {text}"))
        for event in (payloads.mention(said), payloads.message(said, channel)):
            payload = payloads.envelope(event, f"Ev{next(self._numbers):08d}", channel)
            self._start(payload, self._chance.uniform(0, _APART))
            if self._chance.random() < self._plan.duplicates:
                self._start(payload, self._chance.uniform(0, self._plan.late))
        return Asked(PLATFORM, channel.id, said.ts, author, time.time(), topic)

    def threads(self) -> dict[str, list[Said]]:
        """Return what the bot said under each question, and what is still there."""
        found: defaultdict[str, list[Said]] = defaultdict(list)
        for message in self._own():
            if not message.deleted:
                words = json.dumps([message.text, message.blocks], ensure_ascii=False)
                found[message.thread_ts or message.ts].append(Said(float(message.ts.partition(".")[0]), words))
        return found

    def taken_back(self) -> int:
        """Return how many messages the bot deleted again."""
        return sum(message.deleted for message in self._own())

    def refused(self) -> list[str]:
        """Return what the bot did that Slack would not have taken."""
        return self.web.problems

    async def trouble(self) -> None:
        """Cause one fault; calls fail by themselves."""
        await self.sockets.trouble()

    def calm(self) -> None:
        """Cause no more faults."""
        self.web.calm = True

    def _own(self) -> list[Message]:
        return [one for one in self.space.messages if one.user == BOT_USER and one.visible_to is None]

    def _start(self, payload: Json, pause: float) -> None:
        async def later() -> None:
            await asyncio.sleep(pause)
            await self.sockets.deliver(payload)

        task = asyncio.create_task(later())
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        process = request.match_info["process"]
        address = self._url.replace("http", "ws")
        return await self.web.answer(request, lambda: f"{address}/{process}/socket/{next(self._numbers)}")

    @asynccontextmanager
    async def served(self) -> AsyncIterator[None]:
        """Serve on a free port as long as the block lasts."""
        application = web.Application()
        application.router.add_route("*", r"/{process:\d+}/api/{method}", self._call)
        application.router.add_get(r"/{process:\d+}/socket/{number}", self.sockets.serve)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self._url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield
        finally:
            for task in self.under_way:
                task.cancel()
            await asyncio.gather(*self.under_way, return_exceptions=True)
            await runner.cleanup()
