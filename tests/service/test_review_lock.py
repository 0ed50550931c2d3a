"""Show that who has the review is not held up by those who wait for it, and that these look again afterwards."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.core.models import Rating
from bot.service.app import App
from bot.service.questions import Asked
from bot.store.conversations import conversation
from bot.store.queue import lock_review
from tests.service.conversations import ANN, FREEZE, message, say
from tests.service.samples import FEES, UNKNOWN

A_WHILE = 0.2  # the others come to their wait, which is all that they do meanwhile
USES: dict[str, Callable[[App, str], Awaitable[object]]] = {
    "a rating": lambda app, question_id: app.feedback.rate(question_id, ANN, Rating.WRONG),
    "a call for a human": lambda app, question_id: app.feedback.ask_human(question_id, ANN),
    "an edit": lambda app, _: app.ask.edited(message(FEES.question)),
}


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
async def test_who_waits_for_the_review_holds_no_question(
    talk: App, talk_elsewhere: App, use: Callable[[App, str], Awaitable[object]]
) -> None:
    asked = await say(talk, UNKNOWN)
    async with talk.database.transaction() as tx:
        await lock_review(tx)
        waiting = asyncio.ensure_future(use(talk_elsewhere, asked.question_id))
        await asyncio.wait({waiting}, timeout=A_WHILE)
        assert (await conversation(tx, asked.question_id)).question.id == asked.question_id

    assert await waiting is not None


async def test_of_edits_that_waited_for_the_review_one_counts(talk: App, talk_elsewhere: App) -> None:
    await say(talk, FREEZE)
    await say(talk_elsewhere, FEES.question, "m2")  # which reads the entries before the time counts
    async with talk.database.transaction() as tx:
        await lock_review(tx)
        edits = [asyncio.ensure_future(app.ask.edited(message(FEES.question))) for app in (talk, talk_elsewhere)]
        await asyncio.wait(edits, timeout=A_WHILE)
    found: list[Asked | None] = await asyncio.gather(*edits)

    assert sum(each is not None for each in found) == 1
