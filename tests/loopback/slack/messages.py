"""Answer the Web API methods about messages and reactions."""

from collections.abc import Sequence

from tests.loopback.slack import limits
from tests.loopback.slack.workspace import BOT, BOT_USER, DOMAIN, Channel, Json, Message, Workspace, refuse, with_ids

LINKS = f"https://{DOMAIN}.slack.example/archives"


def post(space: Workspace, arguments: Json) -> Json:
    """Post into a channel, or into the direct messages of a user."""
    channel = writable(space, arguments["channel"])
    message = space.add(_message(space, channel, arguments))
    space.statuses.pop((channel.id, message.thread_ts or message.ts), None)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message.shown(metadata=True)}


def post_ephemeral(space: Workspace, arguments: Json) -> Json:
    """Show a message to one member of the channel."""
    channel = writable(space, arguments["channel"])
    if arguments["user"] not in channel.members:
        refuse("user_not_in_channel")
    message = _message(space, channel, arguments)
    message.visible_to = arguments["user"]
    return {"ok": True, "message_ts": space.add(message).ts}


def update(space: Workspace, arguments: Json) -> Json:
    """Change a message of the bot; blocks and metadata stay unless they are given."""
    channel = writable(space, arguments["channel"])
    message = _own(space, arguments, "cant_update_message")
    written = text(arguments)
    if "blocks" in arguments:
        changed = checked(arguments["blocks"])
        kept = {block["block_id"] for block in message.blocks if block["type"] == "context_actions"}
        if again := sorted(kept & {block.get("block_id") for block in changed}):
            refuse("invalid_blocks", f"a message that changes needs another block_id than {', '.join(again)}")
        message.blocks = with_ids(changed, version=len(message.versions))
    if "metadata" in arguments:
        message.metadata = arguments["metadata"] or None
    message.text = written if written is not None else message.text
    message.versions.append(message.text)
    message.edited = {"user": BOT, "ts": space.ts()}
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": message.text, "message": message.shown()}


def delete(space: Workspace, arguments: Json) -> Json:
    """Delete a message of the bot."""
    message = _own(space, arguments, "cant_delete_message")
    message.deleted = True
    return {"ok": True, "channel": message.channel, "ts": message.ts}


def permalink(space: Workspace, arguments: Json) -> Json:
    """Return the address of a message."""
    message = _existing(space, arguments["channel"], arguments["message_ts"])
    link = f"{LINKS}/{message.channel}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return {"ok": True, "channel": message.channel, "permalink": link}


def react(space: Workspace, arguments: Json) -> Json:
    """Add a reaction of the bot."""
    users = _reaction(space, arguments)
    if BOT_USER in users:
        refuse("already_reacted")
    users.append(BOT_USER)
    return {"ok": True}


def unreact(space: Workspace, arguments: Json) -> Json:
    """Remove a reaction of the bot."""
    users = _reaction(space, arguments)
    if BOT_USER not in users:
        refuse("no_reaction")
    users.remove(BOT_USER)
    return {"ok": True}


def known(space: Workspace, channel: str) -> Channel:
    """Return the channel, that of a user being their direct messages."""
    if channel in space.users:
        return space.direct(channel)
    if channel not in space.channels:
        refuse("channel_not_found", f"there was never a channel {channel}")
    return space.channels[channel]


def writable(space: Workspace, channel: str) -> Channel:
    """Return the channel if the bot may write there."""
    found = known(space, channel)
    if found.is_archived:
        refuse("is_archived")
    if BOT_USER not in found.members:
        refuse("channel_not_found" if found.is_private else "not_in_channel")
    return found


def checked(blocks: Sequence[Json]) -> list[Json]:
    """Return the blocks if Slack takes them."""
    if problems := limits.block_problems(blocks):
        refuse(
            "invalid_blocks", "; ".join(problems), response_metadata={"messages": [f"[ERROR] {p}" for p in problems]}
        )
    if limits.is_too_long(blocks):
        refuse("msg_blocks_too_long", f"the blocks hold more than {limits.MESSAGE} characters")
    return list(blocks)


def text(arguments: Json) -> str | None:
    """Return the text of a message, whichever way it is given."""
    given: str | None = arguments.get("markdown_text", arguments.get("text"))
    if given is None and not arguments.get("blocks") and "metadata" not in arguments:
        refuse("no_text", "a message without text and blocks")
    longest = limits.MARKDOWN if "markdown_text" in arguments else limits.TEXT
    if given is not None and len(given) > longest:
        refuse("msg_too_long", f"{len(given)} characters of text, {longest} at most")
    return given


def _message(space: Workspace, channel: Channel, arguments: Json) -> Message:
    return Message(
        channel=channel.id,
        ts=space.ts(),
        user=BOT_USER,
        bot_id=BOT,
        text=text(arguments) or "",
        blocks=checked(arguments.get("blocks") or []),
        metadata=arguments.get("metadata"),
        thread_ts=_root(space, channel, arguments.get("thread_ts")),
        subtype="thread_broadcast" if arguments.get("reply_broadcast") else None,
    )


def _root(space: Workspace, channel: Channel, ts: str | None) -> str | None:
    if ts is None:
        return None
    root = space.find(channel.id, ts)
    if root is None:
        refuse("thread_not_found", f"there was never a message {ts} in {channel.name}")
    if root.thread_ts not in {None, ts}:
        refuse("cannot_reply_to_message", f"{ts} is itself a reply: name the root of its thread")
    if root.deleted and not space.thread(channel.id, ts):
        refuse("thread_not_found")
    return ts


def _existing(space: Workspace, channel: str, ts: str) -> Message:
    message = space.find(known(space, channel).id, ts)
    if message is None or message.deleted:
        refuse("message_not_found", None if message else f"there was never a message {ts}")
    return message


def _own(space: Workspace, arguments: Json, refusal: str) -> Message:
    message = _existing(space, arguments["channel"], arguments["ts"])
    if message.user != BOT_USER:
        refuse(refusal, f"message {message.ts} is by {message.user}")
    return message


def _reaction(space: Workspace, arguments: Json) -> list[str]:
    if not arguments["name"].replace("_", "").replace("-", "").replace("+", "").isalnum():
        refuse("invalid_name", f"{arguments['name']!r} is no name of an emoji")
    message = _existing(space, arguments["channel"], arguments["timestamp"])
    return message.reactions.setdefault(arguments["name"], [])
