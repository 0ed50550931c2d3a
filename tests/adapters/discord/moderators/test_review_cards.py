"""Show that the moderators' channel has one card for each item, which says how the item stands."""

import pytest

from bot.core.models import DismissReason
from bot.service.app import App
from tests.adapters.discord.bots import posts, quiet, running_bot
from tests.adapters.discord.moderators.staff import FERRET, PARROT, Review, labels
from tests.loopback.discord.constants import Permission
from tests.loopback.discord.payloads import overwrite
from tests.loopback.discord.server import Loopback
from tests.loopback.discord.telling import tell_channel


async def test_what_has_no_answer_has_one_card(review: Review) -> None:
    await review.unanswered()
    await review.unanswered()
    await review.unanswered(FERRET)
    await review.card("R1", PARROT, "Asked 2 times by one person on Discord", "No answer · Open")
    await review.card("R2", FERRET, "Asked once")

    assert len(review.loopback.world.by_bot(review.staff.room)) == 2


async def test_a_card_follows_what_is_done_elsewhere(review: Review) -> None:
    await review.unanswered()
    before = await review.card("R1")
    await review.app.review.dismiss("R1", reason=DismissReason.SPAM, actor="ann")
    review.bot.rounds.ask()
    after = await review.card("R1", "Dismissed by ann", "Spam")

    assert after["id"] == before["id"]
    assert labels(after) == ["Reopen", "Undo"]


async def test_a_card_calls_members_by_their_names_and_pings_nobody(review: Review) -> None:
    await review.unanswered()
    await review.app.review.assign("R1", f"discord:{review.mo.user_id}", actor="ann")
    review.bot.rounds.ask()
    shown = await review.card("R1", f"Assigned to: <@{review.mo.user_id}>")

    assert review.loopback.world.pinged[int(shown["id"])] == frozenset()


async def test_a_new_process_goes_on_with_the_cards_that_are_there(review: Review) -> None:
    await review.unanswered()
    before = await review.card("R1")
    async with running_bot(review.loopback, review.app, review_channel=review.staff.room) as other:
        await review.app.review.dismiss("R1", reason=DismissReason.SPAM, actor="ann")
        other.rounds.ask()
        after = await review.card("R1", "Dismissed")

    assert after["id"] == before["id"]


async def test_a_channel_that_everybody_reads_is_not_used(
    loopback: Loopback, app: App, guild: int, caplog: pytest.LogCaptureFixture
) -> None:
    room = loopback.world.add_channel(guild, "open-to-all")
    async with running_bot(loopback, app, review_channel=room) as bot:
        await bot.review_channel.show()
        await bot.review_channel.tell_week()

    assert posts(loopback, room) == []
    assert _told(caplog) == ["discord.review_channel.public"]


async def test_a_channel_that_everybody_comes_to_read_is_left(
    review: Review, guild: int, caplog: pytest.LogCaptureFixture
) -> None:
    await review.unanswered()
    await review.card("R1")
    channel = review.loopback.world.channels[review.staff.room]
    channel["permission_overwrites"] = [overwrite(guild, allow=Permission.VIEW_CHANNEL)]
    await tell_channel(review.loopback.gateway, "CHANNEL_UPDATE", channel)
    await quiet(review.loopback, review.bot)
    await review.unanswered(FERRET)
    await review.bot.review_channel.show()
    await review.bot.review_channel.show()

    assert len(review.loopback.world.by_bot(review.staff.room)) == 1
    assert _told(caplog) == ["discord.review_channel.public"]


async def test_a_channel_that_is_gone_is_told_once(
    loopback: Loopback, app: App, guild: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with running_bot(loopback, app, servers=frozenset({guild}), review_channel=4711) as bot:
        await bot.review_channel.show()

    assert _told(caplog) == ["discord.review_channel.unreadable"]


def _told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if one.name == "bot.adapters.discord.moderators.review_channel"]
