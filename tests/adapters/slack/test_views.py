"""Views with errors, triggers that expired, views that are gone: told once, logged once, nothing lost."""

import logging

import pytest

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.wording.outcomes import TOO_LATE
from bot.core.wording.refusals import NOT_A_MODERATOR, NOT_NOW
from tests.adapters.slack.moderators.desks import Desk, choice
from tests.loopback.slack.faults import broken, refused
from tests.loopback.slack.ways import both_ways


async def test_a_trigger_that_expired_is_told_and_logged_once(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    await desk.asks()
    card = await desk.card()
    desk.slack.fail("views.open", refused("expired_trigger_id"))

    await desk.presses(desk.ann, card, SlackAction.ANSWER)

    assert [message.text for message in await desk.slack.told(desk.ann)] == [str(TOO_LATE)]
    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.getMessage() for record in warnings] == ["slack.views_update.failed"]


async def test_where_slack_has_trouble_people_are_asked_to_try_again(desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    desk.slack.fail("views.open", broken())

    await desk.presses(desk.ann, card, SlackAction.ANSWER)

    assert [message.text for message in await desk.slack.told(desk.ann)] == [str(NOT_NOW)]


async def test_who_cannot_be_told_beside_a_card_is_told_in_direct_messages(desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    desk.slack.fail("response_url", broken(404))

    await desk.presses(desk.mel, card, SlackAction.ASSIGN)

    assert desk.slack.private(desk.mel) == []
    assert [message.text for message in desk.slack.visible(desk.mel.direct)] == [str(NOT_A_MODERATOR)]


async def test_a_home_that_slack_does_not_take_does_not_undo_what_was_done(desk: Desk) -> None:
    await desk.asks()
    await desk.ann.opens_home()
    await desk.office.quiet()
    item = await desk.opens(desk.ann, desk.ann.home, SlackAction.SHOW)
    dialog = await desk.opens(desk.ann, item, SlackAction.DISMISS)
    desk.slack.fail("views.publish", refused("internal_error"))

    answer = await desk.sends(desk.ann, dialog, reason=choice(dialog, "reason", "spam"))

    assert answer == {"response_action": "clear"}
    assert not (await desk.app.review.show("R1")).item.is_open


async def test_a_view_that_changed_meanwhile_is_left_as_it_is(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    await desk.asks()
    await desk.ann.opens_home()
    await desk.office.quiet()
    item = await desk.opens(desk.ann, desk.ann.home, SlackAction.SHOW)
    desk.slack.fail("views.update", refused("hash_conflict"))

    await desk.presses(desk.ann, item, SlackAction.ASSIGN)

    assert (await desk.app.review.show("R1")).item.assignee == f"slack:{desk.ann.id}"
    assert desk.slack.private(desk.ann) == []
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []


@both_ways
async def test_a_dialog_with_errors_stays_open_until_they_are_mended(desk: Desk) -> None:
    channel = await desk.office.channel(desk.ann)
    await desk.ann.commands(channel, "/faq settings")
    await desk.office.quiet()
    dialog = desk.ann.modal()

    wrong = await desk.sends(desk.ann, dialog, wait_seconds="601")
    assert wrong["response_action"] == "errors"
    assert set(wrong["errors"]) == {"wait_seconds"}
    assert desk.ann.modal() is dialog
    assert await desk.sends(desk.ann, dialog, wait_seconds="600") == {}

    assert (await desk.app.channels.behaviour(desk.office.bot.place(channel.id))).wait_seconds == 600


@both_ways
async def test_a_payload_that_is_none_ends_nothing(desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    block_id, _ = next(card.elements())
    for block in card.blocks:
        if block["block_id"] == block_id:
            block["block_id"] = "item:R1:not-a-version"

    await desk.presses(desk.ann, card, SlackAction.DISMISS)

    assert (await desk.app.review.show("R1")).item.is_open
