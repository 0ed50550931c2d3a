"""Show what is in the way of asking in Slack about threads that nobody writes in any more."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.slack.members.stale_threads import SlackKeeper
from bot.chat.stale_threads import StaleThreads
from bot.core.wording.stale_threads import IS_CLOSED, IS_SOLVED, STILL_OPEN
from tests.adapters.slack.moderators.desks import Desk, texts
from tests.loopback.slack.faults import Fault, broken, limited, refused
from tests.loopback.slack.workspace import Message

DAYS = timedelta(days=7, minutes=5)


@pytest.fixture
async def asked(desk: Desk) -> Message:
    """Return a question in a channel where threads are asked about after a week."""
    desk.office.watch.now = datetime.now(UTC)
    question = await desk.asks()
    place = desk.office.bot.place(question.channel)
    await desk.app.channels.set(place, {"stale_days": "7"}, actor="ann")
    return question


async def look(desk: Desk, time: timedelta = timedelta()) -> None:
    """Have the bot look at threads after a time."""
    desk.office.watch.forward(time)
    bot = desk.office.bot
    await StaleThreads(bot.apps, SlackKeeper(bot.client, bot.messenger, me=bot.me)).look()


def said(desk: Desk, asked: Message) -> list[str]:
    """Return what the bot said in the thread after its reply."""
    return [texts(one) for one in desk.slack.visible() if one.thread_ts == asked.ts][1:]


@pytest.mark.parametrize("fault", [limited(1), refused("internal_error")])
async def test_what_slack_does_not_do_now_is_done_later(desk: Desk, asked: Message, fault: Fault) -> None:
    desk.office.watch.forward(DAYS)
    desk.slack.fail("conversations.replies", fault)
    await look(desk)
    assert said(desk, asked) == []
    await look(desk)
    assert str(STILL_OPEN) in said(desk, asked)[0]

    desk.office.watch.forward(DAYS)
    for method in ("conversations.replies", "chat.update"):
        desk.slack.fail(method, fault)
        await look(desk)
        assert str(STILL_OPEN) in said(desk, asked)[0]
    await look(desk)
    assert str(IS_CLOSED) in said(desk, asked)[0]


async def test_a_question_that_was_taken_although_the_wire_broke_is_found(desk: Desk, asked: Message) -> None:
    desk.slack.fail("chat.postMessage", broken(after_work=True))
    await look(desk, DAYS)
    desk.slack.fail("conversations.replies", refused("internal_error"))
    for _ in range(2):
        await look(desk)
    assert len(said(desk, asked)) == 1

    await look(desk, DAYS)
    assert str(IS_CLOSED) in said(desk, asked)[0]


async def test_a_channel_that_the_bot_is_not_in_any_more_is_given_up(desk: Desk, asked: Message) -> None:
    desk.slack.fail("conversations.replies", refused("channel_not_found"))
    for _ in range(2):
        await look(desk, DAYS)

    assert said(desk, asked) == []


async def test_a_question_that_was_solved_by_the_button_gets_its_sign(desk: Desk, asked: Message) -> None:
    await look(desk, DAYS)
    about = [one for one in desk.slack.visible() if one.thread_ts == asked.ts][-1]
    await desk.mel.clicks(about, "faqbot_solved")
    await desk.office.quiet()

    assert str(IS_SOLVED) in said(desk, asked)[0]
