"""Show that threads and forum posts of the loopback behave as Discord's do."""

import discord
import pytest

from tests.loopback.discord.clients import TestClient
from tests.loopback.discord.constants import ChannelType, Permission
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, open_thread, post, say
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.telling import tell_channel


@pytest.fixture
async def question(loopback: Loopback, client: TestClient, asker: Who) -> discord.Message:
    """Return a message that the bot has read."""
    await say(loopback, asker, "how?")
    return await client.heard.get()


@pytest.fixture
def forum(loopback: Loopback, guild: int) -> int:
    """Return a forum with a tag."""
    forum = loopback.world.add_channel(guild, "help", kind=ChannelType.FORUM)
    loopback.world.add_tag(forum, "Solved")
    return forum


async def test_an_answer_in_the_thread_of_a_message(
    loopback: Loopback, client: TestClient, question: discord.Message
) -> None:
    thread = await question.create_thread(name="How?", auto_archive_duration=1440)
    await thread.send("like this")

    assert thread.id == question.id
    assert [one["content"] for one in loopback.world.by_bot(thread.id)] == ["like this"]
    starter = await client.heard.get()
    assert (starter.type, starter.channel.id) == (discord.MessageType.thread_starter_message, thread.id)


async def test_a_message_has_one_thread(loopback: Loopback, asker: Who, question: discord.Message) -> None:
    await open_thread(loopback, question.id, asker.user_id, "mine")
    with pytest.raises(discord.HTTPException) as caught:
        await question.create_thread(name="second")

    assert caught.value.code == 160004
    assert loopback.world.channels[question.id]["name"] == "mine"


async def test_a_thread_without_the_permission(
    loopback: Loopback, asker: Who, guild: int, question: discord.Message
) -> None:
    denied = overwrite(guild, deny=Permission.CREATE_PUBLIC_THREADS)
    loopback.world.channels[asker.channel_id]["permission_overwrites"] = [denied]
    with pytest.raises(discord.Forbidden) as caught:
        await question.create_thread(name="never")

    assert caught.value.code == 50013


async def test_an_archived_thread_opens_with_a_message_unless_it_is_locked(
    loopback: Loopback, guild: int, question: discord.Message
) -> None:
    loopback.world.guilds[guild].roles[guild]["permissions"] = str(1 << 3)
    thread = await question.create_thread(name="How?")
    answer = await thread.send("first")
    await thread.edit(archived=True)
    with pytest.raises(discord.HTTPException) as caught:
        await answer.edit(content="changed")
    assert caught.value.code == 50083
    with pytest.raises(discord.HTTPException) as caught:
        await thread.edit(name="changed")
    assert caught.value.code == 50083

    await thread.send("second")
    assert not loopback.world.channels[thread.id]["thread_metadata"]["archived"]

    await thread.edit(archived=True, locked=True)
    with pytest.raises(discord.HTTPException) as caught:
        await thread.send("third")
    assert caught.value.code == 50083


async def test_a_post_takes_an_answer_after_a_while(
    loopback: Loopback, client: TestClient, asker: Who, guild: int
) -> None:
    forum = loopback.world.add_channel(guild, "help", kind=ChannelType.FORUM)
    loopback.world.early_refusals = 2
    await loopback.gateway.dispatch("CHANNEL_CREATE", loopback.world.channels[forum], guild_id=guild)
    post_id = await post(loopback, Who(forum, asker.user_id), "Title", "Body")
    message = await client.heard.get()
    codes = []
    for _ in range(2):
        with pytest.raises(discord.HTTPException) as caught:
            await message.channel.send("too early")
        codes.append(caught.value.code)
    await message.channel.send("in time")

    assert message.id == message.channel.id == post_id
    assert isinstance(message.channel, discord.Thread)
    assert (message.channel.name, message.channel.parent_id) == ("Title", forum)
    assert codes == [40058, 40058]
    assert [one["content"] for one in loopback.world.by_bot(post_id)] == ["in time"]


async def test_a_solved_post(loopback: Loopback, forum: int, client: TestClient, asker: Who, guild: int) -> None:
    loopback.world.guilds[guild].roles[guild]["permissions"] = str(1 << 3)
    channel = client.get_channel(forum)
    assert isinstance(channel, discord.ForumChannel)
    made = await channel.create_thread(name="How?", content="Like this.")
    await made.thread.add_tags(*channel.available_tags)
    await made.thread.edit(archived=True)

    kept = loopback.world.channels[made.thread.id]
    assert made.message.id == made.thread.id
    assert kept["applied_tags"] == [str(tag.id) for tag in channel.available_tags]
    assert kept["thread_metadata"]["archived"]
    archived = [one.id async for one in channel.archived_threads()]
    assert archived == [made.thread.id]
    assert await channel.guild.active_threads() == []


async def test_threads_are_found_by_id(
    loopback: Loopback, client: TestClient, asker: Who, question: discord.Message
) -> None:
    await open_thread(loopback, question.id, asker.user_id, "mine")
    found = await client.fetch_channel(question.id)

    assert isinstance(found, discord.Thread)
    await found.join()
    assert found.id in loopback.world.joined
    with pytest.raises(discord.NotFound) as caught:
        await client.fetch_channel(1)
    assert caught.value.code == 10003


@pytest.mark.parametrize("kind", [ChannelType.VOICE, ChannelType.STAGE])
async def test_in_the_chat_of_a_voice_channel_there_are_no_threads(
    loopback: Loopback, client: TestClient, guild: int, asker: Who, kind: ChannelType
) -> None:
    channel = loopback.world.add_channel(guild, "lounge", kind=kind)
    await tell_channel(loopback.gateway, "CHANNEL_CREATE", loopback.world.channels[channel])
    await say(loopback, Who(channel, asker.user_id), "how?")
    message = await client.heard.get()
    await message.reply("like this")
    refused = [
        client.http.start_thread_with_message(channel, message.id, name="how?", auto_archive_duration=1440),
        client.http.start_thread_without_message(channel, name="how?", auto_archive_duration=1440, type=11),
    ]
    for call in refused:
        with pytest.raises(discord.HTTPException) as caught:
            await call
        assert caught.value.code == 50024

    assert [one["content"] for one in loopback.world.by_bot(channel)] == ["like this"]
