"""Turn the body of a request into a message, and say whom it pings."""

from tests.loopback.discord import payloads
from tests.loopback.discord.constants import MessageFlag, MessageType
from tests.loopback.discord.errors import Refusal, RefusedError
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.pinging import UNRESTRICTED, mentioned, pinged
from tests.loopback.discord.snowflakes import moment
from tests.loopback.discord.world import World

_LONGEST = 2000
_LONGEST_EMBEDS = 6000
"""What the texts of all embeds of a message hold together."""
_CONTENTS = ("content", "embeds", "components", "attachments", "sticker_ids", "poll")
_KEPT = ("embeds", "components")


def refuse_invalid(asked: Json) -> None:
    """Refuse a message that is empty or too long, or mixes both kinds of components."""
    if not any(asked.get(field) for field in _CONTENTS):
        raise RefusedError(Refusal.EMPTY_MESSAGE)
    modern = (asked.get("flags") or 0) & MessageFlag.COMPONENTS_V2
    if len(asked.get("content") or "") > _LONGEST or (modern and (asked.get("content") or asked.get("embeds"))):
        raise RefusedError(Refusal.INVALID_FORM)
    if sum(map(_length, asked.get("embeds") or ())) > _LONGEST_EMBEDS:
        raise RefusedError(Refusal.INVALID_FORM)


def _length(embed: Json) -> int:
    """Return how much of an embed counts: its title, description, footer, author and fields."""
    parts = [embed.get("title"), embed.get("description")]
    parts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    parts += [field.get(name) for field in embed.get("fields") or () for name in ("name", "value")]
    return sum(len(part) for part in parts if part)


def written(
    world: World, channel_id: int, asked: Json, *, otherwise: Json = UNRESTRICTED, snowflake: int | None = None
) -> Json:
    """Return a new message of the bot, kept; `otherwise` counts where no mentions are allowed or denied."""
    refuse_invalid(asked)
    message = payloads.message(snowflake or world.snowflakes.next(), channel_id, world.bot, "")
    reply_to = _reply(world, channel_id, asked.get("message_reference"), message)
    _put(world, message, asked)
    message["flags"] = asked.get("flags") or 0
    if asked.get("nonce") is not None:
        message["nonce"] = asked["nonce"]
    allowed = asked.get("allowed_mentions")
    told = pinged(message["content"], otherwise if allowed is None else allowed, replied_to=reply_to)
    world.pinged[int(message["id"])] = told
    return world.add_message(message)


def rewritten(world: World, message: Json, asked: Json) -> Json:
    """Return a message with the changes asked for."""
    refuse_invalid(message | {key: value for key, value in asked.items() if key != "flags"})
    _put(world, message, asked)
    if asked.get("flags") is not None:
        kept = message["flags"] & ~MessageFlag.SUPPRESS_EMBEDS
        message["flags"] = kept | (asked["flags"] & (MessageFlag.SUPPRESS_EMBEDS | MessageFlag.COMPONENTS_V2))
    message["edited_timestamp"] = moment(world.snowflakes.next())
    return message


def with_mentions(world: World, message: Json) -> Json:
    """Return a message with the people listed whom its text names."""
    users, roles, everyone = mentioned(message["content"])
    message["mentions"] = [world.users[int(one)] for one in sorted(users) if int(one) in world.users]
    message["mention_roles"] = sorted(roles)
    message["mention_everyone"] = everyone
    return message


def _put(world: World, message: Json, asked: Json) -> None:
    if "content" in asked:
        message["content"] = asked["content"] or ""
    for field in _KEPT:
        if field in asked:
            message[field] = asked[field] or []
    for embed in message["embeds"]:
        embed.setdefault("type", "rich")
    with_mentions(world, message)


def _reply(world: World, channel_id: int, reference: Json | None, message: Json) -> str | None:
    if reference is None:
        return None
    asked = world.messages.get(int(reference["message_id"]))
    if asked is None:
        if reference.get("fail_if_not_exists", True):
            raise RefusedError(Refusal.INVALID_FORM)
        return None
    message["type"] = int(MessageType.REPLY)
    message["message_reference"] = {"type": 0, "channel_id": str(channel_id), "message_id": asked["id"]}
    message["referenced_message"] = {key: value for key, value in asked.items() if key != "referenced_message"}
    author: str = asked["author"]["id"]
    return author
