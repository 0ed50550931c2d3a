"""Answer in private, so that nobody else sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.private import tell
from bot.adapters.slack.showing.answers import reply_message
from bot.adapters.slack.slackbot import SlackBot
from bot.chat.messenger import AskedPlace, Messenger
from bot.core.models import ChannelRef, MessageRef
from bot.core.review import ReviewItem
from bot.core.wording.replies import Reply
from bot.service.deliveries import Fault, NotSent, Outgoing, Sent


class EphemeralMessenger:
    """Reply to an action in private; `first` is tried before, and this is for where it cannot write."""

    platform = PLATFORM

    def __init__(self, bot: SlackBot, body: Mapping[str, Any], *, first: Messenger | None = None) -> None:
        self._bot = bot
        self._body = body
        self._first = first

    async def post(self, place: AskedPlace, reply: Reply, question_id: str | None) -> Sent | NotSent:
        """Answer where all see it if that is wanted and possible, else in private."""
        if self._first is not None:
            outcome = await self._first.post(place, reply, question_id)
            if isinstance(outcome, Sent) or outcome.fault is not Fault.GONE:
                return outcome
        domains = self._bot.options.domains
        await tell(self._bot, self._body, reply_message(reply, question_id=question_id, domains=domains, private=True))
        return Sent(place.ref.message_id)

    async def find(self, place: MessageRef, question_id: str | None) -> Sent | NotSent | None:
        """Return None: ephemeral messages cannot be looked up."""
        return None if self._first is None else await self._first.find(place, question_id)

    def written_at(self, place: MessageRef) -> datetime | None:
        """Return when a message was written; None for a command, which has no time."""
        return None if self._first is None else self._first.written_at(place)

    async def is_helped(self, place: MessageRef) -> bool:
        """Return False: the person asked the bot directly, so no reply of others replaces the answer."""
        del place
        return False

    async def replace(self, place: AskedPlace, message_id: str, reply: Reply, question_id: str) -> Sent | NotSent:
        """Send the other reply as a further message."""
        del message_id
        return await self.post(place, reply, question_id)

    async def delete(self, place: MessageRef, message_id: str) -> None:
        """Do nothing: ephemeral messages disappear by themselves."""

    async def think(self, place: MessageRef, *, thinking: bool) -> None:
        """Show nothing where there is no message of the bot yet."""
        if self._first is not None:
            await self._first.think(place, thinking=thinking)

    async def tidy(self, place: MessageRef) -> None:
        """Do nothing: no other process resumes an ephemeral reply."""

    async def deliver(self, outgoing: Outgoing) -> Sent | NotSent:
        """Refuse: a later answer cannot be sent as an ephemeral message."""
        del outgoing
        return NotSent(Fault.GONE)

    async def show_card(self, board: ChannelRef, item: ReviewItem, message_id: str | None) -> Sent | NotSent:
        """Refuse: the review is not for one person."""
        del board, item, message_id
        return NotSent(Fault.GONE)
