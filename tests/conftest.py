"""Create a database for each test, once as an SQLite file and once on a PostgreSQL server."""

import asyncio
import gc
import logging
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.store import Database, migration
from tests.databases import on_server, postgres_database, postgres_server, roomy_memory
from tests.service.samples import ENTRIES
from tests.store.samples import saved

# A machine that is busy with other things fails no test by being slow. At hand a quarter of the examples does of those
# with which all is checked before it is merged.
settings.register_profile("faqbot", deadline=None, max_examples=100 if os.environ.get("CI") else 25)
settings.load_profile("faqbot")


# A store in a file has a dozen writes made sure of before it is closed, and a disk takes milliseconds for each. Some
# tests start a program that they wrote, which not all machines allow there.
if "TMPDIR" not in os.environ and (memory := roomy_memory()) and not os.statvfs(memory).f_flag & os.ST_NOEXEC:
    os.environ["TMPDIR"] = tempfile.tempdir = str(memory)


# What is imported and collected stays, so to look for garbage meanwhile finds none.
gc.disable()


def pytest_collection_finish() -> None:
    """Exclude all that was imported and collected from the rounds of the garbage collector, a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)  # what tests leave behind is small: with fewer rounds they take 5 % less time
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _data_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Separate tests from what the bot has on this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _words_alone() -> Iterator[None]:
    """Leave the sentence encoder off, which costs time, but for tests that want it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FAQBOT_MODEL_DIR", "off")
        yield


@pytest.fixture(scope="session", autouse=True)
def _interrupts_count() -> None:
    """Have processes under test end at an interrupt, also where a shell runs the tests in its background.

    Such a shell ignores the signal, and so would all that it starts.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _no_log_of_requests() -> None:
    """Have the loopbacks write no line for each request: thousands of them take time, and hide what failed."""
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the URL of a PostgreSQL server."""
    with postgres_server(tmp_path_factory.getbasetemp().parent / "postgres.lock") as url:
        yield url


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> Iterator[str]:
    """Return the name of a migrated database to copy."""
    with postgres_database(postgres) as name:
        asyncio.run(migration.upgrade(on_server(postgres, name)))
        yield name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "faq.db"
    asyncio.run(migration.upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def entries_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated file with a few entries to copy."""
    path = tmp_path_factory.mktemp("entries") / "faq.db"
    shutil.copyfile(sqlite_template, path)
    asyncio.run(_with_entries(f"sqlite:///{path}"))
    return path


async def _with_entries(url: str) -> None:
    database = Database(url)
    await saved(database, *ENTRIES)
    await database.aclose()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the URL of a migrated SQLite file."""
    path = tmp_path / "faq.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: str, postgres_template: str) -> Iterator[str]:
    """Return the URL of a migrated PostgreSQL database."""
    with postgres_database(postgres, template=postgres_template) as name:
        yield on_server(postgres, name)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a migrated database, of either kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Return the URL of an SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgres_url(postgres: str) -> Iterator[str]:
    """Return the URL of a PostgreSQL database without tables."""
    with postgres_database(postgres) as name:
        yield on_server(postgres, name)


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest) -> str:
    """Return the URL of a database without tables, of either kind in turn."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Return a migrated database, of either kind in turn."""
    database = Database(database_url)
    yield database
    await database.aclose()
