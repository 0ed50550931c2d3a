"""Give tests of what both adapters share the services over a file."""

from collections.abc import AsyncIterator

import pytest

from bot.adapters import conversation
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


@pytest.fixture(autouse=True)
def _sent_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a reply that did not arrive sent again without the seconds that a platform is given to recover."""
    monkeypatch.setattr(conversation, "AGAIN", (0.0, 0.01))
