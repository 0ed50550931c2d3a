"""Show that no garbage is looked for in what reads a great deal at once, and that what it freed is returned."""

import ctypes
import gc
import resource
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.core.models import Audience
from bot.service import background, tuning
from bot.service.app import App
from bot.service.background import return_freed, uncollected
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


async def test_what_was_freed_is_returned_once_an_index_is_built(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[int] = []
    monkeypatch.setattr(background, "_LIBRARY", SimpleNamespace(malloc_trim=kept.append))

    for _ in range(2):
        await app.knowledge.index(Audience.PUBLIC)
        await app.knowledge.background.settled()

    assert kept == [0]


@pytest.mark.parametrize("library", [None, object()])
async def test_a_library_that_keeps_nothing_is_not_asked(library: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_LIBRARY", library)
    await return_freed()


_IS_GLIBC = sys.platform == "linux" and hasattr(ctypes.CDLL(None), "malloc_trim")


@pytest.mark.skipif(not _IS_GLIBC, reason="only the allocator of glibc keeps what was freed")
async def test_freed_memory_goes_back_to_the_system() -> None:
    held = [bytes([1]) * 2_000 for _ in range(50_000)]
    del held[:-1]  # what lies above it in the heap keeps the rest there
    before = _resident()
    await return_freed()
    assert before - _resident() > 50  # of the 100 MB


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize() / 2**20
