"""Link to messages."""


def message_link(
    *, platform: str, workspace_id: str, channel_id: str, message_id: str, thread_id: str | None = None
) -> str | None:
    """Return the address of a message, None where messages have none.

    Slack finds the workspace by the channel, and shows a reply in its thread where that is named. On Discord a thread
    is a channel of its own, and a direct message has `@me` in place of a server.
    """
    match platform:
        case "slack" if channel_id:
            in_thread = f"?thread_ts={thread_id}&cid={channel_id}" if thread_id not in {None, message_id} else ""
            return f"https://slack.com/archives/{channel_id}/p{message_id.replace('.', '')}{in_thread}"
        case "discord" if channel_id:
            return f"https://discord.com/channels/{workspace_id or '@me'}/{thread_id or channel_id}/{message_id}"
    return None
