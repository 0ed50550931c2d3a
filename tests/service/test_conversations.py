"""Show what the bot knows of the threads it speaks in, who may remove what it said, and what it tells about it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.deciding.decision import built_in
from bot.core.deciding.ranking import LEXICAL
from bot.core.models import Answered, Audience, ChannelRef, DismissReason, MessageRef, Surface
from bot.core.review import Progress
from bot.core.wording.languages import speaking
from bot.core.wording.replies import ABOVE, NOTHING_FITS, ReplyKind
from bot.service.app import App
from bot.service.conversations import ENGAGED, MOST_OWN, Thread
from bot.service.replies import LEASE
from bot.service.resolutions import NewAnswer
from bot.store import audit
from bot.store.records import ReplyState
from tests.service.conversations import ANN, BEN, FREEZE, HERE, ambient, message, say, state
from tests.service.deliveries import Receiver, Watch
from tests.service.leases import elapse
from tests.service.samples import FEES, LIMITS, NOW, UNKNOWN

A_MOMENT, A_WHILE = timedelta(seconds=1), LEASE / 2
AGAIN = "how much does a withdrawal cost"


async def test_a_thread_is_engaged_for_a_day_once_something_was_said(talk: App) -> None:
    await talk.ask.ask(message(FEES.question, "t1"))
    assert not await talk.conversations.engaged(HERE)
    await talk.conversations.sent("Q1", "reply")
    await elapse(talk.database, ENGAGED - A_WHILE)
    assert await talk.conversations.engaged(HERE)

    await elapse(talk.database, A_WHILE)
    assert not await talk.conversations.engaged(HERE)
    await say(talk, UNKNOWN, "m2", thread="t1")
    assert await talk.conversations.engaged(HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, channel=ChannelRef("discord", "T1", "C1")),
        replace(HERE, channel=ChannelRef("slack", "T2", "C1")),
        replace(HERE, channel=ChannelRef("slack", "T1", "C2")),
        replace(HERE, thread_id="t2"),
    ],
)
async def test_another_thread_is_not(talk: App, elsewhere: Thread) -> None:
    await say(talk, FEES.question, "m1", thread="t1")

    assert await talk.conversations.engaged(HERE)
    assert not await talk.conversations.engaged(elsewhere)


async def test_where_nothing_was_said_or_all_of_it_removed_nobody_is_engaged(talk: App) -> None:
    await talk.ask.ask(message(UNKNOWN, "m1", thread="t1", surface=Surface.AMBIENT))
    asked = await say(talk, FEES.question, "m2", thread="t1")
    await talk.conversations.removed(asked.question_id, actor="ann")

    assert not await talk.conversations.engaged(HERE)


async def test_an_answer_that_came_later_engages_too(talk: App) -> None:
    asked = await say(talk, UNKNOWN, "m1", thread="t1")
    assert asked.item_id is not None
    await elapse(talk.database, 2 * ENGAGED)
    await talk.review.answer(asked.item_id, NewAnswer(answer="In its cage.", entry_id="parrot"), actor="mod")
    assert not await talk.conversations.engaged(HERE)
    await talk.deliveries.send_due("slack", Receiver())

    assert await talk.conversations.engaged(HERE)
    again = await say(talk, UNKNOWN, "m2", thread="t1")
    assert again.reply is not None
    assert again.reply.text == str(ABOVE)


@pytest.mark.parametrize("places", [("m1", "t1"), ("t1", None)], ids=["in the thread", "at its root"])
async def test_a_thread_is_pointed_to_the_answer_that_it_has(talk: App, places: tuple[str, str | None]) -> None:
    first = await say(talk, FEES.question, places[0], thread=places[1])
    again = await say(talk, AGAIN, "m2", thread="t1")
    third = await say(talk, AGAIN, "m3", thread="t1")

    assert isinstance(again.decision, Answered)
    assert first.reply is not None
    assert first.reply.kind is ReplyKind.ANSWER
    for each in (again, third):
        assert each.reply is not None
        assert (each.reply.kind, each.reply.text, each.reply.entry_id) == (ReplyKind.HINT, str(ABOVE), "fees")
        assert each.reply.title == FEES.question
        assert (await state(talk, each.question_id)).outcome.decision == each.decision


async def kinds(app: App, asked: Sequence[tuple[str, str | None]]) -> list[ReplyKind | None]:
    """Return what comes of asking the same in some places."""
    replies = [(await say(app, FEES.question, place, thread=thread)).reply for place, thread in asked]
    return [None if reply is None else reply.kind for reply in replies]


async def test_elsewhere_the_answer_is_given_again(talk: App) -> None:
    assert await kinds(talk, [("m1", None), ("m2", None), ("m3", "t1"), ("m4", "t2")]) == [ReplyKind.ANSWER] * 4


async def test_a_shadow_gave_no_answer(talk: App) -> None:
    await talk.ask.ask(message(FEES.question, "m1", thread="t1", shadow=True))

    assert await kinds(talk, [("m2", "t1")]) == [ReplyKind.ANSWER]


async def test_what_was_removed_or_has_changed_is_given_again(talk: App) -> None:
    first = await say(talk, FEES.question, "m1", thread="t1")
    assert await kinds(talk, [("m2", "t1")]) == [ReplyKind.HINT]
    await talk.conversations.removed(first.question_id, actor="ann")
    assert await kinds(talk, [("m3", "t1"), ("m4", "t1")]) == [ReplyKind.ANSWER, ReplyKind.HINT]

    await talk.catalogue.edit("fees", {"answer": "Two coins."}, actor="mod")
    assert await kinds(talk, [("m5", "t1"), ("m6", "t1")]) == [ReplyKind.ANSWER, ReplyKind.HINT]


async def test_what_was_chosen_is_not_answered_again(talk: App, watch: Watch) -> None:
    watch.forward(timedelta(days=1))
    asked = await say(talk, FREEZE, "m1", thread="t1")
    await talk.feedback.choose(asked.question_id, "freeze-app", ANN)
    again = await say(talk, "How do I freeze my account (app)?", "m2", thread="t1")

    assert again.reply is not None
    assert again.reply.text == str(ABOVE)


async def test_of_two_answers_under_way_the_first_is_given_after_a_crash(talk: App) -> None:
    await talk.ask.ask(message(FEES.question, "m1", thread="t1"))
    second = await say(talk, AGAIN, "m2", thread="t1")
    assert second.reply is not None
    assert second.reply.kind is ReplyKind.HINT
    await elapse(talk.database, LEASE)
    (left,) = await talk.conversations.unfinished("slack")

    assert left.reply is not None
    assert left.reply.kind is ReplyKind.ANSWER


async def test_after_a_crash_a_reply_is_in_the_language_of_its_channel(talk: App) -> None:
    asked = message(UNKNOWN, "m1")
    await talk.channels.set(asked.ref.channel, {"locale": "de"}, actor="ann")
    await talk.ask.ask(asked)
    await elapse(talk.database, LEASE)
    (left,) = await talk.conversations.unfinished("slack")

    assert left.reply is not None
    with speaking("de"):
        assert left.reply.text == str(NOTHING_FITS)


async def test_whoever_asked_and_moderators_may_remove_a_reply(talk: App) -> None:
    asked = await say(talk, FEES.question)

    assert await talk.conversations.may_remove(asked.question_id, ANN, moderator=False)
    assert not await talk.conversations.may_remove(asked.question_id, BEN, moderator=False)
    assert await talk.conversations.may_remove(asked.question_id, BEN, moderator=True)


async def test_a_removal_is_in_the_audit_log(talk: App) -> None:
    asked = await say(talk, FEES.question)
    await talk.conversations.removed(asked.question_id, actor="mod")

    async with talk.database.snapshot() as tx:
        (record,) = await audit.read(tx, f"question:{asked.question_id}")
    assert (record.actor, record.action, record.before) == ("mod", "remove", {"sent_message_id": "reply to m1"})
    await talk.conversations.sent(asked.question_id, "reply to m1")
    assert (await state(talk, asked.question_id)).reply_state is ReplyState.REMOVED


async def test_why_tells_the_whole_decision_by_any_message_of_it(talk: App) -> None:
    asked = await say(talk, UNKNOWN)
    assert asked.item_id is not None
    await talk.review.answer(asked.item_id, NewAnswer(answer="In its cage.", entry_id="parrot"), actor="mod")
    await talk.deliveries.send_due("slack", Receiver())
    places = [("m1", True), ("reply to m1", True), ("sent-1", True), ("m2", False)]
    for message_id, known in places:
        found = await talk.conversations.why(MessageRef(platform="slack", workspace_id="T1", message_id=message_id))
        assert (found is not None) is known

    found = await talk.conversations.why(MessageRef(platform="slack", workspace_id="T1", message_id="reply to m1"))
    assert found is not None
    assert (found.question.id, found.outcome.decision, found.outcome.text) == (
        asked.question_id,
        asked.decision,
        UNKNOWN,
    )
    assert found.outcome.thresholds == built_in(Surface.MENTION, LEXICAL)
    assert (found.item_id, found.sent_message_id) == (asked.item_id, "reply to m1")
    assert await talk.conversations.why(MessageRef(platform="slack", workspace_id="T2", message_id="m1")) is None
    assert await talk.conversations.why(MessageRef(platform="discord", workspace_id="T1", message_id="m1")) is None


async def test_everybody_sees_how_far_their_own_questions_have_come(talk: App, watch: Watch) -> None:
    await say(talk, FEES.question, "m1")
    watch.forward(A_MOMENT)
    await say(talk, FREEZE, "m2")
    await say(talk, "who paints violins", "m3")
    waiting, later, spam = [
        await say(talk, words, words) for words in ("can otters juggle", UNKNOWN, "buy my coins now")
    ]
    await say(talk, "thanks!", "m7")
    await talk.ask.ask(message(FEES.question, "m8", shadow=True))
    assert (waiting.item_id, later.item_id, spam.item_id) == ("R2", "R3", "R4")
    await talk.review.answer(
        "R3", NewAnswer(answer="In its cage.", entry_id="parrot", question="The parrot?"), actor="mod"
    )
    await talk.review.dismiss("R4", reason=DismissReason.SPAM, actor="mod")
    await talk.review.merge("R2", "R1", actor="mod")
    mine = await talk.conversations.mine(ANN)

    assert [(each.text, each.progress, each.title) for each in mine] == [
        ("buy my coins now", Progress.CLOSED, None),
        (UNKNOWN, Progress.ANSWERED_LATER, "The parrot?"),
        ("can otters juggle", Progress.WAITING, None),
        ("who paints violins", Progress.WAITING, None),
        (FREEZE, Progress.OFFERED, None),
        (FEES.question, Progress.ANSWERED, FEES.question),
    ]
    assert (mine[-1].id, mine[-1].entry_id, mine[-1].asked_at) == ("Q1", "fees", NOW)
    assert await talk.conversations.mine(BEN) == ()


async def test_of_an_entry_that_became_internal_the_public_sees_no_title(talk: App) -> None:
    await say(talk, FEES.question, "m1")
    await say(talk, LIMITS.question, "m2", audience=Audience.INTERNAL)
    await talk.catalogue.edit("fees", {"audience": "internal"}, actor="mod")

    assert [each.title for each in await talk.conversations.mine(ANN)] == [LIMITS.question, None]


async def test_the_last_questions_are_told(talk: App) -> None:
    for number in range(MOST_OWN + 1):
        await ambient(talk, f"how do I tune {number} violins?", f"m{number}")

    mine = await talk.conversations.mine(ANN)
    assert [each.id for each in mine] == [f"Q{number + 1}" for number in range(MOST_OWN, 0, -1)]


async def test_a_forgotten_person_has_no_questions(talk: App) -> None:
    await say(talk, FEES.question)
    await talk.privacy.forget(ANN, actor="mod")

    assert await talk.conversations.mine(ANN) == ()


async def test_two_answers_to_one_thread_at_once_are_both_something_to_read(talk: App, talk_elsewhere: App) -> None:
    apps = (talk, talk_elsewhere)
    asked = await asyncio.gather(*[say(apps[at % 2], FEES.question, f"m{at}", thread="t1") for at in range(4)])

    assert ReplyKind.ANSWER in {each.reply.kind for each in asked if each.reply is not None}


async def test_of_many_messages_those_on_the_log_are_known(talk: App) -> None:
    asked = [message(UNKNOWN, f"m{number}") for number in range(3)]
    for one in asked[:2]:
        await talk.ask.ask(one)
    elsewhere = [replace(asked[0].ref, workspace_id="T2"), replace(asked[0].ref, platform="discord")]

    assert await talk.conversations.known([*(one.ref for one in asked), *elsewhere]) == {one.ref for one in asked[:2]}
    assert await talk.conversations.known([]) == frozenset()
