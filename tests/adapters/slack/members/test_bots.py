"""Messages of bots: ignored unless listed, and never an endless talk."""

from typing import Any

import pytest

from tests.adapters.slack.bots import ASK, QUESTION, Office, StartBot
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import BOT, BOT_USER

OTHER: dict[str, Any] = {"bot_id": "B0OTHER", "subtype": "bot_message"}


@pytest.mark.parametrize("listed", [False, True])
async def test_another_bot_is_answered_if_it_is_listed(slack: Slack, start_bot: StartBot, *, listed: bool) -> None:
    office = await start_bot(bots=frozenset({"B0OTHER"} if listed else ()))
    robot = slack.member("robot", is_bot=True)
    channel = await office.channel(robot, mode="ambient")

    await robot.says(channel, QUESTION, **OTHER)
    await robot.says(channel, ASK, bot_id="B0OTHER")
    await office.quiet()

    assert len(slack.visible()) == (2 if listed else 0)


async def test_a_listed_bot_is_not_answered_within_a_thread(slack: Slack, start_bot: StartBot) -> None:
    office = await start_bot(bots=frozenset({"B0OTHER"}))
    robot = slack.member("robot", is_bot=True)
    channel = await office.channel(robot, mode="ambient")
    root = await robot.says(channel, QUESTION, **OTHER)
    await slack.posted(1)

    await robot.says(channel, ASK, thread=root, **OTHER)
    await office.quiet()

    assert len(slack.visible()) == 1


async def test_the_bot_does_not_hear_itself(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, mode="ambient")
    await alice.says(channel, QUESTION)
    (answer,) = await office.slack.posted(1)
    answer.text = QUESTION

    await office.slack.echo(answer)
    await office.quiet()

    assert len(office.slack.visible()) == 1
    assert (answer.user, answer.bot_id) == (BOT_USER, BOT)


async def test_two_of_our_own_do_not_answer_each_other(slack: Slack, start_bot: StartBot) -> None:
    office = await start_bot(bots=frozenset({"B0TWIN"}))
    alice, twin = slack.member("alice"), slack.member("twin", is_bot=True)
    channel = await office.channel(alice, mode="ambient")
    await alice.says(channel, QUESTION)
    (answer,) = await slack.posted(1)

    await twin.says(channel, QUESTION, bot_id="B0TWIN", blocks=answer.blocks)
    await office.quiet()

    assert len(slack.visible()) == 1
