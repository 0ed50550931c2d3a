"""Show what real processes do to one database at once, and what a killed one leaves behind."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bot.core.models import Audience
from bot.store import Database, migrating
from bot.store.entries import list_entries
from bot.store.meta import content_version
from tests.store import children
from tests.store.samples import entry, saved

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def child(task: str, url: str) -> Iterator[subprocess.Popen[str]]:
    """Yield a process that is about to do a task of `tests.store.children`; it is gone at the end."""
    command = [sys.executable, "-W", "error", "-m", children.__name__, task, url]
    with subprocess.Popen(  # noqa: S603  # our own interpreter
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            assert first == "ready\n", process.communicate()[1]
            yield process
        finally:
            process.kill()


def at_once(task: str, url: str, *, processes: int = 2) -> list[Any]:
    """Return what came out of several processes that do the same at the same time."""
    with ExitStack() as stack:
        started = [stack.enter_context(child(task, url)) for _ in range(processes)]
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        outputs = [process.communicate() for process in started]
    assert [stderr for _, stderr in outputs] == [""] * processes
    return [json.loads(stdout) for stdout, _ in outputs]


async def test_two_writers_never_meet_a_lock(database: Database, database_url: str) -> None:
    done = at_once("write", database_url)

    assert done == [children.TRANSACTIONS] * 2
    async with database.snapshot() as tx:
        assert await content_version(tx) == 2 * children.TRANSACTIONS


def test_a_message_is_claimed_by_one_process_and_the_other_gets_its_decision(database_url: str) -> None:
    first, second = at_once("claim_all", database_url)

    for (mine, decided), (theirs, decided_there) in zip(first, second, strict=True):
        assert mine is not theirs
        assert decided == decided_there
    assert len(first) == children.MESSAGES


def test_a_phrase_goes_to_one_process(database_url: str) -> None:
    first, second = at_once("take_phrases", database_url)

    assert sorted(first + second) == sorted(f"alias {number}" for number in range(children.PHRASES))


async def test_an_empty_database_is_upgraded_by_whoever_comes_first(empty_url: str) -> None:
    revisions = at_once("upgrade", empty_url, processes=3)

    await migrating.check(empty_url)
    assert revisions == [await migrating.current(empty_url)] * 3


async def test_a_killed_process_leaves_nothing_changed(database: Database, database_url: str) -> None:
    await saved(database, entry("fees"))
    with child("never_finish", database_url) as process:
        process.kill()

    (stored,) = await saved(database, entry("other"))
    assert stored.content_version == 2
    async with database.snapshot() as tx:
        left = {one.entry.id: one.entry.answer for one in await list_entries(tx, audience=Audience.INTERNAL)}
    assert left == {"fees": "At fees.", "other": "At other."}
