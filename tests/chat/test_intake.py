"""Nothing that was taken in is lost: it is held while the database is away, and taken up after a crash."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat import intake as intake_module
from bot.chat.intake import Intake, spooled_of
from bot.chat.tasks import Work
from bot.core.models import MessageRef
from bot.errors import DatabaseAwayError, DatabaseFullError, SpoolError
from bot.service.claims import Spool, Spooled, SpooledKind
from bot.service.deliveries import Fault, NotSent

AWAY = DatabaseAwayError("db", "refused")


def where(message_id: str, *, thread_id: str | None = None) -> MessageRef:
    """Name a message."""
    return MessageRef(platform="slack", workspace_id="T1", channel_id="C1", thread_id=thread_id, message_id=message_id)


class Steps:
    """Run steps that end as they are told to, and record them."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.faults: list[Exception] = []
        self.seen = asyncio.Event()

    def of(self, name: str) -> Callable[[], Awaitable[None]]:
        """Return a step with a name."""

        async def step() -> None:
            self.taken.append(name)
            self.seen.set()
            if self.faults:
                raise self.faults.pop(0)

        return step


@pytest.fixture
async def spool(tmp_path: Path) -> AsyncIterator[Spool]:
    with closing(Spool(tmp_path, "slack")) as spool:
        yield spool


@pytest.fixture
def steps() -> Steps:
    return Steps()


async def test_a_message_is_on_disk_when_it_is_taken_and_gone_when_it_is_seen_to(spool: Spool, steps: Steps) -> None:
    work = Work()
    intake = Intake(spool, work)

    intake.take(SpooledKind.WRITTEN, where("1"), steps.of("1"))
    assert [one.ref.message_id for one in spool.waiting()] == ["1"]
    assert steps.taken == []
    await work.settled()

    assert steps.taken == ["1"]
    assert spool.waiting() == ()


async def test_what_is_in_hand_is_seen_to_once_more_and_no_oftener(spool: Spool, steps: Steps) -> None:
    work = Work()
    intake = Intake(spool, work)
    for name in ("first", "second", "third"):
        intake.take(SpooledKind.WRITTEN, where("1"), steps.of(name))
    assert len(work) == 1
    await work.settled()
    assert steps.taken == ["first", "third"]
    assert spool.waiting() == ()


async def test_what_says_the_same_again_is_handled_once(spool: Spool, steps: Steps) -> None:
    work = Work()
    intake = Intake(spool, work)
    for name, says in (("first", "a"), ("second", "a"), ("third", "b")):
        intake.take(SpooledKind.WRITTEN, where("1"), steps.of(name), says=says)
    await work.settled()
    assert steps.taken == ["first", "third"]

    intake.take(SpooledKind.WRITTEN, where("1"), steps.of("later"), says="b")
    assert spool.waiting() == ()
    intake.take(SpooledKind.EDITED, where("1"), steps.of("edit"), says="b")
    intake.take(SpooledKind.WRITTEN, where("1"), steps.of("else"), says="a")
    await work.settled()
    assert sorted(steps.taken[2:]) == ["edit", "else"]


async def test_what_broke_is_handled_when_it_comes_again(spool: Spool, steps: Steps) -> None:
    work = Work()
    intake = Intake(spool, work)
    steps.faults = [ValueError("broken")]
    intake.take(SpooledKind.WRITTEN, where("1"), steps.of("first"), says="a")
    await work.settled()
    intake.take(SpooledKind.WRITTEN, where("1"), steps.of("second"), says="a")
    await work.settled()
    assert steps.taken == ["first", "second"]
    assert spool.waiting() == ()


async def test_what_left_something_to_be_done_is_handled_when_it_comes_again(spool: Spool) -> None:
    work, ends = Work(), [False, True]
    intake = Intake(spool, work)

    async def step() -> bool:
        return ends.pop(0)

    for _ in range(3):
        intake.take(SpooledKind.WRITTEN, where("1"), step, says="a")
        await work.settled()
    assert ends == []
    assert spool.waiting() == ()


async def test_a_message_that_waits_to_be_read_is_not_read_when_it_is_brought(
    spool: Spool, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "_MOST_READ_AT_ONCE", 1)
    work, read, reading, free = Work(), list[str](), asyncio.Event(), asyncio.Event()

    async def redo(spooled: Spooled) -> NotSent | None:
        read.append(spooled.ref.message_id)
        reading.set()
        await free.wait()
        return None

    intake = Intake(spool, work)
    intake.read_by(redo)
    for number in range(3):
        spool.put(spooled_of(SpooledKind.WRITTEN, where(str(number))))
    await intake.take_up()
    await reading.wait()
    intake.take(SpooledKind.WRITTEN, where("2"), steps.of("2"), says="a")
    free.set()
    await work.settled()
    assert (read, steps.taken, spool.waiting()) == (["0", "1"], ["2"], ())


@pytest.mark.parametrize("fault", [None, AWAY])
async def test_what_the_process_before_handled_is_dropped_and_not_read(spool: Spool, fault: Exception | None) -> None:
    work, read = Work(), list[str]()

    async def redo(spooled: Spooled) -> NotSent | None:
        read.append(f"{spooled.kind} {spooled.ref.message_id}")
        return None

    async def settled(places: Sequence[MessageRef]) -> Sequence[MessageRef]:
        assert where("said") not in places
        if fault is not None:
            raise fault
        return [where("done")]

    intake = Intake(spool, work)
    intake.read_by(redo, settled=settled)
    said = spooled_of(SpooledKind.WRITTEN, where("said"))
    for left in (spooled_of(SpooledKind.WRITTEN, where("done")), spooled_of(SpooledKind.EDITED, where("done")), said):
        spool.put(left)
    spool.note_said(said, "42")
    await intake.take_up()
    await work.settled()
    unread = ["written done"] if fault is None else []
    assert sorted([*read, *unread]) == ["edited done", "written done", "written said"]
    assert len(read) == 3 - len(unread)
    assert spool.waiting() == ()


async def test_what_a_process_was_about_to_send_is_sent_once_it_has_ended(tmp_path: Path) -> None:
    ended: list[Collection[str]] = []
    faults = [AWAY, None, None]

    async def recover(processes: Collection[str]) -> None:
        ended.append(processes)
        if (fault := faults[len(ended) - 1]) is not None:
            raise fault

    first = Spool(tmp_path, "slack", process="first")
    first.put(spooled_of(SpooledKind.WRITTEN, where("1")))
    first.close()
    with closing(Spool(tmp_path, "slack", process="second")) as second:
        work = Work()
        intake = Intake(second, work)
        intake.read_by(nothing, recover=recover)
        for _ in range(3):
            await intake.take_up()
        await work.settled()
    assert ended == [{"first"}, {"first"}]


async def nothing(_spooled: Spooled) -> None:
    """Handle a message that is read."""


async def test_an_edit_is_seen_to_beside_what_was_written(spool: Spool, steps: Steps) -> None:
    work = Work()
    intake = Intake(spool, work)
    intake.take(SpooledKind.WRITTEN, where("1"), steps.of("1"))
    intake.take(SpooledKind.EDITED, where("1"), steps.of("edit"))
    await work.settled()
    assert sorted(steps.taken) == ["1", "edit"]


@pytest.mark.parametrize("fault", [AWAY, DatabaseFullError("db")])
async def test_what_comes_while_the_database_is_away_is_held_until_it_answers(
    spool: Spool, steps: Steps, fault: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(intake_module, "PAUSE", 0.001)
    work = Work()
    intake = Intake(spool, work)
    steps.faults = [fault] * 7
    with caplog.at_level(logging.INFO):
        for number in range(3):
            intake.take(SpooledKind.WRITTEN, where(str(number)), steps.of(str(number)))
        await work.settled()
    assert set(steps.taken) == {"0", "1", "2"}
    assert len(steps.taken) == 10
    assert spool.waiting() == ()
    said = [record.message for record in caplog.records]
    assert said.count("database.away") == said.count("database.back") == 1


async def test_a_fault_of_the_program_is_logged_and_the_message_is_tried_again_a_few_times(
    spool: Spool, steps: Steps, caplog: pytest.LogCaptureFixture
) -> None:
    work = Work()
    intake = Intake(spool, work)
    read: list[str] = []

    async def redo(spooled: Spooled) -> NotSent | None:
        read.append(spooled.ref.message_id)
        raise steps.faults[0]

    intake.read_by(redo)
    steps.faults = [ValueError("broken"), ValueError("broken")]
    intake.take(SpooledKind.WRITTEN, where("1"), steps.of("1"))
    await work.settled()
    for _ in range(4):
        await intake.take_up()
        await work.settled()

    assert read == ["1", "1"]
    assert spool.waiting() == ()
    assert any(record.message == "message.given_up" and record.levelno == logging.ERROR for record in caplog.records)


async def test_the_next_process_takes_up_what_one_left(tmp_path: Path, steps: Steps) -> None:
    first, work = Spool(tmp_path, "slack"), Work()
    steps.faults = [AWAY]
    Intake(first, work).take(SpooledKind.DELETED, where("1", thread_id="0"), steps.of("1"))
    await steps.seen.wait()
    await work.finish(within=timedelta())
    first.close()

    read: list[Spooled] = []

    async def redo(spooled: Spooled) -> NotSent | None:
        read.append(spooled)
        return None

    with closing(Spool(tmp_path, "slack")) as second:
        work = Work()
        intake = Intake(second, work)
        intake.read_by(redo)
        await intake.take_up()
        await intake.take_up()
        await work.settled()
        assert [(one.kind, one.ref.message_id, one.ref.thread_id) for one in read] == [(SpooledKind.DELETED, "1", "0")]
        assert second.waiting() == ()


@pytest.mark.parametrize(("outcome", "left"), [(NotSent(Fault.GONE), 0), (None, 0)])
async def test_what_is_gone_from_the_platform_is_given_up(spool: Spool, outcome: NotSent | None, left: int) -> None:
    async def redo(_spooled: Spooled) -> NotSent | None:
        return outcome

    work = Work()
    intake = Intake(spool, work)
    intake.read_by(redo)
    spool.put(spooled_of(SpooledKind.WRITTEN, where("1")))
    await intake.take_up()
    await work.settled()
    assert len(spool.waiting()) == left


async def test_what_is_too_old_is_given_up_by_name(
    spool: Spool, steps: Steps, caplog: pytest.LogCaptureFixture
) -> None:
    old = replace(spooled_of(SpooledKind.WRITTEN, where("1")), at=datetime.now(UTC) - timedelta(hours=2))
    spool.put(old)
    intake = Intake(spool, Work())
    intake.read_by(lambda _spooled: pytest.fail("it is not read"))
    await intake.take_up()
    assert spool.waiting() == ()
    (record,) = [record for record in caplog.records if record.message == "message.given_up"]
    assert vars(record)["message_id"] == "1"


async def test_what_there_is_no_room_for_is_left_on_disk_until_there_is(spool: Spool, steps: Steps) -> None:
    work, read = Work(), []
    intake = Intake(spool, work, most=1)

    async def redo(spooled: Spooled) -> NotSent | None:
        read.append(spooled.ref.message_id)
        return None

    intake.read_by(redo)
    for number in range(3):
        intake.take(SpooledKind.WRITTEN, where(str(number)), steps.of(str(number)))
    await work.settled()
    assert (steps.taken, len(spool.waiting())) == (["0"], 2)
    for _ in range(2):
        await intake.take_up()
        await work.settled()
    assert (sorted(read), spool.waiting()) == (["1", "2"], ())


async def test_what_cannot_be_kept_is_not_taken(tmp_path: Path, steps: Steps) -> None:
    with closing(Spool(tmp_path, "slack", most=0)) as full:
        work = Work()
        with pytest.raises(SpoolError):
            Intake(full, work).take(SpooledKind.WRITTEN, where("1"), steps.of("1"))
        await work.settled()
    assert steps.taken == []


async def test_a_gate_that_opens_before_its_next_try_leaves_none_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_module, "PAUSE", 0.01)
    loop, faults, over = asyncio.get_running_loop(), list[object](), asyncio.Event()
    loop.set_exception_handler(lambda _, context: faults.append(context))
    gate = intake_module.Gate()
    waiting = [asyncio.ensure_future(gate.wait(AWAY)) for _ in range(2)]
    await asyncio.sleep(0)

    gate.open()
    await asyncio.gather(*waiting)
    loop.call_later(0.03, over.set)
    await over.wait()

    assert faults == []
