"""Read threads and channels in Slack back, to find what the bot itself said there."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack.identity import Identity
from bot.adapters.slack.sending import pages
from bot.core.models import MessageRef
from bot.service.deliveries import Outgoing

_PAGE = 200
# After so many messages a place is looked through no further: what was sent lately stands near its question.
_MOST = 1_000


class Histories:
    """Read what stands in threads and channels, with what the bot marked its messages with."""

    def __init__(self, client: AsyncWebClient, me: Identity) -> None:
        self._client = client
        self._me = me

    def channel(self, channel_id: str, **window: Any) -> AsyncIterator[Mapping[str, Any]]:  # noqa: ANN401  # of Slack
        """Yield the messages of a channel itself within a window, the newest first."""
        history = partial(
            self._client.conversations_history, channel=channel_id, limit=_PAGE, include_all_metadata=True, **window
        )
        return _messages(lambda cursor: history(cursor=cursor))

    def thread(self, place: MessageRef) -> AsyncIterator[Mapping[str, Any]]:
        """Yield the messages of the thread of a message, its root first."""
        replies = partial(
            self._client.conversations_replies,
            channel=place.channel_id,
            ts=thread_of(place),
            limit=_PAGE,
            include_all_metadata=True,
        )
        return _messages(lambda cursor: replies(cursor=cursor))

    def replies(self, place: MessageRef) -> AsyncIterator[Mapping[str, Any]]:
        """Yield the messages among which the reply to a message is."""
        return self.channel(place.channel_id, oldest=place.message_id) if place.beside else self.thread(place)

    async def around(self, outgoing: Outgoing) -> AsyncIterator[Mapping[str, Any]]:
        """Yield the message of a question, and those among which what came later to it is, if it was tried before."""
        place = outgoing.question.ref
        found = [self.thread(place)]
        if place.beside:
            found = [self.channel(place.channel_id, oldest=place.message_id, latest=place.message_id, inclusive=True)]
            found += [self.replies(place)] if outgoing.delivery.attempts > 1 else []
        for messages in found:
            async for message in messages:
                yield message

    def is_own(self, message: Mapping[str, Any], kind: str, name: str, value: str) -> bool:
        """Return whether the bot itself said something with such a fact; any app may state one."""
        metadata = message.get("metadata") or {}
        is_meant = metadata.get("event_type") == kind and (metadata.get("event_payload") or {}).get(name) == value
        return is_meant and message.get("user") == self._me.user_id


async def _messages(
    call: Callable[[str | None], Awaitable[AsyncSlackResponse]],
) -> AsyncIterator[Mapping[str, Any]]:
    """Yield the messages of several pages, up to a bound."""
    seen = 0
    async for page in pages(call):
        for message in page["messages"]:
            yield message
        seen += len(page["messages"])
        if seen >= _MOST:
            return


def thread_of(place: MessageRef) -> str:
    """Return the root of the thread that a message is in, or begins."""
    return place.thread_id or place.message_id


def stands_in(place: MessageRef) -> str | None:
    """Return the root of the thread that the reply to a message stands in, None where it is to stand beside it."""
    return None if place.beside else thread_of(place)
