"""Show that moderators see why the bot decided as it did, and nothing that is not for the place."""

from bot.core.models import Audience, MessageRef
from tests.adapters.discord.bots import behave, quiet, replies, words
from tests.adapters.discord.moderators.staff import PARROT, Review
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.people import Who, mention, say


async def asked_and_answered(review: Review, text: str) -> tuple[int, Json]:
    """Have somebody ask, and return the message and the reply to it."""
    asked = await mention(review.loopback, review.asker, text)
    (reply,) = await replies(review.loopback, asked)
    await quiet(review.loopback, review.bot)
    return asked, reply


async def test_an_answer_is_explained_by_the_reply_and_by_the_question(review: Review) -> None:
    asked, reply = await asked_and_answered(review, "how much does a withdrawal cost?")
    in_thread = Who(asked, review.mo.user_id)
    shown = words(await review.used_on(in_thread, "Why?", int(reply["id"])))

    assert "Q1: how much does a withdrawal cost?" in shown
    assert "Decided: answered with fees" in shown
    assert "Nearest: " in shown
    assert "Thresholds: answer" in shown
    assert "Reply: sent" in shown
    assert words(await review.used_on(review.outside, "Why?", asked)) == shown


async def test_what_has_no_answer_names_its_item(review: Review) -> None:
    asked, _ = await asked_and_answered(review, PARROT)
    shown = words(await review.used_on(review.outside, "Why?", asked))

    assert "Decided: no answer fits" in shown
    assert "In the review: R1" in shown


async def test_of_any_other_message_nothing_is_known(review: Review) -> None:
    message = await say(review.loopback, review.asker, "hello")

    assert "I know of no question" in words(await review.used_on(review.outside, "Why?", message))


async def test_what_was_asked_among_staff_is_not_told_where_everybody_reads(review: Review) -> None:
    await behave(review.app, review.loopback, review.staff.room, mode="mention", audience="internal")
    asked = await mention(review.loopback, review.mo, "when does compliance raise a deposit ceiling?")
    await replies(review.loopback, asked)
    here = words(await review.used_on(review.mo, "Why?", asked))
    await behave(review.app, review.loopback, review.staff.room, audience="public")
    known = await review.app.conversations.why(
        MessageRef(
            platform="discord",
            workspace_id=str(review.loopback.world.guild_of(review.staff.room)),
            message_id=str(asked),
        )
    )

    assert "answered with limits" in here
    assert known is not None
    assert known.question.audience is Audience.INTERNAL
    review.loopback.world.messages[asked]["channel_id"] = str(review.asker.channel_id)
    assert "I know of no question" in words(await review.used_on(review.outside, "Why?", asked))
