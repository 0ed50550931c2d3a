"""Show that a moderator makes an entry of what somebody replied, and that members suggest such replies."""

from bot.core.models import Audience, ItemStatus
from tests.adapters.discord.bots import quiet, replies, words
from tests.adapters.discord.moderators.staff import Review
from tests.loopback.discord.invoking import answered, submit, use_on
from tests.loopback.discord.people import Who, say
from tests.service.reviews import item_of

SEED = "abandon " * 11 + "about"


async def replied(review: Review, text: str = "In its cage.") -> tuple[int, int]:
    """Have somebody ask, and somebody else reply in the thread; return the thread and the reply."""
    asked = await review.unanswered()
    helper = Who(asked, review.max.user_id)
    reply = await say(review.loopback, helper, text)
    await quiet(review.loopback, review.bot)  # what a helper answers is suggested by itself, which changes the item
    return asked, reply


async def test_a_reply_to_what_waits_answers_the_item(review: Review) -> None:
    asked, reply = await replied(review)
    opened = await use_on(review.loopback, Who(asked, review.mo.user_id), "Use as FAQ answer", reply)
    mine = {"answer": "On its perch by the window."}  # the words of others need their consent
    shown = await review.answer_to(await submit(review.loopback, Who(asked, review.mo.user_id), opened, **mine))
    await review.press(Who(asked, review.mo.user_id), shown, "confirm")
    await review.until(shown, "R1 is answered")
    delivered = (await replies(review.loopback, asked, times=2))[1]

    assert "On its perch by the window." in words(delivered)
    assert (await item_of(review.app, "R1")).status is ItemStatus.ANSWERED


async def test_any_other_reply_makes_an_entry(review: Review) -> None:
    message = await say(review.loopback, review.asker, "Parrots sleep at night.")
    opened = await use_on(review.loopback, review.outside, "Use as FAQ answer", message)
    filled = {"question": "When do parrots sleep?", "category": "Birds", "staff_note": "All of them."}
    shown = await review.answer_to(await submit(review.loopback, review.outside, opened, **filled, audience="internal"))
    assert "past questions" in words(shown)
    await review.press(review.outside, shown, "confirm")
    await review.until(shown, "when-do-parrots-sleep is in the FAQ now.")
    entry = (await review.app.catalogue.show("when-do-parrots-sleep")).entry

    assert (entry.question, entry.answer) == ("When do parrots sleep?", "Parrots sleep at night.")
    assert (entry.category, entry.staff_note, entry.audience) == ("Birds", "All of them.", Audience.INTERNAL)


async def test_a_message_without_text_or_with_a_secret_is_not_taken(review: Review) -> None:
    for text in ("", SEED):
        message = await say(review.loopback, review.asker, text)
        refused = await review.used_on(review.outside, "Use as FAQ answer", message)
        assert "no text that could be an answer" in words(refused)


async def test_members_suggest_a_reply(review: Review) -> None:
    asked, reply = await replied(review, "Behind the sofa.")
    thanked = await review.used_on(Who(asked, review.asker.user_id), "Suggest as FAQ answer", reply)
    opened = await answered(review.loopback, await review.pressed(review.mo, "R1", "answer"))
    suggested = {each.suggested_by for each in (await review.app.review.show("R1")).suggestions}

    assert "Thank you." in words(thanked)
    assert f"discord:{review.asker.user_id}" in suggested
    assert "Behind the sofa." in str(opened)


async def test_what_answers_nothing_is_not_suggested(review: Review) -> None:
    message = await say(review.loopback, review.asker, "Behind the sofa.")
    refused = await review.used_on(review.asker, "Suggest as FAQ answer", message)

    assert "answers no question on the moderators' list" in words(refused)


async def test_a_secret_is_not_suggested(review: Review) -> None:
    asked, reply = await replied(review, SEED)
    refused = await review.used_on(Who(asked, review.asker.user_id), "Suggest as FAQ answer", reply)

    assert "no text that could be an answer" in words(refused)
    assert (await review.app.review.show("R1")).suggestions == ()
