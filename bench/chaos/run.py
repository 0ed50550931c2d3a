"""Run the bot under chaos once, and tell what became of each question."""

import asyncio
import json
import random
import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.chaos.counts import Counts, counted
from bench.chaos.discord_side import DiscordSide
from bench.chaos.moderator import TOPICS, Moderator
from bench.chaos.plan import Asked, Journal, Plan, Said
from bench.chaos.processes import ROOT, Bot, command
from bench.chaos.slack_side import SlackSide
from bench.chaos.stores import Store, opened
from bench.chaos.troubles import Troubles
from bench.limits import OFF
from bot.bootstrap import open_app
from bot.config import Settings
from bot.core.models import ChannelRef
from bot.store import migration
from tests.loopback.discord.server import running as running_discord

_START_WITHIN = 120.0
_LOOK = 1.0
_TELL = 5.0
_QUESTIONS = ("seeds.jsonl", "unanswerable.jsonl")


@dataclass
class Run:
    """A run: the platforms, the database, the processes, and what was asked."""

    plan: Plan
    folder: Path
    journal: Journal
    chance: random.Random
    store: Store
    slack: SlackSide
    discord: DiscordSide
    bots: Sequence[Bot]
    troubles: Troubles
    moderator: Moderator
    asked: list[Asked] = field(default_factory=list)
    expected: dict[int, list[Asked]] = field(default_factory=dict)
    calm_at: float | None = None
    gone_at: float | None = None
    """When the backlog was gone."""

    async def go(self) -> None:
        """Ask everything under all troubles, and wait until the backlog is gone."""
        await self._start()
        others = [asyncio.create_task(self._moderate()), asyncio.create_task(self._measure())]
        try:
            await self.troubles.run(asyncio.create_task(self._ask()))
            self.calm_at = max(self.journal.last_fault, self.asked[-1].at)
            await self._wait()
            await self._settle()
        finally:
            for task in others:
                task.cancel()
            ends = await asyncio.gather(*others, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end

    async def counts(self) -> Counts:
        """Count what there is now."""
        logged = await asyncio.to_thread(self.store.logged)
        return counted(self.asked, self._threads(), logged, self.expected)

    async def _start(self) -> None:
        for bot in self.bots:
            bot.start()
        async with asyncio.timeout(_START_WITHIN):
            while not self._is_connected():  # noqa: ASYNC110  # two platforms, and processes that may end again
                await asyncio.sleep(_LOOK / 10)
        self.journal.tell(f"{len(self.bots)} processes are connected")

    async def _measure(self) -> None:
        while True:
            for bot in self.bots:
                bot.measure()
            await asyncio.sleep(_LOOK)

    def _is_connected(self) -> bool:
        slack = all(self.slack.connected(bot.number) for bot in self.bots)
        return slack and self.discord.sessions() >= len(self.bots)

    async def _ask(self) -> None:
        texts, began = _texts(), time.time()
        for number in range(self.plan.questions):
            await asyncio.sleep(max(0.0, began + number / self.plan.rate - time.time()))
            # Those that a moderator answers come first, so that they are told of under all troubles.
            turn = number // 2
            topic = turn % self.plan.topics if number < self.plan.topics * self.plan.askers else None
            text = self.chance.choice(texts) if topic is None else TOPICS[topic]
            if number % 2:
                self.asked.append(self.slack.ask(text, topic))
            else:
                self.asked.append(await self.discord.ask(text, topic))
        self.journal.tell(f"all {self.plan.questions} questions are asked")

    async def _moderate(self) -> None:
        began = time.time()
        for topic in range(self.plan.topics):
            at = began + self.plan.asking * (topic + 0.5) / self.plan.topics
            await asyncio.sleep(max(0.0, at - time.time()))
            asked = [one for one in self.asked if one.topic == topic]
            self.expected[topic] = await self.moderator.answer(topic, asked, self._replied)

    def _replied(self, asked: Sequence[Asked]) -> list[Asked]:
        """Return which of the questions have a reply."""
        threads = self._threads()
        return [one for one in asked if threads[one.platform].get(one.message_id)]

    def _threads(self) -> dict[str, dict[str, list[Said]]]:
        return {side.platform: side.threads() for side in (self.slack, self.discord)}

    async def _wait(self) -> None:
        assert self.calm_at is not None  # noqa: S101  # set by the caller
        told_at = 0.0
        while time.time() < self.calm_at + self.plan.patience:
            counts = await self.counts()
            if self.gone_at is None and not counts.unlogged and not counts.unanswered:
                self.gone_at = time.time()
            all_told = len(self.expected) == self.plan.topics and not counts.untold
            if (all_told and self.gone_at is not None) or time.time() > told_at + _TELL:
                told_at = time.time()
                missing = f"{counts.unlogged} in the log, {counts.unanswered} answers, {counts.untold} later answers"
                self.journal.tell(f"missing: {missing}")
            if all_told and self.gone_at is not None:
                return
            await asyncio.sleep(_LOOK)

    async def _settle(self) -> None:
        """Wait for what may still come twice."""
        tasks = [*self.slack.under_way, *self.discord.under_way]
        if tasks:
            await asyncio.wait(tasks, timeout=self.plan.late + self.plan.settle)
        await asyncio.sleep(self.plan.settle)


@asynccontextmanager
async def prepared(plan: Plan, database: str, folder: Path) -> AsyncIterator[Run]:
    """Yield a run whose platforms and database are up; all that it started is gone at the end."""
    journal, chance = Journal(), random.Random(plan.seed)  # noqa: S311  # a seed is the point
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(opened(database, folder))
        slack = SlackSide(plan, chance, journal)
        await stack.enter_async_context(slack.served())
        discord = DiscordSide(await stack.enter_async_context(running_discord()), plan, chance, journal)
        stack.push_async_callback(discord.close)
        await _fill(store, folder, (slack, discord))
        settings = {"FAQBOT_DATABASE_URL": store.url, **OFF, **discord.settings()}
        bots = [
            Bot(number, folder, {**settings, **slack.settings(number)}, journal) for number in range(store.processes)
        ]
        for bot in bots:
            stack.push_async_callback(bot.stop)
        troubles = Troubles(plan, chance, journal, store, slack, discord, bots)
        moderator = Moderator(folder, store, journal)
        yield Run(plan, folder, journal, chance, store, slack, discord, bots, troubles, moderator)


async def _fill(store: Store, folder: Path, sides: Sequence[SlackSide | DiscordSide]) -> None:
    await migration.upgrade(store.url)
    code, printed = await command(folder, store.url, "faq", "import", "--pack")
    if code:
        sys.exit(f"faqbot faq import ended with {code}: {printed}")
    async with open_app(Settings(database_url=store.url)) as app:
        for side in sides:
            for channel in side.channels:
                place = ChannelRef(side.platform, side.workspace_id, channel)
                await app.channels.set(place, {"mode": "mention"}, actor="bench")


def _texts() -> list[str]:
    folder = ROOT / "tests" / "questions"
    lines: list[Mapping[str, str]] = [
        json.loads(line) for name in _QUESTIONS for line in (folder / name).read_text("utf-8").splitlines()
    ]
    return [line["text"] for line in lines]
