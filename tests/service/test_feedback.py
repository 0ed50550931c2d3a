"""Show how the bot uses what people say of answers, and of what they choose instead."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.models import Answered, Audience, ItemStatus, MessageRef, Rating, Suggested
from bot.core.wording.replies import GONE, LISTED, NEXT_ONE, NOTED, ReplyKind
from bot.errors import QuestionNotFoundError
from bot.service.app import App
from bot.service.feedback import CALLS_PER_CHANNEL, CALLS_WITHIN, LONGEST_REASON
from bot.service.privacy import Person
from bot.store import audit
from bot.store.records import to_question_id
from bot.store.tables import ChoiceRow, FeedbackRow, QuestionRow, ReviewItemRow
from tests.service.conversations import ANN, BEN, FREEZE, FREEZE_WEB, message, open_item, say
from tests.service.deliveries import Watch
from tests.service.leases import elapse
from tests.service.samples import FEES, LIMITS, UNKNOWN, dump

MOD = Person("slack", "mod")


async def opinions(app: App) -> list[tuple[Rating, str | None, bool]]:
    """Return what people said."""
    async with app.database.snapshot() as tx:
        rows = await tx.scalars(select(FeedbackRow).order_by(FeedbackRow.given_at))
        return [(row.rating, row.reason, row.moderator) for row in rows]


async def test_each_person_has_one_opinion_of_an_answer_and_may_change_it(talk: App, watch: Watch) -> None:
    asked = await say(talk, FEES.question)
    await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG, reason="not for my country")
    watch.forward(timedelta(seconds=1))
    await talk.feedback.rate(asked.question_id, BEN, Rating.WRONG)
    watch.forward(timedelta(seconds=1))
    assert await talk.feedback.rate(asked.question_id, ANN, Rating.HELPFUL) is None

    assert await opinions(talk) == [(Rating.WRONG, None, False), (Rating.HELPFUL, None, False)]


async def test_an_answer_that_the_asker_finds_wrong_goes_to_the_review(talk: App) -> None:
    asked = await say(talk, FEES.question)
    assert await open_item(talk, asked.question_id) is None
    reply = await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG)

    assert reply is not None
    assert (reply.kind, reply.text) == (ReplyKind.HINT, str(LISTED))
    item = await open_item(talk, asked.question_id)
    async with talk.database.snapshot() as tx:
        assert (await tx.get_one(ReviewItemRow, item)).entry_id == "fees"


async def test_what_others_find_wrong_is_kept_and_no_more(talk: App) -> None:
    asked = await say(talk, FEES.question)
    reply = await talk.feedback.rate(asked.question_id, BEN, Rating.WRONG)

    assert reply is not None
    assert reply.text == str(NOTED)
    assert await open_item(talk, asked.question_id) is None
    assert len(await opinions(talk)) == 1


async def test_a_moderator_counts_like_the_asker(talk: App) -> None:
    asked = await say(talk, FEES.question)
    await talk.feedback.rate(asked.question_id, MOD, Rating.WRONG, moderator=True)

    assert await open_item(talk, asked.question_id) is not None


async def test_whoever_changes_their_mind_takes_the_question_out_again(talk: App) -> None:
    asked = await say(talk, FEES.question)
    await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG)
    item = await open_item(talk, asked.question_id)
    await talk.feedback.rate(asked.question_id, ANN, Rating.HELPFUL)

    assert await open_item(talk, asked.question_id) is None
    async with talk.database.snapshot() as tx:
        left = await tx.get_one(ReviewItemRow, item)
    assert (left.status, left.note) == (ItemStatus.DISMISSED, "rated helpful")


async def test_a_question_stays_in_the_review_while_anything_keeps_it_there(talk: App) -> None:
    unanswered = await say(talk, UNKNOWN, "m1")
    disputed = await say(talk, FEES.question, "m2")
    wanted = await say(talk, FREEZE_WEB, "m3")
    await talk.feedback.rate(disputed.question_id, MOD, Rating.WRONG, moderator=True)
    await talk.feedback.ask_human(wanted.question_id, BEN)
    for asked in (unanswered, disputed, wanted):
        await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG)
        await talk.feedback.rate(asked.question_id, ANN, Rating.HELPFUL)

        assert await open_item(talk, asked.question_id) is not None


async def test_an_item_that_was_closed_stays_as_it_was(talk: App) -> None:
    asked = await say(talk, FEES.question)
    await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG)
    item = await open_item(talk, asked.question_id)
    async with talk.database.transaction() as tx:
        (await tx.get_one(ReviewItemRow, item)).status = ItemStatus.LINKED
    await talk.feedback.rate(asked.question_id, ANN, Rating.HELPFUL)

    async with talk.database.snapshot() as tx:
        assert (await tx.get_one(ReviewItemRow, item)).status is ItemStatus.LINKED


async def test_of_a_reason_only_what_may_be_kept_is(talk: App, database_url: str) -> None:
    asked = await say(talk, FEES.question)
    await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG, reason="write to jane.doe@example.org " * 90)
    seed = "legal winner thank year wave sausage worth useful legal winner thank yellow"
    await talk.feedback.rate(asked.question_id, BEN, Rating.WRONG, reason=f"zanzibar {seed}")

    written = await dump(database_url)
    assert "jane.doe" not in written
    assert "zanzibar" not in written
    reasons = [reason for _, reason, _ in await opinions(talk)]
    assert sorted(len(reason or "") for reason in reasons) == [0, LONGEST_REASON]


async def test_the_next_choices_are_those_that_were_not_shown(talk: App) -> None:
    asked = await say(talk, FREEZE_WEB)
    assert isinstance(asked.decision, Answered)
    reply = await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG)

    assert reply is not None
    assert (reply.kind, reply.text) == (ReplyKind.CHOICES, str(NEXT_ONE))
    assert [choice.entry_id for choice in reply.choices] == ["freeze-app"]
    assert (await talk.feedback.choose(asked.question_id, "freeze-app", ANN)).text == "Tap freeze."
    at_last = await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG)
    assert at_last is not None
    assert at_last.text == str(LISTED)
    of_another = await talk.feedback.rate(asked.question_id, BEN, Rating.WRONG)
    assert of_another is not None
    assert of_another.kind is ReplyKind.CHOICES


async def test_an_entry_that_became_internal_is_no_choice_any_more(talk: App) -> None:
    asked = await say(talk, FREEZE_WEB)
    await talk.catalogue.edit("freeze-app", {"audience": "internal"}, actor="mod")
    reply = await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG)

    assert reply is not None
    assert reply.text == str(LISTED)
    assert (await talk.feedback.choose(asked.question_id, "freeze-app", ANN)).text == str(GONE)


async def test_a_choice_is_kept_as_evidence_of_what_was_meant(talk: App, watch: Watch) -> None:
    asked = await say(talk, FREEZE)
    assert isinstance(asked.decision, Suggested)
    await talk.feedback.choose(asked.question_id, "freeze-app", ANN)
    watch.forward(timedelta(seconds=1))
    reply = await talk.feedback.choose(asked.question_id, "freeze-web", ANN)
    watch.forward(timedelta(seconds=1))
    await talk.feedback.choose(asked.question_id, "freeze-app", BEN)

    assert (reply.kind, reply.text) == (ReplyKind.ANSWER, "Click freeze.")
    async with talk.database.snapshot() as tx:
        theirs = select(ChoiceRow).join(QuestionRow).where(ChoiceRow.author == QuestionRow.author)
        first, last = await tx.scalars(theirs.order_by(ChoiceRow.chosen_at))
    assert first.entry_id == "freeze-app"
    assert (to_question_id(last.question_id), last.entry_id) == (asked.question_id, "freeze-web")


async def test_only_what_was_offered_can_be_chosen(talk: App, database_url: str) -> None:
    asked = await say(talk, FREEZE)
    for entry_id in ("fees", "limits", "nothing"):
        assert (await talk.feedback.choose(asked.question_id, entry_id, ANN)).text == str(GONE)

    assert "choices: " not in await dump(database_url)


async def test_nobody_of_the_public_is_given_what_staff_were_offered(talk: App) -> None:
    asked = await say(talk, LIMITS.question, audience=Audience.INTERNAL)
    assert (await talk.feedback.choose(asked.question_id, "limits", ANN)).staff_note == "Ask Quentin."
    public = await say(talk, LIMITS.question, "m2")

    assert (await talk.feedback.choose(public.question_id, "limits", ANN)).text == str(GONE)


async def test_choices_are_told_and_forgotten_with_the_rest(talk: App, database_url: str) -> None:
    asked = await say(talk, FREEZE)
    await talk.feedback.choose(asked.question_id, "freeze-web", BEN)
    kept = await talk.privacy.export(BEN, actor="mod")
    assert [choice["entry_id"] for choice in kept.choices] == ["freeze-web"]

    await talk.privacy.forget(BEN, actor="mod")
    assert "choices: " not in await dump(database_url)


async def test_who_asks_for_a_human_gets_the_question_into_the_review_and_one_mention(talk: App) -> None:
    asked = await say(talk, FEES.question)

    assert (await talk.feedback.ask_human(asked.question_id, BEN)).now
    assert await open_item(talk, asked.question_id) is not None
    assert not (await talk.feedback.ask_human(asked.question_id, ANN)).now
    async with talk.database.snapshot() as tx:
        calls = await audit.read(tx, f"question:{asked.question_id}")
    assert [call.after for call in calls] == [{"called": True}, {"called": False}]
    assert calls[0].actor.startswith("author:")


async def test_a_question_is_called_for_once_however_late(talk: App) -> None:
    asked = await say(talk, UNKNOWN)
    assert (await talk.feedback.ask_human(asked.question_id, ANN)).now
    await elapse(talk.database, 2 * CALLS_WITHIN)

    assert not (await talk.feedback.ask_human(asked.question_id, ANN)).now


async def test_an_item_is_called_for_once_an_hour(talk: App) -> None:
    asked = [await say(talk, UNKNOWN, f"m{number}", channel_id=f"C{number}") for number in range(3)]
    assert len({await open_item(talk, each.question_id) for each in asked}) == 1
    assert (await talk.feedback.ask_human(asked[0].question_id, ANN)).now
    assert not (await talk.feedback.ask_human(asked[1].question_id, ANN)).now
    await elapse(talk.database, CALLS_WITHIN)

    assert (await talk.feedback.ask_human(asked[2].question_id, ANN)).now


WORDS = ("where is the parrot", "who paints violins", "can otters juggle", "why do bells ring", "is cheese heavy")


async def test_in_a_channel_people_are_called_three_times_an_hour(talk: App) -> None:
    asked = [await say(talk, words, words) for words in WORDS]
    elsewhere = await say(talk, "which lamps sing", "m9", channel_id="C2")
    called = [(await talk.feedback.ask_human(each.question_id, ANN)).now for each in asked]

    assert called == [True] * CALLS_PER_CHANNEL + [False] * 2
    assert (await talk.feedback.ask_human(elsewhere.question_id, ANN)).now
    await elapse(talk.database, CALLS_WITHIN)
    assert (await talk.feedback.ask_human(asked[-1].question_id, ANN)).now


async def test_those_who_ask_for_a_human_at_once_are_counted(talk: App, talk_elsewhere: App) -> None:
    asked = [await say(talk, words, words) for words in WORDS]
    apps = (talk, talk_elsewhere)
    people = [(apps[at % 2], each) for at, each in enumerate(asked * 2)]
    called = await asyncio.gather(*[app.feedback.ask_human(each.question_id, ANN) for app, each in people])

    assert sum(call.now for call in called) == CALLS_PER_CHANNEL


async def test_nobody_is_called_for_a_message_that_is_gone_or_held_a_secret(talk: App) -> None:
    gone = await say(talk, UNKNOWN)
    await talk.privacy.delete_message(MessageRef(platform="slack", workspace_id="T1", message_id="m1"), actor="ann")
    secret = await say(talk, "legal winner thank year wave sausage worth useful legal winner thank yellow", "m2")

    for asked in (gone, secret):
        assert not (await talk.feedback.ask_human(asked.question_id, ANN)).now
        await talk.feedback.rate(asked.question_id, ANN, Rating.WRONG)
        assert await open_item(talk, asked.question_id) is None


async def test_a_question_that_is_not_on_the_log(talk: App) -> None:
    with pytest.raises(QuestionNotFoundError):
        await talk.feedback.rate("Q7", ANN, Rating.HELPFUL)
    with pytest.raises(QuestionNotFoundError):
        await talk.feedback.choose("Q7", "fees", ANN)
    with pytest.raises(QuestionNotFoundError):
        await talk.feedback.ask_human("Q7", ANN)


async def test_two_opinions_and_a_review_at_once_end_well(talk: App, talk_elsewhere: App) -> None:
    asked = [(await talk.ask.ask(message(words, words))).question_id for words in WORDS]
    apps = (talk, talk_elsewhere)
    ratings = [
        apps[at % 2].feedback.rate(question_id, person, rating)
        for at, question_id in enumerate(asked)
        for person, rating in ((ANN, Rating.WRONG), (BEN, Rating.HELPFUL), (ANN, Rating.HELPFUL))
    ]
    more = [apps[at % 2].ask.ask(message(words, f"again {words}")) for at, words in enumerate(WORDS)]
    await asyncio.gather(*ratings, *more)

    assert len(await opinions(talk)) == 2 * len(WORDS)
