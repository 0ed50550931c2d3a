"""Simulate Discord: the server of the tests with many channels, and faults of its API and gateway."""

import asyncio
import json
import random
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bench.chaos.plan import Asked, Deck, Journal, Plan, Said
from tests.loopback.discord.faults import Broken, ServerError, TooMany
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, mention, say_again
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.snowflakes import moment
from tests.loopback.discord.world import TOKEN

PLATFORM = "discord"
_POST = "POST /channels/{channel_id}/messages"
_THREAD = _POST + "/{message_id}/threads"
_OTHERS = (
    "GET /channels/{channel_id}/messages",
    "GET /channels/{channel_id}/messages/{message_id}",
    "DELETE /channels/{channel_id}/messages/{message_id}",
)
_DELETE = _OTHERS[2]
_LIMITED, _BROKEN = TooMany(0.5), ServerError(503)
_FAULTS = (_LIMITED, _BROKEN, Broken.BEFORE, Broken.AFTER)
_NAMES = {_LIMITED: "429", _BROKEN: "503", Broken.BEFORE: "cut before its work", Broken.AFTER: "cut after its work"}
# A session that nobody resumes for so long is gone.
_RESUMABLE = 45.0


class DiscordSide:
    """Ask on Discord, make trouble there, and see what the bot says."""

    platform = PLATFORM

    def __init__(self, loopback: Loopback, plan: Plan, chance: random.Random, journal: Journal) -> None:
        self.loopback = loopback
        self.under_way: set[asyncio.Task[None]] = set()
        self._plan = plan
        self._chance = chance
        self._journal = journal
        self._left: dict[str, float] = {}
        world, gateway = loopback.world, loopback.gateway
        guild = world.add_guild()
        self.workspace_id = str(guild)
        self.channels = [str(world.add_channel(guild, f"ask-{number}")) for number in range(plan.channels)]
        self._people = [world.add_member(guild, f"asker{number}") for number in range(plan.authors)]
        self._askers = iter(self._people)
        self._calls = Deck([(route, fault) for route in (_POST, _THREAD, *_OTHERS) for fault in _FAULTS], chance)
        troubles: dict[str, Callable[[], Awaitable[None]]] = {
            "all gateway connections cut": self._cut_all,
            "one gateway connection cut": self._cut_one,
            "gateway asks to reconnect": gateway.ask_to_reconnect,
            "sessions invalid": gateway.invalidate,
            "sessions invalid, to be resumed": lambda: gateway.invalidate(resumable=True),
        }
        self._troubles = Deck(list(troubles.items()), chance)

    def settings(self) -> Mapping[str, str]:
        """Return what a process needs to find this Discord."""
        addresses = {"FAQBOT_DISCORD_API_URL": self.loopback.api_url}
        addresses |= {"FAQBOT_DISCORD_GATEWAY_URL": self.loopback.gateway_url}
        return addresses | {"FAQBOT_DISCORD_TOKEN": TOKEN}

    def sessions(self) -> int:
        """Return how many connections hear of what is asked."""
        return sum(session.socket is not None for session in self.loopback.gateway.sessions.values())

    async def ask(self, text: str, topic: int | None = None) -> Asked:
        """Mention the bot in some channel, and perhaps tell of it once more."""
        channel = self._chance.choice(self.channels)
        # Who asked the same twice is told once: each topic has askers of its own.
        author = self._chance.choice(self._people) if topic is None else next(self._askers)
        message_id = await mention(self.loopback, Who(int(channel), author), text)
        if self._chance.random() < self._plan.duplicates:
            task = asyncio.create_task(self._again(message_id, self._chance.uniform(0, self._plan.late)))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)
        return Asked(PLATFORM, channel, str(message_id), str(author), time.time(), topic)

    def threads(self) -> dict[str, list[Said]]:
        """Return what the bot said under each question, and what is still there."""
        found: defaultdict[str, list[Said]] = defaultdict(list)
        for message in self.loopback.world.messages.values():
            if message["author"]["id"] == self.loopback.world.bot["id"]:
                found[_question(message)].append(Said(_sent(message), json.dumps(message, ensure_ascii=False)))
        return found

    def taken_back(self) -> int:
        """Return how many messages the bot deleted again."""
        return sum(request.status == 204 for request in self.loopback.log.named(_DELETE))

    async def trouble(self) -> None:
        """Cause a fault of the gateway."""
        kind, make = self._troubles.deal()
        self._journal.fault(f"Discord: {kind}")
        await make()

    def spoil(self) -> None:
        """Make some of the next requests fail."""
        route, fault = self._calls.deal()
        if not self.loopback.faults.planned.get(route):
            self._journal.fault(f"Discord {'other calls' if route in _OTHERS else 'posts'}: {_NAMES[fault]}")
            self.loopback.faults.plan(route, fault)

    def forget_old_sessions(self) -> None:
        """Forget the sessions that processes left which are no more."""
        sessions, now = self.loopback.gateway.sessions, time.monotonic()
        gone = {name for name, session in sessions.items() if session.socket is None}
        self._left = {name: self._left.get(name, now) for name in gone}
        for name, since in self._left.items():
            if now - since > _RESUMABLE:
                del sessions[name]

    def calm(self) -> None:
        """Cause no more faults."""
        self.loopback.faults.planned.clear()

    async def close(self) -> None:
        """End what is under way."""
        for task in self.under_way:
            task.cancel()
        await asyncio.gather(*self.under_way, return_exceptions=True)

    async def _again(self, message_id: int, pause: float) -> None:
        await asyncio.sleep(pause)
        if message_id in self.loopback.world.messages:
            await say_again(self.loopback, message_id)

    async def _cut_all(self) -> None:
        self.loopback.gateway.break_off()

    async def _cut_one(self) -> None:
        sockets = [session.socket for session in self.loopback.gateway.sessions.values() if session.socket]
        if sockets:
            self._chance.choice(sockets).break_off()


def _question(message: Json) -> str:
    """Return the question that a message stands under: what it replies to, or what its thread is made from."""
    replied = (message.get("message_reference") or {}).get("message_id")
    return str(replied or message["channel_id"])


def _sent(message: Json) -> float:
    return datetime.fromisoformat(moment(int(message["id"]))).timestamp()
