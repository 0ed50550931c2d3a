"""Show that staff are told among themselves what is for them, and not where others have come to read along."""

from datetime import timedelta

import pytest

from bot.adapters.discord.bot import DiscordBot
from bot.service.app import App
from bot.service.resolutions import NewAnswer
from tests.adapters.discord.bots import POSTED, behave, posts, quiet, replies, words
from tests.loopback.discord.constants import Permission
from tests.loopback.discord.faults import ServerError
from tests.loopback.discord.payloads import Json, overwrite
from tests.loopback.discord.people import Who, mention
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.telling import tell_channel
from tests.service.leases import elapse

CEILING, PARROT = "when does compliance raise a deposit ceiling?", "where is the parrot"


@pytest.fixture
async def among(loopback: Loopback, app: App, hidden: Who, bot: DiscordBot) -> Who:
    """Return one of the staff in their channel, which is marked so, and the bot in it."""
    await behave(app, loopback, hidden.channel_id, mode="mention", audience="internal")
    return hidden


async def opened(loopback: Loopback, bot: DiscordBot, channel_id: int) -> None:
    """Permit everybody to view a channel."""
    channel = loopback.world.channels[channel_id]
    channel["permission_overwrites"] = [overwrite(int(channel["guild_id"]), allow=Permission.VIEW_CHANNEL)]
    await tell_channel(loopback.gateway, "CHANNEL_UPDATE", channel)
    await quiet(loopback, bot)


def shown(message: Json) -> str:
    """Return all that a message says, the staff note too."""
    return f"{words(message)}\n{[embed.get('fields') for embed in message['embeds']]}"


async def test_they_are_told_with_the_note(loopback: Loopback, among: Who) -> None:
    (reply,) = await replies(loopback, await mention(loopback, among, CEILING))

    assert "team Zebra" in shown(reply)
    assert "Ask Quentin." in shown(reply)


async def test_who_can_read_is_looked_at_with_each_answer(loopback: Loopback, among: Who, bot: DiscordBot) -> None:
    await opened(loopback, bot, among.channel_id)
    (reply,) = await replies(loopback, await mention(loopback, among, CEILING))

    assert "Zebra" not in shown(reply)
    assert "no answer to that yet" in shown(reply)


async def test_a_reply_that_is_late_is_not_said_before_others(
    loopback: Loopback, app: App, among: Who, bot: DiscordBot
) -> None:
    loopback.faults.plan(POSTED, ServerError())
    asked = await mention(loopback, among, CEILING)
    await loopback.log.requested(POSTED)
    await opened(loopback, bot, among.channel_id)
    await elapse(app.database, timedelta(minutes=1, seconds=1))
    await bot.responder.recover()

    assert loopback.world.by_bot(asked) == []
    assert [one.status for one in posts(loopback, asked)] == [503]


async def test_what_moderators_answer_later_is_not_either(
    loopback: Loopback, app: App, among: Who, bot: DiscordBot
) -> None:
    asked = await mention(loopback, among, PARROT)
    await replies(loopback, asked)
    await opened(loopback, bot, among.channel_id)
    await app.review.answer("R1", NewAnswer(answer="In its cage."), actor="ann")
    await bot.responder.deliver()

    assert len(loopback.world.by_bot(asked)) == 1
