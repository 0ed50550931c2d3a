"""Show that the gateway of the loopback is what discord.py expects: sessions, resuming, shards and closings."""

import asyncio

import discord
import pytest

from tests.loopback.discord.clients import INTENTS, ShardedTestClient, TestClient, connected, options
from tests.loopback.discord.constants import ChannelType, Intent, Op, Permission
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, mention, say, say_garbled, write_directly
from tests.loopback.discord.server import Loopback


async def test_a_client_comes_to_know_its_servers(loopback: Loopback, client: TestClient, asker: Who) -> None:
    assert client.user is not None
    assert client.user.id == client.application_id == loopback.world.application_id
    (guild,) = client.guilds
    assert [channel.id for channel in guild.text_channels] == [asker.channel_id]
    assert guild.me.id == client.user.id
    assert loopback.log.received_ops()[:2] == [Op.HEARTBEAT, Op.IDENTIFY]


async def test_what_happened_while_the_wire_was_broken_is_told_after_resuming(
    loopback: Loopback, client: TestClient, asker: Who
) -> None:
    loopback.gateway.break_off()
    missed = [await say(loopback, asker, text) for text in ("one", "two")]

    assert [(await client.heard.get()).id for _ in missed] == missed
    await loopback.log.until(lambda: any(one.payload["t"] == "RESUMED" for one in loopback.log.sent))
    assert loopback.log.received_ops().count(Op.IDENTIFY) == 1
    assert client.heard.empty()


async def test_what_was_told_is_read_once_all_is_heard(loopback: Loopback, client: TestClient, asker: Who) -> None:
    loopback.gateway.break_off()
    for text in ("one", "two", "three"):
        await say(loopback, asker, text)
    await loopback.gateway.heard()

    assert client.heard.qsize() == 3


async def test_a_client_told_to_reconnect_resumes(loopback: Loopback, client: TestClient, asker: Who) -> None:
    await loopback.gateway.ask_to_reconnect()
    await loopback.log.until(lambda: Op.RESUME in loopback.log.received_ops())
    message = await say(loopback, asker, "still there?")

    assert (await client.heard.get()).id == message
    assert loopback.log.received_ops().count(Op.IDENTIFY) == 1


async def test_a_resumable_session_is_resumed(loopback: Loopback, client: TestClient) -> None:
    await loopback.gateway.invalidate(resumable=True)

    await loopback.log.until(lambda: Op.RESUME in loopback.log.received_ops())
    assert loopback.log.received_ops().count(Op.IDENTIFY) == 1


async def test_an_invalid_session_begins_anew(loopback: Loopback, client: TestClient, asker: Who) -> None:
    lost = await say(loopback, asker, "before")
    assert (await client.heard.get()).id == lost
    await loopback.gateway.invalidate()
    await loopback.log.until(lambda: loopback.log.received_ops().count(Op.IDENTIFY) == 2)
    await loopback.log.until(lambda: loopback.gateway.sessions)
    message = await say(loopback, asker, "after")

    assert (await client.heard.get()).id == message
    assert Op.RESUME not in loopback.log.received_ops()
    assert len(loopback.gateway.sessions) == 1


async def test_a_forgotten_session_cannot_be_resumed(loopback: Loopback, client: TestClient, asker: Who) -> None:
    loopback.gateway.forget()
    loopback.gateway.break_off()

    await loopback.log.until(lambda: loopback.log.received_ops().count(Op.IDENTIFY) == 2)
    assert Op.RESUME in loopback.log.received_ops()


async def test_a_client_that_is_asked_shows_that_it_lives(loopback: Loopback, client: TestClient) -> None:
    before = loopback.log.received_ops().count(Op.HEARTBEAT)
    await loopback.gateway.ask_for_heartbeat()

    await loopback.log.until(lambda: loopback.log.received_ops().count(Op.HEARTBEAT) == before + 1)


async def test_a_wrong_token_is_refused_before_the_gateway(loopback: Loopback) -> None:
    async with TestClient(**options(loopback)) as client:
        with pytest.raises(discord.LoginFailure):
            await client.start("wrong")


async def test_a_token_that_is_revoked_ends_the_client(loopback: Loopback, guild: int) -> None:
    loopback.gateway.refusals.append(4004)
    async with TestClient(**options(loopback)) as client:
        with pytest.raises(discord.ConnectionClosed) as caught:
            await client.start("loopback.token")
    assert caught.value.code == 4004


async def test_an_intent_that_is_not_switched_on_ends_the_client(loopback: Loopback, guild: int) -> None:
    loopback.gateway.approved = Intent(0)
    async with TestClient(**options(loopback)) as client:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start("loopback.token")


async def test_each_shard_hears_of_its_own_servers(loopback: Loopback) -> None:
    world = loopback.world
    guilds = [world.add_guild(f"Shard {shard}", guild_id=(1000 + shard) << 22) for shard in (0, 1)]
    askers = [Who(world.add_channel(guild), world.add_member(guild, "ana")) for guild in guilds]
    client = ShardedTestClient(shard_count=2, **options(loopback))
    async with connected(client):
        for asker in askers:
            await say(loopback, asker, "who hears me?")
        heard = [await client.heard.get() for _ in askers]

    assert {message.guild.shard_id for message in heard if message.guild} == {0, 1}
    assert [one.payload["t"] for one in loopback.log.sent].count("MESSAGE_CREATE") == len(askers)


async def test_the_gateway_says_how_many_shards_to_start(loopback: Loopback, guild: int) -> None:
    loopback.gateway.shards = 2
    client = ShardedTestClient(**options(loopback))
    async with connected(client):
        assert client.shard_count == 2
        assert set(client.shards) == {0, 1}


async def test_without_the_intent_only_what_is_meant_for_the_bot_can_be_read(loopback: Loopback, asker: Who) -> None:
    bare = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    client = TestClient(intents=bare, **options(loopback))
    async with connected(client):
        await say(loopback, asker, "among ourselves")
        await mention(loopback, asker, "please help")
        await write_directly(loopback, asker.user_id, "in private")
        heard = [(await client.heard.get()).content for _ in range(3)]

    assert heard == ["", f"<@{loopback.world.application_id}> please help", "in private"]


async def test_what_the_bot_cannot_see_it_is_not_told(loopback: Loopback, guild: int) -> None:
    hidden = overwrite(guild, deny=Permission.VIEW_CHANNEL)
    world = loopback.world
    secret = Who(world.add_channel(guild, "secret", overwrites=[hidden]), world.add_member(guild, "ana"))
    open_to_all = Who(world.add_channel(guild), secret.user_id)
    client = TestClient(**options(loopback))
    async with connected(client):
        await say(loopback, secret, "hidden")
        message = await say(loopback, open_to_all, "shown")

        assert (await client.heard.get()).id == message


async def test_an_event_without_its_fields_ends_the_client(loopback: Loopback, asker: Who) -> None:
    client = TestClient(**options(loopback))
    async with connected(client) as running:
        await say_garbled(loopback, asker, "author")
        with pytest.raises(AttributeError, match="author"):
            await asyncio.wait_for(running, 30)


async def test_a_forum_and_its_tags_are_known(loopback: Loopback, guild: int) -> None:
    forum = loopback.world.add_channel(guild, "help", kind=ChannelType.FORUM)
    tag = loopback.world.add_tag(forum, "Solved")
    client = TestClient(intents=INTENTS, **options(loopback))
    async with connected(client):
        channel = client.get_channel(forum)
        assert isinstance(channel, discord.ForumChannel)
        assert [one.id for one in channel.available_tags] == [tag]
