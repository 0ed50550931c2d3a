"""Show that each message is led to the store of its workspace."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from bot.chat.apps import ManyApps, OneApp, Stores
from bot.errors import DatabaseAwayError
from bot.service.app import App, Workspaces

AWAY = DatabaseAwayError("db", "refused")


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


async def test_a_store_that_cannot_be_opened_keeps_no_other_from_its_turn(caplog: pytest.LogCaptureFixture) -> None:
    @asynccontextmanager
    async def named(workspace: str) -> AsyncIterator[App]:
        if broken and workspace == "T1":
            raise AWAY
        yield cast("App", workspace)

    async def step(app: App) -> None:
        if str(app) == "T2":
            raise LookupError
        seen.append(str(app))

    broken, seen = False, list[str]()
    workspaces: Workspaces[Any] = Workspaces(named, most=1)
    apps = ManyApps(workspaces)
    for workspace in ("T1", "T2", "T3"):
        async with apps.use(workspace):
            pass
    broken = True

    stores = Stores(apps)
    for _ in range(2):
        await stores.each(step)

    assert seen == ["T3", "T3"]
    logged = [(one.levelname, vars(one)["workspace"]) for one in caplog.records if one.name == "bot.chat.apps"]
    assert logged == [("WARNING", "T1"), ("ERROR", "T2"), ("ERROR", "T2")]
    await workspaces.aclose()
