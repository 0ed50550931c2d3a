"""Answer the Web API methods that read what was said in a channel or in a thread, a page at a time."""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Sequence

from tests.loopback.slack import messages
from tests.loopback.slack.workspace import BOT_USER, Channel, Json, Message, Workspace, refuse

_MOST = 999
_BEGIN = "next_ts:"
_STONE = {"subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT", "hidden": True}


def history(space: Workspace, arguments: Json) -> Json:
    """Return a page of what stands in a channel itself, the newest first.

    With `oldest` alone the pages begin at the oldest message, each still with its newest first.
    """
    channel = readable(space, arguments["channel"])
    found = sorted(_in_channel(space, channel), key=_ts)
    forward = "oldest" in arguments and "latest" not in arguments
    page, following = _page(space, arguments, found if forward else found[::-1])
    listed = [_listed(space, message, arguments) for message in sorted(page, key=_ts, reverse=True)]
    return {"ok": True, "messages": listed, "has_more": bool(following), **following}


def replies(space: Workspace, arguments: Json) -> Json:
    """Return a page of a thread, its root first."""
    channel = readable(space, arguments["channel"])
    thread = space.thread(channel.id, arguments["ts"])
    if not thread:
        refuse("thread_not_found")
    page, following = _page(space, arguments, sorted(thread, key=_ts))
    listed = [_listed(space, message, arguments) for message in page]
    return {"ok": True, "messages": listed, "has_more": bool(following), **following}


def readable(space: Workspace, channel: str) -> Channel:
    """Return the channel if the bot may read there; a private one that it is not in does not exist for it."""
    found = messages.known(space, channel)
    if BOT_USER not in found.members:
        refuse("channel_not_found" if found.is_private else "not_in_channel")
    return found


def _in_channel(space: Workspace, channel: Channel) -> list[Message]:
    """Return what is no reply, or was sent to the channel too; a stone stands where a thread lost its root."""
    return [
        message
        for message in space.messages
        if message.channel == channel.id
        and message.visible_to is None
        and (message.thread_ts in {None, message.ts} or message.subtype == "thread_broadcast")
        and (not message.deleted or len(space.thread(channel.id, message.ts)) > 0)
    ]


def _page(space: Workspace, arguments: Json, found: Sequence[Message]) -> tuple[Sequence[Message], Json]:
    """Return the messages of one page, in the order given, and where the next one begins."""
    asked = arguments.get("limit", 100)
    if not 0 < asked <= _MOST:
        refuse("invalid_limit", f"a limit of {asked}: 1 to {_MOST}")
    within = [message for message in found if _is_within(message, arguments)]
    begin = _begin(arguments.get("cursor"), within)
    size = min(asked, space.page)
    page, rest = within[begin : begin + size], within[begin + size :]
    return page, {"response_metadata": {"next_cursor": _cursor(rest[0])}} if rest else {}


def _is_within(message: Message, arguments: Json) -> bool:
    oldest, latest = arguments.get("oldest"), arguments.get("latest")
    if arguments.get("inclusive") and message.ts in {oldest, latest}:
        return True
    # A time stamp may be given without its fraction.
    after = oldest is None or float(message.ts) > float(oldest)
    return after and (latest is None or float(message.ts) < float(latest))


def _cursor(message: Message) -> str:
    return b64encode(f"{_BEGIN}{message.ts}".encode()).decode()


def _begin(cursor: str | None, within: Sequence[Message]) -> int:
    if not cursor:
        return 0
    try:
        ts = b64decode(cursor, validate=True).decode().removeprefix(_BEGIN)
    except (binascii.Error, UnicodeDecodeError):
        refuse("invalid_cursor", f"{cursor!r} is no cursor of ours")
    return next((place for place, message in enumerate(within) if message.ts == ts), len(within))


def _listed(space: Workspace, message: Message, arguments: Json) -> Json:
    shown = message.shown(metadata=arguments.get("include_all_metadata", False))
    if message.thread_ts not in {None, message.ts}:
        root = space.find(message.channel, str(message.thread_ts))
        return shown | ({"parent_user_id": root.user} if root else {})
    answers = [reply for reply in space.thread(message.channel, message.ts) if reply is not message]
    if not answers:
        return shown
    users = list(dict.fromkeys(reply.user for reply in answers))
    told: Json = {"thread_ts": message.ts, "reply_count": len(answers), "latest_reply": max(map(_ts, answers))}
    told |= {"reply_users": users, "reply_users_count": len(users)}
    return shown | told | (_STONE if message.deleted else {})


def _ts(message: Message) -> str:
    return message.ts
