"""A moderator answers an item in a dialog: what the answer would change is shown before it is saved."""

import asyncio

import pytest

from bot.adapters.slack import interactions
from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import ItemStatus
from bot.core.wording.labels import Label
from tests.adapters.slack.moderators.desks import PARROT, Desk, begun, texts
from tests.loopback.slack.faults import held
from tests.service.samples import FEES

ANSWER = "On the shelf."


async def test_what_would_change_is_shown_and_then_the_answer_is_saved(desk: Desk) -> None:
    question = await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.ANSWER)
    assert begun(dialog)["question"] == PARROT
    assert dialog.arguments["submit"]["text"] == str(Label.REPLAY)

    await desk.sends(desk.ann, dialog, answer=ANSWER)
    assert "1 would win one" in texts(dialog)
    assert begun(dialog) | {"version": ""} == {"question": PARROT, "answer": ANSWER, "version": ""}
    assert dialog.arguments["submit"]["text"] == str(Label.SAVE)
    assert (await desk.app.review.show("R1")).item.is_open

    assert await desk.sends(desk.ann, dialog) == {}
    item = (await desk.app.review.show("R1")).item
    assert item.status is ItemStatus.ANSWERED
    assert item.resolution is not None
    assert item.resolution.actor == f"slack:{desk.ann.id}"
    assert "Answered by Ann" in texts(await desk.card())
    await desk.office.bot.responder.deliver()
    (told,) = [message for message in desk.slack.visible() if f"<@{desk.mel.id}>" in texts(message)]
    assert (told.thread_ts, ANSWER in texts(told)) == (question.ts, True)


async def test_what_was_changed_after_the_look_is_looked_at_again(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.ANSWER)
    await desk.sends(desk.ann, dialog, answer=ANSWER)

    answer = await desk.sends(desk.ann, dialog, answer="In its cage.")

    assert answer["response_action"] == "update"
    assert (await desk.app.review.show("R1")).item.is_open
    await desk.sends(desk.ann, dialog)
    item = (await desk.app.review.show("R1")).item
    assert item.resolution is not None
    assert (await desk.app.catalogue.show(item.resolution.entry_id or "")).entry.answer == "In its cage."


async def test_a_question_that_another_entry_has_is_told_at_its_field(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.ANSWER)
    typed = {"question": FEES.question, "answer": ANSWER}
    await desk.sends(desk.ann, dialog, **typed)

    answer = await desk.sends(desk.ann, dialog, **typed)

    assert answer["response_action"] == "errors"
    assert answer["errors"] == {"question": f"“{FEES.question}” is a wording of fees already."}
    assert (await desk.app.review.show("R1")).item.is_open


async def test_a_suggestion_stands_in_the_dialog_and_counts_as_taken(desk: Desk) -> None:
    await desk.asks()
    await desk.app.review.suggest("R1", answer=ANSWER, question="Where is our parrot?", actor=f"slack:{desk.mel.id}")

    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.ANSWER)
    assert begun(dialog) == {"question": "Where is our parrot?", "answer": ANSWER}
    assert "Suggested by Mel" in texts(dialog)
    await desk.sends(desk.ann, dialog)
    await desk.sends(desk.ann, dialog)

    review = await desk.app.review.show("R1")
    assert review.suggestions == ()
    assert review.item.status is ItemStatus.ANSWERED


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Have the bot hold its answers to Slack back for a moment only; return what ends its work."""
    monkeypatch.setattr(interactions, "PATIENCE", 0.01)
    monkeypatch.setattr(interactions, "SETTLING", 0)
    return asyncio.Event()


async def test_work_that_takes_long_says_so_and_shows_what_came_of_it(desk: Desk, slow: asyncio.Event) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.ANSWER)
    desk.slack.fail("usergroups.users.list", held(slow))
    desk.waits()

    await desk.ann.submits(dialog, answer=ANSWER)
    assert str(Label.ONE_MOMENT) in texts(dialog)
    slow.set()
    await desk.office.quiet()
    assert "1 would win one" in texts(dialog)


async def test_a_refusal_that_comes_late_reaches_whoever_closed_the_dialog(desk: Desk, slow: asyncio.Event) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.ANSWER)
    desk.slack.fail("usergroups.users.list", held(slow))
    desk.waits()

    await desk.ann.submits(dialog, answer=ANSWER)
    await desk.ann.closes(dialog)
    await desk.app.review.link("R1", "fees", actor="cli:root")
    slow.set()
    await desk.office.quiet()

    (told,) = desk.slack.visible(desk.ann.direct)
    assert told.text == "R1 was linked by cli:root already."
