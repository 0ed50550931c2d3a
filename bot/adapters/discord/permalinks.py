"""Build permalinks to messages on Discord."""

from bot.core.models import MessageRef


def permalink(ref: MessageRef) -> str | None:
    """Return the address of a message; a thread is a channel of its own, a direct message has `@me` for a server."""
    if not ref.channel_id:
        return None
    return (
        f"https://discord.com/channels/{ref.workspace_id or '@me'}/{ref.thread_id or ref.channel_id}/{ref.message_id}"
    )
