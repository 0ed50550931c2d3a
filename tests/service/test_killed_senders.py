"""Show that nothing is lost when its sender is killed, at whatever step, nor shown twice where the key is heeded."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from types import ModuleType

import pytest
from sqlalchemy import select

from bot.service.app import App
from bot.store.records import DeliveryStatus, ReplyState
from bot.store.tables import QuestionRow
from tests.cli.commands import environment
from tests.processes import ROOT
from tests.service import repliers, senders
from tests.service.deliveries import ask_as, make_item, plan, rows

pytestmark = pytest.mark.slow

ASKERS = 60
STEPS = 20  # for one message, about


class Platform:
    """A stand-in for a platform that shows what is posted under a key once, and gives its sender the id."""

    def __init__(self) -> None:
        self.posts: list[str] = []
        self.shown: dict[str, str] = {}

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Accept one post; the sender may be gone before the answer."""
        if key := (await reader.readline()).decode().strip():
            self.posts.append(key)
            writer.write(f"{self.shown.setdefault(key, f'shown-{len(self.shown)}')}\n".encode())
        writer.close()


@pytest.fixture
def platform() -> Platform:
    """Return a platform that nothing was posted to."""
    return Platform()


@pytest.fixture
async def port(platform: Platform) -> AsyncIterator[int]:
    """Return where the platform listens."""
    server = await asyncio.start_server(platform.take, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


async def killed(module: ModuleType, url: str, port: int) -> int:
    """Return how many processes were killed before all was done."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module.__name__, url, str(port)),
        cwd=ROOT,
        env=environment(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    return int(json.loads(out))


async def test_a_killed_sender_loses_nothing_and_shows_nothing_twice(
    app: App, database_url: str, platform: Platform, port: int
) -> None:
    asked = [await ask_as(app, f"asker {number}", f"m{number}") for number in range(ASKERS)]
    assert await plan(app.database, await make_item(app.database, *asked)) == ASKERS

    assert await killed(senders, database_url, port) > 2 * STEPS
    assert len(platform.posts) > ASKERS
    left = await rows(app.database)
    assert {row.status for row in left} == {DeliveryStatus.SENT}
    assert {row.dedupe_key: row.sent_message_id for row in left} == platform.shown
    assert len(platform.shown) == ASKERS


@pytest.mark.timeout(180)  # some fifty processes, one after the other
async def test_a_killed_process_leaves_no_question_without_a_reply_and_none_with_two(
    app: App, database_url: str, platform: Platform, port: int
) -> None:
    steps = await killed(repliers, database_url, port)

    assert STEPS < steps < repliers.MOST
    assert len(platform.posts) > repliers.MOST
    async with app.database.snapshot() as tx:
        found = (await tx.scalars(select(QuestionRow))).all()
    assert {row.reply_state for row in found} == {ReplyState.SENT}
    assert {row.message_id: row.sent_message_id for row in found} == platform.shown
    assert set(platform.shown) == {f"m{number}" for number in range(repliers.MOST)}
