"""Handle what is said back to an answer: the same on each platform."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.chat.messenger import Messenger
from bot.core.models import Question
from bot.core.wording.replies import to_who_asks_for_a_human
from bot.errors import DatabaseAwayError
from bot.service.app import App
from bot.service.questions import Asked

Call = Callable[[Question, str, str | None], Awaitable[bool]]
"""Mentions the people on call beside a message, about an earlier question; returns whether there are any.

The last argument is whom the channel has for that, None for those of the settings.
"""


class Following:
    """Handle on one platform what somebody said back."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self._call: Call | None = None

    def calls_by(self, call: Call) -> None:
        """Set what mentions the people on call."""
        self._call = call

    async def take(self, app: App, question: Question) -> Asked | None:
        """Handle what a message says back; return what is still to be said to it, None where it says nothing back."""
        try:
            heard = await app.said_back.take(question)
        except DatabaseAwayError:
            return None  # to answer what is asked is seen to elsewhere, and this comes again
        if heard is None:
            return None
        sent, about = heard.about.sent_message_id, heard.about.question
        if heard.instead is not None and sent is not None:
            await self._messenger.replace(about, sent, heard.instead, about.id)
        asked, call = heard.asked, heard.call
        if call is None or asked.reply is None:
            return asked
        told = call.now and self._call is not None and await self._call(question, about.id, call.whom)
        text = to_who_asks_for_a_human(told=told, back_at=call.back_at)
        return replace(asked, reply=replace(asked.reply, text=text))
