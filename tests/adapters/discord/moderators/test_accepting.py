"""Show that each step of accepting several suggestions checks who takes it, and is taken once."""

from tests.adapters.discord.bots import button
from tests.adapters.discord.moderators.staff import Review, everything
from tests.loopback.discord.invoking import choose, click, shown
from tests.loopback.discord.payloads import Json
from tests.service.reviews import CAT, opened


async def offered(review: Review) -> tuple[Json, Json]:
    """Return the list, and the menu that its button shows."""
    await opened(review.app, CAT)
    await review.app.review.suggest("R1", answer="The night porter.", actor="helper")
    listed = await review.used(review.mo, "review")
    return listed, await review.answer_to(await review.press(review.mo, listed, "several"))


async def test_each_step_is_for_moderators(review: Review) -> None:
    listed, menu = await offered(review)
    world, mo = review.loopback.world, review.mo
    world.guild(world.guild_of(mo.channel_id) or 0).members[mo.user_id]["roles"] = []

    pressed = await review.press(mo, listed, "several")
    chosen = await choose(review.loopback, mo, int(menu["id"]), button(menu, "picks"), ["S1"])
    for one in (pressed, chosen):
        assert "for moderators only" in everything(await shown(review.loopback, one))


async def test_a_second_press_accepts_nothing_more(review: Review) -> None:
    _, menu = await offered(review)
    number = int(menu["id"])
    await choose(review.loopback, review.mo, number, button(menu, "picks"), ["S1"])
    looked = await review.until(menu, "past question")
    confirm = button(looked, "accept-picks")
    for _ in range(2):
        await click(review.loopback, review.mo, number, confirm)
    await review.until(menu, "Accepted: 1 of 1.")

    def told() -> list[str] | None:
        said = [everything(one) for one in review.loopback.world.private(review.mo.user_id)]
        return [one for one in said if "I no longer have what you wrote" in one] or None

    await review.loopback.log.until(told)
    assert "Accepted: 1 of 1." in everything(review.loopback.world.messages[number])
