"""Read messages that were written while the bot was not connected: before the start, and after a lost socket."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack.calls import FAULTS, pages, trouble
from bot.adapters.slack.members.incoming import spot
from bot.adapters.slack.members.messages import Listening
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.slackbot import SlackBot
from bot.chat.backlog import MOST_MESSAGES, Reading, missed
from bot.core.models import MessageRef, Mode
from bot.service.claims import Kind
from bot.service.deliveries import FOR_GOOD

_log = logging.getLogger(__name__)
# Slack gives no more than this at a time to apps that are not its own kind of internal.
_PAGE = 15
_MOST_AT_ONCE = 4
# Each costs a call of its own, and apps that are not internal have one a minute.
_MOST_OLD_THREADS = 30
_MOST_TRIES = 10
_PAUSE = timedelta(seconds=5)


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
    await _all(_in_turn(turns, channel_id, _read_channel(bot, channel_id, reading, seen)) for channel_id in here)
    roots = [(thread.channel.channel_id, thread.thread_id) for thread in threads]
    old = [root for root in roots if root[0] in here and root not in seen][:_MOST_OLD_THREADS]
    await _all(_in_turn(turns, channel_id, _read_thread(bot, channel_id, ts, reading)) for channel_id, ts in old)
    reading.end_part()


async def _all(steps: Iterable[Awaitable[None]]) -> None:
    for fault in await asyncio.gather(*steps, return_exceptions=True):
        if fault is not None:
            raise fault


async def _in_turn(turns: asyncio.Semaphore, channel_id: str, step: Awaitable[None]) -> None:
    async with turns:
        try:
            await step
        except FAULTS as error:
            facts = {"channel_id": channel_id, "fault": trouble(error).fault}
            _log.warning("slack.catch_up.failed", extra=facts)


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


async def _read_channel(bot: SlackBot, channel_id: str, reading: Reading, seen: set[tuple[str, str]]) -> None:
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
        _take(bot, message, channel_id)
    for thread in threads:
        await _read_thread(bot, channel_id, thread, reading)


async def _read_thread(bot: SlackBot, channel_id: str, thread: str, reading: Reading) -> None:
    """Handle the messages of a thread, which Slack returns oldest first."""
    window: dict[str, Any] = {"oldest": _ts(reading.since), "latest": _ts(reading.until), "limit": _PAGE}
    replies = partial(bot.client.conversations_replies, channel=channel_id, ts=thread, **window)
    found: list[Mapping[str, Any]] = []
    async for page in pages(lambda cursor: _patiently(partial(replies, cursor=cursor))):
        found += [message for message in page["messages"] if message["ts"] != thread]
        if len(found) >= MOST_MESSAGES:
            break
    for message in await _unknown(bot, channel_id, found):
        _take(bot, message, channel_id)


def _take(bot: SlackBot, message: Mapping[str, Any], channel_id: str) -> None:
    where = _spot(bot, channel_id, message)
    if where is not None:
        bot.intake.take(Kind.WRITTEN, where, partial(Listening(bot).take_missed, message, channel_id))


async def _unknown(bot: SlackBot, channel_id: str, messages: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return those of some messages that are not on the log."""
    spots = [_spot(bot, channel_id, message) for message in messages]
    known = await bot.conversation.known([where for where in spots if where is not None])
    return [message for message, where in zip(messages, spots, strict=True) if where not in known]


def _spot(bot: SlackBot, channel_id: str, message: Mapping[str, Any]) -> MessageRef | None:
    return spot(channel_id, message.get("ts"), message, me=bot.me)


def _ts(at: datetime) -> str:
    return f"{at.timestamp():.6f}"
