"""Show that work is done beside everything else, that a fault ends nothing, and that the end waits for it."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.tasks import Work


async def test_the_end_waits_for_what_is_in_hand() -> None:
    work, release, done = Work(), asyncio.Event(), asyncio.Event()

    async def step() -> None:
        await release.wait()
        done.set()

    work.start(step(), name="step")
    finishing = asyncio.create_task(work.finish())
    await asyncio.sleep(0)
    assert not finishing.done()
    release.set()
    await finishing

    assert done.is_set()
    assert len(work) == 0


async def test_a_fault_is_logged_with_its_name_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    work, done = Work(), asyncio.Event()

    async def fail() -> None:
        message = "a fault of the test"
        raise LookupError(message)

    async def step() -> None:
        done.set()

    work.start(fail(), name="answer")
    work.start(step(), name="step")
    await work.settled()

    assert done.is_set()
    (record,) = caplog.records
    assert (record.getMessage(), record.__dict__["task"]) == ("task.failed", "answer")
    assert record.exc_info is not None


async def test_what_takes_too_long_at_the_end_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    work, ended = Work(), asyncio.Event()

    async def step() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    work.start(step(), name="step")
    await asyncio.sleep(0)
    await work.finish(within=timedelta())

    assert ended.is_set()
    assert [record.getMessage() for record in caplog.records] == ["work.given_up"]


async def test_nothing_is_begun_after_the_end() -> None:
    work, begun = Work(), asyncio.Event()

    async def step() -> None:
        begun.set()

    await work.finish()
    work.start(step(), name="step")
    await work.settled()

    assert not begun.is_set()
