"""Build permalinks to messages in Slack at the address of their workspace."""

from dataclasses import replace

from bot.adapters.slack.identity import ANYWHERE, Identity
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.showing.cards import PLATFORMS
from bot.chat.links import host_of
from bot.core.models import MessageRef
from bot.core.wording.cards import Card
from bot.core.wording.links import message_link


def domains_with(me: Identity) -> frozenset[str]:
    """Return the domains at which messages stand: those of the platforms, and the workspace's own."""
    return PLATFORMS | {host_of(me.url) or ""}


def address(url: str | None, workspace_id: str | None, *, me: Identity) -> str | None:
    """Return the address of a message by the domain of the bot's own workspace, if the message is there."""
    if url is None or workspace_id != me.workspace_id or not url.startswith(ANYWHERE):
        return url
    return me.url + url.removeprefix(ANYWHERE)


def address_of(place: MessageRef, *, me: Identity) -> str | None:
    """Return the address of a message."""
    link = message_link(
        platform=PLATFORM,
        workspace_id=place.workspace_id,
        channel_id=place.channel_id,
        message_id=place.message_id,
        thread_id=place.thread_id,
    )
    return address(link, place.workspace_id, me=me)


def addressed(card: Card, *, me: Identity) -> Card:
    """Return a card whose links lead to the messages by the domain of the workspace."""
    wordings = [replace(each, url=address(each.url, each.workspace_id, me=me)) for each in card.wordings]
    return replace(card, wordings=tuple(wordings))
