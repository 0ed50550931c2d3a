"""Show what a moderator is told who names an entry that there is not, and that nobody else names one."""

from bot.core.models import Audience
from tests.adapters.discord.bots import button
from tests.adapters.discord.moderators.staff import Review, everything
from tests.loopback.discord.invoking import click, shown, submit
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who
from tests.loopback.discord.world import Invocation
from tests.service.graded import log
from tests.service.samples import WEB
from tests.service.test_grades import grade_of


async def asked_for(review: Review, who: Who, message: Json) -> Invocation:
    """Press the button that names another entry."""
    return await click(review.loopback, who, int(message["id"]), button(message, "name"))


async def test_words_that_fit_nothing_grade_nothing(review: Review) -> None:
    asked = await log(review.app, 0.9)
    message = await review.used(review.mo, "faq-grade")
    await submit(review.loopback, review.mo, await asked_for(review, review.mo, message), entry_id="zzz qqq")

    assert any("No entry fits these words" in one for one in await review.told(review.mo, times=2))
    assert await grade_of(review.app, asked) is None


async def test_nobody_but_moderators_names_an_entry(review: Review) -> None:
    asked = await log(review.app, 0.9)
    message = await review.used(review.mo, "faq-grade")
    opened = await asked_for(review, review.mo, message)
    await review.loopback.log.until(lambda: opened.callback)
    world, mo = review.loopback.world, review.mo
    world.guild(world.guild_of(mo.channel_id) or 0).members[mo.user_id]["roles"] = []

    for one in (
        await asked_for(review, mo, message),
        await submit(review.loopback, mo, opened, entry_id=WEB.id),
    ):
        assert "for moderators only" in everything(await shown(review.loopback, one))
    assert await grade_of(review.app, asked) is None


async def test_what_staff_asked_is_not_named_where_others_read(review: Review) -> None:
    await log(review.app, 0.9, audience=Audience.INTERNAL)
    message = await review.used(review.mo, "faq-grade")
    message["channel_id"] = str(review.outside.channel_id)

    pressed = await asked_for(review, review.outside, message)
    assert "Q1" in everything(await shown(review.loopback, pressed))
