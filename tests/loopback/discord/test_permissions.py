"""Show that the bot needs for each thing what Discord wants of it."""

from collections.abc import Awaitable, Callable

import discord
import pytest

from tests.loopback.discord.clients import TestClient
from tests.loopback.discord.constants import Permission
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, open_thread, say
from tests.loopback.discord.server import Loopback

Act = Callable[[discord.Message], Awaitable[object]]


@pytest.fixture
async def message(loopback: Loopback, client: TestClient, asker: Who) -> discord.Message:
    """Return a message that the bot has read."""
    await say(loopback, asker, "how?")
    return await client.heard.get()


async def _fetches(message: discord.Message) -> None:
    await message.channel.fetch_message(message.id)


async def _reacts(message: discord.Message) -> None:
    await message.add_reaction("\N{EYES}")


async def _replies(message: discord.Message) -> None:
    await message.reply("like this")


async def _sends(message: discord.Message) -> None:
    await message.channel.send("like this")


async def _types(message: discord.Message) -> None:
    await message.channel.typing()


@pytest.mark.parametrize(
    ("act", "denied", "code"),
    [
        (_fetches, Permission.READ_MESSAGE_HISTORY, 50013),
        (_reacts, Permission.READ_MESSAGE_HISTORY, 50013),
        (_reacts, Permission.ADD_REACTIONS, 50013),
        (_replies, Permission.READ_MESSAGE_HISTORY, 160002),
        (_sends, Permission.SEND_MESSAGES, 50013),
        (_types, Permission.SEND_MESSAGES, 50013),
        (_types, Permission.VIEW_CHANNEL, 50001),
    ],
)
async def test_what_is_denied_is_refused(
    loopback: Loopback, message: discord.Message, act: Act, denied: Permission, code: int
) -> None:
    await act(message)
    loopback.world.reactions.clear()
    _deny(loopback, message, denied)

    with pytest.raises(discord.HTTPException) as caught:
        await act(message)

    assert caught.value.code == code


async def test_who_may_not_read_what_was_written_finds_nothing(loopback: Loopback, message: discord.Message) -> None:
    assert [one.id async for one in message.channel.history()] == [message.id]
    _deny(loopback, message, Permission.READ_MESSAGE_HISTORY)

    assert [one async for one in message.channel.history()] == []


async def test_to_follow_a_reaction_needs_no_permission(
    loopback: Loopback, message: discord.Message, asker: Who
) -> None:
    loopback.world.reactions[message.id] = [("\N{EYES}", asker.user_id)]
    _deny(loopback, message, Permission.ADD_REACTIONS)

    for _ in range(2):
        await message.add_reaction("\N{EYES}")

    mine = ("\N{EYES}", loopback.world.application_id)
    assert loopback.world.reactions[message.id] == [("\N{EYES}", asker.user_id), mine]


@pytest.mark.parametrize(
    ("denied", "takes"), [(Permission.SEND_MESSAGES, True), (Permission.SEND_MESSAGES_IN_THREADS, False)]
)
async def test_threads_have_a_permission_of_their_own(
    loopback: Loopback, client: TestClient, message: discord.Message, denied: Permission, *, takes: bool
) -> None:
    thread = client.get_partial_messageable(await open_thread(loopback, message.id, message.author.id, "How?"))
    _deny(loopback, message, denied)

    for act in (thread.send("like this"), _typed(thread)):
        if takes:
            await act
            continue
        with pytest.raises(discord.Forbidden) as caught:
            await act
        assert caught.value.code == 50013


async def _typed(place: discord.PartialMessageable) -> None:
    await place.typing()


def _deny(loopback: Loopback, message: discord.Message, denied: Permission) -> None:
    assert message.guild is not None
    overwrites = [overwrite(message.guild.id, deny=denied)]
    loopback.world.channels[message.channel.id]["permission_overwrites"] = overwrites
