"""What nobody waits for ends nothing else, is told of, and does not hold up the end of a process."""

import asyncio

import pytest

from bot.service.background import Background


async def _broken() -> None:
    raise ValueError


async def test_a_fault_is_logged_and_ends_nothing_else(caplog: pytest.LogCaptureFixture) -> None:
    background, went_on = Background(), asyncio.Event()

    async def goes_on() -> None:
        await asyncio.wait([background.start(_broken())])
        went_on.set()

    background.start(goes_on())
    await background.settled()
    assert went_on.is_set()
    assert [(one.message, one.exc_info and one.exc_info[0]) for one in caplog.records] == [
        ("background.failed", ValueError)
    ]


async def test_the_end_waits_a_moment_and_cancels_what_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.background._PATIENCE", 0.01)
    background = Background()
    endless = background.start(asyncio.Event().wait())  # type: ignore[arg-type]  # it would return True
    await background.aclose()
    assert endless.cancelled()
