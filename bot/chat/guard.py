"""Guard people who post a seed phrase or a private key, the same on each platform.

The author is warned where they wrote, and the moderators are notified which message it is, once, in each mode but off.
In shadow mode, where the bot says nothing to members, only the moderators are notified.
"""

from collections.abc import Awaitable
from typing import Protocol

from bot.chat.apps import Apps
from bot.chat.responder import Responder
from bot.core.manners import ChannelSettings
from bot.core.models import Mode, Question, Surface
from bot.core.redaction import redact

_CLAIM = "secret"


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
    place = (question.ref.platform, question.ref.workspace_id, question.ref.channel_id, question.ref.message_id)
    async with apps.use(question.ref.workspace_id) as app:
        claim = await app.claims.take(_CLAIM, *place)
        if claim is None:
            return True
        if await tell(may_delete=settings.mode is not Mode.SHADOW):
            await app.claims.finish(claim)
            return True
        await app.claims.give_back(claim)
        return False
