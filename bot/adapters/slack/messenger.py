"""Send and change messages in Slack."""

import dataclasses
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from secrets import token_hex
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.elements import Elements
from bot.adapters.slack.histories import Histories, stands_in, thread_of
from bot.adapters.slack.identity import Identity, domains_with, permalinks
from bot.adapters.slack.options import PLATFORM, SlackOptions
from bot.adapters.slack.people import Names, Places, owner_of
from bot.adapters.slack.sending import FAULTS, ChannelPauses, SlackThinking, error_code, trouble
from bot.adapters.slack.showing.answers import follow_up_message, reply_message
from bot.adapters.slack.showing.cards import card_message, held_message
from bot.adapters.slack.showing.parts import ASKED, CARD, DELIVERY, NOTICE, REPLY, SlackMessage, mrkdwn
from bot.chat.messenger import AskedPlace
from bot.chat.posting import once
from bot.core.models import Audience, ChannelRef, MessageRef, Question
from bot.core.review import HeldReply, ReviewItem
from bot.core.wording.cards import sealed, sealed_held
from bot.core.wording.replies import Reply
from bot.service.deliveries import Fault, NotSent, Outgoing, Sent

_log = logging.getLogger(__name__)
# What stands where the first message of a thread was deleted.
_STONE = "tombstone"
_MARK = "mark"
# So far the clock of the process that opened an item may be ahead of Slack's.
_SKEW = timedelta(minutes=10)


class SlackMessenger:
    """Send and change messages; each is known by its metadata, and found again by it after a crash."""

    platform = PLATFORM
    thread_names = None

    def __init__(self, client: AsyncWebClient, options: SlackOptions, places: Places, *, me: Identity) -> None:
        self._client = client
        self._me = me
        self._domains = options.domains
        self.permalink = permalinks(me, options.permalink)
        self._places = places
        self._histories = Histories(client, me)
        self._pauses = ChannelPauses()
        self._elements = Elements()
        self._thinking = SlackThinking(client, agent=options.agent)
        self.names = Names(client)

    async def post(self, place: AskedPlace, reply: Reply, question_id: str | None) -> Sent | NotSent:
        """Reply to a message; refuse if people outside the audience of the reply can read it by now."""
        if not await self._may_read(place):
            return NotSent(Fault.REFUSED)
        message = await self._reply(place.ref, reply, question_id)
        return await self._post(place.ref.channel_id, message, thread=stands_in(place.ref))

    async def find(self, place: MessageRef, question_id: str | None) -> Sent | NotSent | None:
        """Return the first reply to a message that was posted before."""
        del question_id  # the message that was replied to is known before the log has a question of it
        try:
            async for message in self._histories.replies(place):
                if self._histories.is_own(message, REPLY, ASKED, place.message_id):
                    return Sent(str(message["ts"]))
        except FAULTS as error:
            _log.warning("slack.thread.unreadable", extra={"fault": error_code(error) or type(error).__name__})
            return trouble(error)
        return None

    async def read(self, place: MessageRef) -> Mapping[str, Any] | NotSent:
        """Return a message as it now stands; `GONE` where it is there no more."""
        where: dict[str, Any] = {"channel": place.channel_id, "oldest": place.message_id, "latest": place.message_id}
        try:
            if place.thread_id is None:
                page = await self._client.conversations_history(**where, inclusive=True, limit=1)
            else:
                page = await self._client.conversations_replies(**where, ts=place.thread_id, inclusive=True, limit=2)
        except FAULTS as error:
            return trouble(error)
        found: list[Mapping[str, Any]] = [one for one in page["messages"] if one.get("ts") == place.message_id]
        is_there = bool(found) and found[0].get("subtype") != _STONE
        return found[0] if is_there else NotSent(Fault.GONE)

    def written_at(self, place: MessageRef) -> datetime | None:
        """Return when a message was written, which is its id in Slack."""
        try:
            return datetime.fromtimestamp(float(place.message_id), UTC)
        except (ValueError, OverflowError, OSError):  # a command, or nothing that Slack would send
            return None

    async def locale_of(self, place: AskedPlace) -> str | None:
        """Return the locale of who wrote a message, None where Slack does not tell."""
        if isinstance(place, Question):
            return await self.names.locale_of(place.author_id)
        message = await self.read(place.ref)
        author = None if isinstance(message, NotSent) else _author(message)
        return None if author is None else await self.names.locale_of(author)

    async def is_helped(self, place: MessageRef) -> bool:
        """Return whether somebody else wrote in the thread of a message after it, and is no bot."""
        asker = None
        try:
            async for message in self._histories.thread(place):
                if message.get("ts") == place.message_id:
                    asker = message.get("user")
                elif asker is not None and message.get("user") != asker and not message.get("bot_id"):
                    return True
        except FAULTS as error:
            _log.warning("slack.thread.unreadable", extra={"fault": error_code(error)})
        return False

    async def replace(self, place: AskedPlace, message_id: str, reply: Reply, question_id: str) -> Sent | NotSent:
        """Replace a reply; where that is gone, nothing is sent."""
        if not await self._may_read(place):
            return NotSent(Fault.REFUSED)
        message = await self._reply(place.ref, reply, question_id)
        return await self.change(place.ref.channel_id, message_id, message)

    async def hint(self, question: Question, text: str, *, for_good: bool = False) -> None:
        """Show a text to the author of a message alone, in its thread."""
        del for_good
        place = question.ref
        where: dict[str, Any] = {"channel": place.channel_id, "text": mrkdwn(text)}
        where |= {} if place.thread_id is None else {"thread_ts": place.thread_id}
        try:
            if place.channel_id.startswith("D"):
                await self._client.chat_postMessage(**where)
            else:
                await self._client.chat_postEphemeral(**where, user=question.author_id)
        except FAULTS as error:
            _log.info("slack.hint.failed", extra={"fault": error_code(error) or type(error).__name__})

    async def delete(self, place: MessageRef, message_id: str) -> NotSent | None:
        """Delete a reply; return why it may still be there, None when it is gone."""
        try:
            await self._client.chat_delete(channel=place.channel_id, ts=message_id)
        except FAULTS as error:
            if error_code(error) != "message_not_found":
                left = trouble(error)
                _log.warning("slack.delete.failed", extra={"fault": left.fault})
                return left
        return None

    async def think(self, place: MessageRef, *, thinking: bool) -> None:
        """Show at a message that it is being worked on, or no longer."""
        if thinking:
            self._thinking.begin(place, thread=thread_of(place))
        else:
            self._thinking.end(place)

    async def tidy(self, place: MessageRef) -> None:
        """Remove the sign of work that a process that died left at a message."""
        self._thinking.clear(place, thread=thread_of(place))

    async def deliver(self, outgoing: Outgoing) -> Sent | NotSent:
        """Deliver a later message into the thread of a question and mention who asked, if Slack still knows them."""
        place = outgoing.question
        if not await self._may_read(place):
            return NotSent(Fault.REFUSED)
        asker = None
        try:
            async for message in self._histories.around(outgoing):
                if self._histories.is_own(message, DELIVERY, "key", outgoing.key):
                    return Sent(str(message["ts"]))
                if message.get("ts") == place.ref.message_id:
                    asker = _author(message)
        except FAULTS as error:
            return trouble(error)
        if asker is None:
            return NotSent(Fault.GONE)
        told = follow_up_message(outgoing.follow_up, key=outgoing.key, asker=asker, domains=self._domains)
        return await self._post(place.ref.channel_id, told, thread=stands_in(place.ref))

    async def find_card(self, board: ChannelRef, item: ReviewItem) -> Sent | NotSent | None:
        """Return the message that shows a review item already."""
        return await self._found(board, CARD, "item", item.id, since=item.created_at)

    async def show_card(self, board: ChannelRef, item: ReviewItem, message_id: str | None) -> Sent | NotSent:
        """Show a review item, sealed where others read along; where its message was deleted, in a new one."""
        reader = await self._places.audience(board.channel_id, marked=Audience.INTERNAL)
        calls = None if message_id else owner_of(item)  # by their id, which the names are shown for below
        item = await self.names.on(item if reader.sees(item.audience) else sealed(item))
        message = card_message(item, permalink=self.permalink, domains=domains_with(self._me), calls=calls)
        return await self._show(board, message, message_id)

    async def find_held(self, board: ChannelRef, held: HeldReply) -> Sent | NotSent | None:
        """Return the message that shows a held reply already."""
        return await self._found(board, CARD, "question", held.question_id, since=held.asked_at)

    async def show_held(self, board: ChannelRef, held: HeldReply, message_id: str | None) -> Sent | NotSent:
        """Show a held reply, sealed where others read along; where its message was deleted, in a new one."""
        reader = await self._places.audience(board.channel_id, marked=Audience.INTERNAL)
        held = held if reader.sees(held.audience) else sealed_held(held)
        if held.actor is not None:
            held = dataclasses.replace(held, actor=await self.names.within(held.actor))
        message = held_message(held, permalink=self.permalink, domains=domains_with(self._me))
        return await self._show(board, message, message_id)

    async def say(self, channel_id: str, message: SlackMessage, *, thread: str | None = None) -> Sent | NotSent:
        """Post any other message."""
        return await self._post(channel_id, message, thread=thread)

    async def say_once(self, channel_id: str, message: SlackMessage, *, thread: str | None = None) -> Sent | NotSent:
        """Post what is not to be seen twice: it is marked, and looked for where the connection was lost over it."""
        mark = token_hex(8)
        marked = dataclasses.replace(message, event_type=NOTICE, facts={_MARK: mark})
        post = partial(self._post, channel_id, marked, thread=thread)
        place = ChannelRef(PLATFORM, self._me.workspace_id, channel_id)
        return await once(
            post, partial(self._found, place, NOTICE, _MARK, mark, since=datetime.now(UTC), thread=thread)
        )

    async def close(self) -> None:
        """Remove all signs that the bot is at work."""
        await self._thinking.finish()

    async def _reply(self, place: MessageRef, reply: Reply, question_id: str | None) -> SlackMessage:
        if reply.author is not None:
            reply = dataclasses.replace(reply, author=await self.names.within(reply.author))
        message = reply_message(reply, question_id=question_id, domains=self._domains, permalink=self.permalink)
        return dataclasses.replace(message, facts={**message.facts, ASKED: place.message_id})

    async def _found(  # noqa: PLR0913  # what it is known by, and where it is looked for
        self, where: ChannelRef, kind: str, name: str, value: str, *, since: datetime, thread: str | None = None
    ) -> Sent | NotSent | None:
        """Return the message of a channel, or of a thread there, that is known by a fact."""
        messages = self._histories.channel(where.channel_id, oldest=_ts(since - _SKEW))
        if thread is not None:
            messages = self._histories.thread(
                MessageRef(platform=PLATFORM, channel_id=where.channel_id, message_id=thread)
            )
        try:
            async for message in messages:
                if self._histories.is_own(message, kind, name, value):
                    return Sent(str(message["ts"]))
        except FAULTS as error:
            _log.warning("slack.review_channel.unreadable", extra={"fault": error_code(error) or type(error).__name__})
            return trouble(error)
        return None

    async def _show(self, board: ChannelRef, message: SlackMessage, message_id: str | None) -> Sent | NotSent:
        """Put a card in the place of an earlier one, or into a new message."""
        if message_id is not None:
            outcome = await self.change(board.channel_id, message_id, message)
            if isinstance(outcome, Sent) or outcome.fault is not Fault.GONE:
                return outcome
        return await self._post(board.channel_id, message)

    async def _post(self, channel_id: str, message: SlackMessage, *, thread: str | None = None) -> Sent | NotSent:
        if wait := self._pauses.left(channel_id):
            return NotSent(Fault.BUSY, wait)
        post = partial(self._client.chat_postMessage, channel=channel_id, thread_ts=thread)
        try:
            return Sent(str((await self._elements.send(message, lambda one: post(**one.sent)))["ts"]))
        except FAULTS as error:
            return self._trouble(channel_id, error)

    async def change(self, channel_id: str, message_id: str, message: SlackMessage) -> Sent | NotSent:
        """Put a message in the place of an earlier one."""
        try:
            change = partial(self._client.chat_update, channel=channel_id, ts=message_id)
            await self._elements.send(message, lambda one: change(**one.changed))
        except FAULTS as error:
            return trouble(error)
        return Sent(message_id)

    def _trouble(self, channel_id: str, error: Exception) -> NotSent:
        found = trouble(error)
        if found.fault is Fault.BUSY:
            self._pauses.pause(channel_id, found.wait)
        return found

    async def _may_read(self, place: AskedPlace) -> bool:
        """Return whether a place is still only for those whom a reply was meant for."""
        return await self._places.audience(place.ref.channel_id, marked=place.audience) is place.audience


def _author(message: Mapping[str, Any]) -> str | None:
    """Return who wrote a message; nobody where only a stone is left of it."""
    return None if message.get("subtype") == _STONE else str(message.get("user"))


def _ts(at: datetime) -> str:
    return str(at.timestamp())
