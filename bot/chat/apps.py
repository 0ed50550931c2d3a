"""Select the store of a message's workspace."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

from bot.errors import DatabaseFullError, DatabaseUnreachableError
from bot.service.app import App, Workspaces

_log = logging.getLogger(__name__)


class Apps(Protocol):
    """The services of each workspace."""

    def use(self, workspace_id: str) -> AbstractAsyncContextManager[App]:
        """Return the services for a block."""

    def stores(self) -> tuple[str, ...]:
        """Return a workspace of each store that is open."""


@dataclass(frozen=True, slots=True)
class OneApp:
    """Serve all workspaces from one store."""

    app: App

    def use(self, workspace_id: str) -> AbstractAsyncContextManager[App]:
        """Return the services for a block."""
        del workspace_id
        return nullcontext(self.app)

    def stores(self) -> tuple[str, ...]:
        """Return a name for the store."""
        return ("",)


@dataclass(frozen=True, slots=True)
class ManyApps:
    """Serve each workspace from a store of its own."""

    workspaces: Workspaces[App]
    _known: dict[str, None] = field(default_factory=dict)

    def use(self, workspace_id: str) -> AbstractAsyncContextManager[App]:
        """Return the services for a block, and remember the workspace."""
        self._known[workspace_id] = None
        return self.workspaces.use(workspace_id)

    def stores(self) -> tuple[str, ...]:
        """Return the workspaces that were used since the start."""
        return tuple(self._known)


class Stores:
    """Run steps in each store; a store that cannot be opened, or in which a step fails, does not hold up the others."""

    def __init__(self, apps: Apps) -> None:
        self._apps = apps
        self._away: set[str] = set()

    async def each(self, step: Callable[[App], Awaitable[None]]) -> None:
        """Run a step in each store; a store that is away is logged once, until it is back."""
        for workspace_id in self._apps.stores():
            (fault,) = await asyncio.gather(self._one(workspace_id, step), return_exceptions=True)
            self._tell(workspace_id, fault)

    def _tell(self, workspace_id: str, fault: BaseException | None) -> None:
        facts = {"workspace": workspace_id}
        if isinstance(fault, DatabaseUnreachableError | DatabaseFullError):
            if workspace_id not in self._away:
                _log.warning("round.store_postponed", extra={**facts, "reason": str(fault)})
            self._away.add(workspace_id)
            return
        self._away.discard(workspace_id)
        if fault is not None:
            _log.error("round.store_failed", extra=facts, exc_info=fault)

    async def _one(self, workspace_id: str, step: Callable[[App], Awaitable[None]]) -> None:
        async with self._apps.use(workspace_id) as app:
            await step(app)
