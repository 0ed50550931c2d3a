"""The weekly digest is posted once in the review channel, of what all who read there may know."""

from datetime import timedelta

import pytest

from bot.adapters.slack.moderators.review_channel import weekly
from bot.chat import posting
from bot.chat.review import Weekly
from bot.core.models import Audience
from tests.adapters.slack.bots import StartBot
from tests.adapters.slack.moderators.desks import Desk, open_desk, texts
from tests.loopback.slack.faults import dropped, refused
from tests.loopback.slack.server import Slack
from tests.service.samples import UNKNOWN, ask

WEEK = timedelta(days=7)


async def digests(desk: Desk) -> Weekly:
    """Return what posts the digest, at the beginning of a week in which it is due."""
    bot = desk.office.bot
    found = weekly(bot.apps, bot.messenger, bot.places, bot.place(desk.review.id))
    await found.tell()
    desk.office.watch.forward(WEEK)
    return found


async def test_it_is_posted_once_a_week(desk: Desk) -> None:
    found = await digests(desk)

    for _ in range(2):
        await found.tell()
    (posted,) = desk.slack.visible(desk.review)
    assert "Nobody asked anything." in texts(posted)

    desk.office.watch.forward(WEEK)
    await found.tell()
    assert len(desk.slack.visible(desk.review)) == 2


async def test_what_slack_did_not_take_is_posted_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    found = await digests(desk)
    desk.slack.fail("chat.postMessage", refused("internal_error"), times=2)

    await found.tell()
    assert desk.slack.visible(desk.review) == []
    await found.tell()
    assert len(desk.slack.visible(desk.review)) == 1


@pytest.mark.parametrize("times", [0, 1], ids=["readable", "unreadable"])
async def test_what_slack_took_and_did_not_confirm_is_not_posted_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))
    found = await digests(desk)
    desk.slack.fail("chat.postMessage", dropped(after_work=True))
    desk.slack.fail("conversations.history", refused("internal_error"), times=times)

    await found.tell()
    assert len(desk.slack.visible(desk.review)) == 1
    assert len(desk.slack.calls_of("conversations.history")) == 1


@pytest.mark.parametrize(("shared", "told"), [(False, "1 question from 1 person"), (True, "Nobody asked anything.")])
async def test_others_who_read_along_learn_nothing_of_what_staff_asked(
    slack: Slack, start_bot: StartBot, *, shared: bool, told: str
) -> None:
    desk = await open_desk(slack, start_bot, is_ext_shared=shared)
    found = await digests(desk)
    await ask(desk.app, UNKNOWN, audience=Audience.INTERNAL)
    desk.office.watch.forward(timedelta(seconds=1))

    await found.tell()

    (posted,) = desk.slack.visible(desk.review)
    assert told in texts(posted)
