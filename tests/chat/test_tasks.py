"""Background work ends as it should, none of it unnoticed, and delayed replies give way to people."""

import ast
import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat import tasks
from bot.chat.tasks import Turns, Waits, Work, comes, ended, kept, until, watched

ROOT = Path(__file__).resolve().parents[2]
STARTS = frozenset({"create_task", "ensure_future", "run_coroutine_threadsafe"})


class Broken(Exception):  # noqa: N818  # of the tests
    """An error that nobody expected."""


async def fail() -> None:
    """End with a fault."""
    raise Broken


def strays(tree: ast.AST) -> Iterator[int]:
    """Yield the lines that start a task by themselves; a group of tasks raises what goes wrong in it."""
    groups = {
        item.optional_vars.id
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncWith)
        for item in node.items
        if isinstance(item.optional_vars, ast.Name) and "TaskGroup" in ast.unparse(item.context_expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in STARTS and ast.unparse(node.value) not in groups:
            yield node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "asyncio":
            yield from (node.lineno for name in node.names if name.name in STARTS)


def test_all_tasks_are_started_in_one_place() -> None:
    files = [file for part in ("adapters", "chat", "cli") for file in sorted((ROOT / "bot" / part).rglob("*.py"))]
    sources = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in files}
    suspects = {name: source for name, source in sources.items() if any(start in source for start in STARTS)}
    found = {name: list(strays(ast.parse(source))) for name, source in suspects.items()}

    assert [name for name, lines in found.items() if lines] == ["bot/chat/tasks.py"]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("import asyncio\nasyncio.create_task(step())", [2]),
        ("loop.create_task(step())", [1]),
        ("from asyncio import ensure_future as begin", [1]),
        ("async def run():\n    async with asyncio.TaskGroup() as tasks:\n        tasks.create_task(step())", []),
    ],
)
def test_a_stray_task_is_found(code: str, lines: list[int]) -> None:
    assert list(strays(ast.parse(code))) == lines


async def test_what_nobody_waits_for_tells_its_fault(caplog: pytest.LogCaptureFixture) -> None:
    await asyncio.wait([watched(fail(), name="thinking")])
    await asyncio.sleep(0)

    (record,) = caplog.records
    assert (record.levelname, record.__dict__["task"]) == ("ERROR", "thinking")
    assert record.exc_info is not None
    assert record.exc_info[0] is Broken


@pytest.mark.parametrize("quietly", [False, True])
async def test_what_is_to_go_on_is_told_of_and_begun_again(caplog: pytest.LogCaptureFixture, *, quietly: bool) -> None:
    begun: asyncio.Queue[None] = asyncio.Queue()
    pauses: list[float] = []
    enough = asyncio.Event()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async def step() -> None:
        begun.put_nowait(None)
        if begun.qsize() == 8:
            enough.set()
            await asyncio.Event().wait()
        if not quietly:
            await fail()

    task = kept(step, name="rounds", pause=pause)
    await asyncio.wait_for(enough.wait(), 30)
    await ended(task)

    assert pauses == [1, 2, 4, 8, 16, 32, 60]
    assert {(one.levelname, one.__dict__["task"], bool(one.exc_info)) for one in caplog.records} == {
        ("ERROR", "rounds", not quietly)
    }


async def test_one_that_ran_for_long_is_restarted_as_quickly_as_the_first_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks, "_SOUND", timedelta())
    pauses, enough = list[float](), asyncio.Event()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) >= 3:
            enough.set()
        await asyncio.sleep(0)

    task = kept(fail, name="rounds", pause=pause)
    await asyncio.wait_for(enough.wait(), 30)
    await ended(task)

    assert pauses[:3] == [1, 1, 1]


async def test_one_that_is_cancelled_ends_what_it_keeps() -> None:
    over = asyncio.Event()
    begun = asyncio.Event()

    async def step() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            over.set()

    task = kept(step, name="rounds")
    await begun.wait()
    await ended(task)

    assert over.is_set()
    assert task.cancelled()


async def test_what_is_needed_ends_the_waiting(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Broken):
        await until(asyncio.Event(), asyncio.create_task(fail(), name="http"))

    assert [record.__dict__["task"] for record in caplog.records] == ["http"]


async def test_what_is_needed_and_just_ends_is_a_fault_too() -> None:
    with pytest.raises(RuntimeError, match="http"):
        await until(asyncio.Event(), asyncio.create_task(asyncio.sleep(0), name="http"))


async def test_told_to_stop_it_waits_no_longer() -> None:
    stop, needed = asyncio.Event(), asyncio.create_task(asyncio.Event().wait())
    waiting = asyncio.create_task(until(stop, needed))
    await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(waiting, 30)

    assert not needed.done()
    await ended(needed)


async def test_the_end_waits_for_what_is_in_hand() -> None:
    work, release, done = Work(), asyncio.Event(), asyncio.Event()

    async def step() -> None:
        await release.wait()
        done.set()

    work.start(step(), name="step")
    finishing = asyncio.create_task(work.finish())
    await asyncio.sleep(0)
    assert not finishing.done()
    release.set()
    await finishing

    assert done.is_set()
    assert len(work) == 0


async def test_a_fault_is_logged_with_its_name_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    work, done = Work(), asyncio.Event()

    async def fail() -> None:
        message = "a fault of the test"
        raise LookupError(message)

    async def step() -> None:
        done.set()

    work.start(fail(), name="answer")
    work.start(step(), name="step")
    await work.settled()

    assert done.is_set()
    (record,) = caplog.records
    assert (record.getMessage(), record.__dict__["task"]) == ("task.failed", "answer")
    assert record.exc_info is not None


async def test_what_takes_too_long_at_the_end_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    work, ended = Work(), asyncio.Event()

    async def step() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    work.start(step(), name="step")
    await asyncio.sleep(0)
    await work.finish(within=timedelta())

    assert ended.is_set()
    assert [record.getMessage() for record in caplog.records] == ["work.given_up"]


async def test_nothing_is_begun_after_the_end() -> None:
    work, begun = Work(), asyncio.Event()

    async def step() -> None:
        begun.set()

    await work.finish()
    work.start(step(), name="step")
    await work.settled()

    assert not begun.is_set()


LONG, AT_ONCE = timedelta(hours=1), timedelta()


async def test_a_person_in_the_thread_ends_the_wait() -> None:
    waits = Waits()
    with waits.listening("thread") as heard, waits.listening("thread") as also:
        waiting = asyncio.create_task(comes(heard, within=LONG))
        waits.note("thread")

        assert await waiting
        assert await comes(also, within=LONG)


async def test_what_is_written_elsewhere_before_or_afterwards_does_not() -> None:
    waits = Waits()
    waits.note("thread")
    with waits.listening("thread") as heard:
        waits.note("another")
        assert not await comes(heard, within=AT_ONCE)
    waits.note("thread")

    assert not heard.is_set()


async def test_one_who_is_through_keeps_nobody_from_hearing() -> None:
    waits = Waits()
    with waits.listening("thread") as first:
        with waits.listening("thread"):
            pass
        waits.note("thread")

    assert first.is_set()


async def test_a_task_that_drops_a_cancellation_is_cancelled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_CANCEL_AGAIN", timedelta(milliseconds=1))
    dropped = 0

    async def stubborn() -> None:
        nonlocal dropped
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                dropped += 1
                if dropped == 2:
                    raise

    task = asyncio.create_task(stubborn())
    await asyncio.wait({task}, timeout=0)
    await asyncio.wait_for(ended(task), 30)

    assert task.cancelled()
    assert dropped == 2


async def test_what_concerns_one_thing_waits_for_what_came_before() -> None:
    turns, told, go = Turns(), list[str](), asyncio.Event()

    async def take(thing: str, name: str, *, waits: bool) -> None:
        async with turns.of(thing):
            if waits:
                await go.wait()
            told.append(name)

    first = asyncio.create_task(take("a", "first", waits=True))
    second = asyncio.create_task(take("a", "second", waits=False))
    other = asyncio.create_task(take("b", "other", waits=False))
    await other
    go.set()
    await asyncio.gather(first, second)

    assert told == ["other", "first", "second"]
