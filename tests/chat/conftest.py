"""Provide tests of what both platforms share with the services over a file."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.service.app import App
from bot.store import Database
from tests.service.samples import services


@pytest.fixture
def sqlite_url(entries_template: Path, tmp_path: Path) -> str:
    """Return the URL of a file with a few entries."""
    path = tmp_path / "faq.db"
    shutil.copyfile(entries_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
async def service(sqlite_url: str) -> AsyncIterator[App]:
    """Return the services over a file with a few entries."""
    database = Database(sqlite_url)
    yield services(database)
    await database.aclose()


@pytest.fixture
async def elsewhere(sqlite_url: str) -> AsyncIterator[App]:
    """Return the same services of another process."""
    database = Database(sqlite_url)
    yield services(database)
    await database.aclose()
