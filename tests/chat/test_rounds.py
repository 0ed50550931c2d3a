"""Show that steps are taken again and again, that none keeps another from it, and that none is cut off at the end."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.tasks import Rounds

_LONG = timedelta(hours=1)


async def ended(running: asyncio.Task[None]) -> None:
    """Cancel rounds, and wait until they are over."""
    running.cancel()
    await asyncio.wait([running])


async def test_a_step_is_taken_again_when_somebody_asks() -> None:
    taken: asyncio.Queue[None] = asyncio.Queue()
    rounds = Rounds({lambda: taken.put(None): _LONG})
    running = asyncio.create_task(rounds.run())
    await taken.get()
    rounds.ask()
    await asyncio.wait_for(taken.get(), 30)
    await ended(running)


async def test_a_step_is_taken_again_after_its_time() -> None:
    taken: asyncio.Queue[None] = asyncio.Queue()
    running = asyncio.create_task(Rounds({lambda: taken.put(None): timedelta(milliseconds=1)}).run())
    for _ in range(3):
        await asyncio.wait_for(taken.get(), 30)
    await ended(running)


async def test_what_is_unhurried_is_taken_at_its_time_alone() -> None:
    taken: asyncio.Queue[None] = asyncio.Queue()
    late: list[None] = []

    async def later() -> None:
        late.append(None)

    rounds = Rounds({lambda: taken.put(None): _LONG}, unhurried={later: _LONG})
    running = asyncio.create_task(rounds.run())
    for _ in range(2):
        await asyncio.wait_for(taken.get(), 30)
        rounds.ask()
    await ended(running)
    assert late == []

    running = asyncio.create_task(Rounds({}, unhurried={lambda: taken.put(None): timedelta(milliseconds=1)}).run())
    for _ in range(3):
        await asyncio.wait_for(taken.get(), 30)
    await ended(running)


async def test_a_fault_is_logged_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    taken: asyncio.Queue[None] = asyncio.Queue()

    async def fail() -> None:
        raise LookupError

    rounds = Rounds({fail: _LONG, lambda: taken.put(None): _LONG})
    running = asyncio.create_task(rounds.run())
    for _ in range(2):
        await asyncio.wait_for(taken.get(), 30)
        rounds.ask()
    await ended(running)

    assert {one.getMessage() for one in caplog.records if one.name == "bot.chat.tasks"} == {"round.failed"}


async def test_a_step_that_is_under_way_at_the_end_is_finished() -> None:
    begun, go_on, finished = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def step() -> None:
        begun.set()
        await go_on.wait()
        finished.set()

    running = asyncio.create_task(Rounds({step: _LONG}).run())
    await begun.wait()
    running.cancel()
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.wait([running])

    assert finished.is_set()
    assert running.cancelled()
