"""Build permalinks to messages in Slack at the address of their workspace."""

from bot.adapters.slack.identity import Identity
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.permalinks import permalink
from bot.adapters.slack.showing.cards import PLATFORMS
from bot.chat.links import host_of
from bot.core.models import MessageRef, Permalink


def domains_with(me: Identity) -> frozenset[str]:
    """Return the domains at which messages stand: those of the platforms, and the workspace's own."""
    return PLATFORMS | {host_of(me.url) or ""}


def permalinks(me: Identity, elsewhere: Permalink) -> Permalink:
    """Return what builds permalinks: to messages of the own workspace at its domain, else as `elsewhere` does."""

    def of(ref: MessageRef) -> str | None:
        own = (ref.platform, ref.workspace_id) == (PLATFORM, me.workspace_id)
        return permalink(ref, at=me.url) if own else elsewhere(ref)

    return of
