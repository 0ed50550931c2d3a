"""What was written while nobody listened is read back, once, whatever fails about a single channel."""

import asyncio
import gc
import time
import warnings
from datetime import timedelta

import pytest

from bot.adapters.slack.members import messages
from bot.adapters.slack.members.messages import _MOST_AT_ONCE, read_back
from bot.chat.outages import LONGEST
from bot.core.models import MessageRef
from tests.adapters.slack.bots import ASK, FREEZE, UNKNOWN, Office, StartBot
from tests.loopback.slack.faults import broken, held, limited, refused
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import TEAM, Channel, Message

PAGE_OF_SLACK = 15


@pytest.fixture
def alice(slack: Slack) -> Member:
    return slack.member("alice")


async def read(office: Office) -> None:
    """Read back, and wait until what was found is dealt with."""
    await read_back(office.bot)
    await office.quiet()


async def is_logged(office: Office, message: Message) -> bool:
    """Return whether a message is on the log."""
    return await office.app.conversations.is_known(
        MessageRef(platform="slack", workspace_id=TEAM, message_id=message.ts)
    )


async def test_what_nobody_told_the_bot_of_is_answered_once(office: Office, alice: Member) -> None:
    channel = await office.channel(alice)
    asked = alice.writes(channel, ASK)
    alice.writes(channel, "good morning")

    await read(office)
    await read(office)

    assert len(office.slack.calls_of("chat.postMessage")) == 1
    assert office.slack.visible()[-1].thread_ts == asked.ts


@pytest.mark.slow
async def test_it_is_found_behind_much_that_is_known(office: Office, alice: Member) -> None:
    channel = await office.channel(alice)
    asked = alice.writes(channel, UNKNOWN)
    for number in range(2 * PAGE_OF_SLACK):
        await office.logged(await alice.says(channel, f"{UNKNOWN} {number}"))

    await read(office)

    assert await is_logged(office, asked)


async def test_what_was_written_in_a_thread_is_found(office: Office, alice: Member) -> None:
    channel = await office.channel(alice)
    root = await alice.says(channel, "we talk here")
    asked = alice.writes(channel, ASK, thread=root)

    await read(office)

    assert await is_logged(office, asked)


@pytest.mark.parametrize("question", [ASK, UNKNOWN])
async def test_what_was_asked_in_a_thread_that_began_long_before_is_answered(
    office: Office, alice: Member, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    root, channel = await begun_before(office, alice, question, monkeypatch)
    asked = alice.writes(channel, FREEZE, thread=root)

    await read(office)
    await read(office)

    assert await is_logged(office, asked)
    assert [message.thread_ts for message in office.slack.visible()] == [root.ts, root.ts]


async def test_what_cannot_be_read_of_one_old_thread_keeps_no_other_from_its_turn(
    office: Office, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = [await begun_before(office, alice, ASK, monkeypatch) for _ in range(3)]
    asked = [alice.writes(channel, FREEZE, thread=root) for root, channel in roots]
    office.slack.fail("conversations.replies", refused("thread_not_found"))

    await read(office)

    assert sum([await is_logged(office, one) for one in asked]) == len(asked) - 1


async def test_of_old_threads_so_many_are_read_the_last_first(
    office: Office, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_MOST_OLD_THREADS", 2)
    roots: list[tuple[Message, Channel]] = []
    for _ in range(3):
        office.watch.forward(timedelta(seconds=1))
        roots.append(await begun_before(office, alice, ASK, monkeypatch))
    asked = [alice.writes(channel, FREEZE, thread=root) for root, channel in roots]

    await read(office)

    assert [await is_logged(office, one) for one in asked] == [False, True, True]


async def begun_before(
    office: Office, alice: Member, question: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[Message, Channel]:
    """Return a message from before all that is read back, and its channel; the bot replied to it."""
    channel = await office.channel(alice)
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda before=time.time: before() - 3 * LONGEST.total_seconds())
        root = alice.writes(channel, question)
    for event in alice.events_of(root):
        await office.slack.event(event, channel)
    await office.logged(root)
    await office.quiet()
    return root, channel


@pytest.mark.parametrize("fault", [refused("channel_not_found"), refused("not_in_channel")])
async def test_a_channel_that_cannot_be_read_keeps_no_other_from_it(
    office: Office, alice: Member, caplog: pytest.LogCaptureFixture, fault: object
) -> None:
    channels = [await office.channel(alice) for _ in range(3)]
    asked = [alice.writes(channel, ASK) for channel in channels]
    office.slack.fail("conversations.history", fault)  # type: ignore[arg-type]  # as parametrized

    await read(office)

    assert sum([await is_logged(office, one) for one in asked]) == len(asked) - 1
    assert "slack.catch_up.failed" in caplog.messages


@pytest.mark.parametrize("fault", [limited(0), broken(503), refused("internal_error")])
async def test_a_slack_that_is_busy_or_unwell_is_asked_again(
    office: Office, alice: Member, monkeypatch: pytest.MonkeyPatch, fault: object
) -> None:
    monkeypatch.setattr(messages, "_PAUSE", timedelta(milliseconds=1))
    channel = await office.channel(alice)
    asked = alice.writes(channel, ASK)
    office.slack.fail("conversations.history", fault, times=2)  # type: ignore[arg-type]  # as parametrized

    await read(office)

    assert await is_logged(office, asked)


async def test_a_process_that_is_killed_while_it_reads_leaves_it_to_the_next(
    start_bot: StartBot, slack: Slack, alice: Member
) -> None:
    first = await start_bot()
    channel = await first.channel(alice)
    await read(first)
    asked = alice.writes(channel, ASK)
    first.bot.heard.lost()
    slack.fail("conversations.history", broken(503), times=1)
    reading = asyncio.create_task(read_back(first.bot))
    await slack.until(lambda: len(slack.calls_of("conversations.history")) > 1, "reading")
    reading.cancel()
    await first.bot.heard.beat()

    second = await start_bot(spool=first.bot.intake.spool.path.parent)
    await read(second)

    assert await is_logged(second, asked)


async def test_who_is_not_looking_is_not_shown_that_the_bot_is_at_work(
    office: Office, alice: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = await office.channel(alice)
    await alice.says(channel, ASK)
    await office.quiet()
    shown = len(office.slack.calls_of("reactions.add"))
    monkeypatch.setattr("bot.chat.responder._FRESH", timedelta())
    alice.writes(channel, ASK)

    await read(office)

    assert len(office.slack.visible()) == 2
    assert len(office.slack.calls_of("reactions.add")) == shown


async def test_what_waits_for_its_turn_ends_with_the_bot_without_a_word(office: Office, alice: Member) -> None:
    for _ in range(_MOST_AT_ONCE + 2):
        await office.channel(alice)
    slack, release, method = office.slack, asyncio.Event(), "conversations.history"
    slack.fail(method, held(release), times=_MOST_AT_ONCE)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        reading = asyncio.create_task(read_back(office.bot))
        await slack.until(lambda: len(slack.calls_of(method)) == _MOST_AT_ONCE, "all that are read at once")
        reading.cancel()
        await asyncio.wait([reading])
        gc.collect()
    release.set()

    assert [str(one.message) for one in told if issubclass(one.category, RuntimeWarning)] == []
