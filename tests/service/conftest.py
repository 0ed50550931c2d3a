"""Provide each test with the services over a database with a few entries."""

from collections.abc import AsyncIterator

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
async def app(database: Database) -> App:
    """Return the services over a database with a few entries."""
    await saved(database, *ENTRIES)
    return services(database)


@pytest.fixture
def watch() -> Watch:
    """Return a clock that is moved by hand."""
    return Watch()


@pytest.fixture
async def talk(database: Database, watch: Watch) -> App:
    """Return the services over a database with a few entries, under a clock that is moved by hand."""
    await saved(database, *ENTRIES)
    return services(database, clock=watch)


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
