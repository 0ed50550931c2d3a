"""Lead each message to the store of its workspace."""

from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Protocol

from bot.service.app import App
from bot.service.workspaces import Workspaces


class Apps(Protocol):
    """Hand out the services of a workspace."""

    def use(self, workspace_id: str) -> AbstractAsyncContextManager[App]:
        """Return the services for a block."""

    def stores(self) -> tuple[str, ...]:
        """Return a workspace of each store that is in use by now."""


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
