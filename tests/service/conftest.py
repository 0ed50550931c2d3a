"""Provide each test with the services over a database with a few entries."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.service.app import App
from bot.store import Database
from tests.service.deliveries import Watch
from tests.service.samples import ENTRIES, services
from tests.store.samples import saved


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave services over PostgreSQL to the slow tests: what differs between databases is in the store."""
    for item in items:
        if (
            isinstance(item, pytest.Function)
            and hasattr(item, "callspec")
            and "postgres" in item.callspec.params.values()
        ):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
async def filled(database: Database, database_url: str, entries_template: Path) -> Database:
    """Return a database with a few entries."""
    if database_url.startswith("sqlite:///"):
        shutil.copyfile(entries_template, database_url.removeprefix("sqlite:///"))  # it has no connection yet
    else:
        await saved(database, *ENTRIES)
    return database


@pytest.fixture
async def app(filled: Database) -> App:
    """Return the services over a database with a few entries."""
    return services(filled)


@pytest.fixture
def watch() -> Watch:
    """Return a clock that is moved by hand."""
    return Watch()


@pytest.fixture
async def talk(filled: Database, watch: Watch) -> App:
    """Return the services over a database with a few entries, under a clock that is moved by hand."""
    return services(filled, clock=watch)


@pytest.fixture
async def talk_elsewhere(talk: App, database_url: str, watch: Watch) -> AsyncIterator[App]:
    """Return the same services of another process."""
    database = Database(database_url)
    yield services(database, clock=watch)
    await database.aclose()


@pytest.fixture
async def other(app: App, database_url: str) -> AsyncIterator[App]:
    """Return services of another process over the same database."""
    database = Database(database_url)
    yield services(database)
    await database.aclose()
