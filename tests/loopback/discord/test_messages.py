"""Show that the loopback takes, changes and gives messages as Discord does."""

import asyncio

import aiohttp
import discord
import pytest

from tests.loopback.discord.clients import TestClient
from tests.loopback.discord.constants import MEMBER, MessageFlag, Permission
from tests.loopback.discord.faults import Broken
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.people import Who, edit, remove, say, write_directly
from tests.loopback.discord.server import Loopback

CREATE = "POST /channels/{channel_id}/messages"


async def ask(loopback: Loopback, client: TestClient, asker: Who, text: str = "how?") -> discord.Message:
    await say(loopback, asker, text)
    return await client.heard.get()


async def test_a_question_and_its_answer(loopback: Loopback, client: TestClient, asker: Who) -> None:
    message = await ask(loopback, client, asker)
    await message.reply("like this", mention_author=False)

    (answer,) = loopback.world.by_bot(asker.channel_id)
    assert answer["content"] == "like this"
    assert answer["message_reference"]["message_id"] == str(message.id)
    assert (await client.heard.get()).id == int(answer["id"])
    assert [request.status for request in loopback.log.named(CREATE)] == [200]


async def test_the_same_nonce_is_the_same_message(loopback: Loopback, client: TestClient, asker: Who) -> None:
    channel = (await ask(loopback, client, asker)).channel
    first, second = [await channel.send("once", nonce="question-1") for _ in range(2)]
    third = await channel.send("once", nonce="question-2")

    assert first.id == second.id != third.id
    assert len(loopback.world.by_bot(asker.channel_id)) == 2


async def test_a_message_is_there_although_nobody_was_told(loopback: Loopback, client: TestClient, asker: Who) -> None:
    channel = (await ask(loopback, client, asker)).channel
    loopback.faults.plan(CREATE, Broken.AFTER)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await channel.send("once", nonce="question-1")
    again = await channel.send("once", nonce="question-1")

    assert [int(one["id"]) for one in loopback.world.by_bot(asker.channel_id)] == [again.id]


async def test_changes_of_messages(loopback: Loopback, client: TestClient, asker: Who) -> None:
    channel = (await ask(loopback, client, asker)).channel
    answer = await channel.send("first")
    await answer.edit(content="second", embed=discord.Embed(title="more"), suppress=True)
    kept = await channel.fetch_message(answer.id)
    await answer.delete()

    assert (kept.content, kept.embeds[0].title) == ("second", "more")
    assert kept.flags.suppress_embeds
    assert kept.edited_at is not None
    assert loopback.world.by_bot(asker.channel_id) == []
    with pytest.raises(discord.NotFound) as caught:
        await answer.edit(content="third")
    assert caught.value.code == 10008


async def test_members_change_and_remove_what_they_wrote(loopback: Loopback, client: TestClient, asker: Who) -> None:
    message = await ask(loopback, client, asker)
    changes = [asyncio.create_task(client.wait_for(event)) for event in ("raw_message_edit", "raw_message_delete")]
    await asyncio.sleep(0)  # lets both begin to wait
    await edit(loopback, message.id, "how, please?")
    await remove(loopback, message.id)
    edited, removed = await asyncio.wait_for(asyncio.gather(*changes), 30)

    assert edited.message.content == "how, please?"
    assert removed.message_id == message.id


async def test_history_goes_on_from_a_message(loopback: Loopback, client: TestClient, asker: Who) -> None:
    first = await ask(loopback, client, asker)
    later = [await say(loopback, asker, str(number)) for number in range(3)]
    everything = [one.id async for one in first.channel.history(limit=10)]
    missed = [one.id async for one in first.channel.history(limit=2, after=first)]

    assert everything == [*reversed(later), first.id]
    assert missed == later[:2]


async def test_reactions_and_typing(loopback: Loopback, client: TestClient, asker: Who) -> None:
    message = await ask(loopback, client, asker)
    async with message.channel.typing():
        await message.add_reaction("👀")
    assert loopback.world.reactions[message.id] == [("👀", loopback.world.application_id)]
    assert client.user is not None
    await message.remove_reaction("👀", client.user)

    assert loopback.world.reactions[message.id] == []
    assert asker.channel_id in loopback.world.typing


async def test_messages_from_person_to_bot(loopback: Loopback, client: TestClient, asker: Who) -> None:
    await write_directly(loopback, asker.user_id, "in private")
    message = await client.heard.get()
    await message.channel.send("only to you")
    user = await client.fetch_user(asker.user_id)
    await user.send("once more")

    assert message.guild is None
    assert [one["content"] for one in loopback.world.by_bot(message.channel.id)] == ["only to you", "once more"]


@pytest.mark.parametrize(
    ("mentions", "heard"),
    [
        (None, {"everyone", "author"}),
        (discord.AllowedMentions.none(), set()),
        (discord.AllowedMentions(users=True, everyone=False), {"author"}),
    ],
)
async def test_who_hears_of_a_message(
    loopback: Loopback, client: TestClient, asker: Who, mentions: discord.AllowedMentions | None, heard: set[str]
) -> None:
    message = await ask(loopback, client, asker)
    sent = await message.channel.send(
        f"@everyone {message.author.mention}", allowed_mentions=mentions or discord.utils.MISSING
    )

    names = {str(message.author.id): "author"}
    assert {names.get(one, one) for one in loopback.world.pinged[sent.id]} == heard


@pytest.mark.parametrize(("denied", "code"), [(Permission.VIEW_CHANNEL, 50001), (Permission.SEND_MESSAGES, 50013)])
async def test_what_the_bot_may_not_do_it_cannot(
    loopback: Loopback, client: TestClient, asker: Who, denied: Permission, code: int
) -> None:
    message = await ask(loopback, client, asker)
    guild = loopback.world.guild_of(asker.channel_id) or 0
    loopback.world.channels[asker.channel_id]["permission_overwrites"] = [overwrite(guild, deny=denied)]
    with pytest.raises(discord.Forbidden) as caught:
        await message.channel.send("hello?")

    assert caught.value.code == code
    assert loopback.world.by_bot(asker.channel_id) == []


async def test_a_foreign_message_is_removed_with_the_permission_alone(
    loopback: Loopback, client: TestClient, asker: Who, guild: int
) -> None:
    message = await ask(loopback, client, asker)
    with pytest.raises(discord.Forbidden):
        await message.delete()
    loopback.world.guilds[guild].roles[guild]["permissions"] = str(int(MEMBER | Permission.MANAGE_MESSAGES))
    await message.delete()

    assert loopback.world.visible(asker.channel_id) == []


@pytest.mark.parametrize("content", ["", "x" * 2001])
async def test_empty_and_long_messages_are_refused(
    loopback: Loopback, client: TestClient, asker: Who, content: str
) -> None:
    message = await ask(loopback, client, asker)
    with pytest.raises(discord.HTTPException):
        await message.channel.send(content)


async def test_modern_components_stand_alone(loopback: Loopback, client: TestClient, asker: Who) -> None:
    message = await ask(loopback, client, asker)
    view = discord.ui.LayoutView().add_item(discord.ui.TextDisplay("layout"))
    sent = await message.channel.send(view=view)

    assert loopback.world.messages[sent.id]["flags"] & MessageFlag.COMPONENTS_V2
