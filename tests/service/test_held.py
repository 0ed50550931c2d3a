"""Show how replies are held for moderators: sent once, in other words, dropped, expired, and what each teaches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.manners import Manners
from bot.core.models import (
    Answered,
    Audience,
    Grade,
    ItemKind,
    MessageRef,
    Question,
    Suggested,
    Surface,
    Unanswered,
)
from bot.core.review import HeldReply, HeldStatus
from bot.core.wording.replies import ReplyKind
from bot.errors import EntryFieldError, HeldClosedError, QuestionNotFoundError
from bot.service.app import App
from bot.service.conversations import Receipt, Unfinished
from bot.service.privacy import Person
from bot.service.questions import Asked
from bot.store import Database
from bot.store.records import ReplyState
from tests.service.conversations import ANN, FREEZE, message, open_item, state
from tests.service.deliveries import Watch
from tests.service.leases import elapse
from tests.service.samples import FEES, UNKNOWN, services
from tests.service.test_grades import grade_of

WORDS = "One coin, and none on Sundays."


async def in_drafts(app: App) -> None:
    """Set the channel so that moderators see first what the bot would answer."""
    await app.channels.set(message("").ref.channel, {"mode": "draft"}, actor="mod")


def asks(text: str, message_id: str = "m1", *, surface: Surface = Surface.MENTION) -> Question:
    """Return what Ann asks where a moderator sends what the bot would answer."""
    return message(text, message_id, held=True, surface=surface)


async def held(
    app: App, text: str = FEES.question, message_id: str = "m1", *, surface: Surface = Surface.MENTION
) -> Asked:
    """Have Ann ask there."""
    await in_drafts(app)
    return await app.ask.ask(asks(text, message_id, surface=surface))


async def due(app: App) -> tuple[Unfinished, ...]:
    """Return the replies that are to be sent, leased to the caller."""
    return await app.conversations.unfinished("slack")


async def test_what_would_be_answered_waits(talk: App) -> None:
    asked = await held(talk)
    assert asked.reply is None
    assert await due(talk) == ()
    assert (await state(talk, asked.question_id)).reply_state is ReplyState.HELD

    shown = await talk.held.show(asked.question_id)
    assert (shown.status, shown.text, shown.answer) == (HeldStatus.WAITING, FEES.question, FEES.answer)
    assert [(one.entry_id, one.phrase) for one in shown.matches] == [(FEES.id, FEES.question)]
    assert await talk.review.list() == ()


async def test_overheard_is_what_would_be_answered_unasked(talk: App) -> None:
    asked = await held(talk, surface=Surface.AMBIENT)
    choices = await held(talk, FREEZE, "m2", surface=Surface.AMBIENT)

    assert (await talk.held.show(asked.question_id)).is_open
    with pytest.raises(QuestionNotFoundError):
        await talk.held.show(choices.question_id)


async def test_what_nothing_fits_and_what_asks_nothing_gets_no_word(talk: App) -> None:
    for number, text in enumerate((UNKNOWN, "hello", "thanks")):
        asked = await held(talk, text, f"m{number}")
        assert asked.reply is None
        with pytest.raises(QuestionNotFoundError):
            await talk.held.show(asked.question_id)
    (item,) = await talk.review.list()
    assert item.text == UNKNOWN


async def test_a_secret_is_warned_of_at_once(talk: App) -> None:
    words = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    asked = await held(talk, f"my seed is {words}")
    assert asked.reply is not None
    assert asked.reply.kind is ReplyKind.WARNING


async def test_what_is_sent_is_due_once(talk: App, talk_elsewhere: App) -> None:
    asked = await held(talk)
    await talk.held.send(asked.question_id, actor="ann", seen=1)
    with pytest.raises(HeldClosedError):
        await talk_elsewhere.held.send(asked.question_id, actor="bea", seen=1)
    with pytest.raises(HeldClosedError):
        await talk_elsewhere.held.drop(asked.question_id, actor="bea", seen=1)

    (one,) = await due(talk)
    assert await due(talk_elsewhere) == ()
    assert one.reply is not None
    assert (one.reply.text, one.reply.entry_id, one.reply.approved) == (FEES.answer, FEES.id, True)
    assert await talk.conversations.sent(asked.question_id, "r1") is Receipt.KEPT
    assert await grade_of(talk, asked.question_id) == (Grade.RIGHT, FEES.id, "ann")


async def test_what_is_sent_after_hours_is_still_due(talk: App, filled: Database) -> None:
    asked = await held(talk)
    await elapse(filled, timedelta(hours=3))
    await talk.held.send(asked.question_id, actor="ann", seen=1)
    assert len(await due(talk)) == 1


async def test_choices_are_sent_and_teach_nothing(talk: App) -> None:
    asked = await held(talk, FREEZE)
    assert isinstance(asked.decision, Suggested)
    shown = await talk.held.show(asked.question_id)
    assert len(shown.matches) == 2
    await talk.held.send(asked.question_id, actor="ann", seen=1)

    (one,) = await due(talk)
    assert one.reply is not None
    assert one.reply.kind is ReplyKind.CHOICES
    assert await grade_of(talk, asked.question_id) is None


async def test_other_words_are_sent_and_suggested(talk: App) -> None:
    asked = await held(talk)
    await talk.held.rewrite(asked.question_id, WORDS, actor="slack:ann", seen=1)

    (one,) = await due(talk)
    assert one.reply is not None
    assert (one.reply.text, one.reply.title, one.reply.author) == (WORDS, FEES.question, "slack:ann")
    (item,) = await talk.review.list()
    assert (item.kind, item.entry_id) == (ItemKind.RATED, FEES.id)
    (suggested,) = (await talk.review.show(item.id)).suggestions
    assert (suggested.answer, suggested.suggested_by) == (WORDS, "slack:ann")
    assert await grade_of(talk, asked.question_id) == (Grade.RIGHT, FEES.id, "slack:ann")


async def test_who_got_other_words_is_not_told_again(talk: App) -> None:
    asked = await held(talk)
    await talk.held.rewrite(asked.question_id, WORDS, actor="slack:ann", seen=1)
    await due(talk)
    await talk.conversations.sent(asked.question_id, "r1")
    await talk.catalogue.edit(FEES.id, {"answer": WORDS}, actor="ann", correct=True)
    (item,) = await talk.review.list()
    assert (await talk.review.link(item.id, FEES.id, actor="ann")).told == 0
    assert await talk.deliveries.claim("slack") is None


@pytest.mark.parametrize(
    "words", ["", " \n ", "x" * 200_000, "key: 5Kb8kLf9zgWQnogidDA76MzPL6TsZZY36hWXMssSzNydYXYB9KF"]
)
async def test_words_that_are_no_answer_are_refused(talk: App, words: str) -> None:
    asked = await held(talk)
    with pytest.raises(EntryFieldError):
        await talk.held.rewrite(asked.question_id, words, actor="ann", seen=1)
    assert await due(talk) == ()
    assert (await talk.held.show(asked.question_id)).is_open


async def test_what_is_dropped_was_wrong_and_is_never_sent(talk: App) -> None:
    asked = await held(talk)
    dropped = await talk.held.drop(asked.question_id, actor="ann", seen=1)
    assert (dropped.status, dropped.actor) == (HeldStatus.DROPPED, "ann")
    assert await due(talk) == ()
    assert await grade_of(talk, asked.question_id) == (Grade.WRONG, None, "ann")
    assert await talk.review.list() == ()

    await talk.catalogue.edit(FEES.id, {"answer": "Two coins."}, actor="ann", correct=True)
    assert await talk.deliveries.claim("slack") is None


async def test_what_nobody_decides_about_expires_and_is_unanswered(
    talk: App, talk_elsewhere: App, filled: Database
) -> None:
    asked = await held(talk)
    await talk.held.expire()
    assert (await talk.held.show(asked.question_id)).is_open
    await elapse(filled, timedelta(hours=4))
    with pytest.raises(HeldClosedError):
        await talk.held.send(asked.question_id, actor="ann", seen=1)
    await talk.held.expire()
    await talk_elsewhere.held.expire()

    assert (await talk.held.show(asked.question_id)).status is HeldStatus.EXPIRED
    known = await state(talk, asked.question_id)
    assert (known.outcome.decision, known.reply_state) == (Unanswered(), None)
    (item,) = await talk.review.list()
    assert (item.kind, item.text, item.count) == (ItemKind.UNANSWERED, FEES.question, 1)


async def test_a_deleted_question_gets_nothing(talk: App) -> None:
    asked = await held(talk)
    await talk.privacy.delete_message(message("").ref, actor="slack")
    with pytest.raises(HeldClosedError):
        await talk.held.send(asked.question_id, actor="ann", seen=1)
    shown = await talk.held.show(asked.question_id)
    assert (shown.status, shown.text, shown.answer) == (HeldStatus.GONE, "", "")


async def test_a_question_that_is_deleted_after_the_press_gets_nothing(talk: App) -> None:
    asked = await held(talk)
    await talk.held.rewrite(asked.question_id, WORDS, actor="ann", seen=1)
    await talk.privacy.delete_message(message("").ref, actor="slack")
    assert await due(talk) == ()
    assert (await talk.held.show(asked.question_id)).answer == ""


async def test_who_wants_no_later_messages_any_more_gets_none(talk: App, watch: Watch) -> None:
    asked = await held(talk)
    watch.forward(timedelta(minutes=1))
    await talk.privacy.opt_out(ANN, actor="ann")
    with pytest.raises(HeldClosedError):
        await talk.held.send(asked.question_id, actor="ann", seen=1)
    assert await due(talk) == ()
    assert (await talk.held.show(asked.question_id)).status is HeldStatus.GONE

    watch.forward(timedelta(minutes=1))
    again = await held(talk, message_id="m2")
    await talk.held.send(again.question_id, actor="ann", seen=None)
    assert len(await due(talk)) == 1


async def test_an_edit_changes_what_waits(talk: App) -> None:
    asked = await held(talk)
    await talk.ask.edited(asks(FREEZE))
    shown = await talk.held.show(asked.question_id)
    assert (shown.version, shown.text, len(shown.matches)) == (2, FREEZE, 2)
    with pytest.raises(HeldClosedError):
        await talk.held.send(asked.question_id, actor="ann", seen=1)
    await talk.held.send(asked.question_id, actor="ann", seen=2)
    assert len(await due(talk)) == 1


async def test_an_edit_that_asks_nothing_ends_it(talk: App) -> None:
    asked = await held(talk)
    edited = await talk.ask.edited(asks("never mind"))
    assert edited is not None
    assert (edited.reply, edited.sent_message_id) == (None, None)
    assert (await talk.held.show(asked.question_id)).status is HeldStatus.GONE
    assert (await state(talk, asked.question_id)).reply_state is None


async def test_an_edit_after_it_was_sent_waits_again_and_takes_nothing_back(talk: App) -> None:
    asked = await held(talk)
    await talk.held.send(asked.question_id, actor="ann", seen=1)
    await due(talk)
    await talk.conversations.sent(asked.question_id, "r1")

    edited = await talk.ask.edited(asks(FREEZE))
    assert edited is not None
    assert (edited.reply, edited.sent_message_id) == (None, None)
    shown = await talk.held.show(asked.question_id)
    assert shown.is_open
    await talk.held.send(asked.question_id, actor="ann", seen=shown.version)
    (one,) = await due(talk)
    assert one.sent_message_id == "r1"


async def test_an_edit_while_it_is_sent_waits_again(talk: App) -> None:
    asked = await held(talk)
    await talk.held.send(asked.question_id, actor="ann", seen=1)
    await due(talk)
    await talk.ask.edited(asks(FREEZE))
    assert await talk.conversations.sent(asked.question_id, "r1") is Receipt.KEPT
    assert (await state(talk, asked.question_id)).reply_state is ReplyState.HELD
    assert (await talk.held.show(asked.question_id)).is_open


async def test_messages_in_a_row_are_one_draft(filled: Database) -> None:
    app = services(filled, manners=Manners(in_a_row=timedelta(seconds=8)))
    first = await held(app, "How much does a", "m1")
    await held(app, "withdrawal cost?", "m2")
    shown = await app.held.show(first.question_id)
    assert shown.text == "How much does a\nwithdrawal cost?"
    assert [one.entry_id for one in shown.matches] == [FEES.id]


async def test_a_helper_who_answers_is_first(talk: App) -> None:
    asked = await held(talk)
    await talk.helpers.wrote(
        MessageRef(platform="slack", workspace_id="T1", channel_id="C1", thread_id="m1", message_id="m9"),
        Person("slack", "helen"),
    )
    with pytest.raises(HeldClosedError):
        await talk.held.send(asked.question_id, actor="ann", seen=1)
    assert (await talk.held.show(asked.question_id)).status is HeldStatus.HELPED


async def test_an_entry_that_is_gone_is_not_sent(talk: App) -> None:
    asked = await held(talk)
    await talk.catalogue.edit(FEES.id, {"status": "retired"}, actor="ann")
    with pytest.raises(HeldClosedError):
        await talk.held.send(asked.question_id, actor="ann", seen=1)
    assert await due(talk) == ()
    assert await open_item(talk, asked.question_id) is not None


async def test_its_card_is_shown_once_and_kept_up_to_date(talk: App, talk_elsewhere: App) -> None:
    board = message("").ref.channel
    asked = await held(talk)
    assert await talk.held.due(board) == (asked.question_id,)
    card = await talk.held.lease(board, asked.question_id)
    assert card is not None
    assert await talk_elsewhere.held.lease(board, asked.question_id) is None
    await talk.held.shown(card, "c1")
    assert await talk.held.due(board) == ()

    await talk.held.send(asked.question_id, actor="ann", seen=1)
    card = await talk_elsewhere.held.lease(board, asked.question_id)
    assert card is not None
    assert (card.card_id, card.held.status) == ("c1", HeldStatus.SENT)


async def test_what_is_over_before_it_was_shown_gets_no_card(talk: App) -> None:
    board = message("").ref.channel
    asked = await held(talk)
    await talk.held.drop(asked.question_id, actor="ann", seen=None)
    assert await talk.held.lease(board, asked.question_id) is None
    assert await talk.held.due(board) == ()


async def test_nothing_is_left_of_it_when_somebody_is_forgotten(talk: App) -> None:
    asked = await held(talk)
    await talk.held.rewrite(asked.question_id, WORDS, actor="ann", seen=1)
    await talk.privacy.forget(ANN, actor="ann")
    shown: HeldReply = await talk.held.show(asked.question_id)
    assert (shown.text, shown.answer) == ("", "")


async def test_what_waits_is_no_answer_yet_for_who_asked(talk: App) -> None:
    asked = await held(talk)
    assert isinstance(asked.decision, Answered)
    (mine,) = await talk.conversations.mine(ANN)
    assert mine.progress == "waiting"
    await talk.held.drop(asked.question_id, actor="ann", seen=1)
    (mine,) = await talk.conversations.mine(ANN)
    assert mine.progress == "closed"


async def test_those_that_wait_are_listed_the_longest_first(talk: App, filled: Database, watch: Watch) -> None:
    first = await held(talk)
    second = await held(talk, FREEZE, "m2")
    third = await held(talk, FEES.question, "m3")
    page = await talk.held.waiting("slack", audience=Audience.PUBLIC, limit=2)
    assert ([one.question_id for one in page.replies], page.total) == ([first.question_id, second.question_id], 3)
    assert (await talk.held.waiting("discord", audience=Audience.INTERNAL, limit=2)).total == 0

    await talk.held.send(first.question_id, actor="ann", seen=None)
    await talk.held.drop(third.question_id, actor="ann", seen=None)
    page = await talk.held.waiting("slack", audience=Audience.PUBLIC, limit=2)
    assert [one.question_id for one in page.replies] == [second.question_id]
    watch.forward(timedelta(minutes=1))
    since = (watch() - timedelta(days=2)).date()
    counts = (await talk.stats.stats(since=since, audience=Audience.INTERNAL)).total.counts
    assert (counts.answered, counts.suggested, counts.unanswered) == (1, 0, 2)

    await elapse(filled, timedelta(hours=4))
    assert (await talk.held.waiting("slack", audience=Audience.PUBLIC, limit=2)).total == 0


async def test_what_staff_asked_is_not_listed_where_others_read(talk: App) -> None:
    asked = await talk.ask.ask(replace(asks(FEES.question), audience=Audience.INTERNAL))
    assert (await talk.held.waiting("slack", audience=Audience.PUBLIC, limit=2)).total == 0
    page = await talk.held.waiting("slack", audience=Audience.INTERNAL, limit=2)
    assert [one.question_id for one in page.replies] == [asked.question_id]
