"""Put the bot into a Slack or on a Discord behind one face, so that one scenario is played on both."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import discord

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.members.messages import take
from bot.adapters.discord.showing.parts import DiscordAction
from bot.adapters.discord.threads import DiscordKeeper
from bot.adapters.slack.members.commands import ANSWER_MESSAGE
from bot.adapters.slack.members.solutions import MARK_SOLUTION
from bot.adapters.slack.members.stale_threads import SlackKeeper
from bot.adapters.slack.moderators.review_channel import post_news
from bot.adapters.slack.showing.ids import SlackAction
from bot.chat.news import MonthlyNews
from bot.chat.solving import SIGN
from bot.chat.stale_threads import StaleThreads, ThreadKeeper
from bot.core.manners import USUAL, Manners
from bot.core.models import ChannelRef, MessageRef
from bot.service.app import App
from bot.service.privacy import Person
from bot.store import Database
from bot.store.conversations import Conversation
from tests.adapters.discord.bots import behave, button, quiet, running_bot, services, words
from tests.adapters.slack.bots import Office, offices
from tests.loopback.discord import checking, people
from tests.loopback.discord.constants import MEMBER, Permission
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.invoking import click, shown, slash, use_on
from tests.loopback.discord.payloads import Json, overwrite
from tests.loopback.discord.server import Loopback, running
from tests.loopback.discord.telling import tell_channel
from tests.loopback.slack.faults import held, refused
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import running_slack
from tests.loopback.slack.workspace import BOT_USER, TEAM, Channel, Message
from tests.service.deliveries import Watch

BOT = "bot"
MODERATOR = "mod"
HELPER = "helen"
ON_CALL = "on call"
TRUSTED = "tess"
TRUSTED_GROUP = "S0TRUSTED"


@dataclass(frozen=True)
class Written:
    """A message of a member: its id on the platform, who wrote it, and where."""

    id: str
    who: str
    place: Any


class Side(ABC):
    """A platform with the bot in one channel; `mod` is a moderator, and `helen` a helper by the settings.

    All are called by their names.
    """

    platform: str
    workspace_id: str
    app: App
    regions: dict[Any, str]
    watch: Watch
    on_call: str
    """The id of people whom a channel may call, as a mention has it."""

    @property
    @abstractmethod
    def place(self) -> ChannelRef:
        """Return the name that settings have for the channel."""

    @abstractmethod
    async def set_mode(self, mode: str) -> None:
        """Set how the bot behaves in the channel."""

    @abstractmethod
    async def set_channel(self, **values: str) -> None:
        """Set how the bot behaves in the channel otherwise."""

    @abstractmethod
    async def set_locale(self, locale: str) -> None:
        """Set the locale of the channel."""

    @abstractmethod
    def speaks(self, who: str, locale: str) -> None:
        """Set the language that a new member has chosen on the platform."""

    @abstractmethod
    async def asks_alone(self, who: str, text: str) -> str:
        """Ask by a command, and return what only they see."""

    @abstractmethod
    def told(self, who: str) -> list[str]:
        """Return what only one member saw."""

    @abstractmethod
    async def delivers(self) -> None:
        """Send what came later."""

    @abstractmethod
    async def says(self, who: str, text: str, *, to: tuple[str, ...] = (), under: Written | None = None) -> Written:
        """Write a message that mentions some, `bot` among them; below another one where that is given."""

    @abstractmethod
    async def edits(self, message: Written, text: str, *, to: tuple[str, ...] = ()) -> None:
        """Change a message."""

    @abstractmethod
    async def deletes(self, message: Written) -> None:
        """Delete a message."""

    @abstractmethod
    async def forwards(self, who: str, text: str) -> Written:
        """Pass on what stands elsewhere, without a word of one's own."""

    @abstractmethod
    async def points_at(self, who: str, message: Written) -> Written:
        """Mention the bot below a message, or in reply to it, without a word."""

    @abstractmethod
    async def points_late(self, who: str, message: Written, *, text: str | None = None) -> Written:
        """Mention the bot below a message; it is through with its deletion, or its edit, before that is on the log."""

    @abstractmethod
    async def has_answered(self, who: str, message: Written) -> str:
        """Use "Answer from FAQ" in the menu of a message, and return what only they are told."""

    @abstractmethod
    async def presses(self, who: str, asked: Written, what: str) -> None:
        """Press a button of the last reply to a message, by its name in lower case; a dialog is left open."""

    @abstractmethod
    async def marks(self, who: str, message: Written) -> str:
        """Use "Mark as solution" in the menu of a message, and return what only they are told."""

    @abstractmethod
    async def signs(self, who: str, message: Written, *, added: bool = True) -> None:
        """Set the sign of a solution at a message, or take it back."""

    @abstractmethod
    def asked_directly(self, who: str) -> list[str]:
        """Return what the bot wrote to somebody in direct messages, with its buttons."""

    @abstractmethod
    async def consents(self, who: str, answer: str, *, instead: str | None = None) -> None:
        """Press `yes`, `always` or `no` under the last of those direct messages; or somebody `instead` does it."""

    @abstractmethod
    def trusts(self, who: str) -> None:
        """Add a member to those whose solutions need no approval."""

    @abstractmethod
    def group_of(self, who: str) -> str:
        """Return the id of a role or user group that a new member has alone."""

    @abstractmethod
    async def denies_threads(self) -> None:
        """Revoke what the bot needs for threads, where the platform has a permission for that."""

    @abstractmethod
    async def denies_history(self) -> None:
        """Revoke what the bot needs to read what was written before."""

    @abstractmethod
    def leaves_nobody_on_call(self) -> None:
        """Delete the role or user group that is on call."""

    @abstractmethod
    async def opts(self, who: str, step: str) -> None:
        """Opt out or in, where people see their data: `opt_out`, `only_asked` or `opt_in`."""

    @abstractmethod
    def stands_for(self, who: str, region: str) -> None:
        """Set that a region is that of a new member, by the channel or by a role of theirs."""

    @abstractmethod
    async def takes(self, who: str, asked: Written, choice: str) -> None:
        """Press the choice of the last reply to a message that has this label."""

    @abstractmethod
    def reply(self, asked: Written) -> Written:
        """Return the last message of the bot in the thread of a message."""

    @abstractmethod
    def refuses_directly(self) -> None:
        """Have the platform refuse the next direct message of the bot."""

    @abstractmethod
    def replies(self, asked: Written) -> list[str]:
        """Return what the bot said in the thread of a message."""

    @abstractmethod
    def title(self, asked: Written) -> str | None:
        """Return the name of the thread of a message, None on a platform whose threads have no names."""

    @abstractmethod
    def beside(self) -> list[str]:
        """Return what the bot said in the channel itself, in no thread."""

    @abstractmethod
    async def tells_news(self) -> None:
        """Post what is new, where that is due."""

    @abstractmethod
    async def recovers(self) -> None:
        """Send the replies that were not confirmed."""

    @abstractmethod
    def spoken(self) -> list[str]:
        """Return all that the bot said, in whatever place."""

    @abstractmethod
    def hints(self, message: Written) -> int:
        """Return how many hints there are that only the author of a message is to see, or a sign at it."""

    @property
    @abstractmethod
    def keeper(self) -> ThreadKeeper:
        """Return what sees to threads."""

    @abstractmethod
    async def removes(self, asked: Written) -> None:
        """Have a moderator delete the last message of the bot in the thread of a message."""

    @abstractmethod
    async def looks(self) -> None:
        """Have the bot look at threads that nobody writes in any more."""

    @abstractmethod
    def address(self, message: Written) -> str:
        """Return the address of a message in the channel itself."""

    @abstractmethod
    async def settle(self) -> None:
        """Wait until the bot is through with all that happened."""

    @abstractmethod
    def person(self, message: Written) -> Person:
        """Return who wrote a message, as the services know them."""

    async def known(self, message: Written) -> Conversation | None:
        """Return what the log has of a message."""
        return await self.app.conversations.why(
            MessageRef(platform=self.platform, workspace_id=self.workspace_id, message_id=message.id)
        )


class SlackSide(Side):
    """A Slack."""

    platform, workspace_id = "slack", TEAM
    on_call = "S0614TZR7"

    def __init__(self, office: Office, channel: Channel, members: dict[str, Member]) -> None:
        self.office = office
        self.app = office.app
        self.channel = channel
        self.members = members
        self.messages: dict[str, Message] = {}
        office.slack.space.usergroups[self.on_call] = ["U0ONCALL"]

    def member(self, name: str) -> Member:
        """Return a member, who is there from then on."""
        if name not in self.members:
            self.members[name] = self.office.slack.member(name)
            self.channel.members.add(self.members[name].id)
        return self.members[name]

    def _to(self, to: tuple[str, ...], text: str) -> str:
        ids = [BOT_USER if name == BOT else self.member(name).id for name in to]
        return " ".join([*(f"<@{each}>" for each in ids), text])

    @property
    def place(self) -> ChannelRef:
        """Return the name of the channel."""
        return self.office.bot.place(self.channel.id)

    async def set_mode(self, mode: str) -> None:
        """Set how the bot behaves in the channel."""
        await self.app.channels.set(
            self.office.bot.place(self.channel.id), {"mode": mode, "wait_seconds": "0"}, actor="ann"
        )

    async def set_channel(self, **values: str) -> None:
        """Set how the bot behaves in the channel otherwise."""
        await self.app.channels.set(self.office.bot.place(self.channel.id), values, actor="ann")

    async def set_locale(self, locale: str) -> None:
        """Set the locale of the channel."""
        await self.set_channel(locale=locale)

    def speaks(self, who: str, locale: str) -> None:
        """Add a member with a locale."""
        self.members[who] = self.office.slack.member(who, locale=locale)
        self.channel.members.add(self.members[who].id)

    async def asks_alone(self, who: str, text: str) -> str:
        """Use the command."""
        before = len(self.told(who))
        await self.member(who).commands(self.channel, f"/faq {text}")
        await self.settle()
        (told,) = self.told(who)[before:]
        return told

    def told(self, who: str) -> list[str]:
        """Return the ephemeral messages of a member."""
        own = self.member(who).id
        return [f"{one.text} {one.blocks}" for one in self.office.slack.space.messages if one.visible_to == own]

    async def delivers(self) -> None:
        """Send what came later."""
        await self.office.bot.responder.deliver()

    async def says(self, who: str, text: str, *, to: tuple[str, ...] = (), under: Written | None = None) -> Written:
        """Write a message."""
        thread = None if under is None else self.messages[under.id]
        message = await self.member(who).says(self.channel, self._to(to, text), thread=thread)
        self.messages[message.ts] = message
        return Written(message.ts, who, message)

    async def edits(self, message: Written, text: str, *, to: tuple[str, ...] = ()) -> None:
        """Change a message."""
        await self.member(message.who).edits(self.messages[message.id], self._to(to, text))

    async def deletes(self, message: Written) -> None:
        """Delete a message."""
        await self.member(message.who).deletes(self.messages[message.id])

    async def forwards(self, who: str, text: str) -> Written:
        """Share a message."""
        shared = {
            "is_share": True,
            "is_msg_unfurl": True,
            "author_id": "U1",
            "fallback": f"[1 March] {text}",
            "text": text,
        }
        message = await self.member(who).says(self.channel, "", attachments=[shared])
        self.messages[message.ts] = message
        return Written(message.ts, who, message)

    async def points_at(self, who: str, message: Written) -> Written:
        """Mention the bot in the thread."""
        return await self.says(who, "", to=(BOT,), under=message)

    async def points_late(self, who: str, message: Written, *, text: str | None = None) -> Written:
        """Mention the bot in the thread, and delete or edit its first message when the bot has read that."""
        release = asyncio.Event()
        self.office.slack.fail("conversations.history", held(release, after_work=True))
        pointing = await self.points_at(who, message)
        await self.office.slack.called("conversations.history")
        ref = MessageRef(platform=self.platform, workspace_id=TEAM, channel_id=self.channel.id, message_id=message.id)
        if text is None:
            await self.deletes(message)
            await self.office.bot.responder.deleted(ref)
        else:
            await self.edits(message, text)
            await self.office.bot.responder.reworded(ref, text)
        release.set()
        return pointing

    async def has_answered(self, who: str, message: Written) -> str:
        """Use the shortcut."""
        before = len(self.told(who))
        await self.member(who).uses_message_shortcut(ANSWER_MESSAGE, self.messages[message.id])
        await self.settle()
        return "".join(self.told(who)[before:])

    async def presses(self, who: str, asked: Written, what: str) -> None:
        """Press a button."""
        *_, reply = self._said(asked) or self._beside()
        await self.member(who).clicks(reply, SlackAction[what.upper()])

    async def marks(self, who: str, message: Written) -> str:
        """Use the shortcut."""
        before = len(self.told(who))
        await self.member(who).uses_message_shortcut(MARK_SOLUTION, self.messages[message.id])
        await self.settle()
        (told,) = self.told(who)[before:]
        return told

    async def signs(self, who: str, message: Written, *, added: bool = True) -> None:
        """React, or take the reaction back."""
        member = self.member(who)
        react = member.reacts if added else member.takes_back
        await react(self.messages[message.id], "white_check_mark")

    def _direct(self, who: str) -> list[Message]:
        return self.office.slack.visible(self.member(who).direct)

    def asked_directly(self, who: str) -> list[str]:
        """Return what the bot wrote."""
        return [f"{one.text} {one.blocks}" for one in self._direct(who)]

    async def consents(self, who: str, answer: str, *, instead: str | None = None) -> None:
        """Press the button."""
        *_, asked = self._direct(who)
        await self.member(instead or who).clicks(asked, SlackAction[f"CONSENT_{answer.upper()}"])

    def trusts(self, who: str) -> None:
        """Add a member to the user group, and drop what is cached."""
        self.office.slack.space.usergroups[TRUSTED_GROUP] = [self.member(who).id]
        self.office.bot.people._groups.forget(TRUSTED_GROUP)  # noqa: SLF001  # a test does not sleep

    def group_of(self, who: str) -> str:
        """Add a member to a user group."""
        self.office.slack.space.usergroups["S0ASKERS"] = [self.member(who).id]
        return "S0ASKERS"

    async def denies_threads(self) -> None:
        """Do nothing: who writes in Slack may write in threads."""

    async def denies_history(self) -> None:
        """Refuse to read channels and threads."""
        for method in ("conversations.history", "conversations.replies"):
            self.office.slack.fail(method, refused("missing_scope", needed="channels:history", provided=""), times=50)

    def leaves_nobody_on_call(self) -> None:
        """Delete the user group."""
        del self.office.slack.space.usergroups[self.on_call]

    async def opts(self, who: str, step: str) -> None:
        """Press the button on the home."""
        await self.member(who).opens_home()
        await self.settle()
        await self.member(who).clicks(self.member(who).home, SlackAction[step.upper()])
        await self.settle()

    def stands_for(self, who: str, region: str) -> None:
        """Set the region of the channel."""
        self.member(who)
        self.regions[self.channel.id] = region

    async def takes(self, who: str, asked: Written, choice: str) -> None:
        """Press a choice."""
        *_, reply = self._said(asked)
        buttons = [one for block in reply.blocks for one in block.get("elements", ()) if one.get("type") == "button"]
        (action,) = [one["action_id"] for one in buttons if one["text"]["text"] == choice]
        await self.member(who).clicks(reply, action)

    def _said(self, asked: Written) -> list[Message]:
        root = asked.place.thread_ts or asked.id
        return [one for one in self.office.slack.visible() if one.thread_ts == root]

    def reply(self, asked: Written) -> Written:
        """Return the message."""
        *_, reply = self._said(asked)
        self.messages[reply.ts] = reply
        return Written(reply.ts, BOT, reply)

    def refuses_directly(self) -> None:
        """Refuse the next message."""
        self.office.slack.fail("chat.postMessage", refused("channel_not_found"))

    def replies(self, asked: Written) -> list[str]:
        """Return what the bot said."""
        return [f"{one.text} {one.blocks}" for one in self._said(asked)]

    def title(self, asked: Written) -> str | None:
        """Return None."""
        del asked
        return None

    def _beside(self) -> list[Message]:
        return [one for one in self.office.slack.visible(self.channel) if one.thread_ts is None]

    def beside(self) -> list[str]:
        """Return what the bot said."""
        return [f"{one.text} {one.blocks}" for one in self._beside()]

    async def tells_news(self) -> None:
        """Post it."""
        post = partial(post_news, self.office.bot.messenger)
        await MonthlyNews(self.office.bot.apps, self.platform, workspaces=lambda: {TEAM}, post=post).tell()

    async def recovers(self) -> None:
        """Send the replies."""
        await self.office.bot.responder.recover()

    def spoken(self) -> list[str]:
        """Return all that the bot said."""
        return [f"{one.text} {one.blocks}" for one in self.office.slack.visible()]

    def hints(self, message: Written) -> int:
        """Return how many ephemeral messages the author got."""
        author = self.member(message.who).id
        return sum(one.visible_to == author for one in self.office.slack.space.messages)

    def person(self, message: Written) -> Person:
        """Return the member."""
        return Person(self.platform, self.member(message.who).id)

    @property
    def keeper(self) -> ThreadKeeper:
        """Return what sees to threads."""
        return SlackKeeper(self.office.bot.client, self.office.bot.messenger, me=self.office.bot.me)

    async def removes(self, asked: Written) -> None:
        """Delete it."""
        await self.member(MODERATOR).deletes(self._said(asked)[-1])

    async def looks(self) -> None:
        """Look at threads."""
        await StaleThreads(self.office.bot.apps, self.keeper).look()

    def address(self, message: Written) -> str:
        """Return the address."""
        return f"/archives/{self.channel.id}/p{message.id.replace('.', '')}|"

    async def settle(self) -> None:
        """Wait until the bot is through."""
        await self.office.quiet()


class DiscordSide(Side):
    """A Discord."""

    platform = "discord"

    def __init__(self, loopback: Loopback, app: App, bot: DiscordBot, channel_id: int, roles: dict[str, int]) -> None:
        self.loopback, self.app, self.bot, self.channel_id, self.roles = loopback, app, bot, channel_id, roles
        self.guild = loopback.world.guild_of(channel_id) or 0
        self.workspace_id = str(self.guild)
        self.members: dict[str, int] = {}
        self.on_call = str(roles[ON_CALL])

    def member(self, name: str) -> int:
        """Return the id of a member, who is there from then on."""
        if name not in self.members:
            world = self.loopback.world
            roles = [self.roles[name]] if name in self.roles else []
            self.members[name] = world.add_member(self.guild, name, roles=roles)
        return self.members[name]

    def _to(self, to: tuple[str, ...], text: str) -> str:
        own = self.loopback.world.application_id
        return " ".join([*(f"<@{own if name == BOT else self.member(name)}>" for name in to), text])

    @property
    def place(self) -> ChannelRef:
        """Return the name of the channel."""
        return ChannelRef(self.platform, self.workspace_id, str(self.channel_id))

    async def set_mode(self, mode: str) -> None:
        """Set how the bot behaves in the channel."""
        await behave(self.app, self.loopback, self.channel_id, mode=mode, wait_seconds="0")

    async def set_channel(self, **values: str) -> None:
        """Set how the bot behaves in the channel otherwise."""
        await behave(self.app, self.loopback, self.channel_id, **values)

    async def set_locale(self, locale: str) -> None:
        """Set the locale of the channel."""
        await self.set_channel(locale=locale)

    def speaks(self, who: str, locale: str) -> None:
        """Set the language in which a member sees Discord."""
        self.loopback.world.locales[self.member(who)] = locale

    async def asks_alone(self, who: str, text: str) -> str:
        """Use the command."""
        asked = await slash(self.loopback, people.Who(self.channel_id, self.member(who)), "ask", question=text)
        reply = await shown(self.loopback, asked)
        return f"{words(reply)} {reply['components']}"

    def told(self, who: str) -> list[str]:
        """Return the ephemeral messages of a member."""
        return [f"{words(one)} {one['components']}" for one in self.loopback.world.private(self.member(who))]

    async def delivers(self) -> None:
        """Send what came later."""
        await self.bot.responder.deliver()

    async def says(self, who: str, text: str, *, to: tuple[str, ...] = (), under: Written | None = None) -> Written:
        """Write a message; below another one, in the thread that the bot made of it."""
        channel = self.channel_id if under is None else int(under.place)
        written = await people.say(self.loopback, people.Who(channel, self.member(who)), self._to(to, text))
        return Written(str(written), who, written if under is None else under.place)

    async def edits(self, message: Written, text: str, *, to: tuple[str, ...] = ()) -> None:
        """Change a message."""
        await people.edit(self.loopback, int(message.id), self._to(to, text))

    async def deletes(self, message: Written) -> None:
        """Delete a message."""
        await people.remove(self.loopback, int(message.id))

    async def forwards(self, who: str, text: str) -> Written:
        """Forward a message."""
        elsewhere = {"type": 1, "channel_id": str(self.channel_id), "message_id": "1"}
        shown = {"content": text, "embeds": [], "attachments": [], "type": 0, "timestamp": "2026-03-01T12:00:00+00:00"}
        shown |= {"edited_timestamp": None, "flags": 0, "mentions": [], "mention_roles": [], "components": []}
        shown |= {"stickers": [], "sticker_items": []}
        extra = {"message_reference": elsewhere, "message_snapshots": [{"message": shown}]}
        written = await people.say(self.loopback, people.Who(self.channel_id, self.member(who)), "", extra=extra)
        return Written(str(written), who, written)

    async def points_at(self, who: str, message: Written) -> Written:
        """Mention the bot in a reply."""
        where = people.Who(self.channel_id, self.member(who))
        written = await people.say(self.loopback, where, self._to((BOT,), ""), reply_to=int(message.id))
        return Written(str(written), who, written)

    async def points_late(self, who: str, message: Written, *, text: str | None = None) -> Written:
        """Mention the bot in a reply, which it takes when what that replies to is deleted or edited."""
        settings = await self.app.channels.behaviour(self.place)
        await self.set_mode("off")
        pointing = await self.points_at(who, message)
        await self.settle()
        channel = self.bot.get_channel(self.channel_id)
        assert isinstance(channel, discord.TextChannel)
        found = await channel.fetch_message(int(pointing.id))
        await (self.deletes(message) if text is None else self.edits(message, text))
        await self.settle()
        await self.set_mode(settings.mode)
        await take(self.bot, found)
        return pointing

    async def has_answered(self, who: str, message: Written) -> str:
        """Use the command of the menu."""
        where = people.Who(int(self.loopback.world.messages[int(message.id)]["channel_id"]), self.member(who))
        used = await use_on(self.loopback, where, "Answer from FAQ", int(message.id))
        return words(await shown(self.loopback, used))

    async def presses(self, who: str, asked: Written, what: str) -> None:
        """Press a button."""
        *_, reply = self.loopback.world.by_bot(int(asked.place)) or self.loopback.world.by_bot(self.channel_id)
        where = people.Who(int(reply["channel_id"]), self.member(who))
        await click(self.loopback, where, int(reply["id"]), button(reply, DiscordAction[what.upper()]))

    async def marks(self, who: str, message: Written) -> str:
        """Use the command of the menu."""
        where = people.Who(int(self.loopback.world.messages[int(message.id)]["channel_id"]), self.member(who))
        told = words(
            await shown(self.loopback, await use_on(self.loopback, where, "Mark as solution", int(message.id)))
        )
        await self.settle()
        return told

    async def signs(self, who: str, message: Written, *, added: bool = True) -> None:
        """React, or take the reaction back."""
        where = people.Who(int(self.loopback.world.messages[int(message.id)]["channel_id"]), self.member(who))
        await people.react(self.loopback, where, int(message.id), SIGN, added=added)

    def _direct(self, who: str) -> tuple[int, list[Json]]:
        channel = int(self.loopback.world.direct_channel(self.member(who))["id"])
        return channel, self.loopback.world.by_bot(channel)

    def asked_directly(self, who: str) -> list[str]:
        """Return what the bot wrote."""
        return [f"{words(one)} {one['components']}" for one in self._direct(who)[1]]

    async def consents(self, who: str, answer: str, *, instead: str | None = None) -> None:
        """Press the button."""
        channel, (*_, asked) = self._direct(who)
        parts = [part for row in asked["components"] for part in row["components"]]
        (pressed,) = [part["custom_id"] for part in parts if f":{answer}:" in part["custom_id"]]
        presser = people.Who(channel, self.member(instead or who))
        await shown(self.loopback, await click(self.loopback, presser, int(asked["id"]), pressed))

    def trusts(self, who: str) -> None:
        """Add the role to those of a member, and drop what is cached."""
        member = self.loopback.world.guild(self.guild).members[self.member(who)]
        member["roles"] = [*member["roles"], str(self.roles[TRUSTED])]
        self.bot.staff.forget()

    def group_of(self, who: str) -> str:
        """Add a member with a role."""
        role = self.roles[TRUSTED]
        self.members[who] = self.loopback.world.add_member(self.guild, who, roles=[role])
        return str(role)

    async def denies_threads(self) -> None:
        """Revoke the permission to make threads."""
        await self._denies(Permission.CREATE_PUBLIC_THREADS)

    async def denies_history(self) -> None:
        """Revoke the permission to read it."""
        await self._denies(Permission.READ_MESSAGE_HISTORY)

    async def _denies(self, permission: Permission) -> None:
        channel = self.loopback.world.channels[self.channel_id]
        channel["permission_overwrites"] = [overwrite(self.guild, deny=permission)]
        await tell_channel(self.loopback.gateway, "CHANNEL_UPDATE", channel)
        await self.settle()

    def leaves_nobody_on_call(self) -> None:
        """Set that it is a role which the server does not have."""
        guild = self.bot.get_guild(self.guild)
        assert guild is not None
        guild._remove_role(int(self.on_call))  # noqa: SLF001  # as the event of it does

    async def opts(self, who: str, step: str) -> None:
        """Use the command."""
        name = {"opt_out": "opt-out", "only_asked": "only-if-asked", "opt_in": "opt-in"}[step]
        where = people.Who(self.channel_id, self.member(who))
        await shown(self.loopback, await slash(self.loopback, where, f"my-data {name}"))

    def stands_for(self, who: str, region: str) -> None:
        """Add a member with a role, and set its region."""
        self.regions[self.roles[HELPER]] = region
        self.members[who] = self.loopback.world.add_member(self.guild, who, roles=[self.roles[HELPER]])

    async def takes(self, who: str, asked: Written, choice: str) -> None:
        """Press a choice."""
        *_, reply = self.loopback.world.by_bot(int(asked.place))
        parts = [part for row in reply["components"] for part in row["components"]]
        (pressed,) = [part["custom_id"] for part in parts if part.get("label") == choice]
        await click(self.loopback, people.Who(int(asked.place), self.member(who)), int(reply["id"]), pressed)

    def reply(self, asked: Written) -> Written:
        """Return the message."""
        *_, reply = self.loopback.world.by_bot(int(asked.place))
        return Written(str(reply["id"]), BOT, asked.place)

    def refuses_directly(self) -> None:
        """Refuse to open the next channel of direct messages."""
        self.loopback.faults.plan("POST /users/@me/channels", Refusal.NO_DIRECT_MESSAGES)

    def replies(self, asked: Written) -> list[str]:
        """Return what the bot said."""
        return [f"{words(one)} {one['components']}" for one in self.loopback.world.by_bot(int(asked.place))]

    def title(self, asked: Written) -> str | None:
        """Return the name."""
        return str(self.loopback.world.channels[int(asked.id)]["name"])

    def beside(self) -> list[str]:
        """Return what the bot said."""
        return [f"{words(one)} {one['components']}" for one in self.loopback.world.by_bot(self.channel_id)]

    async def tells_news(self) -> None:
        """Post it."""
        await self.bot.news.tell()

    async def recovers(self) -> None:
        """Send the replies."""
        await self.bot.responder.recover()

    def spoken(self) -> list[str]:
        """Return all that the bot said, but for what shows that it is through."""
        world = self.loopback.world
        places = [self.channel_id, *(each for each in world.channels if world.channels[each].get("parent_id"))]
        return [words(one) for place in places for one in world.by_bot(int(place))]

    def hints(self, message: Written) -> int:
        """Return how many signs there are at a message."""
        return len(self.loopback.world.reactions.get(int(message.id), ()))

    def person(self, message: Written) -> Person:
        """Return the member."""
        return Person(self.platform, str(self.member(message.who)))

    @property
    def keeper(self) -> ThreadKeeper:
        """Return what sees to threads."""
        return DiscordKeeper(self.bot, self.bot.servers)

    async def removes(self, asked: Written) -> None:
        """Delete it."""
        await people.remove(self.loopback, int(self.loopback.world.by_bot(int(asked.place))[-1]["id"]))

    async def looks(self) -> None:
        """Look at threads."""
        await self.bot.stale_threads.look()

    def address(self, message: Written) -> str:
        """Return the address."""
        return f"<https://discord.com/channels/{self.workspace_id}/{self.channel_id}/{message.id}>"

    async def settle(self) -> None:
        """Wait until the bot is through."""
        await quiet(self.loopback, self.bot)


@asynccontextmanager
async def slack_side(url: str, manners: Manners = USUAL) -> AsyncIterator[Side]:
    """Yield a Slack with the bot in it."""
    async with running_slack() as slack, offices(slack, "socket", url, manners=manners) as start:
        moderator = slack.member(MODERATOR)
        helper = slack.member(HELPER)
        regions: dict[str, str] = {}
        trusted = slack.member(TRUSTED)
        people_of = {"moderators": moderator, "helpers": helper, "trusted": trusted}
        listed = {name: frozenset({each.id}) for name, each in people_of.items()}
        listed["trusted"] |= {TRUSTED_GROUP}
        slack.space.usergroups[TRUSTED_GROUP] = []
        office = await start(**listed, regions=regions)
        members = {MODERATOR: moderator, HELPER: helper, TRUSTED: trusted}
        side = SlackSide(office, await office.channel(*members.values()), members)
        side.regions, side.watch = regions, office.watch
        yield side
    assert slack.take_problems() == []


@asynccontextmanager
async def discord_side(url: str, manners: Manners = USUAL) -> AsyncIterator[Side]:
    """Yield a Discord with the bot on it."""
    database = Database(url)
    watch = Watch(datetime.now(UTC))
    app = services(database, clock=watch, manners=manners)
    async with running() as loopback:
        guild = loopback.world.add_guild()
        channel_id = loopback.world.add_channel(guild)
        allowed = {MODERATOR: MEMBER | Permission.MANAGE_MESSAGES, HELPER: MEMBER, TRUSTED: MEMBER}
        roles = {name: loopback.world.add_role(guild, name, permissions=may) for name, may in allowed.items()}
        roles[ON_CALL] = loopback.world.add_role(guild, ON_CALL)
        regions: dict[int, str] = {}
        listed = {"helper_roles": frozenset({roles[HELPER]}), "trusted_roles": frozenset({roles[TRUSTED]})}
        async with running_bot(loopback, app, **listed, regions=regions) as bot:
            side = DiscordSide(loopback, app, bot, channel_id, roles)
            side.regions, side.watch = regions, watch
            yield side
    await database.aclose()
    assert checking.told(loopback.log) == []
