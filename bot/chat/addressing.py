"""Decide whether a message is for the bot."""

from typing import Protocol

from bot.chat.guard import is_secret
from bot.core.models import Mode, Surface

# Only where the bot answers somebody may they go on without a mention.
_ENGAGING = frozenset({Mode.MENTION, Mode.AMBIENT})


class MessageFacts(Protocol):
    """State the facts about a message that somebody wrote; those that have to be looked up are asked for last."""

    @property
    def text(self) -> str:
        """Return its words."""

    @property
    def is_direct(self) -> bool:
        """Return whether only the author and the bot read it."""

    @property
    def calls_bot(self) -> bool:
        """Return whether it mentions the bot or replies to it."""

    @property
    def calls_others(self) -> bool:
        """Return whether it mentions somebody else or replies to somebody else."""

    @property
    def is_in_thread(self) -> bool:
        """Return whether it stands in a thread, below its first message."""

    @property
    def others_wrote(self) -> bool:
        """Return whether several people are known to have written in its thread."""

    async def is_by_starter(self) -> bool:
        """Return whether its author wrote what the thread began with."""

    async def is_engaged(self) -> bool:
        """Return whether the bot said something in its thread."""


async def surface_of(message: MessageFacts, mode: Mode) -> Surface | None:
    """Return how a message reached the bot in a channel of this mode, None where it is for somebody else.

    - What is written to the bot alone, mentions it or replies to it, is for the bot.
    - Who posts a secret is warned as if they had asked, no matter to whom they wrote.
    - What mentions or replies to somebody else is for them.
    - In a thread in which the bot said something, the person who started it needs no mention, as long as nobody else
      writes there; what a second person writes there is for the bot only when it says so.
    - All else is overheard: an answer to it depends on the channel.
    """
    if message.is_direct:
        return Surface.DIRECT
    if message.calls_bot or is_secret(message.text):
        return Surface.MENTION
    if message.calls_others:
        return None
    if mode not in _ENGAGING or not message.is_in_thread or not await message.is_engaged():
        return Surface.AMBIENT
    if message.others_wrote or not await message.is_by_starter():
        return None
    return Surface.MENTION
