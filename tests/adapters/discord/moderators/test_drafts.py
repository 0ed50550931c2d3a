"""Show that a draft of the list, and its dialog, are for those who are moderators by then."""

from tests.adapters.discord.bots import behave, button, quiet
from tests.adapters.discord.moderators.staff import Review, everything
from tests.loopback.discord.invoking import answered, choose, shown, submit
from tests.loopback.discord.people import say
from tests.service.samples import FEES


async def test_each_step_is_for_moderators(review: Review) -> None:
    loopback, mo = review.loopback, review.mo
    await behave(review.app, loopback, review.asker.channel_id, mode="draft")
    await say(loopback, review.asker, FEES.question)
    await quiet(loopback, review.bot)
    listed = await review.used(mo, "review")
    menu = button(listed, "draft")
    draft = await review.answer_to(await choose(loopback, mo, int(listed["id"]), menu, ["Q1"]))
    opened = await review.press(mo, draft, "rewrite")
    await answered(loopback, opened)
    loopback.world.guild(loopback.world.guild_of(mo.channel_id) or 0).members[mo.user_id]["roles"] = []

    for one in (
        await choose(loopback, mo, int(listed["id"]), menu, ["Q1"]),
        await review.press(mo, draft, "rewrite"),
        await submit(loopback, mo, opened, answer="Two coins."),
    ):
        assert "for moderators only" in everything(await shown(loopback, one))
    assert (await review.app.held.show("Q1")).is_open
