"""What a small Slack workspace knows: people, channels, messages, views."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NoReturn, TypeAlias

from tests.loopback.clocks import Clock

Json: TypeAlias = dict[str, Any]

TEAM = "T0FAQBOT"
APP = "A0FAQBOT"
BOT_USER = "U0FAQBOT"
BOT = "B0FAQBOT"
DOMAIN = "acme"
# What Slack gives an app that is sold outside of its Marketplace, whatever limit is asked for.
PAGE = 15


class RefusedError(Exception):
    """With which error code Slack refuses a call, and what our side did wrong if it should never have made it."""

    def __init__(self, code: str, problem: str | None = None, **extra: object) -> None:
        super().__init__(code)
        self.code = code
        self.problem = problem
        self.extra = extra


def refuse(code: str, problem: str | None = None, **extra: object) -> NoReturn:
    """Refuse a call."""
    raise RefusedError(code, problem, **extra)


@dataclass
class User:
    """A member of the workspace, a guest of it, or somebody of another organisation."""

    id: str
    name: str
    team_id: str = TEAM
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    locale: str = "en-US"

    def shown(self) -> Json:
        """Return the user as Slack shows one."""
        fields = ("id", "name", "team_id", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "locale")
        return {name: getattr(self, name) for name in fields} | {"real_name": self.name.title(), "deleted": False}


@dataclass
class Channel:
    """A channel, or the direct messages between the bot and one user."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    is_im: bool = False
    is_ext_shared: bool = False
    is_archived: bool = False
    user: str | None = None

    @property
    def kind(self) -> str:
        """Return the `channel_type` of its events."""
        if self.is_im:
            return "im"
        return "group" if self.is_private else "channel"

    def shown(self) -> Json:
        """Return the channel as Slack shows one."""
        shown: Json = {name: getattr(self, name) for name in ("id", "is_im", "is_ext_shared", "is_archived")}
        shown |= {"is_private": self.is_private or self.is_im, "is_shared": self.is_ext_shared}
        if self.is_im:
            return shown | {"user": self.user}
        return shown | {"name": self.name, "is_channel": not self.is_private, "is_member": BOT_USER in self.members}


@dataclass
class Message:
    """A message; one that `visible_to` names somebody is ephemeral."""

    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None = None
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    subtype: str | None = None
    bot_id: str | None = None
    team: str = TEAM
    visible_to: str | None = None
    edited: Json | None = None
    files: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)
    deleted: bool = False

    def shown(self, *, metadata: bool = False) -> Json:
        """Return the message as Slack shows one."""
        shown: Json = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text, "team": self.team}
        optional = {
            name: getattr(self, name)
            for name in ("thread_ts", "bot_id", "subtype", "blocks", "edited", "files", "attachments")
        }
        shown |= {name: value for name, value in optional.items() if value}
        if self.bot_id == BOT:
            shown["app_id"] = APP
        if self.reactions:
            shown["reactions"] = [
                {"name": name, "users": users, "count": len(users)} for name, users in self.reactions.items()
            ]
        if metadata and self.metadata:
            shown["metadata"] = self.metadata
        return shown

    def elements(self) -> Iterator[tuple[str, Json]]:
        """Yield each interactive element with the id of its block."""
        return elements(self.blocks)


@dataclass
class Address:
    """Where responses to one interaction go, and how often they came."""

    channel: str
    user: str
    message: Message | None = None
    made: float = 0.0
    uses: int = 0


@dataclass
class View:
    """A modal or a home tab that somebody looks at."""

    id: str
    user: str
    arguments: Json
    version: int
    root_id: str
    previous_id: str | None = None

    @property
    def hash(self) -> str:
        """Return what an update may name, to fail when another one came first."""
        return f"hash-{self.id}-{self.version}"

    def shown(self, state: Json | None = None) -> Json:
        """Return the view as Slack shows one."""
        empty: Json = {"callback_id": "", "private_metadata": "", "close": None, "submit": None}
        empty |= {"title": {"type": "plain_text", "text": "Home"}, "clear_on_close": False, "notify_on_close": False}
        ours: Json = {"id": self.id, "team_id": TEAM, "app_id": APP, "bot_id": BOT, "hash": self.hash}
        ours |= {"root_view_id": self.root_id, "previous_view_id": self.previous_id}
        return empty | self.arguments | ours | {"state": {"values": state or {}}}

    def elements(self) -> Iterator[tuple[str, Json]]:
        """Yield each interactive element with the id of its block."""
        return elements(self.arguments["blocks"])


def elements(blocks: Sequence[Json]) -> Iterator[tuple[str, Json]]:
    """Yield each element of the blocks that has an action, with the id of its block."""
    for block in blocks:
        held = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        yield from ((block["block_id"], element) for element in held if element and "action_id" in element)


class Workspace:
    """The state that calls change; ids and times never repeat."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.users = {BOT_USER: User(BOT_USER, "faqbot", is_bot=True)}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self._shown: dict[tuple[str, str], Message] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.usergroups: dict[str, list[str]] = {}
        self.statuses: dict[tuple[str, str], str] = {}
        self.prompts: dict[tuple[str, str | None], Json] = {}
        self.triggers: dict[str, float] = {}
        self.addresses: dict[str, Address] = {}
        self.page = PAGE
        self._numbers = count(1)

    def user(self, name: str, **settings: Any) -> User:  # noqa: ANN401  # the fields of User
        """Add a user."""
        user = User(self.id("U"), name, **settings)
        self.users[user.id] = user
        return user

    def channel(self, name: str, *members: User, with_bot: bool = True, **settings: Any) -> Channel:  # noqa: ANN401  # the fields of Channel
        """Add a channel with these members and the bot."""
        ids = {member.id for member in members} | ({BOT_USER} if with_bot else set())
        channel = Channel(self.id("C"), name, ids, **settings)
        self.channels[channel.id] = channel
        return channel

    def direct(self, user: str) -> Channel:
        """Return the channel between the bot and a user, opened if need be."""
        for channel in self.channels.values():
            if channel.is_im and channel.user == user:
                return channel
        channel = Channel(self.id("D"), "directmessage", {user, BOT_USER}, is_im=True, user=user)
        self.channels[channel.id] = channel
        return channel

    def add(self, message: Message) -> Message:
        """Store a message, its blocks with an id each."""
        message.blocks = with_ids(message.blocks)
        message.versions.append(message.text)
        self.messages.append(message)
        if message.visible_to is None:
            self._shown[message.channel, message.ts] = message
        return message

    def find(self, channel: str, ts: str) -> Message | None:
        """Return the message that everybody sees there, deleted or not."""
        return self._shown.get((channel, ts))

    def thread(self, channel: str, ts: str) -> list[Message]:
        """Return a message and the replies to it, without what was deleted."""
        return [
            message
            for message in self.messages
            if message.channel == channel
            and ts in {message.ts, message.thread_ts}
            and message.visible_to is None
            and not message.deleted
        ]

    def ts(self) -> str:
        """Return the time of a new message; no two are the same."""
        return f"{int(time.time())}.{next(self._numbers):06d}"

    def id(self, letter: str) -> str:
        """Return a new id of the kind that begins with the letter."""
        return f"{letter}{next(self._numbers):08d}"


def with_ids(blocks: Sequence[Json], *, version: int = 0) -> list[Json]:
    """Return the blocks as Slack keeps them: each has an id, which is another one in each version of a message."""
    return [{"block_id": f"b{version}.{number}", **block} for number, block in enumerate(blocks)]
