"""Receive what is posted to the response URL of a command or an interaction."""

from tests.loopback.slack import messages
from tests.loopback.slack.workspace import BOT, BOT_USER, Address, Json, Message, Workspace, refuse

MOST_USES = 5
SECONDS = 30 * 60
FIELDS = frozenset(
    {
        *("text", "blocks", "attachments", "metadata", "unfurl_links", "unfurl_media", "thread_ts"),
        *("response_type", "replace_original", "delete_original"),
    }
)


def respond(space: Workspace, number: str, arguments: Json) -> Json:
    """Post, replace or delete a message in response."""
    address = _used(space, number)
    if unknown := sorted(set(arguments) - FIELDS):
        refuse("invalid_payload", f"no such fields of a response: {', '.join(unknown)}")
    original = address.message
    if arguments.get("delete_original") and original:
        original.deleted = True
    elif arguments.get("replace_original") and original:
        _replace(space, original, arguments)
    else:
        _add(space, address, arguments)
    return {"ok": True}


def _used(space: Workspace, number: str) -> Address:
    address = space.addresses.get(number)
    if address is None:
        refuse("invalid_url", f"there was never an address {number}")
    address.uses += 1
    if space.clock.now() - address.made >= SECONDS:
        refuse("expired_url")
    if address.uses > MOST_USES:
        refuse("used_url", f"an address for responses used {address.uses} times")
    return address


def _replace(space: Workspace, original: Message, arguments: Json) -> None:
    original.text = messages.text(arguments) or ""
    original.blocks = messages.checked(arguments.get("blocks") or [])
    original.versions.append(original.text)
    original.edited = {"user": BOT, "ts": space.ts()}


def _add(space: Workspace, address: Address, arguments: Json) -> None:
    public = arguments.get("response_type") == "in_channel"
    message = Message(
        channel=address.channel,
        ts=space.ts(),
        user=BOT_USER,
        bot_id=BOT,
        text=messages.text(arguments) or "",
        blocks=messages.checked(arguments.get("blocks") or []),
        metadata=arguments.get("metadata"),
        thread_ts=arguments.get("thread_ts"),
        visible_to=None if public else address.user,
    )
    space.add(message)
