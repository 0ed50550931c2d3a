"""Give each test the services over a database with a few entries."""

from collections.abc import AsyncIterator

import pytest

from bot.bootstrap import App
from bot.store import Database
from tests.service.samples import ENTRIES, services
from tests.store.samples import saved


@pytest.fixture
async def app(database: Database) -> App:
    """Return the services over a database with a few entries."""
    await saved(database, *ENTRIES)
    return services(database)


@pytest.fixture
async def other(app: App, database_url: str) -> AsyncIterator[App]:
    """Return services of another process over the same database."""
    database = Database(database_url)
    yield services(database)
    await database.aclose()
