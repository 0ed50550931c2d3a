"""Show that no garbage is looked for in what reads a great deal at once."""

import gc

import pytest

from bot.service import tuning
from bot.service.app import App
from bot.service.background import uncollected
from bot.store import Transaction
from bot.store.grades import GradableDecision, spoken_of


def fail_uncollected() -> None:
    """Raise an error in a block without collections."""
    with uncollected():
        assert not gc.isenabled()
        raise ZeroDivisionError


def test_the_collector_is_as_it_was_afterwards() -> None:
    with pytest.raises(ZeroDivisionError):
        fail_uncollected()
    assert gc.isenabled()

    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()
    gc.enable()


async def test_what_is_graded_is_read_without_it(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    collects: list[bool] = []

    async def watched(tx: Transaction, *, limit: int) -> tuple[GradableDecision, ...]:
        collects.append(gc.isenabled())
        return await spoken_of(tx, limit=limit)

    monkeypatch.setattr(tuning, "spoken_of", watched)
    await app.tuning.propose()

    assert collects == [False]
