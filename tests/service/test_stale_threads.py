"""Show which quiet threads are seen to, by one process at a time."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.models import ChannelRef, Surface
from bot.service.app import App
from bot.service.replies import LEASE
from bot.service.stale_threads import AT_ONCE
from tests.service.conversations import ANN, BEN, message, say
from tests.service.deliveries import Watch
from tests.service.leases import elapse
from tests.service.samples import UNKNOWN

HERE, WEEK = ChannelRef("slack", "T1", "C1"), timedelta(days=7)


@pytest.fixture
async def weekly(talk: App) -> App:
    """Return the services where threads of a channel are seen to after a week."""
    await talk.channels.set(HERE, {"mode": "mention", "stale_days": "7"}, actor="mod")
    return talk


async def due(app: App, *workspaces: str) -> tuple[str, ...]:
    """Return the questions that are due."""
    return await app.stale_threads.due("slack", workspaces or ("T1",))


async def test_a_thread_is_due_when_its_time_is_over(weekly: App, watch: Watch) -> None:
    question_id = (await say(weekly, UNKNOWN)).question_id
    watch.forward(WEEK - timedelta(seconds=1))
    assert await due(weekly) == ()

    watch.forward(timedelta(seconds=1))
    assert await due(weekly) == (question_id,)
    assert await due(weekly, "T2") == ()
    assert await weekly.stale_threads.due("discord", ("T1",)) == ()


async def test_nobody_is_asked_about_what_is_old(weekly: App, watch: Watch) -> None:
    await say(weekly, UNKNOWN)
    watch.forward(timedelta(days=91))

    assert await due(weekly) == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"thread": "m0"},
        {"surface": Surface.DIRECT},
        {"surface": Surface.COMMAND},
        {"shadow": True},
        {"beside": True},
    ],
)
async def test_what_began_no_thread_that_all_read_is_left_alone(
    weekly: App, watch: Watch, fields: dict[str, object]
) -> None:
    await say(weekly, UNKNOWN, "m1", **fields)  # type: ignore[arg-type]  # of the question
    watch.forward(WEEK)

    assert await due(weekly) == ()


async def test_what_nothing_was_said_to_is_left_alone_unless_it_is_a_post(weekly: App, watch: Watch) -> None:
    await weekly.ask.ask(message(UNKNOWN, "m1", surface=Surface.AMBIENT))
    post = await weekly.ask.ask(message(UNKNOWN, "m2", thread="m2", surface=Surface.AMBIENT))
    watch.forward(WEEK)

    assert await due(weekly) == (post.question_id,)


async def test_so_many_are_seen_to_at_once(weekly: App, watch: Watch) -> None:
    for number in range(AT_ONCE + 1):
        await say(weekly, UNKNOWN, f"m{number}")
    watch.forward(WEEK)

    assert len(await due(weekly)) == AT_ONCE


async def test_a_lease_is_for_one_process_until_its_time_is_over(
    weekly: App, talk_elsewhere: App, watch: Watch
) -> None:
    question_id = (await say(weekly, UNKNOWN)).question_id
    watch.forward(WEEK)
    apps = (weekly, talk_elsewhere) * 3
    (leased,) = [one for one in await asyncio.gather(*(app.stale_threads.lease(question_id) for app in apps)) if one]
    assert not leased.may_be_asked

    await elapse(weekly.database, 10 * LEASE)
    again = await talk_elsewhere.stale_threads.lease(question_id)
    assert again is not None
    assert again.may_be_asked
    await talk_elsewhere.stale_threads.asked(again, "n1")
    assert await weekly.stale_threads.lease(question_id) is None


async def test_nothing_is_leased_that_is_not_due(weekly: App, watch: Watch) -> None:
    question_id = (await say(weekly, UNKNOWN)).question_id
    assert [await weekly.stale_threads.lease(each) for each in (question_id, "Q99")] == [None, None]

    watch.forward(WEEK)
    await weekly.channels.set(HERE, {"stale_days": None}, actor="mod")
    assert await weekly.stale_threads.lease(question_id) is None


async def test_what_was_asked_about_is_due_a_week_later_and_closed_once(weekly: App, watch: Watch) -> None:
    question_id = (await say(weekly, UNKNOWN)).question_id
    watch.forward(WEEK)
    leased = await weekly.stale_threads.lease(question_id)
    assert leased is not None
    await weekly.stale_threads.asked(leased, "n1")
    assert await due(weekly) == ()

    watch.forward(WEEK)
    leased = await weekly.stale_threads.lease(question_id)
    assert leased is not None
    assert leased.thread.asked == "n1"
    await weekly.stale_threads.closed(leased)
    watch.forward(WEEK)
    assert await due(weekly) == ()


async def test_a_word_on_a_thread_that_nobody_asked_about_solves_nothing(weekly: App) -> None:
    question_id = (await say(weekly, UNKNOWN)).question_id

    assert not await weekly.stale_threads.said(question_id, BEN, solved=True, helps=False)
    assert await weekly.stale_threads.said(question_id, ANN, solved=True, helps=False)
    assert not await weekly.learning.is_solved(question_id)


async def test_where_a_question_is_erased_its_thread_is_not_looked_at(weekly: App, watch: Watch) -> None:
    await say(weekly, UNKNOWN)
    await weekly.privacy.forget(ANN, actor="mod")
    watch.forward(WEEK)

    assert await due(weekly) == ()


async def test_what_asks_in_a_thread_is_found_until_somebody_answers_it(weekly: App, watch: Watch) -> None:
    question_id = (await say(weekly, UNKNOWN)).question_id
    watch.forward(WEEK)
    written = message("yes", "m9", thread="m1").ref
    assert await weekly.stale_threads.asked_in(written) is None
    leased = await weekly.stale_threads.lease(question_id)
    assert leased is not None
    await weekly.stale_threads.asked(leased, "b1")

    found = await weekly.stale_threads.asked_in(written)
    assert found is not None
    assert (found[0].id, found[1]) == (question_id, "b1")
    assert await weekly.stale_threads.asked_in(message("yes", "m9", thread="m2").ref) is None
    await weekly.stale_threads.note(written, found[0])
    assert await weekly.conversations.is_known(written)
    assert await weekly.stale_threads.said(question_id, ANN, solved=False, helps=False)
    assert await weekly.stale_threads.asked_in(written) is None
