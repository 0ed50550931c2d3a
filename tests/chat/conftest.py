"""Provide tests of what both platforms share with the services over a file."""

from collections.abc import AsyncIterator

import pytest

from bot.service.app import App
from bot.store import Database
from tests.service.samples import ENTRIES, services
from tests.store.samples import saved


@pytest.fixture
async def service(sqlite_url: str) -> AsyncIterator[App]:
    """Return the services over a file with a few entries."""
    database = Database(sqlite_url)
    await saved(database, *ENTRIES)
    yield services(database)
    await database.aclose()
