"""What came in is on disk before it is taken, and a process that comes later finds what one left."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.models import MessageRef
from bot.errors import SpoolError
from bot.store.claims import PROCESS
from bot.store.spool import Spool, Spooled, SpooledKind

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAVES = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.core.models import MessageRef
from bot.store.spool import SpooledKind, Spool, Spooled
spool = Spool(Path(sys.argv[1]), "slack")
place = {"platform": "slack", "workspace_id": "T1", "channel_id": "C1"}
for number in range(3):
    ref = MessageRef(message_id=str(number), **place)
    spool.put(Spooled(kind=SpooledKind.WRITTEN, ref=ref, at=datetime.now(UTC)))
print("ready", flush=True)
sys.stdin.read()
"""


def written(message_id: str, *, thread_id: str | None = None) -> Spooled:
    """Return a message that was written."""
    ref = MessageRef(platform="slack", workspace_id="T1", channel_id="C1", message_id=message_id, thread_id=thread_id)
    return Spooled(kind=SpooledKind.WRITTEN, ref=ref, at=AT)


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with closing(Spool(tmp_path / "spool", "slack")) as spool:
        yield spool


def test_a_message_is_kept_once_until_it_is_seen_to(spool: Spool) -> None:
    first = written("1", thread_id="0")
    assert spool.put(first)
    assert not spool.put(first)
    assert spool.waiting() == (first,)

    spool.remove(first)

    assert spool.waiting() == ()
    assert spool.put(first)


def test_what_happened_to_a_message_is_kept_apart(spool: Spool) -> None:
    kinds = [
        Spooled(ref=MessageRef(platform="slack", workspace_id="T1", channel_id="C1", message_id="1"), kind=kind, at=AT)
        for kind in SpooledKind
    ]
    assert all(spool.put(each) for each in kinds)
    assert len(spool.waiting()) == len(SpooledKind)


def test_what_was_said_and_what_broke_is_kept(spool: Spool) -> None:
    first = written("1")
    spool.put(first)
    assert spool.said(first) is None

    spool.note_said(first, "")
    assert spool.said(first) == ""
    spool.note_said(first, "reply")
    spool.note_broken(first)

    (there,) = spool.waiting()
    assert (there.said, there.tries) == ("reply", 1)
    assert spool.said(written("2")) is None


def test_the_file_is_its_owners_alone(spool: Spool) -> None:
    assert stat.S_IMODE(spool.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(spool.path.parent.stat().st_mode) == 0o700
    with closing(sqlite3.connect(spool.path, timeout=0)) as other, pytest.raises(sqlite3.OperationalError):
        other.execute("SELECT * FROM spool")


def test_an_empty_file_goes_and_another_stays(tmp_path: Path) -> None:
    empty, full = Spool(tmp_path, "slack"), Spool(tmp_path, "slack")
    full.put(written("1"))
    empty.close()
    full.close()
    assert [path.name for path in tmp_path.iterdir()] == [full.path.name]


def test_what_a_killed_process_left_is_taken_over_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LEAVES, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603  # ours
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        with closing(Spool(tmp_path, "slack")) as spool:
            assert spool.adopt().messages == 0, "the process lives"
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            left = spool.adopt()
            assert (left.messages, len(left.processes)) == (3, 1)
            assert PROCESS not in left.processes
            assert [one.ref.message_id for one in spool.waiting()] == ["0", "1", "2"]
            assert spool.adopt().messages == 0
            assert [path for path in tmp_path.iterdir() if path.suffix == ".db"] == [spool.path]


def test_what_is_of_another_platform_is_left(tmp_path: Path) -> None:
    with closing(Spool(tmp_path, "discord")) as other:
        other.put(written("1"))
    with closing(Spool(tmp_path, "slack")) as spool:
        assert spool.adopt().messages == 0
        assert other.path.exists()


def test_a_file_that_cannot_be_read_is_set_aside_and_named(tmp_path: Path) -> None:
    broken = tmp_path / "slack-0123.db"
    broken.write_bytes(b"not a database, but long enough to be looked at as one" * 40)
    with closing(Spool(tmp_path, "slack")) as spool:
        with pytest.raises(SpoolError) as refused:
            spool.adopt()
        assert refused.value.where.endswith("slack-0123.unreadable")
        assert spool.adopt().messages == 0


def test_a_full_spool_takes_nothing_more(tmp_path: Path) -> None:
    with closing(Spool(tmp_path, "slack", most=2)) as spool:
        spool.put(written("1"))
        spool.put(written("2"))
        with pytest.raises(SpoolError):
            spool.put(written("3"))
        spool.remove(written("1"))
        assert spool.put(written("3"))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SpoolError) as refused:
        Spool(tmp_path / "file" / "spool", "slack")
    assert str(tmp_path / "file" / "spool") in refused.value.where
