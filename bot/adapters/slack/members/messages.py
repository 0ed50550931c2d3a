"""Listen to messages that people write, edit and delete, and read those that came as no event.

These were written before the start, or while a socket was lost.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.hearing import reached_by
from bot.adapters.slack.members.mention_events import MentionEvents
from bot.adapters.slack.moderators.review_channel import tell_moderators
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.reading import Said, begun_with, mentioned, part, question_of, reply_of, said, spot, words_at
from bot.adapters.slack.sending import FAULTS, pages, trouble
from bot.chat.addressing import guard, is_unaddressed, read_again, take_edit, with_words
from bot.chat.intake import LEFT
from bot.chat.outages import MOST_MESSAGES, BacklogReading, missed
from bot.core.manners import ChannelSettings
from bot.core.models import Audience, MessageRef, Mode
from bot.service.claims import Spooled, SpooledKind
from bot.service.conversations import YOUNG
from bot.service.deliveries import FOR_GOOD, NotSent

_log = logging.getLogger(__name__)
# Slack gives no more than this at a time to apps that are not its own kind of internal.
_PAGE = 15
_MOST_AT_ONCE = 4
# Each costs a call of its own, and apps that are not internal have one a minute.
_MOST_OLD_THREADS = 30
_MOST_TRIES = 10
_PAUSE = timedelta(seconds=5)


def register(bot: SlackBot) -> None:
    """Listen to messages and mentions, and to who comes to a channel."""
    listening = Listening(bot)

    async def mentioned_bot(event: dict[str, Any], body: dict[str, Any]) -> None:
        listening.take(event, shared=_is_shared(body), as_mention=True)

    async def wrote(event: dict[str, Any], body: dict[str, Any]) -> None:
        listening.dispatch(event, shared=_is_shared(body))

    async def changed(event: dict[str, Any]) -> None:
        bot.places.forget(str(event.get("channel")))

    bot.intake.read_by(listening.redo, settled=bot.responder.settled, recover=bot.responder.recover_from)
    bot.app.event("app_mention")(mentioned_bot)
    bot.app.event("message")(wrote)
    bot.app.event("member_joined_channel")(changed)
    bot.app.event("channel_shared")(changed)


class Listening:
    """Follow threads for as long as somebody talks with the bot there."""

    def __init__(self, bot: SlackBot) -> None:
        self._bot = bot
        self._mentions = MentionEvents(bot.responder.settled)

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
        as_mention: bool = False,
    ) -> None:
        """Answer a message beside the event.

        One that mentions the bot in a channel comes as two events, in any order, maybe over two sockets, and one of
        them may be lost: both are taken alike, and the claim of the message lets one of them be answered.
        """
        bot = self._bot
        found = said(message, channel or message.get("channel"), me=bot.me, bots=bot.options.bots)
        if found is None:
            return
        step = partial(self._answer, found, edited=edited, shared=shared)
        if as_mention:
            self._mentions.note(found.ref)
        elif not edited and bot.me.user_id not in mentioned(found.text):
            self._hear(found)
        elif not edited and not found.is_direct:
            step = partial(self._mentions.await_other, found.ref, step)
        says = told(message, found, shared=shared)
        bot.intake.take(SpooledKind.EDITED if edited else SpooledKind.WRITTEN, found.ref, step, says=says)

    async def redo(self, spooled: Spooled) -> NotSent | None:
        """Handle a message of which only the place is known, as it now reads."""
        bot = self._bot
        where = replace(spooled.ref, workspace_id=bot.me.workspace_id)
        if spooled.kind is SpooledKind.DELETED:
            await bot.responder.deleted(where)
            return None
        if isinstance(message := await bot.messenger.read(where), NotSent):
            return message
        is_edit = spooled.kind is SpooledKind.EDITED
        return None if await self.take_missed(message, where.channel_id, edited=is_edit) else LEFT

    async def take_missed(self, message: Mapping[str, Any], channel_id: str, *, edited: bool = False) -> bool:
        """Answer a message that was read and not told of; one that is too old for that is logged."""
        bot = self._bot
        found = said(message, channel_id, me=bot.me, bots=bot.options.bots)
        return found is None or await self._answer(found, edited=edited, shared=False, late=_is_late(bot, found))

    def _gone(self, event: Mapping[str, Any], message_id: object) -> None:
        where = spot(event.get("channel"), message_id, part(event, "previous_message"), me=self._bot.me)
        if where is not None:
            self._bot.intake.take(SpooledKind.DELETED, where, partial(self._bot.responder.deleted, where))

    def _hear(self, found: Said) -> None:
        """Store who wrote in a thread, to recognise people who write to each other."""
        if found.ref.thread_id is None or found.by_bot:
            return
        if found.author_id != found.begun_by:
            self._bot.responder.heard(found.ref)
        self._bot.thread_writers.note((found.ref.channel_id, found.ref.thread_id), found.author_id)

    async def _answer(self, found: Said, *, edited: bool, shared: bool, late: bool = False) -> bool:
        bot = self._bot
        async with bot.responder.reading(found.ref):
            if edited:
                async with bot.apps.use(found.ref.workspace_id) as app:
                    await app.pointed_at.edited(found.ref, found.words)
                    await app.learning.edited(reply_of(found))
            reached = await reached_by(bot, found, edited=edited)
        if reached is None:
            return True
        surface, settings = reached
        if late and settings.mode is not Mode.OFF:
            settings = replace(settings, mode=Mode.SHADOW)
        audience = Audience.PUBLIC if shared else await self._audience(found, settings)
        locale = None if found.is_direct else settings.written
        region = bot.options.regions.get(found.ref.channel_id)
        calls_bot = bot.me.user_id in mentioned(found.text)
        unaddressed = is_unaddressed(surface, calls_bot=calls_bot, in_thread=found.ref.thread_id is not None)
        question = question_of(found, surface, audience)
        may_ask = found.by_bot or await bot.people.may_ask(found.author_id, settings.asker_ids)
        question = replace(question, locale=locale, region=region, unaddressed=unaddressed, may_ask=may_ask)
        question = await with_words(bot.apps, question, partial(begun_with, bot, found))
        if edited:
            await take_edit(bot.responder, question, settings)
        else:
            await bot.responder.receive(question, settings)
        await read_again(bot.responder, question, partial(words_at, bot))
        return await guard(bot.apps, question, settings, partial(tell_moderators, bot, question))

    async def _audience(self, found: Said, settings: ChannelSettings) -> Audience:
        if found.is_direct:
            return await self._bot.places.audience_with(found.author_id)
        return await self._bot.places.audience(found.ref.channel_id, marked=settings.audience)


def told(message: Mapping[str, Any], found: Said | None, *, shared: bool) -> Hashable:
    """Return all that counts of a message, to recognise it when it comes again."""
    return found, shared, part(message, "edited").get("ts")


def _is_late(bot: SlackBot, found: Said) -> bool:
    """Return whether a message is so old that an answer would come into a conversation that has gone on."""
    written_at = bot.messenger.written_at(found.ref)
    return written_at is not None and datetime.now(UTC) - written_at > YOUNG


def _is_shared(body: Mapping[str, Any]) -> bool:
    """Return whether Slack says with the event that another organisation is in the channel."""
    return bool(body.get("is_ext_shared_channel"))


async def read_back(bot: SlackBot) -> None:
    """Handle the messages that came as no event, in channels that the bot listens to and in their threads.

    A channel's history does not show what is written in a thread that began before: the threads in which the bot
    answered last, or somebody waits for an answer, are read too.

    What fails about one channel concerns no other. While the database is away, the error is raised: read again later.
    """
    bot.intake.adopt()
    reading = bot.heard.reading()
    async with bot.apps.use(bot.me.workspace_id) as app:
        known = await app.channels.list()
        threads = await app.conversations.threads(PLATFORM, bot.me.workspace_id)
    places = [one.place for one in known if one.settings.mode is not Mode.OFF]
    here = [one.channel_id for one in places if (one.platform, one.workspace_id) == (PLATFORM, bot.me.workspace_id)]
    turns = asyncio.Semaphore(_MOST_AT_ONCE)
    seen: set[tuple[str, str]] = set()
    await _all(
        _in_turn(turns, channel_id, partial(_read_channel, bot, channel_id, reading, seen)) for channel_id in here
    )
    roots = [(thread.channel.channel_id, thread.thread_id) for thread in threads]
    old = [root for root in roots if root[0] in here and root not in seen][:_MOST_OLD_THREADS]
    await _all(
        _in_turn(turns, channel_id, partial(_read_thread, bot, channel_id, ts, reading)) for channel_id, ts in old
    )
    reading.end_part()


async def _all(steps: Iterable[Awaitable[None]]) -> None:
    for fault in await asyncio.gather(*steps, return_exceptions=True):
        if fault is not None:
            raise fault


async def _in_turn(turns: asyncio.Semaphore, channel_id: str, step: Callable[[], Awaitable[None]]) -> None:
    async with turns:
        try:
            await step()
        except FAULTS as error:
            _log.warning("slack.catch_up.failed", extra={"channel_id": channel_id, "fault": trouble(error).fault})


async def _patiently(call: Callable[[], Awaitable[AsyncSlackResponse]]) -> AsyncSlackResponse:
    """Return what Slack answers; one that is busy or unwell is asked again a few times."""
    for _ in range(_MOST_TRIES - 1):
        try:
            return await call()
        except FAULTS as error:
            fault = trouble(error)
            if fault.fault in FOR_GOOD:
                raise
            await asyncio.sleep((fault.wait or _PAUSE).total_seconds())
    return await call()


async def _read_channel(bot: SlackBot, channel_id: str, reading: BacklogReading, seen: set[tuple[str, str]]) -> None:
    """Handle the messages of a channel and of the threads that begin with them, and add those to what was seen."""
    window: dict[str, Any] = {"oldest": _ts(reading.since), "latest": _ts(reading.until), "limit": _PAGE}
    history = partial(bot.client.conversations_history, channel=channel_id, **window)
    threads: list[str] = []

    async def newest_first() -> AsyncIterator[Mapping[str, Any]]:
        async for page in pages(lambda cursor: _patiently(partial(history, cursor=cursor))):
            for message in page["messages"]:
                seen.add((channel_id, str(message["ts"])))
                if message.get("reply_count") and set(message.get("reply_users") or ("",)) - {bot.me.user_id}:
                    threads.append(str(message["ts"]))
                yield message

    for message in await missed(newest_first(), unknown=partial(_unknown, bot, channel_id)):
        _take_read(bot, message, channel_id)
    for thread in threads:
        await _read_thread(bot, channel_id, thread, reading)


async def _read_thread(bot: SlackBot, channel_id: str, thread: str, reading: BacklogReading) -> None:
    """Handle the messages of a thread, which Slack returns oldest first."""
    window: dict[str, Any] = {"oldest": _ts(reading.since), "latest": _ts(reading.until), "limit": _PAGE}
    replies = partial(bot.client.conversations_replies, channel=channel_id, ts=thread, **window)
    found: list[Mapping[str, Any]] = []
    async for page in pages(lambda cursor: _patiently(partial(replies, cursor=cursor))):
        found += [message for message in page["messages"] if message["ts"] != thread]
        if len(found) >= MOST_MESSAGES:
            break
    for message in await _unknown(bot, channel_id, found):
        _take_read(bot, message, channel_id)


def _take_read(bot: SlackBot, message: Mapping[str, Any], channel_id: str) -> None:
    where = _spot(bot, channel_id, message)
    if where is not None:
        says = told(message, said(message, channel_id, me=bot.me, bots=bot.options.bots), shared=False)
        step = partial(Listening(bot).take_missed, message, channel_id)
        bot.intake.take(SpooledKind.WRITTEN, where, step, says=says)


async def _unknown(bot: SlackBot, channel_id: str, messages: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return those of some messages that are not on the log."""
    spots = [_spot(bot, channel_id, message) for message in messages]
    known = await bot.responder.known([where for where in spots if where is not None])
    return [message for message, where in zip(messages, spots, strict=True) if where not in known]


def _spot(bot: SlackBot, channel_id: str, message: Mapping[str, Any]) -> MessageRef | None:
    return spot(channel_id, message.get("ts"), message, me=bot.me)


def _ts(at: datetime) -> str:
    return f"{at.timestamp():.6f}"
