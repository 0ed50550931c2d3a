"""Build permalinks to messages in Slack."""

from bot.core.models import MessageRef

ANYWHERE = "https://slack.com/"
"""Opens a message of any workspace, by way of a page of Slack's own."""


def permalink(ref: MessageRef, *, at: str = ANYWHERE) -> str | None:
    """Return the address of a message; a reply is shown in its thread where that is named."""
    if not ref.channel_id:
        return None
    in_thread = ref.thread_id not in {None, ref.message_id}
    thread = f"?thread_ts={ref.thread_id}&cid={ref.channel_id}" if in_thread else ""
    return f"{at}archives/{ref.channel_id}/p{ref.message_id.replace('.', '')}{thread}"
