"""Lead people to the messages that they talk about."""


def message_link(*, platform: str, workspace_id: str, channel_id: str, message_id: str) -> str | None:
    """Return the address of a message, None where messages have none.

    Slack finds the workspace by the channel. On Discord a direct message has `@me` in place of a server.
    """
    match platform:
        case "slack" if channel_id:
            return f"https://slack.com/archives/{channel_id}/p{message_id.replace('.', '')}"
        case "discord" if channel_id:
            return f"https://discord.com/channels/{workspace_id or '@me'}/{channel_id}/{message_id}"
    return None
