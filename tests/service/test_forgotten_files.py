"""What is forgotten is gone from the files of SQLite too, while other processes have them open."""

import asyncio
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from datetime import timedelta

import pytest

from bot.core.models import MessageRef, Rating
from bot.service import USUAL
from bot.service.app import App
from bot.store import Database, sqlite_files
from bot.store.sqlite_files import Checkpoint, checkpoint
from bot.store.tables import FeedbackRow, QuestionRow
from tests.processes import child
from tests.service import readers
from tests.service.conversations import ANN, ambient, message
from tests.service.deliveries import Watch, make_item, plan
from tests.service.samples import ENTRIES, FEES, NOW, services
from tests.store.samples import saved

WORDS, REASON = "where is the crimson parrot", "it names the wrong parrots"
PATIENCE = timedelta(seconds=30)
LATER = USUAL.retention + timedelta(days=1)
Step = Callable[[App], Awaitable[object]]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def app(sqlite_url: str, watch: Watch) -> AsyncIterator[App]:
    """Return services over a file with a question of Ann's, one of another, and all that hangs on hers."""
    database = Database(sqlite_url)
    await saved(database, *ENTRIES)
    app = services(database, clock=watch)
    asked = await app.ask.ask(message(WORDS))
    await plan(database, await make_item(database, asked.question_id))
    async with database.transaction() as tx:
        author = (await tx.get_one(QuestionRow, 1)).author
        tx.add(FeedbackRow(question_id=1, author=author, rating=Rating.WRONG, reason=REASON, given_at=NOW))
    yield app
    await database.aclose()


async def forget(app: App) -> None:
    await app.privacy.forget(ANN, actor="mod")


async def purge(app: App) -> None:
    await app.privacy.purge(actor="mod")


async def delete(app: App) -> None:
    await app.privacy.delete_message(MessageRef(platform="slack", workspace_id="T1", message_id="m1"), actor="slack")


async def edit(app: App) -> None:
    await app.ask.edited(message(FEES.question))


def found(url: str) -> set[str]:
    """Return which texts are in any file of a database, by its bytes.

    Another process reads them: one that closes a file gives up its locks on it, also those of SQLite.
    """
    path = url.removeprefix("sqlite:///")
    files = [f"{path}{name}" for name in ("", "-wal", "-shm")]
    written = subprocess.run(["/bin/cat", *files], check=True, capture_output=True).stdout.lower()  # noqa: S603  # our own files
    return {text for text in (WORDS, REASON) if text.encode() in written}


async def go_on(app: App) -> None:
    """Have others ask, as a bot that runs is asked."""
    for number in range(10):
        await ambient(app, f"how is the weather on day {number}", f"w{number}")


@pytest.mark.slow
@pytest.mark.parametrize("remove", [forget, purge, delete, edit])
async def test_it_is_gone_while_another_process_has_the_database_open(
    app: App, sqlite_url: str, watch: Watch, remove: Step
) -> None:
    with child(readers, "idle", sqlite_url):
        assert found(sqlite_url) == {WORDS, REASON}
        if remove is purge:
            watch.forward(LATER)
        await remove(app)
        assert await app.privacy.erased(within=PATIENCE)

        assert found(sqlite_url) == (
            {REASON} if remove is delete else set()
        )  # what is said of an answer is not the message
        await go_on(app)
        assert WORDS not in found(sqlite_url)


@pytest.mark.slow
@pytest.mark.parametrize("remove", [forget, delete, edit])
async def test_a_bot_sees_to_it_by_itself(app: App, sqlite_url: str, remove: Step) -> None:
    with child(readers, "idle", sqlite_url):
        await remove(app)
        [erasing] = [task for task in asyncio.all_tasks() if task.get_name() == "erasure"]
        async with asyncio.timeout(30):
            await erasing
        assert WORDS not in found(sqlite_url)


@pytest.mark.slow
async def test_it_is_said_when_a_reader_is_in_the_way_and_is_done_once_they_are_gone(app: App, sqlite_url: str) -> None:
    with child(readers, "read", sqlite_url) as reader:
        await forget(app)
        assert not await app.privacy.erased(within=timedelta())
        assert WORDS in found(sqlite_url)

        out, errors = await asyncio.to_thread(reader.communicate, "go\n")
        assert (out, errors) == ("1", "")
    assert await app.privacy.erased(within=PATIENCE)
    assert not found(sqlite_url)


@pytest.mark.slow
async def test_nobody_waits_long_while_a_reader_is_in_the_way(app: App, sqlite_url: str) -> None:
    clock = asyncio.get_running_loop().time
    with child(readers, "read", sqlite_url):
        await forget(app)
        trying = asyncio.create_task(app.privacy.erased(within=timedelta(seconds=2)))
        with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), timeout=1)) as other:
            while not trying.done():
                began = clock()
                await asyncio.sleep(0)
                assert clock() - began < 1, "the event loop stood still"
                other.execute("UPDATE meta SET content_version = content_version")
                other.commit()
        assert not await trying


@pytest.mark.slow
async def test_what_a_killed_process_left_is_taken_out_at_the_next_start(app: App, sqlite_url: str) -> None:
    with child(readers, "idle", sqlite_url):
        async with app.database.transaction() as tx:
            row = await tx.get_one(QuestionRow, 1)
            row.text = row.normalised = None
        assert WORDS in found(sqlite_url)
        started = Database(sqlite_url)
        started.resume_erasure()
        await started.aclose()

        assert WORDS not in found(sqlite_url)


@pytest.mark.slow
async def test_what_is_deleted_last_is_taken_out_at_the_end(app: App, sqlite_url: str) -> None:
    with child(readers, "idle", sqlite_url):
        await delete(app)
        await app.database.aclose()

        assert WORDS not in found(sqlite_url)


async def test_many_deletions_are_seen_to_at_once(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        await app.ask.ask(message(WORDS, f"d{number}"))
    cuts: list[Checkpoint] = []

    def cut(path: str, kind: Checkpoint) -> bool:
        cuts.append(kind)
        return checkpoint(path, kind)

    monkeypatch.setattr(sqlite_files, "checkpoint", cut)
    for number in range(30):
        ref = MessageRef(platform="slack", workspace_id="T1", message_id=f"d{number}")
        await app.privacy.delete_message(ref, actor="slack")
    await app.database.aclose()

    assert len(cuts) <= 20
