"""Decide whether a message is for the bot, or a helper's, and whether people talk with each other in its thread."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Protocol

from cachetools import LRUCache

from bot.chat.guard import is_secret
from bot.core.models import Mode, Question, Surface

_LIMIT = 1_000


class ThreadWriters:
    """Store who wrote in the last threads."""

    def __init__(self, *, limit: int = _LIMIT) -> None:
        self._writers: LRUCache[Hashable, frozenset[Hashable]] = LRUCache(limit)

    def note(self, thread: Hashable, author: Hashable) -> None:
        """Store that somebody wrote in a thread."""
        self._writers[thread] = self._writers.get(thread, frozenset()) | {author}

    def has_several(self, thread: Hashable) -> bool:
        """Return whether several people wrote in a thread."""
        return len(self._writers.get(thread, ())) > 1


# Only where the bot answers somebody may they go on without a mention.
_ENGAGING = frozenset({Mode.MENTION, Mode.AMBIENT})
# There it hears what nobody says to it.
_LISTENING = frozenset({Mode.AMBIENT, Mode.SHADOW})


async def text_asked(question: Question, elsewhere: Callable[[], Awaitable[str | None]]) -> str:
    """Return what somebody asks: who mentions the bot without a word asks what stands where they point at."""
    if question.text or question.surface is not Surface.MENTION:
        return question.text
    return await elsewhere() or ""


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

    async def is_in_a_row(self) -> bool:
        """Return whether its author asked the bot something in the same place a moment ago."""

    async def is_by_helper(self) -> bool:
        """Return whether its author is a helper: a moderator, or one of those whom a setting names."""

    async def are_helpers_here(self) -> bool:
        """Return whether a helper is in the conversation that it belongs to."""


async def surface_of(message: MessageFacts, mode: Mode) -> Surface | None:
    """Return how a message reached the bot in a channel of this mode, None where it is for somebody else.

    - What is written to the bot alone, mentions it or replies to it, is for the bot.
    - Who posts a secret is warned as if they had asked, no matter to whom they wrote.
    - What mentions or replies to somebody else is for them.
    - In a thread in which the bot said something, the person who started it needs no mention, as long as nobody else
      writes there; what a second person writes there is for the bot only when it says so.
    - Who mentioned the bot and writes on in the same place within seconds needs no further mention.
    - What a helper writes is for others, but for the thread that they started themselves.
    - Where a helper is in the conversation, the bot keeps out of it until it is mentioned.
    - All else is overheard: an answer to it depends on the channel.
    """
    if message.is_direct:
        return Surface.DIRECT
    if message.calls_bot or is_secret(message.text):
        return Surface.MENTION
    if message.calls_others:
        return None
    if mode is Mode.MENTION and message.text and await message.is_in_a_row():
        return Surface.MENTION
    return await _unaddressed(message, mode)


async def _unaddressed(message: MessageFacts, mode: Mode) -> Surface | None:
    """Return how a message that mentions nobody reached the bot."""
    goes_on = mode in _ENGAGING and message.is_in_thread and await message.is_engaged()
    if goes_on and (message.others_wrote or not await message.is_by_starter()):
        return None
    if goes_on or mode in _LISTENING:
        is_helpers = not goes_on and await message.is_by_helper()
        if is_helpers or await message.are_helpers_here():
            return None
    return Surface.MENTION if goes_on else Surface.AMBIENT


async def is_help(message: MessageFacts, mode: Mode) -> bool:
    """Return whether a helper writes to others: not to the bot, and not in a thread that they started themselves."""
    if mode is Mode.OFF or message.is_direct or message.calls_bot or not message.text:
        return False
    return await message.is_by_helper() and not (message.is_in_thread and await message.is_by_starter())
