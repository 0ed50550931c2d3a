"""Show that /review lists what waits, in private, page by page, and as far as others may read along."""

from bot.core.models import Audience
from tests.adapters.discord.bots import behave, button, words
from tests.adapters.discord.moderators.staff import FERRET, PARROT, Review, everything, labels
from tests.loopback.discord.invoking import choose, click
from tests.service.reviews import opened

STAFF_QUESTION = "who feeds the yak behind the vault"


async def test_the_list_is_private_and_shows_an_item_with_its_buttons(review: Review) -> None:
    await review.unanswered()
    await review.unanswered(FERRET)
    listed = await review.used(review.outside, "review")
    assert int(listed["id"]) in review.loopback.world.seen_by
    assert PARROT in words(listed)
    assert FERRET in words(listed)

    menu = button(listed, "show")
    picked = await choose(review.loopback, review.outside, int(listed["id"]), menu, ["R2"])
    shown = await review.answer_to(picked)
    assert "R2 · No answer" in everything(shown)
    assert "Dismiss" in labels(shown)

    await review.press(review.outside, shown, "assign")
    await review.until(shown, "Assigned to")
    await review.card("R2", "Assigned to")


async def test_pages(review: Review) -> None:
    for number in range(12):
        await opened(review.app, f"{'abcdefghijkl'[number] * 7} {'mnopqrstuvwx'[number] * 8}")
    first = await review.used(review.mo, "review")
    assert labels(first) == ["Accept several", "Next"]
    shown = words(first)

    await click(review.loopback, review.mo, int(first["id"]), button(first, "queue"))
    second = await review.until(first, "**R1**")
    assert labels(second) == ["Accept several", "Back"]
    assert words(second) != shown


async def test_an_empty_list_says_so(review: Review) -> None:
    assert "There is nothing else." in words(await review.used(review.mo, "review"))


async def test_where_everybody_reads_the_list_leaves_out_what_is_internal(review: Review) -> None:
    await opened(review.app, STAFF_QUESTION, audience=Audience.INTERNAL)
    await review.unanswered()
    await review.card("R1", STAFF_QUESTION)
    await behave(review.app, review.loopback, review.asker.channel_id, mode="mention", audience="internal")

    assert STAFF_QUESTION in words(await review.used(review.mo, "review"))
    outside = words(await review.used(review.outside, "review"))
    assert PARROT in outside
    assert STAFF_QUESTION not in outside


async def test_an_internal_item_is_not_there_where_everybody_reads(review: Review) -> None:
    await opened(review.app, STAFF_QUESTION, audience=Audience.INTERNAL)
    await review.unanswered()
    listed = await review.used(review.outside, "review")
    menu = button(listed, "show")
    forged = await choose(review.loopback, review.outside, int(listed["id"]), menu, ["R1"])

    assert "The review has no item R1." in words(await review.answer_to(forged))
