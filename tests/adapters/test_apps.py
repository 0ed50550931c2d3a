"""Show that each message is led to the store of its workspace."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from bot.adapters.apps import ManyApps, OneApp
from bot.service.app import App
from bot.service.workspaces import Workspaces


async def test_one_store_is_for_all(service: App) -> None:
    apps = OneApp(service)

    async with apps.use("T1") as first, apps.use("T2") as second:
        assert first is second is service

    assert len(apps.stores()) == 1


async def test_of_many_stores_those_are_known_that_were_used() -> None:
    @asynccontextmanager
    async def named(workspace: str) -> AsyncIterator[App]:
        yield cast("App", f"the services of {workspace}")

    workspaces: Workspaces[Any] = Workspaces(named, most=1)
    apps = ManyApps(workspaces)
    assert apps.stores() == ()

    for workspace in ("T1", "T2", "T1"):
        async with apps.use(workspace) as app:
            assert str(app) == f"the services of {workspace}"

    assert apps.stores() == ("T1", "T2")
    await workspaces.aclose()
