"""Listen to messages that people write, edit and delete."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.adapters.slack.members.incoming import Said, part, question_of, said, spot
from bot.adapters.slack.members.leaks import tell_moderators
from bot.adapters.slack.reading import mentioned, words
from bot.adapters.slack.slackbot import SlackBot
from bot.chat.addressing import surface_of
from bot.chat.guard import guard, take_edit
from bot.core.models import Audience, Mode, Surface
from bot.core.modes import ChannelSettings
from bot.service.app import App
from bot.service.claims import Kind, Spooled
from bot.service.conversations import YOUNG, Thread
from bot.service.deliveries import NotSent


def register(bot: SlackBot) -> None:
    """Listen to messages and mentions, and to who comes to a channel."""
    listening = Listening(bot)

    async def mentioned_bot(event: dict[str, Any], body: dict[str, Any]) -> None:
        listening.take(event, shared=_is_shared(body))

    async def wrote(event: dict[str, Any], body: dict[str, Any]) -> None:
        listening.dispatch(event, shared=_is_shared(body))

    async def changed(event: dict[str, Any]) -> None:
        bot.places.forget(str(event.get("channel")))

    bot.intake.read_by(listening.redo)
    bot.app.event("app_mention")(mentioned_bot)
    bot.app.event("message")(wrote)
    bot.app.event("member_joined_channel")(changed)
    bot.app.event("channel_shared")(changed)


class Listening:
    """Follow threads for as long as somebody talks with the bot there."""

    def __init__(self, bot: SlackBot) -> None:
        self._bot = bot

    def dispatch(self, event: Mapping[str, Any], *, shared: bool) -> None:
        """Handle a message event: a new message, an edit or a deletion."""
        match event.get("subtype"):
            case "message_deleted":
                self._gone(event, event.get("deleted_ts"))
            case "message_changed" if part(event, "message").get("subtype") == "tombstone":
                self._gone(event, part(event, "message").get("ts"))
            case "message_changed":
                if part(event, "message").get("text") != part(event, "previous_message").get("text"):
                    self.take(part(event, "message"), channel=event.get("channel"), edited=True, shared=shared)
            case _:
                self.take(event, shared=shared)

    def take(
        self,
        message: Mapping[str, Any],
        *,
        channel: object = None,
        edited: bool = False,
        shared: bool,
    ) -> None:
        """Answer a message beside the event.

        One that mentions the bot in a channel comes as two events, in any order, maybe over two sockets, and one of
        them may be lost: both are taken alike, and the claim of the message lets one of them be answered.
        """
        bot = self._bot
        found = said(message, channel or message.get("channel"), me=bot.me, bots=bot.options.bots)
        if found is None:
            return
        if not edited and bot.me.user_id not in mentioned(found.text):
            self._hear(found)
        step = partial(self._answer, found, edited=edited, shared=shared)
        bot.intake.take(Kind.EDITED if edited else Kind.WRITTEN, found.ref, step)

    async def redo(self, spooled: Spooled) -> NotSent | None:
        """Handle a message of which only the place is known, as it now reads."""
        bot = self._bot
        where = replace(spooled.ref, workspace_id=bot.me.workspace_id)
        if spooled.kind is Kind.DELETED:
            await bot.conversation.deleted(where)
            return None
        message = await bot.messenger.read(where)
        if isinstance(message, NotSent):
            return message
        await self.take_missed(message, where.channel_id, edited=spooled.kind is Kind.EDITED)
        return None

    async def take_missed(self, message: Mapping[str, Any], channel_id: str, *, edited: bool = False) -> None:
        """Answer a message that was read and not told of; one that is too old for that is logged."""
        bot = self._bot
        found = said(message, channel_id, me=bot.me, bots=bot.options.bots)
        if found is not None:
            await self._answer(found, edited=edited, shared=False, late=_is_late(bot, found))

    def _gone(self, event: Mapping[str, Any], message_id: object) -> None:
        where = spot(event.get("channel"), message_id, part(event, "previous_message"), me=self._bot.me)
        if where is not None:
            self._bot.intake.take(Kind.DELETED, where, partial(self._bot.conversation.deleted, where))

    def _hear(self, found: Said) -> None:
        """Store who wrote in a thread, to recognise people who write to each other."""
        if found.ref.thread_id is None or found.by_bot:
            return
        if found.author_id != found.begun_by:
            self._bot.conversation.heard(found.ref)
        self._bot.thread_writers.note((found.ref.channel_id, found.ref.thread_id), found.author_id)

    async def _answer(self, found: Said, *, edited: bool, shared: bool, late: bool = False) -> None:
        bot = self._bot
        reached = await self._reached(found)
        if reached is None:
            return
        surface, settings = reached
        if late and settings.mode is not Mode.OFF:
            settings = replace(settings, mode=Mode.SHADOW)
        audience = Audience.PUBLIC if shared else await self._audience(found, settings)
        question = question_of(found, surface, audience)
        if edited:
            await take_edit(bot.conversation, question, settings)
        else:
            await bot.conversation.receive(question, settings)
        await guard(bot.apps, question, settings, partial(tell_moderators, bot, question))

    async def _reached(self, found: Said) -> tuple[Surface, ChannelSettings] | None:
        """Return how a message reached the bot, and how that is to behave; None for what is for somebody else."""
        if found.is_direct:
            return Surface.DIRECT, ChannelSettings()
        async with self._bot.apps.use(found.ref.workspace_id) as app:
            settings = await app.channels.behaviour(self._bot.place(found.ref.channel_id))
            surface = await surface_of(_Heard(self._bot, app, found), settings.mode)
        return None if surface is None else (surface, settings)

    async def _audience(self, found: Said, settings: ChannelSettings) -> Audience:
        if found.is_direct:
            return await self._bot.places.audience_with(found.author_id)
        return await self._bot.places.audience(found.ref.channel_id, marked=settings.audience)


@dataclass(frozen=True, slots=True)
class _Heard:
    """State the facts about a message in Slack."""

    bot: SlackBot
    app: App
    found: Said

    @property
    def text(self) -> str:
        return words(self.found.text)

    @property
    def is_direct(self) -> bool:
        return self.found.is_direct

    @property
    def calls_bot(self) -> bool:
        return self.bot.me.user_id in mentioned(self.found.text)

    @property
    def calls_others(self) -> bool:
        return bool(mentioned(self.found.text))

    @property
    def is_in_thread(self) -> bool:
        return self.found.ref.thread_id is not None and not self.found.by_bot

    @property
    def others_wrote(self) -> bool:
        return self.bot.thread_writers.has_several((self.found.ref.channel_id, self.found.ref.thread_id))

    async def is_by_starter(self) -> bool:
        return self.found.author_id == self.found.begun_by

    async def is_engaged(self) -> bool:
        ref = self.found.ref
        return await self.app.conversations.engaged(
            Thread(channel=ref.channel, thread_id=ref.thread_id or ref.message_id)
        )


def _is_late(bot: SlackBot, found: Said) -> bool:
    """Return whether a message is so old that an answer would come into a conversation that has gone on."""
    written_at = bot.messenger.written_at(found.ref)
    return written_at is not None and datetime.now(UTC) - written_at > YOUNG


def _is_shared(body: Mapping[str, Any]) -> bool:
    """Return whether Slack says with the event that another organisation is in the channel."""
    return bool(body.get("is_ext_shared_channel"))
