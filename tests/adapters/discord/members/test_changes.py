"""Show that a reply follows its question when that is edited or deleted."""

from dataclasses import replace

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.core.manners import ChannelSettings
from bot.core.models import MessageRef, Mode, Question, Surface
from bot.service.app import App
from tests.adapters.discord.bots import posts, quiet, replies, words
from tests.loopback.discord.people import Who, edit, mention, remove, say, unfurl, write_directly
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.telling import tell_place

FEES = "how much does a withdrawal cost?"


async def test_an_edited_question_is_decided_again(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await mention(loopback, asker, "where is the parrot")
    (before,) = await replies(loopback, asked)
    await quiet(loopback, bot)
    await edit(loopback, asked, f"<@{loopback.world.application_id}> {FEES}")
    await quiet(loopback, bot)

    (after,) = loopback.world.by_bot(asked)
    assert (after["id"], "One coin." in words(after)) == (before["id"], True)


async def test_a_preview_of_a_link_changes_nothing(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await mention(loopback, asker, f"{FEES} https://example.org")
    await replies(loopback, asked)
    await quiet(loopback, bot)
    await unfurl(loopback, asked, {"type": "link", "url": "https://example.org"})
    await quiet(loopback, bot)

    assert len(loopback.log.named("PATCH /channels/{channel_id}/messages/{message_id}")) == 0


async def test_the_reply_goes_with_its_question(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    asked = await mention(loopback, asker, FEES)
    await replies(loopback, asked)
    await quiet(loopback, bot)
    await remove(loopback, asked)
    await quiet(loopback, bot)

    assert loopback.world.by_bot(asked) == []
    known = await app.conversations.why(
        MessageRef(
            platform="discord", workspace_id=str(loopback.world.guild_of(asker.channel_id)), message_id=str(asked)
        )
    )
    assert known is not None
    assert known.outcome.text is None


async def test_replies_go_when_many_questions_do(loopback: Loopback, bot: DiscordBot, asker: Who, guild: int) -> None:
    asked = [await mention(loopback, asker, FEES) for _ in range(3)]
    for one in asked:
        await replies(loopback, one)
    await quiet(loopback, bot)
    told = {"ids": [str(one) for one in asked], "channel_id": str(asker.channel_id)}
    await tell_place(loopback.gateway, "MESSAGE_DELETE_BULK", told)
    await quiet(loopback, bot)

    assert [loopback.world.by_bot(one) for one in asked] == [[], [], []]


async def test_the_reply_to_a_direct_message_goes_with_it(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await write_directly(loopback, asker.user_id, FEES)
    direct = int(loopback.world.direct_channel(asker.user_id)["id"])
    await replies(loopback, direct)
    await quiet(loopback, bot)
    await remove(loopback, asked)
    await quiet(loopback, bot)

    assert loopback.world.by_bot(direct) == []


async def test_a_reply_in_an_archived_thread_goes_too(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    asked = await mention(loopback, asker, "where is the parrot")
    await replies(loopback, asked)
    await quiet(loopback, bot)
    loopback.world.channels[asked]["thread_metadata"]["archived"] = True
    await edit(loopback, asked, f"<@{loopback.world.application_id}> {FEES}")
    await quiet(loopback, bot)

    assert "One coin." in words(loopback.world.by_bot(asked)[0])
    assert len(posts(loopback, asked)) == 1


@pytest.mark.parametrize("mode", ["mention", "ambient"])
async def test_an_edit_that_is_handled_before_its_message_counts(
    loopback: Loopback, bot: DiscordBot, asker: Who, guild: int, mode: str
) -> None:
    settings = replace(ChannelSettings(), mode=Mode(mode))
    asked = await say(loopback, asker, "where is the parrot")
    await quiet(loopback, bot)
    place = MessageRef(
        platform="discord", workspace_id=str(guild), channel_id=str(asker.channel_id), message_id=str(asked)
    )
    surface = Surface.MENTION if mode == "mention" else Surface.AMBIENT
    before = Question(text="where is the parrot", ref=place, author_id=str(asker.user_id), surface=surface)

    await bot.responder.edited(replace(before, text=FEES), settings)
    await bot.responder.receive(before, settings)
    await bot.responder.receive(before, settings)

    (reply,) = loopback.world.by_bot(asked)
    assert "One coin." in words(reply)
