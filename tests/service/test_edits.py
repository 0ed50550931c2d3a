"""Show what happens to a question whose text is changed."""

import asyncio

import pytest

from bot.core.models import (
    Answered,
    DismissReason,
    Ignored,
    IgnoreReason,
    MessageRef,
    Rating,
    Suggested,
    Surface,
    Unanswered,
)
from bot.service.app import App
from bot.service.conversations import YOUNG, Receipt
from bot.service.replies import LEASE
from bot.store.records import ReplyState
from bot.store.tables import ChoiceRow, FeedbackRow
from tests.service.conversations import ANN, BEN, FREEZE, ambient, message, open_item, say, state
from tests.service.deliveries import Watch
from tests.service.leases import elapse
from tests.service.samples import FEES, UNKNOWN, dump

SEED = "legal winner thank year wave sausage worth useful legal winner thank yellow"


async def test_an_edited_question_is_decided_again_and_its_reply_replaced(talk: App, database_url: str) -> None:
    first = await say(talk, UNKNOWN)
    assert await open_item(talk, first.question_id) == 1
    edited = await talk.ask.edited(message(FEES.question))

    assert edited is not None
    assert (edited.question_id, edited.sent_message_id) == (first.question_id, "reply to m1")
    assert isinstance(edited.decision, Answered)
    assert edited.reply is not None
    assert edited.reply.text == "One coin."
    assert not edited.repeated
    assert await open_item(talk, first.question_id) is None
    assert (await state(talk, first.question_id)).outcome.decision == edited.decision
    written = await dump(database_url)
    assert FEES.question in written
    assert UNKNOWN not in written


async def test_what_has_no_answer_any_more_joins_the_review(talk: App) -> None:
    asked = await say(talk, FEES.question)
    edited = await talk.ask.edited(message(UNKNOWN))

    assert edited is not None
    assert edited.decision == Unanswered()
    assert edited.item_id is not None
    assert await open_item(talk, asked.question_id) is not None


async def test_a_gap_moves_to_where_its_new_words_belong(talk: App) -> None:
    other = await say(talk, "who paints violins", "m0")
    asked = await say(talk, UNKNOWN)
    edited = await talk.ask.edited(message("who paints the violins"))

    assert edited is not None
    assert edited.item_id == other.item_id
    assert await open_item(talk, asked.question_id) == await open_item(talk, other.question_id)


async def test_only_the_first_edit_counts(talk: App) -> None:
    asked = await say(talk, UNKNOWN)
    assert await talk.ask.edited(message(FEES.question)) is not None
    await talk.conversations.sent(asked.question_id, "reply to m1")

    assert await talk.ask.edited(message(FREEZE)) is None
    assert isinstance((await state(talk, asked.question_id)).outcome.decision, Answered)


@pytest.mark.parametrize("text", [UNKNOWN, "Where is the PARROT?", "where is  the parrot\n"])
async def test_the_same_words_are_no_edit(talk: App, database_url: str, text: str) -> None:
    await say(talk, UNKNOWN)
    before = await dump(database_url)

    assert await talk.ask.edited(message(text)) is None
    assert await dump(database_url) == before


async def test_of_two_edits_at_once_one_counts(talk: App, talk_elsewhere: App) -> None:
    await say(talk, UNKNOWN)
    apps = (talk, talk_elsewhere) * 2
    found = await asyncio.gather(*[app.ask.edited(message(FEES.question)) for app in apps])

    assert sum(each is not None for each in found) == 1


async def test_what_is_not_on_the_log_or_is_deleted_is_not_edited(talk: App) -> None:
    assert await talk.ask.edited(message(FEES.question)) is None
    await say(talk, UNKNOWN)
    await talk.privacy.delete_message(MessageRef(platform="slack", workspace_id="T1", message_id="m1"), actor="ann")

    assert await talk.ask.edited(message(FEES.question)) is None


async def test_what_a_moderator_closed_stays_closed(talk: App) -> None:
    asked = await say(talk, UNKNOWN)
    assert asked.item_id is not None
    await talk.review.dismiss(asked.item_id, reason=DismissReason.SPAM, actor="mod")

    assert await talk.ask.edited(message(FEES.question)) is None


async def test_what_was_said_of_the_old_answer_goes_with_it(talk: App) -> None:
    asked = await say(talk, FREEZE)
    assert isinstance(asked.decision, Suggested)
    await talk.feedback.choose(asked.question_id, "freeze-web", ANN)
    await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG)
    await talk.ask.edited(message(FEES.question))

    assert await open_item(talk, asked.question_id) is None
    async with talk.database.snapshot() as tx:
        assert await tx.get(FeedbackRow, (1, (await state(talk, asked.question_id)).question.author)) is None
        assert (
            await tx.get(ChoiceRow, (1, (await state(talk, asked.question_id)).question.author, "freeze-web")) is None
        )


async def test_whoever_wanted_a_human_still_does(talk: App) -> None:
    asked = await say(talk, FREEZE)
    await talk.feedback.ask_human(asked.question_id, BEN)
    edited = await talk.ask.edited(message(FEES.question))

    assert edited is not None
    assert edited.item_id is not None


async def test_of_a_secret_that_is_edited_in_or_out_nothing_is_kept(talk: App, database_url: str) -> None:
    await say(talk, UNKNOWN, "m1")
    edited = await talk.ask.edited(message(f"zanzibar {SEED}", "m1"))
    assert edited is not None
    assert edited.decision == Ignored(IgnoreReason.SECRET)
    assert edited.reply is not None
    await say(talk, SEED, "m2")
    assert await talk.ask.edited(message(f"{SEED} zanzibar", "m2")) is None
    out = await talk.ask.edited(message(FEES.question, "m2"))

    assert out is not None
    assert isinstance(out.decision, Answered)
    written = await dump(database_url)
    assert "zanzibar" not in written
    assert UNKNOWN not in written


async def test_an_edit_while_the_reply_is_being_sent_reaches_it_afterwards(talk: App) -> None:
    asked = await talk.ask.ask(message(UNKNOWN))
    edited = await talk.ask.edited(message(FEES.question))
    assert edited is not None
    assert (edited.reply, edited.sent_message_id) == (None, None)
    assert await talk.conversations.unfinished("slack") == ()

    assert await talk.conversations.sent(asked.question_id, "old reply") is Receipt.OUTDATED
    (left,) = await talk.conversations.unfinished("slack")
    assert left.reply is not None
    assert (left.reply.text, left.sent_message_id) == ("One coin.", "old reply")
    assert await talk.conversations.sent(asked.question_id, "old reply") is Receipt.KEPT
    assert (await state(talk, asked.question_id)).reply_state is ReplyState.SENT


async def test_an_edit_of_a_reply_that_nobody_sent_brings_the_new_one(talk: App) -> None:
    await talk.ask.ask(message(UNKNOWN))
    await talk.ask.edited(message(FEES.question))
    await elapse(talk.database, LEASE)
    (left,) = await talk.conversations.unfinished("slack")

    assert left.reply is not None
    assert (left.reply.text, left.sent_message_id) == ("One coin.", None)


async def test_an_edit_that_was_not_carried_out_is_after_a_crash(talk: App, watch: Watch) -> None:
    asked = await say(talk, UNKNOWN)
    watch.forward(2 * YOUNG)
    edited = await talk.ask.edited(message(FEES.question))
    assert edited is not None
    assert await talk.conversations.unfinished("slack") == ()
    await elapse(talk.database, LEASE)
    (left,) = await talk.conversations.unfinished("slack")

    assert (left.reply, left.sent_message_id) == (edited.reply, "reply to m1")
    assert await talk.conversations.sent(asked.question_id, "reply to m1") is Receipt.KEPT
    await elapse(talk.database, LEASE)
    assert await talk.conversations.unfinished("slack") == ()


async def test_a_reply_to_what_is_no_question_any_more_is_to_go(talk: App) -> None:
    asked = await say(talk, FEES.question, surface=Surface.AMBIENT)
    assert asked.reply is not None
    edited = await talk.ask.edited(message("thanks!", surface=Surface.AMBIENT))

    assert edited is not None
    assert (edited.reply, edited.sent_message_id) == (None, "reply to m1")
    await talk.conversations.removed(edited.question_id, actor="faqbot")
    await elapse(talk.database, LEASE)
    assert await talk.conversations.unfinished("slack") == ()


async def test_silence_is_broken_when_there_is_something_to_say(talk: App) -> None:
    silent = await ambient(talk, UNKNOWN)
    assert silent.reply is None
    edited = await talk.ask.edited(message(FEES.question, surface=Surface.AMBIENT))

    assert edited is not None
    assert edited.reply is not None
    assert edited.sent_message_id is None
    assert (await state(talk, silent.question_id)).reply_state is ReplyState.DUE


async def test_the_bot_stays_silent_where_it_was_told_to_be(talk: App) -> None:
    shadow = await talk.ask.ask(message(UNKNOWN, "m1", shadow=True))
    withdrawn = await talk.ask.ask(message(UNKNOWN, "m2"))
    await talk.conversations.withdraw(withdrawn.question_id)
    removed = await say(talk, UNKNOWN, "m3")
    await talk.conversations.removed(removed.question_id, actor="ann")

    for asked, place in ((shadow, "m1"), (withdrawn, "m2"), (removed, "m3")):
        edited = await talk.ask.edited(message(FEES.question, place))
        assert edited is not None
        assert (edited.reply, edited.sent_message_id) == (None, None)
        assert isinstance((await state(talk, asked.question_id)).outcome.decision, Answered)
