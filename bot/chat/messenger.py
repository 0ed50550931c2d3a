"""What each platform must be able to do for the conversation that both share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Protocol

from bot.core.manners import ChannelSettings
from bot.core.models import Audience, ChannelRef, MessageRef, Question, Surface
from bot.core.review import HeldReply, ReviewItem
from bot.core.wording.languages import speaking
from bot.core.wording.replies import Reply
from bot.service.deliveries import NotSent, Outgoing, Sent


class AskedPlace(Protocol):
    """Name a question, with who was able to read the place when it was asked, and how it came to the bot."""

    @property
    def ref(self) -> MessageRef: ...  # noqa: D102  # as in Question
    @property
    def audience(self) -> Audience: ...  # noqa: D102
    @property
    def surface(self) -> Surface: ...  # noqa: D102


class ThreadNames(Protocol):
    """Name the threads that the bot made from messages."""

    async def rename(self, place: MessageRef, words: str) -> bool:
        """Name the thread of a message after its words, or after none; what the platform refuses is logged and left.

        Return whether there is no use in trying that again.
        """


class Messenger(Protocol):
    """Send and change messages on one platform; what it does not take comes back as `NotSent`, and is not raised.

    Whatever is posted carries a key, so that it can be found again, and is not posted twice where the platform
    heeds that.
    """

    platform: str

    @property
    def thread_names(self) -> ThreadNames | None:
        """Return what names threads, None on a platform whose threads have no names."""

    async def post(self, place: AskedPlace, reply: Reply, question_id: str | None) -> Sent | NotSent:
        """Reply to a message in its thread; without an id, while the log is away, there is nothing to press."""

    async def find(self, place: MessageRef, question_id: str | None) -> Sent | NotSent | None:
        """Return the first reply to a message that was posted before; None when there is none."""

    def written_at(self, place: MessageRef) -> datetime | None:
        """Return when a message was written, by the clock of the platform; None where its id does not tell."""

    async def locale_of(self, place: AskedPlace) -> str | None:
        """Return the locale of who wrote a message, None where the platform does not tell."""

    async def is_helped(self, place: MessageRef) -> bool:
        """Return whether a person has replied to somebody's message."""

    async def replace(self, place: AskedPlace, message_id: str, reply: Reply, question_id: str) -> Sent | NotSent:
        """Replace a reply."""

    async def hint(self, question: Question, text: str, *, for_good: bool = False) -> None:
        """Show a text to the author of a message alone, or a sign at it where that cannot be, or another `for_good`."""

    async def delete(self, place: MessageRef, message_id: str) -> NotSent | None:
        """Delete a reply; return why it may still be there, None when it is gone."""

    async def think(self, place: MessageRef, *, thinking: bool) -> None:
        """Show at a message that it is being worked on, or no longer."""

    async def tidy(self, place: MessageRef) -> None:
        """Remove the sign of work that a process that died left at a message."""

    async def deliver(self, outgoing: Outgoing) -> Sent | NotSent:
        """Deliver a later message into the thread of a question, and mention who asked."""


class CardMessenger(Protocol):
    """Show review items and held replies in the channel of the moderators, on one platform."""

    async def find_card(self, board: ChannelRef, item: ReviewItem) -> Sent | NotSent | None:
        """Return the message that shows a review item already; None when there is none."""

    async def show_card(self, board: ChannelRef, item: ReviewItem, message_id: str | None) -> Sent | NotSent:
        """Show a review item, in the place of an earlier message if there is one."""

    async def find_held(self, board: ChannelRef, held: HeldReply) -> Sent | NotSent | None:
        """Return the message that shows a held reply already; None when there is none."""

    async def show_held(self, board: ChannelRef, held: HeldReply, message_id: str | None) -> Sent | NotSent:
        """Show a held reply, in the place of an earlier message if there is one."""


@asynccontextmanager
async def speaking_to(messenger: Messenger, place: AskedPlace, settings: ChannelSettings) -> AsyncIterator[None]:
    """Speak the language of a channel, if it has one, else that of who wrote a message there."""
    with speaking(settings.locale or await messenger.locale_of(place)):
        yield
