"""Show that workspaces come and go as they are needed, and never while somebody uses them."""

import asyncio
import gc
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bot.service.app import Workspaces

_YOUNG = 1  # the generations of the garbage collector up to which it looks; all of them hold the whole suite


class BrokenError(Exception):
    """A stand-in for whatever keeps a workspace from being opened or closed."""


class Shelf:
    """Open and close workspaces, which are but their names, and note what happened; some wait to be released."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.open: set[str] = set()
        self.used: Counter[str] = Counter()
        self.most = 0
        self.broken: set[str] = set()
        self.slow: set[str] = set()
        self.slow_to_close: set[str] = set()
        self.released = asyncio.Event()

    @asynccontextmanager
    async def workspace(self, name: str) -> AsyncIterator[str]:
        """Be open for the length of the block."""
        self.opened.append(name)
        broken = name in self.broken
        if name in self.slow:
            await self.released.wait()
        if broken:
            raise BrokenError(name)
        assert name not in self.open, "it was open already"
        self.open.add(name)
        self.most = max(self.most, len(self.open))
        yield name
        assert not self.used[name], "somebody uses it"
        await asyncio.sleep(0)
        if name in self.slow_to_close:
            await self.released.wait()
        self.open.remove(name)
        if "breaks on closing" in name:
            raise BrokenError(name)


@pytest.fixture
def shelf() -> Shelf:
    """Return a shelf on which nothing is open."""
    return Shelf()


@pytest.fixture
async def two(shelf: Shelf) -> AsyncIterator[Workspaces[str]]:
    """Return workspaces of which two may be open."""
    two = Workspaces(shelf.workspace, most=2)
    yield two
    await two.aclose()
    assert shelf.open == set()


async def use(workspaces: Workspaces[str], *names: str) -> None:
    """Use workspaces one after the other."""
    for name in names:
        async with workspaces.use(name) as found:
            assert found == name


async def turns(count: int = 20) -> None:
    """Run others until all that can happen has happened."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_what_was_used_last_stays_open(two: Workspaces[str], shelf: Shelf) -> None:
    await use(two, "a", "b", "a", "c")
    assert shelf.open == {"a", "c"}
    await use(two, "a", "c", "b", "c")
    assert shelf.opened == ["a", "b", "c", "b"]


async def test_many_at_once_open_one_once(two: Workspaces[str], shelf: Shelf) -> None:
    await asyncio.gather(*(use(two, "a") for _ in range(10)))
    assert shelf.opened == ["a"]


async def test_one_in_use_is_not_closed(two: Workspaces[str], shelf: Shelf) -> None:
    async with two.use("a"):
        await use(two, "b", "c", "d")
        assert shelf.open == {"a", "d"}


async def test_when_all_are_in_use_the_next_one_waits(two: Workspaces[str], shelf: Shelf) -> None:
    async with two.use("a"):
        async with two.use("b"):
            late = asyncio.create_task(use(two, "c"))
            await turns()
            assert shelf.opened == ["a", "b"]
        await late
    assert shelf.opened == ["a", "b", "c"]
    assert shelf.most == 2


async def test_no_more_are_closed_than_there_is_need_for(shelf: Shelf) -> None:
    workspaces = Workspaces(shelf.workspace, most=4)
    await use(workspaces, "a", "b", "c")
    async with workspaces.use("d"):
        await asyncio.gather(use(workspaces, "e"), use(workspaces, "c"))
    assert shelf.open == {"b", "c", "d", "e"}
    await workspaces.aclose()


async def test_who_gives_up_leaves_it_to_those_who_wait(two: Workspaces[str], shelf: Shelf) -> None:
    shelf.slow.add("a")
    first, second = (asyncio.create_task(use(two, "a")) for _ in range(2))
    await turns()
    first.cancel()
    await turns()
    shelf.released.set()
    await second
    assert first.cancelled()
    assert shelf.opened == ["a"]


async def test_one_that_nobody_waits_for_any_more_is_closed_all_the_same(two: Workspaces[str], shelf: Shelf) -> None:
    shelf.slow.add("a")
    only = asyncio.create_task(use(two, "a"))
    await turns()
    only.cancel()
    closing = asyncio.create_task(two.aclose())
    await turns()
    shelf.released.set()
    await closing
    assert shelf.opened == ["a"]
    assert shelf.open == set()


async def test_who_gives_up_waiting_for_room_leaves_nothing_behind(two: Workspaces[str], shelf: Shelf) -> None:
    async with two.use("a"), two.use("b"):
        late = asyncio.create_task(use(two, "c"))
        await turns()
        late.cancel()
        await turns()
    await use(two, "b", "a")
    assert shelf.opened == ["a", "b"]


async def test_all_who_wait_hear_of_a_fault_and_the_next_one_tries_anew(two: Workspaces[str], shelf: Shelf) -> None:
    shelf.broken.add("a")
    found = await asyncio.gather(*(use(two, "a") for _ in range(3)), return_exceptions=True)
    assert [type(each) for each in found] == [BrokenError] * 3
    assert shelf.opened == ["a"]
    shelf.broken.clear()
    await use(two, "a")
    assert shelf.opened == ["a", "a"]


async def test_a_fault_that_nobody_heard_of_is_not_kept(two: Workspaces[str], shelf: Shelf) -> None:
    shelf.slow.add("a")
    shelf.broken.add("a")
    first = asyncio.create_task(use(two, "a"))
    await turns()
    first.cancel()
    shelf.released.set()
    await turns()
    shelf.broken.clear()
    await use(two, "a")


@pytest.mark.parametrize("moment", range(6))
async def test_who_comes_when_others_hear_of_a_fault_gets_one_of_their_own(
    two: Workspaces[str], shelf: Shelf, moment: int
) -> None:
    shelf.slow.add("a")
    shelf.broken.add("a")
    first = asyncio.create_task(use(two, "a"))
    await turns()
    shelf.released.set()
    await turns(moment)
    shelf.broken.clear()
    async with AsyncExitStack() as stack:
        try:
            await stack.enter_async_context(two.use("a"))
        except BrokenError:
            return  # it came too early
        await turns()
        await use(two, "a")
    assert isinstance((await asyncio.gather(first, return_exceptions=True))[0], BrokenError)
    assert shelf.opened == ["a", "a"]


async def test_what_cannot_be_opened_takes_no_room(two: Workspaces[str], shelf: Shelf) -> None:
    shelf.broken.add("b")
    await use(two, "a")
    with pytest.raises(BrokenError):
        await use(two, "b")
    await use(two, "c")
    assert shelf.open == {"a", "c"}


async def test_a_fault_that_nobody_heard_of_disturbs_no_end(shelf: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    gc.collect(_YOUNG)  # what the tests before this one left behind
    caplog.clear()
    workspaces = Workspaces(shelf.workspace, most=2)
    shelf.slow.add("a")
    shelf.broken.add("a")
    first = asyncio.create_task(use(workspaces, "a"))
    await turns()
    first.cancel()
    await turns()
    shelf.released.set()
    await workspaces.aclose()
    gc.collect(_YOUNG)  # a task tells of an error that nobody asked for when it is gone
    assert caplog.records == []


async def test_a_fault_of_the_user_closes_nothing(two: Workspaces[str], shelf: Shelf) -> None:
    with pytest.raises(BrokenError):
        async with two.use("a"):
            raise BrokenError
    assert shelf.open == {"a"}


async def test_a_fault_on_closing_is_logged_and_harms_nobody(
    two: Workspaces[str], caplog: pytest.LogCaptureFixture
) -> None:
    await use(two, "a breaks on closing", "b", "c")
    (record,) = caplog.records
    assert (record.levelname, record.getMessage()) == ("ERROR", "workspace.close_failed")
    assert record.exc_info is not None
    assert record.exc_info[0] is BrokenError


async def test_the_end_waits_for_those_who_use_one(shelf: Shelf) -> None:
    workspaces = Workspaces(shelf.workspace, most=3)
    await use(workspaces, "a", "b")
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(workspaces.use("c"))
        closing = asyncio.create_task(workspaces.aclose())
        await turns()
        assert shelf.open == {"c"}
    await closing
    assert shelf.open == set()


async def test_the_end_waits_for_what_is_being_closed(shelf: Shelf) -> None:
    workspaces = Workspaces(shelf.workspace, most=1)
    shelf.slow_to_close.add("a")
    await use(workspaces, "a")
    late = asyncio.create_task(use(workspaces, "b"))
    await turns()
    late.cancel()
    closing = asyncio.create_task(workspaces.aclose())
    await turns()
    assert not closing.done()
    shelf.released.set()
    await closing
    assert shelf.open == set()


@pytest.mark.parametrize("seed", range(20))
async def test_in_any_order_the_limit_holds(shelf: Shelf, caplog: pytest.LogCaptureFixture, seed: int) -> None:
    """The shelf itself sees that none is opened twice, and that none is closed under somebody who uses it."""
    chance = random.Random(seed)  # noqa: S311  # a fixed seed is the point
    most = chance.randint(1, 4)
    workspaces = Workspaces(shelf.workspace, most=most)

    async def visit(name: str, length: int) -> None:
        async with workspaces.use(name):
            shelf.used[name] += 1
            try:
                await turns(length)
                assert name in shelf.open
            finally:
                shelf.used[name] -= 1

    visits = [asyncio.create_task(visit(chance.choice("abcdef"), chance.randrange(8))) for _ in range(200)]
    for task in chance.sample(visits, 30):
        await turns(chance.randrange(4))
        task.cancel()
    found = await asyncio.gather(*visits, return_exceptions=True)
    await workspaces.aclose()
    assert {type(each) for each in found} <= {type(None), asyncio.CancelledError}
    assert caplog.records == []
    assert shelf.most <= most
    assert shelf.open == set()
