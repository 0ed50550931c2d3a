"""Serve many workspaces from one process, each from a store of its own."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Generic, TypeVar

T = TypeVar("T")

_log = logging.getLogger(__name__)


class _OpenWorkspace(Generic[T]):
    """A workspace that is open or being opened, and how many use it."""

    def __init__(self, opening: AbstractAsyncContextManager[T]) -> None:
        self.users = 0
        self._stack = AsyncExitStack()
        # A task of its own: who asked first may give up while others wait.
        self._task = asyncio.create_task(self._stack.enter_async_context(opening))

    async def opened(self) -> T:
        """Wait until it is open, or raise why it cannot be."""
        return await asyncio.shield(self._task)

    @property
    def is_broken(self) -> bool:
        """Return whether it could not be opened."""
        return self._task.done() and (self._task.cancelled() or self._task.exception() is not None)

    async def aclose(self) -> None:
        """Close it, as soon as it is open."""
        await asyncio.wait([self._task])
        await self._stack.aclose()


class Workspaces(Generic[T]):
    """Open workspaces on demand; at most so many are open, those used last.

    One that is in use is never closed: when all are, a request for another one waits. So no task may ask for a second
    one while using a first.
    """

    def __init__(self, open_workspace: Callable[[str], AbstractAsyncContextManager[T]], *, most: int) -> None:
        self._open = open_workspace
        self._most = most
        self._places: OrderedDict[str, _OpenWorkspace[T]] = OrderedDict()  # used last comes last
        self._closing: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._changed = asyncio.Event()

    @asynccontextmanager
    async def use(self, name: str) -> AsyncIterator[T]:
        """Yield what belongs to a workspace; it stays open for the length of the block."""
        while name not in self._places and len(self._places) + len(self._closing) >= self._most:
            await self._make_room()
        place = self._places.get(name)
        if place is None or place.is_broken:
            place = self._places[name] = _OpenWorkspace(self._open(name))
        place.users += 1
        try:
            yield await place.opened()
        finally:
            self._give_back(name, place)

    async def aclose(self) -> None:
        """Close all, each as soon as nobody uses it."""
        while self._places or self._closing:
            await self._make_room()

    def _give_back(self, name: str, place: _OpenWorkspace[T]) -> None:
        place.users -= 1
        if not place.users and self._places.get(name) is place:
            self._places.move_to_end(name)
            if place.is_broken:
                del self._places[name]
            self._changed.set()

    async def _make_room(self) -> None:
        """Close the workspace that was unused for longest, and wait until one is closed or given back."""
        self._waiting += 1
        idle = next((name for name, place in self._places.items() if not place.users), None)
        if idle is not None and len(self._closing) < self._waiting:
            closing = asyncio.create_task(self._places.pop(idle).aclose())
            self._closing.add(closing)
            closing.add_done_callback(self._note_closed)
        self._changed.clear()
        try:
            await self._changed.wait()
        finally:
            self._waiting -= 1

    def _note_closed(self, closing: asyncio.Task[None]) -> None:
        self._closing.discard(closing)
        if not closing.cancelled() and (fault := closing.exception()) is not None:
            _log.error("workspace.close_failed", exc_info=fault)
        self._changed.set()
