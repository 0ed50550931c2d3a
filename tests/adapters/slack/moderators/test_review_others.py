"""People who are no moderators are told so in private, at every action and not only once."""

import pytest

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.wording.refusals import NOT_A_MODERATOR
from tests.adapters.slack.bots import StartBot
from tests.adapters.slack.moderators.desks import Desk, choice, open_desk
from tests.loopback.slack.faults import refused
from tests.loopback.slack.server import Slack

BUTTONS = (
    SlackAction.ANSWER,
    SlackAction.LINK,
    SlackAction.MERGE,
    SlackAction.DISMISS,
    SlackAction.ASSIGN,
    SlackAction.SNOOZE,
)


@pytest.mark.parametrize("action", BUTTONS)
async def test_others_may_press_nothing_on_a_card(desk: Desk, action: SlackAction) -> None:
    await desk.asks()
    card = await desk.card()
    before = await desk.app.review.show("R1")

    await desk.presses(desk.mel, card, action)

    assert [message.text for message in await desk.slack.told(desk.mel)] == [str(NOT_A_MODERATOR)]
    assert desk.slack.calls_of("views.open") == []
    assert await desk.app.review.show("R1") == before


async def test_moderators_may_be_a_list(slack: Slack, start_bot: StartBot) -> None:
    desk = await open_desk(slack, start_bot, by_list=True)
    await desk.asks()
    card = await desk.card()

    await desk.presses(desk.mel, card, SlackAction.ASSIGN)
    assert (await desk.app.review.show("R1")).item.assignee is None
    await desk.presses(desk.bea, card, SlackAction.ASSIGN)

    assert (await desk.app.review.show("R1")).item.assignee == f"slack:{desk.bea.id}"
    assert slack.calls_of("usergroups.users.list") == []


@pytest.mark.parametrize("action", [SlackAction.REOPEN, SlackAction.REVERT])
async def test_nor_on_the_card_of_a_closed_item(desk: Desk, action: SlackAction) -> None:
    await desk.asks()
    await desk.card()
    await desk.app.review.link("R1", "fees", actor="cli:root")

    await desk.presses(desk.mel, await desk.card(), action)

    assert [message.text for message in await desk.slack.told(desk.mel)] == [str(NOT_A_MODERATOR)]
    assert not (await desk.app.review.show("R1")).item.is_open


async def test_who_is_a_moderator_no_longer_saves_no_dialog_either(desk: Desk) -> None:
    await desk.asks()
    dialog = await desk.opens(desk.ann, await desk.card(), SlackAction.DISMISS)
    desk.dismisses_moderators()

    answer = await desk.sends(desk.ann, dialog, reason=choice(dialog, "reason", "spam"))

    assert answer == {"response_action": "errors", "errors": {"reason": str(NOT_A_MODERATOR)}}
    assert (await desk.app.review.show("R1")).item.is_open


async def test_a_guest_is_no_moderator_whatever_group_they_are_in(desk: Desk) -> None:
    desk.ann.user.is_restricted = True
    await desk.asks()

    await desk.presses(desk.ann, await desk.card(), SlackAction.ASSIGN)

    assert [message.text for message in await desk.slack.told(desk.ann)] == [str(NOT_A_MODERATOR)]
    assert (await desk.app.review.show("R1")).item.assignee is None


async def test_where_slack_does_not_say_nobody_is_a_moderator(desk: Desk) -> None:
    await desk.asks()
    card = await desk.card()
    desk.waits()
    desk.slack.fail("usergroups.users.list", refused("missing_scope", needed="usergroups:read", provided="chat:write"))

    await desk.presses(desk.ann, card, SlackAction.ASSIGN)

    assert [message.text for message in await desk.slack.told(desk.ann)] == [str(NOT_A_MODERATOR)]
