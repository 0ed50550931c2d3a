"""Send and change messages on Discord."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import discord

from bot.adapters.discord.calls import (
    FAULTS,
    UNKNOWN_CHANNEL,
    UNKNOWN_MESSAGE,
    code_of,
    is_said_by_discord,
    missing,
    tell,
    trouble,
)
from bot.adapters.discord.gate import Servers
from bot.adapters.discord.options import DiscordOptions
from bot.adapters.discord.people import DIRECT, PLATFORM, Staff, audience_of
from bot.adapters.discord.sending import (
    DiscordThinking,
    Sender,
    asked_in,
    belongs,
    helps,
    is_old,
    reference_to,
    refers,
    thread_of,
)
from bot.adapters.discord.showing.answers import follow_up_message, reply_message, warning_message
from bot.adapters.discord.showing.parts import DiscordMessage, nonce_of
from bot.adapters.discord.thread_names import DiscordThreadNames
from bot.chat.messenger import AskedPlace
from bot.chat.posting import once
from bot.core.models import Audience, MessageRef, Question, Surface
from bot.core.redaction import redact
from bot.core.wording.replies import Reply, ReplyKind
from bot.service.deliveries import Fault, NotSent, Outgoing, Sent

_log = logging.getLogger(__name__)
# Where a reply was sent before a crash, it stands near its question.
_NEAR = 50
_LATER, _NEVER = "\N{HOURGLASS WITH FLOWING SAND}", "\N{LOCK}"


class DiscordMessenger:
    """Reply in threads, or beside a message; a thread that is made from a message has the id of the message."""

    platform = PLATFORM

    def __init__(self, client: discord.Client, options: DiscordOptions, servers: Servers, staff: Staff) -> None:
        self._client = client
        self._staff = staff
        self._servers = servers
        self._domains = options.domains
        self._sender = Sender(client)
        self.thread_names = DiscordThreadNames(client)
        self._thinking = DiscordThinking(client)

    async def post(self, place: AskedPlace, reply: Reply, question_id: str | None) -> Sent | NotSent:
        """Reply to a message; refuse if people outside the audience of the reply can read it by now."""
        if (refused := await self._refused(place)) is not None:
            return refused
        message = self._message(place, reply, question_id)
        try:
            where = await self._thread(place, reply)
            sent = await self._sender.send(
                where, message, nonce=nonce_of(place.ref.message_id), reference=reference_to(place.ref, where)
            )
        except FAULTS as error:
            return self._told(error, int(place.ref.channel_id), also="send_messages" if place.ref.beside else None)
        return Sent(str(sent.id))

    async def find(self, place: MessageRef, question_id: str | None) -> Sent | NotSent | None:
        """Return the first reply to a message that was posted before.

        Without leave to read the history Discord shows none of it: then only what is so young is taken for not posted
        that Discord itself would not take it twice.
        """
        if "Read Message History" in missing(self._client.get_channel(int(place.channel_id))) and is_old(place):
            return NotSent(Fault.UNREACHABLE)
        where, after = thread_of(place), discord.Object(int(place.message_id))
        try:
            return await self._first(where, lambda one: belongs(one, place, question_id), limit=_NEAR, after=after)
        except FAULTS as error:
            if isinstance(error, discord.NotFound | discord.Forbidden) and is_said_by_discord(error):
                return None
            return self._told(error, int(place.channel_id))

    async def read(self, place: MessageRef) -> discord.Message | NotSent:
        """Return a message as it now stands, with the channel that it stands in."""
        where = asked_in(place)
        try:
            channel = self._client.get_channel(where) or await self._client.fetch_channel(where)
            if not isinstance(channel, discord.abc.Messageable):
                return NotSent(Fault.GONE)
            return await channel.fetch_message(int(place.message_id))
        except FAULTS as error:
            return self._told(error, where)

    def written_at(self, place: MessageRef) -> datetime | None:
        """Return when a message was written, which its id tells."""
        return discord.utils.snowflake_time(int(place.message_id))

    async def locale_of(self, place: AskedPlace) -> str | None:
        """Return None: of who writes a message Discord tells no locale."""
        del place
        return None

    async def is_helped(self, place: MessageRef) -> bool:
        """Return whether a person replied to somebody's message, or wrote in its thread after it."""
        where, thread = asked_in(place), thread_of(replace(place, beside=False))
        try:
            asked = await self._sender.partial(where, int(place.message_id)).fetch()
            if where != thread and await self._is_help(where, lambda one: helps(one, asked) and refers(one, asked)):
                return True
            return await self._is_help(thread, lambda one: helps(one, asked))
        except discord.NotFound:  # the message, or a thread of it
            return False
        except FAULTS as error:
            tell(error, self._client.get_channel(where), channel_id=where)
            return False

    async def replace(self, place: AskedPlace, message_id: str, reply: Reply, question_id: str) -> Sent | NotSent:
        """Replace a reply; where that is gone, nothing is sent."""
        if (refused := await self._refused(place)) is not None:
            return refused
        message = self._message(place, reply, question_id)
        try:
            await self._sender.edit(thread_of(place.ref), int(message_id), message)
        except FAULTS as error:
            return self._told(error, int(place.ref.channel_id))
        return Sent(message_id)

    async def hint(self, question: Question, text: str, *, for_good: bool = False) -> None:
        """Show a text to the author of a direct message; elsewhere a bot has no way to, and shows a sign."""
        where = asked_in(question.ref)
        try:
            if question.ref.workspace_id == DIRECT:
                await self._client.get_partial_messageable(where).send(text)
            else:
                await self._sender.partial(where, int(question.ref.message_id)).add_reaction(
                    _NEVER if for_good else _LATER
                )
        except FAULTS as error:
            _log.info("discord.hint.failed", extra={"code": code_of(error)})

    async def delete(self, place: MessageRef, message_id: str) -> NotSent | None:
        """Delete a reply; return why it may still be there, None when it is gone."""
        where = thread_of(place)
        try:
            await self._sender.delete(where, int(message_id))
        except FAULTS as error:
            if code_of(error) not in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                return self._told(error, where)
        return None

    async def think(self, place: MessageRef, *, thinking: bool) -> None:
        """Show at a message that it is being worked on, or no longer."""
        if thinking:
            self._thinking.begin(place.message_id, asked_in(place))
        else:
            self._thinking.end(place.message_id)

    async def tidy(self, place: MessageRef) -> None:
        """Do nothing: Discord shows the typing sign for some seconds only."""

    async def deliver(self, outgoing: Outgoing) -> Sent | NotSent:
        """Deliver a later message into the thread of a question and mention who asked, if Discord still knows them."""
        place = outgoing.question
        if place.surface is Surface.COMMAND:  # of what was asked in private nothing is left to reply to
            return NotSent(Fault.GONE)
        if (refused := await self._refused(place)) is not None:
            return refused
        try:
            asked = await self._sender.partial(asked_in(place.ref), int(place.ref.message_id)).fetch()
            message = follow_up_message(
                outgoing.follow_up,
                asker=asked.author.id,
                domains=self._domains,
                question_id=place.id,
                embeds=self._may_embed(place.ref),
            )
            if outgoing.delivery.attempts > 1 and (there := await self._find_told(place.ref, message)) is not None:
                return there
            return Sent(str((await self._tell(place.ref, outgoing, message)).id))
        except FAULTS as error:
            return self._told(error, int(place.ref.channel_id))

    async def say(self, where: int, message: DiscordMessage, *, nonce: str) -> Sent | NotSent:
        """Send a message to a channel; Discord drops a repetition under the same nonce soon after."""
        try:
            sent = await self._sender.send(where, message, nonce=nonce)
        except FAULTS as error:
            return self._told(error, where)
        return Sent(str(sent.id))

    async def say_once(self, where: int, message: DiscordMessage, *, nonce: str) -> Sent | NotSent:
        """Send what is not to be seen twice; another try comes while Discord still knows the nonce of the first."""
        return await once(partial(self.say, where, message, nonce=nonce), _nowhere)

    async def _is_help(self, where: int, helps: Callable[[discord.Message], bool]) -> bool:
        """Return whether one of the last messages somewhere is help."""
        history = self._client.get_partial_messageable(where).history(limit=_NEAR)
        return any([helps(message) async for message in history])

    def _message(self, place: AskedPlace, reply: Reply, question_id: str | None) -> DiscordMessage:
        embeds = self._may_embed(place.ref)
        if reply.kind is ReplyKind.WARNING and isinstance(place, Question):
            return warning_message(int(place.author_id), embeds=embeds)
        return reply_message(reply, question_id=question_id, domains=self._domains, embeds=embeds)

    async def _thread(self, place: AskedPlace, reply: Reply) -> int:
        """Return where to reply: a thread is made from the message if there is to be one and is none."""
        if place.ref.thread_id is not None or place.ref.beside or place.ref.workspace_id == DIRECT:
            return thread_of(place.ref)
        if reply.kind is ReplyKind.WARNING:  # its message is about to go, and readers are to see it
            return int(place.ref.channel_id)
        words = redact(place.text).text if isinstance(place, Question) else ""  # nothing that is taken out of it
        await self.thread_names.make(place.ref, words=words or reply.title or "")
        return thread_of(place.ref)

    async def _tell(self, place: MessageRef, outgoing: Outgoing, message: DiscordMessage) -> discord.Message:
        """Send what came later, into a thread that is made now if nothing was said before."""
        where = thread_of(place)
        try:
            told = reference_to(place, where) if place.beside else None
            return await self._sender.send(where, message, nonce=outgoing.key, reference=told)
        except discord.NotFound:
            if place.thread_id is not None or place.beside or place.workspace_id == DIRECT:
                raise
        await self.thread_names.make(place, words="")
        return await self._sender.send(thread_of(place), message, nonce=outgoing.key)

    async def _find_told(self, place: MessageRef, message: DiscordMessage) -> Sent | None:
        """Return a message that was sent without confirmation."""
        shown = None if message.embed is None else message.embed.description

        def says_that(there: discord.Message) -> bool:
            described = there.embeds[0].description if there.embeds else None
            return (there.content, described) == (message.content, shown)

        return await self._first(thread_of(place), says_that, limit=_NEAR)

    async def _first(self, where: int, is_it: Callable[[discord.Message], bool], **window: Any) -> Sent | None:  # noqa: ANN401  # of the library
        found = await self._sender.first(where, is_it, **window)
        return None if found is None else Sent(str(found))

    async def _refused(self, place: AskedPlace) -> NotSent | None:
        """Return why nothing may be sent to a place: it is refused, or people outside the audience can read it."""
        if not self._servers.serves(int(place.ref.workspace_id) if place.ref.workspace_id != DIRECT else None):
            return NotSent(Fault.REFUSED)
        if place.audience is Audience.PUBLIC:
            return None
        if place.ref.workspace_id == DIRECT:
            now = await self._staff.audience_in(int(place.ref.channel_id))
            return None if now is place.audience else NotSent(Fault.REFUSED)
        if self._client.get_guild(int(place.ref.workspace_id)) is None:  # another process has this server
            return NotSent(Fault.UNREACHABLE)
        now = audience_of(self._client.get_channel(int(place.ref.channel_id)), marked=place.audience)
        return None if now is place.audience else NotSent(Fault.REFUSED)

    def _may_embed(self, place: MessageRef) -> bool:
        return "Embed Links" not in missing(self._client.get_channel(int(place.channel_id)))

    def _told(self, error: Exception, channel_id: int, *, also: str | None = None) -> NotSent:
        tell(error, self._client.get_channel(channel_id), channel_id=channel_id, also=also)
        return trouble(error)


async def _nowhere() -> None:
    """Look for nothing: Discord itself returns what it has under a nonce."""
