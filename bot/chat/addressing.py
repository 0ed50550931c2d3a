"""Decide for whom a message is, whether people talk with each other in its thread, and whether it holds a secret.

Who posts a seed phrase or a private key is warned where they wrote, and moderators are notified which message it is,
once, in each mode but off. In shadow mode, where the bot says nothing to members, only the moderators are notified.
They are told as well of who leads somebody elsewhere whom the bot has just answered.
"""

import re
from collections.abc import Awaitable, Callable, Collection, Hashable
from dataclasses import replace
from typing import Protocol

from cachetools import LRUCache

from bot.chat.access import is_left_alone
from bot.chat.apps import Apps
from bot.chat.markdown import LINK
from bot.chat.responder import Responder
from bot.chat.stale_threads import ThreadFacts, take_message
from bot.core.checking.answers import is_allowed
from bot.core.manners import ChannelSettings
from bot.core.models import MessageRef, Mode, Question, Surface
from bot.core.redaction import redact
from bot.service.app import App
from bot.service.deliveries import Fault, NotSent
from bot.service.privacy import Person

_SECRET, _LINK = "secret", "link"


class Tell(Protocol):
    """Notify the moderators which message holds a secret, deleting it where allowed; return whether that is done."""

    def __call__(self, *, may_delete: bool) -> Awaitable[bool]: ...  # noqa: D102  # as the class says


def is_secret(text: str) -> bool:
    """Return whether a text holds a seed phrase or a private key."""
    return redact(text).secret


async def take_edit(responder: Responder, question: Question, settings: ChannelSettings) -> None:
    """Handle an edited message, which may be for the bot now, or hold a secret."""
    await responder.edited(question, settings)
    is_new = question.surface is not Surface.AMBIENT and not await responder.is_known(question.ref)
    if is_new or is_secret(question.text):
        await responder.receive(question, settings)


async def guard(apps: Apps, question: Question, settings: ChannelSettings, tell: Tell) -> bool:
    """Notify the moderators of a secret once across all processes; not of direct messages, which nobody else reads.

    Return whether nothing is left to be done: they may be out of reach.
    """
    if question.surface is Surface.DIRECT or settings.mode is Mode.OFF or not is_secret(question.text):
        return True
    async with apps.use(question.ref.workspace_id) as app:
        may_delete = settings.mode is not Mode.SHADOW
        return await _once(app, _SECRET, question.ref, lambda: tell(may_delete=may_delete))


async def flag(app: App, place: MessageRef, tell: Callable[[], Awaitable[bool]]) -> None:
    """Notify the moderators once, across all processes, of a message that leads somebody elsewhere."""
    await _once(app, _LINK, place, tell)


async def _once(app: App, kind: str, place: MessageRef, tell: Callable[[], Awaitable[bool]]) -> bool:
    """Return whether moderators were notified, now or before."""
    claim = await app.claims.take(kind, place.platform, place.workspace_id, place.channel_id, place.message_id)
    if claim is None:
        return True
    is_told = await tell()
    await (app.claims.finish if is_told else app.claims.give_back)(claim)
    return is_told


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
_ENGAGING = frozenset({Mode.MENTION, Mode.AMBIENT, Mode.DRAFT})
# There it hears what nobody says to it.
_LISTENING = frozenset({Mode.AMBIENT, Mode.SHADOW, Mode.DRAFT})


Elsewhere = Callable[[], Awaitable[Question | None]]
"""Looks up the message that somebody points at."""


async def with_words(apps: Apps, question: Question, elsewhere: Elsewhere) -> Question:
    """Return what somebody asks: who mentions the bot without a word asks what stands where they point at.

    What somebody wrote who wants nothing unasked is neither answered nor kept for another person.
    """
    if question.text or question.surface is not Surface.MENTION or (source := await elsewhere()) is None:
        return question
    author, by = (Person(each.ref.platform, each.author_id) for each in (source, question))
    async with apps.use(question.ref.workspace_id) as app:
        left_alone = await is_left_alone(app, author, by)
    return question if left_alone or not source.text else replace(question, text=source.text, source=source)


Reading = Callable[[MessageRef], Awaitable[str | NotSent]]
"""Reads what a message says now."""


async def read_again(responder: Responder, question: Question, read: Reading) -> None:
    """Store what a message that somebody pointed at now says; it may have changed before the question was on the log.

    Who heard of the edit or of the deletion found nothing to change then.
    """
    if (source := question.source) is None:
        return
    now = await read(source.ref)
    if isinstance(now, NotSent):
        if now.fault is Fault.GONE:
            await responder.deleted(source.ref)
    elif now != source.text:
        await responder.reworded(source.ref, now)


class MessageFacts(ThreadFacts, Protocol):
    """State the facts about a message that somebody wrote; those that have to be looked up are asked for last."""

    @property
    def is_direct(self) -> bool:
        """Return whether only the author and the bot read it."""

    @property
    def calls_bot(self) -> bool:
        """Return whether it mentions the bot or replies to it."""

    @property
    def others_wrote(self) -> bool:
        """Return whether several people are known to have written in its thread."""

    async def is_by_starter(self) -> bool:
        """Return whether its author wrote what the thread began with."""

    async def is_engaged(self) -> bool:
        """Return whether the bot said something in its thread."""

    async def is_in_a_row(self) -> bool:
        """Return whether its author asked the bot something in the same place a moment ago."""

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


Reached = tuple[Surface | None, Mode]
"""How a message reached the bot, None where it is for somebody else, and how the bot is to behave."""


async def surface_now(app: App, message: MessageFacts, ref: MessageRef, mode: Mode, *, edited: bool) -> Reached:
    """Return how a message reached the bot, and how the bot is to behave.

    An edit that does not call the bot reaches it like the message on the log, which has to change with it: others may
    have written there since, and the channel may be set otherwise. Where it is for others by now, nothing new is said.
    """
    if not edited and mode in _ENGAGING and await take_message(app, message, ref):
        return None, mode
    surface = await surface_of(message, mode)
    if not edited or surface not in {None, Surface.AMBIENT}:
        return surface, mode
    known = await app.conversations.why(ref)
    if known is None:
        return surface, mode
    for_others = message.calls_others or message.others_wrote or await message.are_helpers_here()
    return known.question.surface, Mode.OFF if for_others else mode


def is_unaddressed(surface: Surface, *, calls_bot: bool, in_thread: bool) -> bool:
    """Return whether a message is taken to be for the bot only because it goes on in a thread that the bot answered."""
    return surface is Surface.MENTION and in_thread and not calls_bot


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


# These lead to where no moderator sees what is said; clients make a link of them without `https://` too.
_INVITATION = re.compile(
    r"(?<![\w.-])(?:discord\.gg|discord(?:app)?\.com/invite|join\.slack\.com|t\.me|telegram\.me|wa\.me"
    r"|chat\.whatsapp\.com)/",
    re.IGNORECASE,
)


def leads_elsewhere(text: str, domains: Collection[str]) -> bool:
    """Return whether a text has an invitation, or a link that does not lead to one of these domains, or below."""
    links = (found if "://" in found else f"https://{found}" for found in LINK.findall(text))
    return bool(_INVITATION.search(text)) or any(not is_allowed(link, domains) for link in links)


async def is_suspect(message: MessageFacts, text: str, mode: Mode, domains: Collection[str]) -> bool:
    """Return whether a message leads somebody elsewhere whom the bot has just answered.

    - It stands in a thread in which the bot said something, which is where strangers offer their help.
    - Its `text`, with the links as they are written, has an invitation or a link to other domains than these.
    - Its author is no helper.
    """
    if mode is Mode.OFF or not message.is_in_thread or not leads_elsewhere(text, domains):
        return False
    return await message.is_engaged() and not await message.is_by_helper()
