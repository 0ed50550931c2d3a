"""Show that a follow-up is understood by the question that its author asked before it."""

from datetime import timedelta

import pytest

from bot.core.models import Answered, Surface
from bot.service.app import App
from bot.service.questions import Asked
from tests.service.conversations import message, say, state
from tests.service.leases import elapse
from tests.service.samples import FEES, UNKNOWN
from tests.store.samples import changed

COST, MEANT = "and what does it cost?", "what does withdrawal cost?"
ABOUT = "about a withdrawal"


async def text_of(app: App, asked: Asked | None) -> str | None:
    """Return what the log has of a question."""
    return None if asked is None else (await state(app, asked.question_id)).outcome.text


async def test_a_follow_up_is_decided_with_the_words_of_the_question_before(talk: App) -> None:
    await say(talk, ABOUT, "m1")
    asked = await say(talk, COST, "m2", thread="m1")

    assert isinstance(asked.decision, Answered)
    assert asked.decision.match.entry_id == FEES.id
    outcome = (await state(talk, asked.question_id)).outcome
    assert outcome.text == MEANT
    explained = await talk.ask.explain(MEANT, audience=FEES.audience, surface=Surface.MENTION)
    assert explained.decided.decision == outcome.decision


@pytest.mark.parametrize(
    "fields",
    [
        {"thread_id": "m7"},
        {"author_id": "ben"},
        {"channel_id": "C2"},
        {"surface": Surface.AMBIENT},
        {"thread_id": None},
    ],
)
async def test_elsewhere_or_for_others_it_is_nothing(talk: App, fields: dict[str, str | None]) -> None:
    await say(talk, ABOUT, "m1")
    asked = await talk.ask.ask(changed(message(COST, "m2", thread="m1"), **fields))

    assert await text_of(talk, asked) == COST


async def test_direct_messages_are_one_conversation_for_a_while(talk: App) -> None:
    await say(talk, ABOUT, "m1", surface=Surface.DIRECT)
    assert await text_of(talk, await say(talk, COST, "m2", surface=Surface.DIRECT)) == MEANT

    await elapse(talk.database, timedelta(minutes=16))
    assert await text_of(talk, await say(talk, COST, "m3", surface=Surface.DIRECT)) == COST


async def test_a_change_of_topic_is_taken_by_its_own_words(talk: App) -> None:
    await say(talk, FEES.question, "m1")
    asked = await say(talk, "and where is the parrot", "m2", thread="m1")

    assert await text_of(talk, asked) == "and where is the parrot"


async def test_an_edited_follow_up_is_understood_too(talk: App) -> None:
    await say(talk, ABOUT, "m1")
    await say(talk, UNKNOWN, "m2", thread="m1")
    edited = await talk.ask.edited(message(COST, "m2", thread="m1"))

    assert await text_of(talk, edited) == MEANT
