"""Show that the moderators' channel is told once a week how the FAQ does."""

from datetime import timedelta

from bot.core.models import Audience
from tests.adapters.discord.bots import POSTED, words
from tests.adapters.discord.moderators.staff import Review
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.payloads import Json
from tests.service.deliveries import Watch
from tests.service.samples import UNKNOWN, ask

WEEK = timedelta(days=7)


async def told_after(review: Review, watch: Watch, time: timedelta) -> list[Json]:
    """Wait for some time, and return what the channel was told by then."""
    watch.forward(time)
    for _ in range(2):
        await review.bot.review_channel.tell_week()
    return [one for one in review.loopback.world.by_bot(review.staff.room) if not one["embeds"]]


async def test_it_is_told_once_a_week(review: Review, watch: Watch) -> None:
    await review.bot.review_channel.tell_week()
    (told,) = await told_after(review, watch, WEEK)

    assert "Nobody asked anything." in words(told)
    assert len(await told_after(review, watch, WEEK)) == 2


async def test_what_discord_did_not_take_is_told_later(review: Review, watch: Watch) -> None:
    await review.bot.review_channel.tell_week()
    review.loopback.faults.plan(POSTED, Refusal.MISSING_PERMISSIONS)

    assert len(await told_after(review, watch, WEEK)) == 1
    assert [one.status for one in review.loopback.log.named(POSTED)] == [403, 200]


async def test_moderators_are_told_of_what_staff_asked_too(review: Review, watch: Watch) -> None:
    await review.bot.review_channel.tell_week()
    watch.forward(WEEK)
    await ask(review.app, UNKNOWN, audience=Audience.INTERNAL)
    (told,) = await told_after(review, watch, timedelta(seconds=1))

    assert "1 question from 1 person" in words(told)
