"""Build permalinks to messages of each platform."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.core.models import MessageRef, Permalink

SLACK = "https://slack.com/"
"""Opens a message of any workspace, by way of a page of Slack's own."""

DOMAINS = frozenset({"slack.com", "discord.com"})
"""Where permalinks lead to."""


def permalink(ref: MessageRef) -> str | None:
    """Return the address of a message, None where its platform has none."""
    of_platform = _OF_PLATFORM.get(ref.platform)
    return None if of_platform is None else of_platform(ref)


def on_slack(ref: MessageRef, *, at: str = SLACK) -> str | None:
    """Return the address of a message in Slack; a reply is shown in its thread where that is named."""
    if not ref.channel_id:
        return None
    in_thread = ref.thread_id not in {None, ref.message_id}
    thread = f"?thread_ts={ref.thread_id}&cid={ref.channel_id}" if in_thread else ""
    return f"{at}archives/{ref.channel_id}/p{ref.message_id.replace('.', '')}{thread}"


def on_discord(ref: MessageRef) -> str | None:
    """Return the address of a message on Discord.

    A thread is a channel of its own, a direct message has `@me` for a server.
    """
    if not ref.channel_id:
        return None
    return (
        f"https://discord.com/channels/{ref.workspace_id or '@me'}/{ref.thread_id or ref.channel_id}/{ref.message_id}"
    )


_OF_PLATFORM: Mapping[str, Permalink] = MappingProxyType({"discord": on_discord, "slack": on_slack})
