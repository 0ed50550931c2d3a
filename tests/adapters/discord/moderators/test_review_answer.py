"""Show that a moderator answers an item on Discord once they saw what that changes, and that the asker is told."""

from bot.core.models import ItemStatus
from bot.store.drafts import LIFETIME
from tests.adapters.discord.bots import replies, words
from tests.adapters.discord.moderators.staff import PARROT, Review, labels
from tests.loopback.discord.invoking import answered, submit
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, mention
from tests.service.leases import elapse
from tests.service.reviews import item_of


async def proposed(review: Review, who: Who, text: str = "In its cage.") -> Json:
    """Fill in an answer to the first item, and return what the moderator is shown then."""
    return await review.filled(who, "R1", "answer", answer=text)


async def saved(review: Review, who: Who, proposal: Json) -> None:
    """Save what was proposed."""
    await review.press(who, proposal, "confirm")


async def test_what_an_answer_changes_is_shown_before_it_is_saved(review: Review) -> None:
    await review.unanswered()
    shown = await proposed(review, review.mo)

    assert "1 would win one" in words(shown)
    assert PARROT in words(shown)
    assert labels(shown) == ["Save", "Cancel"]
    assert int(shown["id"]) in review.loopback.world.seen_by
    assert (await item_of(review.app, "R1")).status is ItemStatus.OPEN


async def test_a_saved_answer_reaches_the_asker_once(review: Review) -> None:
    asked = await review.unanswered()
    shown = await proposed(review, review.mo)
    await saved(review, review.mo, shown)
    done = await review.until(shown, "R1 is answered")
    delivered = (await replies(review.loopback, asked, times=2))[1]
    await review.card("R1", f"Answered by <@{review.mo.user_id}>")
    again = await mention(review.loopback, review.asker, PARROT)

    assert "One person is told" in words(done)
    assert labels(done) == []
    assert f"<@{review.asker.user_id}>" in words(delivered)
    assert "In its cage." in words(delivered)
    assert review.loopback.world.pinged[int(delivered["id"])] == {str(review.asker.user_id)}
    assert "In its cage." in words((await replies(review.loopback, again))[0])
    assert len(review.loopback.world.by_bot(asked)) == 2


async def test_what_was_cancelled_is_not_saved(review: Review) -> None:
    await review.unanswered()
    shown = await proposed(review, review.mo)
    await review.press(review.mo, shown, "cancel")
    left = await review.until(shown, "Nothing was changed.")

    assert labels(left) == []
    assert (await item_of(review.app, "R1")).status is ItemStatus.OPEN


async def test_after_a_while_the_button_says_that_the_draft_is_gone(review: Review) -> None:
    await review.unanswered()
    shown = await proposed(review, review.mo)
    await elapse(review.app.database, LIFETIME)
    await saved(review, review.mo, shown)
    await review.until(shown, "I no longer have what you wrote")

    assert (await item_of(review.app, "R1")).status is ItemStatus.OPEN


async def test_a_draft_is_nobody_elses(review: Review) -> None:
    await review.unanswered()
    shown = await proposed(review, review.mo)
    await saved(review, review.max, shown)
    await review.until(shown, "I no longer have what you wrote")

    assert (await item_of(review.app, "R1")).status is ItemStatus.OPEN


async def test_a_second_moderator_is_told_who_was_first(review: Review) -> None:
    await review.unanswered()
    mine, other = await proposed(review, review.mo), await proposed(review, review.max, "On the roof.")
    await saved(review, review.mo, mine)
    await review.until(mine, "R1 is answered")
    await saved(review, review.max, other)
    refused = await review.until(other, "meanwhile")

    assert f"R1 was answered by <@{review.mo.user_id}>" in words(refused)
    assert [one.entry.answer for one in await review.app.catalogue.list() if "parrot" in one.entry.id] == [
        "In its cage."
    ]


async def test_a_card_that_is_out_of_date_opens_no_dialog(review: Review) -> None:
    await review.unanswered()
    stale = dict(await review.card("R1"))
    await review.app.review.assign("R1", "ann", actor="ann")
    refused = await review.answer_to(await review.press(review.mo, stale, "answer"))

    assert "R1 was assigned by ann meanwhile" in words(refused)


async def test_an_answer_that_cannot_be_stored_is_refused_politely(review: Review) -> None:
    await review.unanswered()
    opened = await review.pressed(review.mo, "R1", "answer")
    await answered(review.loopback, opened)
    await review.app.review.assign("R1", "ann", actor="ann")
    shown = await review.answer_to(await submit(review.loopback, review.mo, opened, answer="x", category="c" * 90))
    await saved(review, review.mo, shown)
    refused = await review.until(shown, "meanwhile")

    assert "I changed nothing" in words(refused)


async def test_an_answer_begins_with_what_somebody_suggested(review: Review) -> None:
    await review.unanswered()
    suggested = await review.app.review.suggest("R1", actor="ben", answer="Behind the sofa.")
    opened = await review.pressed(review.mo, "R1", "answer")
    shown = await review.answer_to(await submit(review.loopback, review.mo, opened))
    await saved(review, review.mo, shown)
    await review.until(shown, "R1 is answered")
    history = (await review.app.review.show("R1")).history

    assert "Behind the sofa." in str((await answered(review.loopback, opened))["data"])
    assert suggested.id in str(history[-1].after)
