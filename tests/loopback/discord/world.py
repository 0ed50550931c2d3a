"""What a small Discord knows: guilds, channels, people, messages and commands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from tests.loopback.clocks import Clock
from tests.loopback.discord import payloads
from tests.loopback.discord.constants import MEMBER, THREADS, ChannelType, MessageFlag
from tests.loopback.discord.errors import Refusal, RefusedError
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.permitting import EVERYTHING, permissions
from tests.loopback.discord.snowflakes import Snowflakes, moment

TOKEN: Final = "loopback.token"  # noqa: S105  # opens nothing


@dataclass
class Guild:
    """One server: its roles and members."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Json] = field(default_factory=dict)
    members: dict[int, Json] = field(default_factory=dict)


@dataclass
class Invocation:
    """One interaction and what came back for it."""

    id: int
    token: str
    kind: int
    channel_id: int
    user_id: int
    message_id: int | None = None
    callback: Json | None = None
    answer_id: int | None = None
    private: bool = False
    began: float = 0.0
    """When it was told, by the clock of the test."""
    messages: list[int] = field(default_factory=list)


class World:
    """The state of the loopback; it asks and tells nobody."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.snowflakes = Snowflakes()
        self.application_id = self.snowflakes.next()
        self.bot = payloads.user(self.application_id, "faqbot", bot=True)
        self.users: dict[int, Json] = {self.application_id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Json] = {}
        self.messages: dict[int, Json] = {}
        self.seen_by: dict[int, int] = {}
        """Who alone sees an ephemeral message."""
        self.pinged: dict[int, frozenset[str]] = {}
        """Who heard of a message that the bot sent."""
        self.reactions: dict[int, list[tuple[str, int]]] = {}
        self.nonces: dict[tuple[int, str], tuple[int, float]] = {}
        """The messages that came with a mark, and when they did."""
        self.commands: dict[int | None, list[Json]] = {None: []}
        """Commands of one guild, and under None those of all."""
        self.invocations: dict[str, Invocation] = {}
        self.locales: dict[int, str] = {}
        """The languages that people have set, where that is not English."""
        self.early_refusals = 0
        """How often each new forum post refuses messages before it takes one."""
        self.early_posts: dict[int, int] = {}
        """How often a new forum post still refuses messages."""
        self.typing: list[int] = []
        self.joined: set[int] = set()
        self.unavailable: set[int] = set()
        """The servers with an outage."""
        self.lively: dict[int, float] = {}
        """When somebody last wrote in a thread, by the clock of the test."""

    def add_user(self, name: str, *, bot: bool = False) -> int:
        """Return the id of a new person."""
        snowflake = self.snowflakes.next()
        self.users[snowflake] = payloads.user(snowflake, name, bot=bot)
        return snowflake

    def add_guild(self, name: str = "Help", *, guild_id: int | None = None) -> int:
        """Return the id of a new server with the bot in it."""
        snowflake = guild_id or self.snowflakes.next()
        guild = self.guilds[snowflake] = Guild(snowflake, name, self.add_user("owner"))
        guild.roles[snowflake] = payloads.role(snowflake, "@everyone")
        guild.members[self.application_id] = payloads.member(self.bot)
        return snowflake

    def add_role(self, guild_id: int, name: str, *, permissions: int = MEMBER) -> int:
        """Return the id of a new role."""
        snowflake = self.snowflakes.next()
        roles = self.guilds[guild_id].roles
        roles[snowflake] = payloads.role(snowflake, name, permissions=permissions, position=len(roles))
        return snowflake

    def add_member(self, guild_id: int, name: str, *, roles: Iterable[int] = (), bot: bool = False) -> int:
        """Return the id of a new person who is in the server."""
        snowflake = self.add_user(name, bot=bot)
        self.guilds[guild_id].members[snowflake] = payloads.member(self.users[snowflake], roles=tuple(roles))
        return snowflake

    def add_channel(
        self,
        guild_id: int,
        name: str = "questions",
        *,
        kind: ChannelType = ChannelType.TEXT,
        overwrites: Iterable[Json] = (),
    ) -> int:
        """Return the id of a new channel."""
        snowflake = self.snowflakes.next()
        self.channels[snowflake] = payloads.channel(snowflake, guild_id, name, kind=kind, overwrites=tuple(overwrites))
        return snowflake

    def add_tag(self, forum_id: int, name: str, *, moderated: bool = False) -> int:
        """Return the id of a new tag of a forum."""
        snowflake = self.snowflakes.next()
        self.channels[forum_id]["available_tags"].append(payloads.tag(snowflake, name, moderated=moderated))
        return snowflake

    def direct_channel(self, user_id: int) -> Json:
        """Return the channel of direct messages with a person."""
        for channel in self.channels.values():
            if channel["type"] == ChannelType.DM and channel["recipients"][0]["id"] == str(user_id):
                return channel
        snowflake = self.snowflakes.next()
        channel = self.channels[snowflake] = payloads.direct(snowflake, self.person(user_id))
        return channel

    def person(self, user_id: int) -> Json:
        """Return a user."""
        if user_id not in self.users:
            raise RefusedError(Refusal.UNKNOWN_USER)
        return self.users[user_id]

    def guild(self, guild_id: int) -> Guild:
        """Return a server that the bot is in."""
        if guild_id not in self.guilds:
            raise RefusedError(Refusal.UNKNOWN_GUILD)
        return self.guilds[guild_id]

    def channel(self, channel_id: int) -> Json:
        """Return a channel, thread or direct conversation."""
        if channel_id not in self.channels:
            raise RefusedError(Refusal.UNKNOWN_CHANNEL)
        return self.channels[channel_id]

    def message(self, channel_id: int, message_id: int, *, private: bool = False) -> Json:
        """Return a message; those that one person alone sees only on demand."""
        message = self.messages.get(message_id)
        hidden = message_id in self.seen_by and not private
        if message is None or hidden or message["channel_id"] != str(channel_id):
            raise RefusedError(Refusal.UNKNOWN_MESSAGE)
        return message

    def guild_of(self, channel_id: int) -> int | None:
        """Return the server of a channel; direct conversations have none."""
        found = self.channel(channel_id).get("guild_id")
        return int(found) if found else None

    def permissions(self, channel_id: int, user_id: int) -> int:
        """Return what a person may do in a channel; a thread follows its parent."""
        channel = self.channel(channel_id)
        if channel["type"] == ChannelType.DM:
            return EVERYTHING
        parent = self.channel(int(channel["parent_id"])) if channel["type"] in THREADS else channel
        guild = self.guild(int(channel["guild_id"]))
        if user_id not in guild.members:
            raise RefusedError(Refusal.UNKNOWN_MEMBER)
        return permissions(guild.id, guild.roles, guild.members[user_id], parent["permission_overwrites"])

    def visible(self, channel_id: int) -> list[Json]:
        """Return what everybody reads in a channel, the oldest first."""
        here = [message for message in self.messages.values() if message["channel_id"] == str(channel_id)]
        return sorted((one for one in here if int(one["id"]) not in self.seen_by), key=lambda one: int(one["id"]))

    def private(self, user_id: int) -> list[Json]:
        """Return the ephemeral messages that a person sees, the oldest first."""
        seen = sorted(message_id for message_id, person in self.seen_by.items() if person == user_id)
        return [self.messages[message_id] for message_id in seen if message_id in self.messages]

    def by_bot(self, channel_id: int) -> list[Json]:
        """Return what the bot wrote in a channel that everybody reads."""
        return [one for one in self.visible(channel_id) if one["author"]["id"] == self.bot["id"]]

    def archive_idle(self) -> list[Json]:
        """Archive the threads in which nobody wrote for as long as they last, and return them."""
        opened = [one for one in self.channels.values() if one["type"] in THREADS]
        idle = [one for one in opened if not one["thread_metadata"]["archived"] and self._is_idle(one)]
        for thread in idle:
            thread["thread_metadata"]["archived"] = True
            thread["thread_metadata"]["archive_timestamp"] = moment(self.snowflakes.next())
        return idle

    def _is_idle(self, thread: Json) -> bool:
        since = self.lively.setdefault(int(thread["id"]), self.clock.now())
        lasts: int = thread["thread_metadata"]["auto_archive_duration"]
        return self.clock.now() - since >= lasts * 60

    def add_message(self, message: Json) -> Json:
        """Store a message, and count it in its channel."""
        self.messages[int(message["id"])] = message
        channel = self.channels[int(message["channel_id"])]
        if not message["flags"] & MessageFlag.EPHEMERAL:
            channel["last_message_id"] = message["id"]
        if channel["type"] in THREADS:
            self.lively[int(channel["id"])] = self.clock.now()
            channel["message_count"] += 1
            channel["total_message_sent"] += 1
        return message
