"""Do what members do: write, change and remove messages, open posts."""

from dataclasses import dataclass

from tests.loopback.discord import payloads
from tests.loopback.discord.constants import MessageType
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.snowflakes import moment
from tests.loopback.discord.telling import message_event, tell_channel, tell_message, tell_place, tell_removed
from tests.loopback.discord.thread_routes import opened
from tests.loopback.discord.writing import with_mentions


@dataclass(frozen=True)
class Who:
    """Who does something, and where."""

    channel_id: int
    user_id: int


async def say(
    loopback: Loopback, who: Who, text: str, *, reply_to: int | None = None, extra: Json | None = None
) -> int:
    """Write a message and return its id; `extra` holds fields as Discord writes them, such as `webhook_id`."""
    message = _message(loopback, who, text) | (extra or {})
    if reply_to is not None:
        world = loopback.world
        message["type"] = int(MessageType.REPLY)
        message["message_reference"] = {"type": 0, "channel_id": str(who.channel_id), "message_id": str(reply_to)}
        message["referenced_message"] = world.messages.get(reply_to)
        answered = world.messages[reply_to]["author"] if reply_to in world.messages else None
        message["mentions"] += [answered] if answered and answered not in message["mentions"] else []
    loopback.world.add_message(message)
    await tell_message(loopback.gateway, "MESSAGE_CREATE", message)
    return int(message["id"])


async def mention(loopback: Loopback, who: Who, text: str) -> int:
    """Write a message that begins with the bot's name, and return its id."""
    return await say(loopback, who, f"<@{loopback.world.application_id}> {text}")


async def write_directly(loopback: Loopback, author_id: int, text: str) -> int:
    """Write to the bot alone, and return the message's id."""
    channel = loopback.world.direct_channel(author_id)
    return await say(loopback, Who(int(channel["id"]), author_id), text)


async def edit(loopback: Loopback, message_id: int, text: str) -> None:
    """Change the text of a message."""
    message = loopback.world.messages[message_id]
    message["content"] = text
    message["edited_timestamp"] = moment(loopback.world.snowflakes.next())
    await tell_message(loopback.gateway, "MESSAGE_UPDATE", with_mentions(loopback.world, message))


async def unfurl(loopback: Loopback, message_id: int, embed: Json) -> None:
    """Add the preview of a link to a message: an update without new words."""
    message = loopback.world.messages[message_id]
    message["embeds"] = [*message["embeds"], embed]
    await tell_message(loopback.gateway, "MESSAGE_UPDATE", message)


async def remove(loopback: Loopback, message_id: int) -> None:
    """Remove a message."""
    await tell_removed(loopback.gateway, loopback.world.messages.pop(message_id))


async def react(loopback: Loopback, who: Who, message_id: int, emoji: str, *, added: bool = True) -> None:
    """React to a message, or take the reaction back."""
    world, message = loopback.world, loopback.world.messages[message_id]
    here = [one for one in world.reactions.get(message_id, []) if one != (emoji, who.user_id)]
    world.reactions[message_id] = [*here, (emoji, who.user_id)] if added else here
    told = {"user_id": str(who.user_id), "channel_id": message["channel_id"], "message_id": message["id"]}
    told |= {"emoji": {"id": None, "name": emoji}, "burst": False, "type": 0}
    guild = world.guild_of(int(message["channel_id"]))
    if added and guild is not None:
        told |= {"member": world.guild(guild).members[who.user_id], "message_author_id": message["author"]["id"]}
    await tell_place(loopback.gateway, "MESSAGE_REACTION_ADD" if added else "MESSAGE_REACTION_REMOVE", told)


async def post(loopback: Loopback, who: Who, title: str, text: str, *, tags: tuple[int, ...] = ()) -> int:
    """Open a post in a forum and return its id."""
    world = loopback.world
    asked: Json = {"name": title, "applied_tags": [str(tag) for tag in tags]}
    thread = opened(world, world.channel(who.channel_id), asked, owner=who.user_id)
    thread_id = int(thread["id"])
    world.early_posts[thread_id] = world.early_refusals
    await tell_channel(loopback.gateway, "THREAD_CREATE", thread)
    message = _message(loopback, Who(thread_id, who.user_id), text, snowflake=thread_id)
    world.add_message(message)
    await tell_message(loopback.gateway, "MESSAGE_CREATE", message)
    return thread_id


async def open_thread(loopback: Loopback, message_id: int, author_id: int, name: str) -> int:
    """Open the thread of a message before the bot does, and return its id."""
    world = loopback.world
    message = world.messages[message_id]
    parent = world.channel(int(message["channel_id"]))
    thread = opened(world, parent, {"name": name}, snowflake=message_id, owner=author_id)
    await tell_channel(loopback.gateway, "THREAD_CREATE", thread)
    return message_id


async def say_again(loopback: Loopback, message_id: int) -> None:
    """Send the event of a message once more, as Discord may."""
    await tell_message(loopback.gateway, "MESSAGE_CREATE", loopback.world.messages[message_id])


async def say_garbled(loopback: Loopback, who: Who, *without: str) -> None:
    """Send the event of a message without some of its fields."""
    message = message_event(loopback.world, _message(loopback, who, "garbled"))
    told = {key: value for key, value in message.items() if key not in without}
    guild_id = loopback.world.guild_of(who.channel_id)
    await loopback.gateway.dispatch("MESSAGE_CREATE", told, guild_id=guild_id, checked=False)


def _message(loopback: Loopback, who: Who, text: str, *, snowflake: int | None = None) -> Json:
    world = loopback.world
    number = snowflake or world.snowflakes.next()
    return with_mentions(world, payloads.message(number, who.channel_id, world.person(who.user_id), text))
