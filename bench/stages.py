"""Write as made-up people on the Slack or the Discord of the tests, at times of their own choice."""

import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from tests.loopback.discord import people
from tests.loopback.discord.server import Loopback, running
from tests.loopback.discord.world import TOKEN
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack, running_slack
from tests.loopback.slack.web import APP_TOKEN, BOT_TOKEN
from tests.loopback.slack.workspace import BOT_USER, TEAM, Message

BOT = "bot"
_START = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message of the bot shows, and the id of the message that it stands below."""

    id: str
    text: str
    under: str


@dataclass(frozen=True, slots=True)
class Where:
    """The channel and the time of a message, and what it stands below where that is a thread."""

    channel: str
    at: float
    under: str | None


class Stage(ABC):
    """A platform with channels and people; messages have ids, and threads those of their first messages."""

    platform: str
    settings: Mapping[str, str]
    helpers: Mapping[str, str]
    """The settings that name the helper."""
    places: Sequence[str]
    """The channels, as `faqbot channels` names them."""

    @abstractmethod
    async def connected(self) -> None:
        """Wait until the bot has connected."""

    @abstractmethod
    async def write(self, who: str, text: str, where: Where, *, to: str | None = None) -> str:
        """Write a message that may mention somebody, and return its id."""

    @abstractmethod
    def calls(self) -> int:
        """Return how often the bot has called the platform."""

    @abstractmethod
    def said(self) -> list[Shown]:
        """Return all messages of the bot that others see."""


class SlackStage(Stage):
    """A Slack."""

    platform = "slack"

    def __init__(self, slack: Slack, names: Sequence[str], channels: Sequence[str], helper: str) -> None:
        self._slack = slack
        self._people: dict[str, Member] = {name: slack.member(name) for name in names}
        users = [each.user for each in self._people.values()]
        self._channels = {name: slack.space.channel(name, *users) for name in channels}
        self._messages: dict[str, Message] = {}
        self._at, self._number = time.time(), 0
        slack.space.ts = self._ts  # type: ignore[method-assign]  # the times of a day in minutes
        tokens = {"FAQBOT_SLACK_BOT_TOKEN": BOT_TOKEN, "FAQBOT_SLACK_APP_TOKEN": APP_TOKEN}
        self.settings = {**tokens, "FAQBOT_SLACK_API_URL": slack.api_url}
        self.helpers = {"FAQBOT_SLACK_HELPERS": self._people[helper].id}
        self.places = [f"slack/{TEAM}/{each.id}" for each in self._channels.values()]

    async def connected(self) -> None:
        """Wait for its socket."""
        await self._slack.watch.until(
            lambda: bool(self._slack.sockets.open), lambda: "the bot to connect", timeout=_START
        )

    async def write(self, who: str, text: str, where: Where, *, to: str | None = None) -> str:
        """Write a message."""
        self._at = where.at
        called = "" if to is None else f"<@{BOT_USER if to == BOT else self._people[to].id}> "
        root = None if where.under is None else self._messages[where.under]
        written = await self._people[who].says(self._channels[where.channel], f"{called}{text}", thread=root)
        self._messages[written.ts] = written
        return written.ts

    def calls(self) -> int:
        """Return the calls of the Web API."""
        return len(self._slack.calls)

    def said(self) -> list[Shown]:
        """Return its messages with their blocks."""
        public = {each.id for each in self._channels.values()}
        there = [one for one in self._slack.visible() if one.channel in public]
        return [Shown(one.ts, f"{one.text} {one.blocks}", one.thread_ts or "") for one in there]

    def _ts(self) -> str:
        self._number += 1
        return f"{int(self._at)}.{self._number:06d}"


class DiscordStage(Stage):
    """A Discord; who answers a message there opens its thread, unless the bot did."""

    platform = "discord"

    def __init__(self, loopback: Loopback, names: Sequence[str], channels: Sequence[str], helper: str) -> None:
        self._loopback, world = loopback, loopback.world
        guild = world.add_guild()
        role = world.add_role(guild, "helpers")
        self._people = {name: world.add_member(guild, name, roles=[role] if name == helper else []) for name in names}
        self._channels = {name: world.add_channel(guild, name) for name in channels}
        self._now = world.snowflakes.next
        addresses = {"FAQBOT_DISCORD_API_URL": loopback.api_url, "FAQBOT_DISCORD_GATEWAY_URL": loopback.gateway_url}
        self.settings = {**addresses, "FAQBOT_DISCORD_TOKEN": TOKEN}
        self.helpers = {"FAQBOT_DISCORD_HELPER_ROLES": str(role)}
        self.places = [f"discord/{guild}/{each}" for each in self._channels.values()]

    async def connected(self) -> None:
        """Wait until it was told of its server."""
        await self._loopback.log.until(
            lambda: any(one.payload.get("t") == "GUILD_CREATE" for one in self._loopback.log.sent) or None,
            seconds=_START,
        )

    async def write(self, who: str, text: str, where: Where, *, to: str | None = None) -> str:
        """Write a message, in the thread of another where that is given."""
        world, place = self._loopback.world, self._channels[where.channel]
        at = datetime.fromtimestamp(where.at, UTC)
        world.snowflakes.next = lambda **_: self._now(at=at)  # type: ignore[method-assign]
        if where.under is not None:
            place = int(where.under)
            if place not in world.channels:
                await people.open_thread(self._loopback, place, self._people[who], text)
        called = "" if to is None else f"<@{world.application_id if to == BOT else self._people[to]}> "
        return str(await people.say(self._loopback, people.Who(place, self._people[who]), f"{called}{text}"))

    def calls(self) -> int:
        """Return the requests to the REST API."""
        return len(self._loopback.log.requests)

    def said(self) -> list[Shown]:
        """Return its messages with their embeds and buttons."""
        world, found = self._loopback.world, []
        for number, one in world.messages.items():
            is_public = number not in world.seen_by and world.guild_of(int(one["channel_id"])) is not None
            if one["author"]["id"] == str(world.application_id) and is_public:
                answered = (one.get("message_reference") or {}).get("message_id")
                text = f"{one['content']} {one['embeds']} {one['components']}"
                found.append(Shown(str(number), text, answered or one["channel_id"]))
        return found


class _Opens(Protocol):
    def __call__(
        self, names: Sequence[str], channels: Sequence[str], helper: str
    ) -> AbstractAsyncContextManager[Stage]: ...


@asynccontextmanager
async def on_slack(names: Sequence[str], channels: Sequence[str], helper: str) -> AsyncIterator[Stage]:
    """Yield a Slack with these people and channels."""
    async with running_slack() as slack:
        yield SlackStage(slack, names, channels, helper)


@asynccontextmanager
async def on_discord(names: Sequence[str], channels: Sequence[str], helper: str) -> AsyncIterator[Stage]:
    """Yield a Discord with these people and channels."""
    async with running() as loopback:
        yield DiscordStage(loopback, names, channels, helper)


STAGES: Mapping[str, _Opens] = {"slack": on_slack, "discord": on_discord}
