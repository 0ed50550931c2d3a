"""Show that what a moderator answers later reaches who asked: in their thread, with one mention, once."""

from datetime import timedelta

import pytest

from bot.service.deliveries import Sent
from bot.service.resolutions import NewAnswer
from tests.adapters.discord.bots import POSTED, posts, quiet, replies, words
from tests.adapters.discord.moderators.staff import Review
from tests.loopback.discord.constants import Permission
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.faults import Broken, Fault, ServerError, TooMany
from tests.loopback.discord.payloads import Json, overwrite
from tests.loopback.discord.people import Who, mention, remove
from tests.service.leases import elapse

OPENED = "PATCH /channels/{channel_id}"
LATER = timedelta(hours=1)


async def answered(review: Review) -> None:
    """Have a moderator answer what somebody asked, so that there is something to deliver."""
    await quiet(review.loopback, review.bot)
    await review.app.review.answer("R1", NewAnswer(answer="In its cage."), actor="ann")


async def delivered(review: Review, thread: int) -> Json:
    """Return what came later into a thread."""
    await review.bot.responder.deliver()
    _, later = await replies(review.loopback, thread, times=2)
    return later


async def test_who_asked_is_mentioned_and_nobody_else(review: Review) -> None:
    thread = await review.unanswered()
    await answered(review)
    later = await delivered(review, thread)

    assert "In its cage." in words(later)
    assert later["content"].count(f"<@{review.asker.user_id}>") == 1
    assert review.loopback.world.pinged[int(later["id"])] == {str(review.asker.user_id)}


async def test_what_comes_later_is_not_taken_for_the_reply(review: Review) -> None:
    thread = await review.unanswered()
    await answered(review)
    await delivered(review, thread)
    asked = (await review.app.review.show("R1")).item.questions[0]
    reply, _ = await replies(review.loopback, thread, times=2)
    assert await review.bot.messenger.find(asked.ref, asked.id) == Sent(reply["id"])

    del review.loopback.world.messages[int(reply["id"])]  # as if it had not been sent
    assert await review.bot.messenger.find(asked.ref, asked.id) is None


@pytest.mark.parametrize("locked", [False, True])
async def test_a_thread_that_is_archived_is_opened_for_it(review: Review, *, locked: bool) -> None:
    thread = await review.unanswered()
    await answered(review)
    state = review.loopback.world.channels[thread]["thread_metadata"]
    state |= {"archived": True, "locked": locked}
    if locked:
        _allow_threads(review)
    later = await delivered(review, thread)

    assert "In its cage." in words(later)
    assert state["archived"] is False
    assert len(review.loopback.log.named(OPENED)) == int(locked)  # Discord itself opens one that is not locked


@pytest.mark.parametrize(("archived", "code"), [(True, 50083), (False, 160005)])
async def test_a_thread_that_is_locked_is_left_without_the_permission_to_open_it(
    review: Review, caplog: pytest.LogCaptureFixture, *, archived: bool, code: int
) -> None:
    thread = await review.unanswered()
    await answered(review)
    state = review.loopback.world.channels[thread]["thread_metadata"]
    state |= {"archived": archived, "locked": True}

    for _ in range(3):
        await review.bot.responder.deliver()
        await elapse(review.app.database, LATER)

    (told,) = [vars(one) for one in caplog.records if one.message == "discord.thread.locked"]
    assert (told["code"], told["channel_id"]) == (code, str(review.asker.channel_id))
    assert told["lacks"] == ("Manage Threads",)
    assert len(posts(review.loopback, thread)) == 2  # what was said before, and one try
    assert len(review.loopback.world.by_bot(thread)) == 1
    assert state["archived"] is archived


async def test_a_reply_to_what_was_asked_in_a_locked_thread_is_tried_once(
    review: Review, caplog: pytest.LogCaptureFixture
) -> None:
    thread = await review.unanswered()
    review.loopback.world.channels[thread]["thread_metadata"] |= {"locked": True}
    await mention(review.loopback, Who(thread, review.asker.user_id), "how much does a withdrawal cost?")
    await quiet(review.loopback, review.bot)

    for _ in range(3):
        await elapse(review.app.database, LATER)
        await review.bot.responder.recover()

    assert caplog.messages.count("discord.thread.locked") == 1
    assert len(posts(review.loopback, thread)) == 2


def _allow_threads(review: Review) -> None:
    """Permit the bot to open what is locked."""
    channel = review.loopback.world.channels[review.asker.channel_id]
    channel["permission_overwrites"] = [overwrite(int(channel["guild_id"]), allow=Permission.MANAGE_THREADS)]


@pytest.mark.parametrize("fault", [Broken.AFTER, Broken.BEFORE, ServerError(), TooMany(retry_after=0.01)])
async def test_it_is_said_once_whatever_goes_wrong(review: Review, fault: Fault) -> None:
    thread = await review.unanswered()
    await answered(review)
    review.loopback.faults.plan(POSTED, fault)
    for _ in range(3):
        await review.bot.responder.deliver()
        await elapse(review.app.database, LATER)
        review.loopback.world.nonces.clear()  # Discord remembers them for some minutes only
    await quiet(review.loopback, review.bot)

    assert len(review.loopback.world.by_bot(thread)) == 2
    assert len({one.body["nonce"] for one in posts(review.loopback, thread)}) == 2


async def test_of_a_question_that_is_gone_nothing_is_said(review: Review) -> None:
    thread = await review.unanswered()
    await answered(review)
    await remove(review.loopback, thread)
    await quiet(review.loopback, review.bot)
    await review.bot.responder.deliver()

    assert [one for one in posts(review.loopback, thread) if "In its cage." in str(one.body)] == []


@pytest.mark.parametrize("refusal", [Refusal.UNKNOWN_CHANNEL, Refusal.UNKNOWN_MESSAGE, Refusal.MISSING_PERMISSIONS])
async def test_what_is_refused_for_good_is_not_tried_again(review: Review, refusal: Refusal) -> None:
    thread = await review.unanswered()
    await answered(review)
    review.loopback.faults.plan(POSTED, refusal)
    review.loopback.faults.plan("GET /channels/{channel_id}/messages/{message_id}", refusal)
    for _ in range(3):
        await review.bot.responder.deliver()
        await elapse(review.app.database, LATER)

    assert len(review.loopback.world.by_bot(thread)) == 1
