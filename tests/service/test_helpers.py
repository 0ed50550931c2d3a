"""Show what a helper's message does to questions of the log, and to what is being sent."""

from datetime import timedelta

import pytest

from bot.core.models import MessageRef, Surface
from bot.service.app import App
from bot.service.conversations import Receipt, Unfinished
from bot.service.privacy import Person
from bot.service.replies import LEASE
from bot.store.records import ReplyState
from tests.service.conversations import ANN, ambient, message, say, state
from tests.service.deliveries import Watch
from tests.service.leases import elapse
from tests.service.samples import FEES

HELPER = Person("slack", "helen")


def below(thread: str | None, message_id: str = "m9") -> MessageRef:
    """Return where a helper writes."""
    return MessageRef(platform="slack", workspace_id="T1", channel_id="C1", thread_id=thread, message_id=message_id)


async def helped(app: App, thread: str | None = "m1", message_id: str = "m9") -> Unfinished | None:
    """Have a helper write."""
    return await app.helpers.wrote(below(thread, message_id), HELPER)


async def test_a_reply_that_is_being_sent_unasked_goes_once_it_is_sent(talk: App) -> None:
    asked = await ambient(talk, FEES.question)
    assert await helped(talk) is None

    assert await talk.conversations.sent(asked.question_id, "reply") is Receipt.OUTDATED
    (left,) = await talk.conversations.unfinished("slack")
    assert (left.reply, left.sent_message_id) == (None, "reply")
    await talk.helpers.taken_back(asked.question_id)
    assert (await state(talk, asked.question_id)).reply_state is ReplyState.WITHDRAWN
    assert await talk.conversations.unfinished("slack") == ()


async def test_a_reply_that_is_being_sent_is_marked_once_it_is_sent(talk: App) -> None:
    asked = await talk.ask.ask(message(FEES.question))
    assert await helped(talk) is None

    assert await talk.conversations.sent(asked.question_id, "reply") is Receipt.OUTDATED
    (left,) = await talk.conversations.unfinished("slack")
    assert left.reply is not None
    assert left.reply.helped


@pytest.mark.parametrize("surface", [Surface.AMBIENT, Surface.MENTION])
async def test_what_a_process_left_that_died_over_it_another_one_does(talk: App, surface: Surface) -> None:
    asked = await say(talk, FEES.question, surface=surface)
    first = await helped(talk)
    assert first is not None
    assert await talk.conversations.unfinished("slack") == ()

    await elapse(talk.database, LEASE)
    (left,) = await talk.conversations.unfinished("slack")
    assert (left.question.id, left.reply, left.sent_message_id) == (asked.question_id, first.reply, "reply to m1")


async def test_an_answer_stays_marked_when_its_question_is_edited(talk: App) -> None:
    asked = await say(talk, "where is the parrot")
    await helped(talk)
    await talk.conversations.sent(asked.question_id, "reply to m1")
    edited = await talk.ask.edited(message(FEES.question))

    assert edited is not None
    assert edited.reply is not None
    assert edited.reply.helped


async def test_a_helper_who_is_late_changes_nothing(talk: App, watch: Watch) -> None:
    await say(talk, FEES.question)
    watch.forward(timedelta(minutes=11))

    assert await helped(talk) is None


async def test_a_question_after_the_message_of_a_helper_is_not_the_one_that_they_answered(talk: App) -> None:
    await say(talk, FEES.question, "m5")

    assert await helped(talk, "m5", "m4") is None


async def test_a_message_that_comes_again_changes_nothing_more(talk: App) -> None:
    await say(talk, FEES.question)
    assert await helped(talk) is not None
    assert await helped(talk) is None


async def test_a_helper_is_in_a_channel_for_a_while_only(talk: App, watch: Watch) -> None:
    await ambient(talk, FEES.question)
    watch.forward(timedelta(seconds=5))
    await helped(talk, None)
    assert await talk.helpers.are_here(below(None), ANN)
    assert not await talk.helpers.are_here(below(None), Person("slack", "ben"))

    watch.forward(timedelta(minutes=11))
    assert not await talk.helpers.are_here(below(None), ANN)


async def test_a_helper_stays_in_a_thread_until_nobody_remembers_it(talk: App, watch: Watch) -> None:
    await helped(talk, "t1")
    watch.forward(timedelta(days=2))
    assert await talk.helpers.are_here(below("t1"), ANN)
    assert not await talk.helpers.are_here(below("t2"), ANN)

    watch.forward(timedelta(days=40))
    await helped(talk, "t2")
    assert not await talk.helpers.are_here(below("t1"), ANN)
