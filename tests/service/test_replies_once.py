"""Show that every question gets one reply, over repetitions, crashes and processes."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.models import MessageRef, Surface
from bot.core.wording.replies import NOTHING_FITS, ReplyKind
from bot.errors import QuestionNotFoundError
from bot.service.app import App
from bot.service.conversations import YOUNG, Receipt
from bot.service.replies import LEASE
from bot.store import conversations, questions
from bot.store.records import ReplyState
from tests.service.conversations import ambient, message, open_item, say, state
from tests.service.leases import elapse
from tests.service.samples import FEES, UNKNOWN
from tests.store.samples import saved

A_WHILE = LEASE / 2  # more than any test takes


async def test_whoever_asks_has_the_reply_to_send_for_a_minute(talk: App) -> None:
    first = await talk.ask.ask(message(FEES.question))
    await elapse(talk.database, LEASE - A_WHILE)
    soon = await talk.ask.ask(message(FEES.question))
    await elapse(talk.database, A_WHILE)
    late = await talk.ask.ask(message(FEES.question))
    again = await talk.ask.ask(message(FEES.question))

    assert (first.repeated, soon.repeated, late.repeated, again.repeated) == (False, True, True, True)
    assert first.reply is not None
    assert (soon.reply, late.reply, again.reply) == (None, first.reply, None)
    assert {each.question_id for each in (first, soon, late, again)} == {first.question_id}


async def test_what_a_process_was_about_to_send_is_due_when_it_has_ended(
    talk: App, talk_elsewhere: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait = timedelta(minutes=5)
    for module in (questions, conversations):
        monkeypatch.setattr(module, "PROCESS", "ended")
    asked = await talk.ask.ask(message(FEES.question))
    held_back = await talk.ask.ask(message(FEES.question, "m2"), wait=wait)
    monkeypatch.undo()
    await talk.ask.ask(message(FEES.question, "m3"))
    assert await talk_elsewhere.conversations.end_leases("slack", {"another"}) == 0
    assert await talk_elsewhere.conversations.end_leases("discord", {"ended"}) == 0
    assert await talk_elsewhere.conversations.unfinished("slack") == ()

    assert await talk_elsewhere.conversations.end_leases("slack", {"ended", "another"}) == 2
    (left,) = await talk_elsewhere.conversations.unfinished("slack")
    assert left.question.id == asked.question_id
    await elapse(talk.database, wait)
    assert held_back.question_id in {one.question.id for one in await talk.conversations.unfinished("slack")}


async def test_what_was_sent_is_not_sent_again(talk: App) -> None:
    asked = await say(talk, FEES.question)
    await elapse(talk.database, 2 * LEASE)

    assert (await talk.ask.ask(message(FEES.question))).reply is None
    assert await talk.conversations.unfinished("slack") == ()
    found = await state(talk, asked.question_id)
    assert (found.reply_state, found.sent_message_id, found.reply_until) == (ReplyState.SENT, "reply to m1", None)


async def test_a_caller_that_waits_for_people_keeps_the_reply_for_longer(talk: App) -> None:
    wait = timedelta(minutes=5)
    await talk.ask.ask(message(FEES.question), wait=wait)
    await elapse(talk.database, wait + LEASE - A_WHILE)
    assert await talk.conversations.unfinished("slack") == ()

    await elapse(talk.database, A_WHILE)
    assert len(await talk.conversations.unfinished("slack")) == 1


async def test_a_reply_is_composed_anew_from_the_entry_as_it_now_is(talk: App) -> None:
    first = await talk.ask.ask(message(FEES.question))
    await saved(talk.database, replace(FEES, answer="Two coins."))
    await elapse(talk.database, LEASE)
    late = await talk.ask.ask(message(FEES.question))

    assert late.reply is not None
    assert late.reply.text == "Two coins."
    assert late.decision == first.decision


async def test_a_question_whose_entry_is_gone_waits_for_the_moderators_as_the_reply_says(talk: App) -> None:
    asked = await talk.ask.ask(message(FEES.question))
    await talk.catalogue.edit("fees", {"status": "retired"}, actor="mod")
    await elapse(talk.database, LEASE)
    (left,) = await talk.conversations.unfinished("slack")

    assert left.reply is not None
    assert left.reply.text == str(NOTHING_FITS)
    assert await open_item(talk, asked.question_id) is not None


async def test_what_is_to_be_said_to_nobody_is_not_due(talk: App) -> None:
    shadow = await talk.ask.ask(message(FEES.question, "m1", shadow=True))
    silent = await ambient(talk, UNKNOWN, "m2")
    console = await talk.ask.ask(message(FEES.question, "m3", surface=Surface.CONSOLE))
    await elapse(talk.database, LEASE)

    assert (shadow.reply, silent.reply) == (None, None)
    assert console.reply is not None
    for asked in (shadow, silent, console):
        assert (await state(talk, asked.question_id)).reply_state is None
    assert (await talk.ask.ask(message(FEES.question, "m1", shadow=True))).reply is None
    assert await talk.conversations.unfinished("slack") == ()


async def test_after_a_restart_what_was_not_sent_is_handed_out_once(talk: App, talk_elsewhere: App) -> None:
    lost = await talk.ask.ask(message(FEES.question, "m1"))
    await say(talk, FEES.question, "m2")
    assert await talk_elsewhere.conversations.unfinished("slack") == ()
    await elapse(talk.database, LEASE)
    assert await talk_elsewhere.conversations.unfinished("discord") == ()
    (left,) = await talk_elsewhere.conversations.unfinished("slack")

    assert (left.question.id, left.question.ref.message_id, left.reply) == (lost.question_id, "m1", lost.reply)
    assert left.sent_message_id is None
    assert await talk.conversations.unfinished("slack") == ()
    assert (await talk.ask.ask(message(FEES.question, "m1"))).reply is None


async def test_of_two_processes_that_start_at_once_each_reply_goes_to_one(talk: App, talk_elsewhere: App) -> None:
    for number in range(8):
        await talk.ask.ask(message(FEES.question, f"m{number}"))
    await elapse(talk.database, LEASE)
    found = await asyncio.gather(*[app.conversations.unfinished("slack") for app in (talk, talk_elsewhere) * 2])

    ids = [one.question.ref.message_id for some in found for one in some]
    assert sorted(ids) == [f"m{number}" for number in range(8)]


async def test_of_those_who_find_a_lease_over_at_once_one_gets_the_reply(talk: App, talk_elsewhere: App) -> None:
    await talk.ask.ask(message(FEES.question))
    await elapse(talk.database, LEASE)
    asked = await asyncio.gather(*[app.ask.ask(message(FEES.question)) for app in (talk, talk_elsewhere) * 3])

    assert sum(each.reply is not None for each in asked) == 1


async def test_old_questions_are_left_alone(talk: App) -> None:
    await talk.ask.ask(message(FEES.question, "m1"))
    await elapse(talk.database, A_WHILE)
    await talk.ask.ask(message(FEES.question, "m2"))
    await elapse(talk.database, YOUNG - A_WHILE)

    assert [one.question.ref.message_id for one in await talk.conversations.unfinished("slack")] == ["m2"]


async def test_a_command_is_left_to_the_process_that_got_it(talk: App) -> None:
    await talk.ask.ask(message(FEES.question, surface=Surface.COMMAND))
    await elapse(talk.database, LEASE)

    assert await talk.conversations.unfinished("slack") == ()
    assert (await talk.ask.ask(message(FEES.question, surface=Surface.COMMAND))).reply is not None


async def test_a_deleted_question_gets_no_reply(talk: App) -> None:
    asked = await talk.ask.ask(message(FEES.question))
    await talk.privacy.delete_message(MessageRef(platform="slack", workspace_id="T1", message_id="m1"), actor="ann")
    await elapse(talk.database, LEASE)

    assert await talk.conversations.unfinished("slack") == ()
    assert (await talk.ask.ask(message(FEES.question))).reply is None
    assert await talk.conversations.sent(asked.question_id, "reply") is Receipt.UNWANTED


async def test_the_first_message_that_is_reported_counts(talk: App) -> None:
    asked = await talk.ask.ask(message(FEES.question))

    assert await talk.conversations.sent(asked.question_id, "one") is Receipt.KEPT
    assert await talk.conversations.sent(asked.question_id, "one") is Receipt.KEPT
    assert await talk.conversations.sent(asked.question_id, "two") is Receipt.UNWANTED
    assert (await state(talk, asked.question_id)).sent_message_id == "one"


async def test_a_person_who_answers_first_is_left_the_last_word(talk: App) -> None:
    asked = await talk.ask.ask(message(FEES.question), wait=timedelta(seconds=30))

    assert await talk.conversations.withdraw(asked.question_id)
    assert not await talk.conversations.withdraw(asked.question_id)
    await elapse(talk.database, 2 * LEASE)
    assert await talk.conversations.unfinished("slack") == ()
    assert (await talk.ask.ask(message(FEES.question))).reply is None
    found = await state(talk, asked.question_id)
    assert (found.reply_state, found.outcome.decision) == (ReplyState.WITHDRAWN, asked.decision)


async def test_what_the_platform_refuses_is_not_tried_again(talk: App) -> None:
    asked = await talk.ask.ask(message(FEES.question))

    assert await talk.conversations.refused(asked.question_id)
    await elapse(talk.database, LEASE)
    assert await talk.conversations.unfinished("slack") == ()


async def test_what_was_sent_cannot_be_withdrawn(talk: App) -> None:
    asked = await say(talk, FEES.question)

    assert not await talk.conversations.withdraw(asked.question_id)
    assert (await state(talk, asked.question_id)).reply_state is ReplyState.SENT


async def test_a_question_that_is_not_on_the_log(talk: App) -> None:
    for question_id in ("Q7", "nothing"):
        with pytest.raises(QuestionNotFoundError):
            await talk.conversations.sent(question_id, "m")


async def test_a_secret_is_warned_of_after_a_crash_too(talk: App) -> None:
    seed = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    await talk.ask.ask(message(seed))
    await elapse(talk.database, LEASE)
    (left,) = await talk.conversations.unfinished("slack")

    assert left.reply is not None
    assert left.reply.kind is ReplyKind.WARNING
