"""Show when the bot answers in a channel although nobody called it."""

from datetime import timedelta

from bot.adapters.discord.bot import DiscordBot
from bot.core.models import MessageRef
from bot.service.app import App
from tests.adapters.discord.bots import THREADED, behave, posts, quiet, replies, running_bot, words
from tests.loopback.discord.people import Who, open_thread, say
from tests.loopback.discord.server import Loopback
from tests.service.deliveries import Watch
from tests.service.leases import elapse

FEES = "how much does a withdrawal cost?"


async def test_what_is_certain_is_answered(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    await behave(app, loopback, asker.channel_id, mode="ambient")
    asked = await say(loopback, asker, FEES)
    (reply,) = await replies(loopback, asked)

    assert "One coin." in words(reply)


async def test_what_is_not_certain_is_not(loopback: Loopback, app: App, bot: DiscordBot, asker: Who) -> None:
    await behave(app, loopback, asker.channel_id, mode="ambient")
    for said in ("where is the parrot", "good morning", "???"):
        await say(loopback, asker, said)
    await quiet(loopback, bot)

    assert loopback.log.named(THREADED) == []


async def test_a_channel_for_mentions_is_left_alone(loopback: Loopback, bot: DiscordBot, asker: Who) -> None:
    await say(loopback, asker, FEES)
    await quiet(loopback, bot)

    assert loopback.log.named(THREADED) == []


async def test_a_person_who_answers_first_is_left_to_it(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who, guild: int
) -> None:
    await behave(app, loopback, asker.channel_id, mode="ambient", wait_seconds="600")
    by_reply, by_thread = await say(loopback, asker, FEES), await say(loopback, asker, FEES)
    thread = await open_thread(loopback, by_thread, asker.user_id, "fees")
    ben = loopback.world.add_member(guild, "ben")
    await say(loopback, asker, "anybody?", reply_to=by_reply)
    await _logged(app, guild, by_reply)
    await _logged(app, guild, by_thread)
    await say(loopback, Who(asker.channel_id, ben), "one coin", reply_to=by_reply)
    await say(loopback, Who(thread, ben), "one coin")
    await quiet(loopback, bot)

    assert (posts(loopback, by_reply), posts(loopback, by_thread)) == ([], [])


async def test_bots_and_webhooks_are_not_answered(
    loopback: Loopback, app: App, bot: DiscordBot, asker: Who, guild: int
) -> None:
    await behave(app, loopback, asker.channel_id, mode="ambient")
    other = loopback.world.add_member(guild, "other", bot=True)
    await say(loopback, Who(asker.channel_id, other), FEES)
    await say(loopback, asker, FEES, extra={"webhook_id": "77"})
    await quiet(loopback, bot)

    assert loopback.log.named(THREADED) == []


async def test_bots_and_webhooks_that_are_listed_are_answered(
    loopback: Loopback, app: App, asker: Who, guild: int
) -> None:
    await behave(app, loopback, asker.channel_id, mode="ambient")
    other = loopback.world.add_member(guild, "other", bot=True)
    async with running_bot(loopback, app, bots=frozenset({other, 77})):
        by_bot = await say(loopback, Who(asker.channel_id, other), FEES)
        by_webhook = await say(loopback, asker, FEES, extra={"webhook_id": "77"})
        await replies(loopback, by_bot)
        await replies(loopback, by_webhook)


async def _logged(app: App, guild: int, message_id: int) -> None:
    """Wait until a question is on the log, and its reply held back."""
    place = MessageRef(platform="discord", workspace_id=str(guild), message_id=str(message_id))
    while await app.conversations.why(place) is None:
        pass


async def test_a_person_who_answered_while_the_bot_was_away_is_left_to_it(  # noqa: PLR0913, PLR0917  # the fixtures it needs
    loopback: Loopback, watch: Watch, app: App, bot: DiscordBot, asker: Who, guild: int
) -> None:
    await behave(app, loopback, asker.channel_id, mode="ambient", wait_seconds="300")
    by_reply, by_thread, alone = [await say(loopback, asker, FEES) for _ in range(3)]
    for asked in (by_reply, by_thread, alone):
        await _logged(app, guild, asked)
    thread = await open_thread(loopback, by_thread, asker.user_id, "fees")
    await bot.work.finish(within=timedelta())
    ben = loopback.world.add_member(guild, "ben")
    await say(loopback, asker, "anybody?", reply_to=alone)
    await say(loopback, Who(asker.channel_id, ben), "one coin", reply_to=by_reply)
    await say(loopback, Who(thread, ben), "one coin")

    await elapse(app.database, timedelta(minutes=10))
    await bot.responder.recover()

    assert (posts(loopback, by_reply), posts(loopback, by_thread)) == ([], [])
    assert len(await replies(loopback, alone)) == 1
