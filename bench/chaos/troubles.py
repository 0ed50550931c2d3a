"""Cause faults while questions are asked: of processes, the database, connections and calls."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from bench.chaos.discord_side import DiscordSide
from bench.chaos.plan import Journal, Plan
from bench.chaos.processes import Bot
from bench.chaos.slack_side import SlackSide
from bench.chaos.stores import Store

_SPOIL_EVERY = 0.5
_BREAK_EVERY = 3.0
# Most kills strike a process that is at work: one that was never let start would only show that nothing can start.
_SPARE_STARTING = 0.75
_MOST_PATIENCE = 20.0
_LOOK = 0.2


@dataclass
class Troubles:
    """What goes wrong, and when the database was away and locked."""

    plan: Plan
    chance: random.Random
    journal: Journal
    store: Store
    slack: SlackSide
    discord: DiscordSide
    bots: Sequence[Bot]
    spans: dict[str, tuple[float, float]] = field(default_factory=dict)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, asking: asyncio.Task[None]) -> None:
        """Go on until all is asked and the database has had its troubles."""
        if self.plan.calm:
            self.slack.calm()
            await asyncio.gather(asking)
            return
        others = [asyncio.create_task(each()) for each in (self._kill, self._break, self._spoil)]
        try:
            await asyncio.gather(asking, self._database())
        finally:
            self._over.set()
            await asyncio.gather(*others)
        self.slack.calm()
        self.discord.calm()
        self.journal.tell("no more faults")

    async def _database(self) -> None:
        began = time.time()
        await asyncio.sleep(self.plan.away_at)
        await self._held("away", self.store.away(), self.plan.away)
        await asyncio.sleep(max(1.0, began + self.plan.locked_at - time.time()))
        await self._held("locked", self.store.locked(), self.plan.locked)

    async def _held(self, name: str, block: AbstractAsyncContextManager[None], seconds: float) -> None:
        async with block:
            self.journal.fault(f"database {name}")
            self.journal.tell(f"the database is {name} for {seconds:.0f} s")
            began = time.time()
            await asyncio.sleep(seconds)
        self.spans[name] = began, time.time()
        self.journal.last_fault = time.time()
        self.journal.tell(f"the database is not {name} any more")

    async def _kill(self) -> None:
        while await self._goes_on(self.chance.uniform(*self.plan.kills)):
            bot = self.chance.choice(self.bots)
            if self.chance.random() < _SPARE_STARTING:
                end = time.time() + _MOST_PATIENCE
                while not self.slack.connected(bot.number) and time.time() < end and await self._goes_on(_LOOK):
                    pass
            if not self._over.is_set():
                bot.kill()

    async def _break(self) -> None:
        sides: list[SlackSide | DiscordSide] = [self.slack, self.discord]
        while await self._goes_on(_BREAK_EVERY / 2):
            sides.reverse()
            await sides[0].trouble()
            self.discord.forget_old_sessions()

    async def _spoil(self) -> None:
        while await self._goes_on(_SPOIL_EVERY):
            self.discord.spoil()

    async def _goes_on(self, pause: float) -> bool:
        """Wait; tell whether there is more to come."""
        try:
            await asyncio.wait_for(self._over.wait(), pause)
        except TimeoutError:
            return True
        return False
