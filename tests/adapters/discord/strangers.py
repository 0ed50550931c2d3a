"""Do everything that the bot takes, from a server that it does not serve, as an administrator there."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot
from bot.adapters.discord.showing.dialogs import DiscordField, Form
from bot.adapters.discord.showing.parts import DiscordAction, Press
from bot.chat.solving import SIGN
from tests.loopback.discord import payloads, people
from tests.loopback.discord.constants import MEMBER, ChannelType, Permission
from tests.loopback.discord.invoking import answered, choose, click, complete, send_form, slash, use_on
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, mention, open_thread, post, say
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.telling import tell_place
from tests.loopback.discord.world import Invocation, World

SUBJECTS = ("R1", "Q2", "me")
"""What buttons and dialogs are about: items, questions, and the person who presses."""

DETAILS = ("1", "fees")
"""What else stands in the id of a button: the version that was seen, or an entry."""

CHANGES = ("edit.Q2.1", "edit.Q2.1.1", "correct.Q2.1", "phrase.none.1", "unphrase.Q2.1", "retire.Q2.1")
"""What stands in the id of a dialog about an entry."""

Command = app_commands.Command[Any, ..., Any]
Values = Mapping[str, str]


def lair_of(world: World) -> Who:
    """Return an administrator of a server of their own, in a channel that only they and the bot can view."""
    guild = world.add_guild("Elsewhere")
    role = world.add_role(guild, "Administrators", permissions=MEMBER | Permission.ADMINISTRATOR)
    hidden = [
        overwrite(guild, deny=Permission.VIEW_CHANNEL),
        overwrite(role, allow=Permission.VIEW_CHANNEL),
        overwrite(world.application_id, allow=Permission.VIEW_CHANNEL, for_member=True),
    ]
    return Who(world.add_channel(guild, "lair", overwrites=hidden), world.add_member(guild, "eve", roles=[role]))


@dataclass
class Stranger:
    """Who tries it, what they type, what they write into dialogs, and what they have tried so far."""

    loopback: Loopback
    bot: DiscordBot
    who: Who
    texts: tuple[str, ...]
    values: Values
    tried: Counter[str] = field(default_factory=Counter)

    async def try_all(self) -> None:
        """Do everything, the dialogs first, since they may open the rest."""
        for form in Form:
            for subject in (str(self.who.channel_id), *SUBJECTS):
                await self._fill_in(form, subject)
        for change in CHANGES:
            custom_id = f"faq-form:{Form.CHANGE}:fees:{change}"
            await self._settle(await send_form(self.loopback, self.who, custom_id, self.values))
        for command in self.bot.tree.walk_commands():
            if isinstance(command, app_commands.Command):
                await self._use(command)
        for menu in self.bot.tree.get_commands(type=discord.AppCommandType.message):
            await self._use_on_messages(menu.name)
        for action in DiscordAction:
            await self._press(action)
        for event, cause in CAUSES.items():
            self.tried[event] += 1
            await cause(self)
        await self._settle(await slash(self.loopback, self.who, "faq browse"))  # events come in order: this is the last

    async def _fill_in(self, form: Form, subject: str) -> None:
        self.tried[f"form {form}"] += 1
        await self._settle(await send_form(self.loopback, self.who, f"faq-form:{form}:{subject}:1", self.values))

    async def _use(self, command: Command) -> None:
        self.tried[f"command {command.qualified_name}"] += 1
        for text in self.texts:
            given = {one.name: text for one in command.parameters}
            for one in command.parameters:
                if one.autocomplete:
                    self.tried[f"completion {command.qualified_name} {one.name}"] += 1
                    await complete(self.loopback, self.who, command.qualified_name, focused=one.name, **given)
            await self._settle(await slash(self.loopback, self.who, command.qualified_name, **given))

    async def _use_on_messages(self, name: str) -> None:
        self.tried[f"menu {name}"] += 1
        for text in self.texts:
            message = await say(self.loopback, self.who, text)
            await self._settle(await use_on(self.loopback, self.who, name, message))

    async def _press(self, action: DiscordAction) -> None:
        """Press a button and use a menu of a message that the bot wrote there long ago."""
        self.tried[f"press {action}"] += 1
        message = self._from_before()
        await self._settle(await click(self.loopback, self.who, message, Press(action, "fees", "Q2").custom_id))
        for subject in SUBJECTS:
            for detail in DETAILS:
                press = Press(action, subject, detail)
                await self._settle(await click(self.loopback, self.who, message, press.custom_id))
                values = [detail]
                await self._settle(await choose(self.loopback, self.who, message, press.menu_id, values))

    def _from_before(self) -> int:
        world = self.loopback.world
        written = payloads.message(world.snowflakes.next(), self.who.channel_id, world.bot, "An answer of long ago.")
        return int(world.add_message(written)["id"])

    async def _settle(self, invocation: Invocation) -> None:
        await answered(self.loopback, invocation)
        await self.bot.work.settled()


async def _write(stranger: Stranger) -> None:
    """Ask in the channel, in a thread and in a forum; reply, and post a secret."""
    loopback, who, world = stranger.loopback, stranger.who, stranger.loopback.world
    for text in stranger.texts:
        asked = await mention(loopback, who, text)
        await say(loopback, who, text)
        await say(loopback, who, text, reply_to=stranger._from_before())  # noqa: SLF001  # of the same module
        thread = await open_thread(loopback, asked, who.user_id, "A thread")
        await mention(loopback, Who(thread, who.user_id), text)
        await say(loopback, Who(thread, who.user_id), text)
    guild = world.guild_of(who.channel_id) or 0
    forum = world.add_channel(guild, "help", kind=ChannelType.FORUM)
    await loopback.gateway.dispatch("CHANNEL_CREATE", world.channels[forum], guild_id=guild)
    await post(loopback, Who(forum, who.user_id), stranger.texts[0], f"<@{world.application_id}> {stranger.texts[0]}")
    await say(loopback, who, "legal winner thank year wave sausage worth useful legal winner thank yellow")


async def _edit(stranger: Stranger) -> None:
    asked = await mention(stranger.loopback, stranger.who, "hello")
    await people.edit(stranger.loopback, asked, f"<@{stranger.loopback.world.application_id}> {stranger.texts[0]}")


async def _remove(stranger: Stranger) -> None:
    await people.remove(stranger.loopback, await mention(stranger.loopback, stranger.who, stranger.texts[0]))
    await _remove_many(stranger, "m1")


async def _remove_many(stranger: Stranger, *others: str) -> None:
    told = {"ids": [str(stranger._from_before()), *others], "channel_id": str(stranger.who.channel_id)}  # noqa: SLF001  # as above
    await tell_place(stranger.loopback.gateway, "MESSAGE_DELETE_BULK", told)


async def _react(stranger: Stranger, *, added: bool = True) -> None:
    asked = await mention(stranger.loopback, stranger.who, stranger.texts[0])
    for message in (asked, stranger._from_before()):  # noqa: SLF001  # as above
        await people.react(stranger.loopback, stranger.who, message, SIGN, added=added)


async def _take_back(stranger: Stranger) -> None:
    await _react(stranger, added=False)


async def _connect_anew(stranger: Stranger) -> None:
    """Break the connection, so that the bot catches up; all that is sent again passes too."""
    sessions = len(stranger.loopback.gateway.sessions)
    await stranger.loopback.gateway.invalidate()
    await stranger.loopback.log.until(lambda: len(stranger.loopback.gateway.sessions) >= sessions or None)


async def _used_above(stranger: Stranger) -> None:
    """Do nothing more: buttons, menus and dialogs were used before."""


CAUSES: Mapping[str, Callable[[Stranger], Awaitable[None]]] = {
    "on_message": _write,
    "on_raw_message_edit": _edit,
    "on_raw_message_delete": _remove,
    "on_raw_bulk_message_delete": _remove_many,
    "on_raw_reaction_add": _react,
    "on_raw_reaction_remove": _take_back,
    "on_interaction": _used_above,
    "on_press": _used_above,
    "on_shard_connect": _connect_anew,
    "on_shard_ready": _used_above,
}
"""What makes the library tell the bot of each event that it listens to."""


def taken(bot: DiscordBot) -> Iterator[str]:
    """Yield everything that the bot takes, as it is registered: a new listener is here by itself."""
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield f"command {command.qualified_name}"
            yield from (
                f"completion {command.qualified_name} {one.name}" for one in command.parameters if one.autocomplete
            )
    yield from (f"menu {one.name}" for one in bot.tree.get_commands(type=discord.AppCommandType.message))
    yield from (f"menu {one.name}" for one in bot.tree.get_commands(type=discord.AppCommandType.user))
    yield from (f"press {action}" for action in bot.presses)
    yield from (f"form {form}" for form in bot.forms)
    ours = {*vars(bot), *vars(type(bot))} - set(vars(discord.AutoShardedClient)) - set(vars(discord.Client))
    yield from (name for name in ours if name.startswith("on_"))


def filled_in() -> Values:
    """Return what a stranger writes into each field of a dialog."""
    chosen = {
        DiscordField.AUDIENCE: "internal",
        DiscordField.MODE: "ambient",
        DiscordField.HOURS: "1",
        DiscordField.REASON: "answered",
    }
    chosen |= {
        DiscordField.WAIT: "0",
        DiscordField.ITEM: "R2",
        DiscordField.ENTRY: "fees",
        DiscordField.ENTRY_ID: "fees",
    }
    return {name: chosen.get(name, "Send your seed phrase to evil.example.") for name in DiscordField}
