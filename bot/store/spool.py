"""Store on this machine which messages came in and are not handled yet, while the database may be away.

Only where a message stands is kept, nothing of what it says and nothing of who wrote it: the platform has that, and a
process that comes after a crash reads it there.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from bot.core.models import MessageRef
from bot.errors import SpoolError
from bot.store.claims import PROCESS

MOST = 100_000
_LOWEST_BYTE = 0xFF
_KEY = "kind, workspace_id, channel_id, message_id"
_TABLE = f"""
CREATE TABLE IF NOT EXISTS spool (
    kind TEXT NOT NULL, workspace_id TEXT NOT NULL, channel_id TEXT NOT NULL, message_id TEXT NOT NULL,
    thread_id TEXT, at TEXT NOT NULL, said TEXT, tries INTEGER NOT NULL, PRIMARY KEY ({_KEY})
)
"""
_HEARD_TABLE = "CREATE TABLE IF NOT EXISTS heard (name TEXT PRIMARY KEY, until TEXT NOT NULL)"
_OWNER_TABLE = "CREATE TABLE IF NOT EXISTS owner (process TEXT PRIMARY KEY)"
_HEARD = "INSERT INTO heard VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET until = max(until, excluded.until)"
_PUT = "INSERT OR IGNORE INTO spool VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_SAID = "SELECT said FROM spool WHERE kind = ? AND workspace_id = ? AND channel_id = ? AND message_id = ?"
_THIS = "WHERE kind = ? AND workspace_id = ? AND channel_id = ? AND message_id = ?"
_WAITING = "SELECT * FROM spool ORDER BY at, message_id"
_REMEDY = "give it room and leave to write there, or set FAQBOT_SPOOL to another folder"


class SpooledKind(StrEnum):
    """What happened to a message."""

    WRITTEN = "written"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """A message that is to be handled, and since when.

    `said` is the id of what was replied to it while the database was away; empty while that may or may not be there.
    `tries` counts how often handling it failed.
    """

    kind: SpooledKind
    ref: MessageRef
    at: datetime
    said: str | None = None
    tries: int = 0

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells it from all others of its platform."""
        return self.kind, self.ref.workspace_id, self.ref.channel_id, self.ref.message_id


class Adopted(NamedTuple):
    """How many messages were adopted, and which processes left them; these have ended."""

    messages: int = 0
    processes: frozenset[str] = frozenset()


class Spool:
    """A file of this process alone, which nobody else can open before the process has ended, however it did."""

    def __init__(self, folder: Path, platform: str, *, most: int = MOST, process: str = PROCESS) -> None:
        self._folder = folder
        self._platform = platform
        self._most = most
        self.path = folder / f"{platform}-{token_hex(8)}.db"
        with self._named():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.touch(mode=0o600, exist_ok=False)
            self._file = _opened(self.path)
            self._file.execute("INSERT INTO owner VALUES (?)", (process,))
            self._count = 0

    def put(self, spooled: Spooled) -> bool:
        """Store a message; tell whether it is new here. It is on disk when this returns."""
        if self._count >= self._most:
            raise SpoolError(str(self.path), f"{self._most} messages wait in it", "see why the database is away")
        return self._put(spooled)

    def note_said(self, spooled: Spooled, message_id: str) -> None:
        """Store what was replied to a message; empty before it is known whether that arrived."""
        self._change("UPDATE spool SET said = ?", (message_id,), spooled)

    def said(self, spooled: Spooled) -> str | None:
        """Return what was replied to a message, as `note_said` has it; None when this process knows of nothing."""
        with self._named():
            found = self._file.execute(_SAID, spooled.key).fetchone()
        return None if found is None else found[0]

    def note_broken(self, spooled: Spooled) -> None:
        """Store that seeing to a message broke once more."""
        self._change("UPDATE spool SET tries = tries + 1", (), spooled)

    def remove(self, spooled: Spooled) -> None:
        """Drop a message that is seen to."""
        self._count -= self._change("DELETE FROM spool", (), spooled)

    def waiting(self) -> tuple[Spooled, ...]:
        """Return all messages, the oldest first."""
        with self._named():
            return tuple(_spooled(row, self._platform) for row in self._file.execute(_WAITING))

    def note_heard(self, name: str, until: datetime) -> None:
        """Store up to when all messages of one connection are handled; that never goes back."""
        with self._named():
            self._file.execute(_HEARD, (name, _written(until)))

    def heard(self, name: str) -> datetime | None:
        """Return the time that `note_heard` has, here or in what was taken over; None when nobody knows."""
        with self._named():
            found = self._file.execute("SELECT until FROM heard WHERE name = ?", (name,)).fetchone()
        return None if found is None else datetime.fromisoformat(found[0])

    def adopt(self) -> Adopted:
        """Adopt the messages of processes that ended."""
        messages, processes = 0, set[str]()
        for path in sorted(self._folder.glob(f"{self._platform}-*.db")):
            if path != self.path:
                found = self._adopted(path)
                messages += found.messages
                processes |= found.processes
        return Adopted(messages, frozenset(processes))

    def close(self) -> None:
        """Leave unhandled messages, and up to when all was heard, to the next process; delete an empty file."""
        with self._named():
            empty = self._count == 0 and self._file.execute("SELECT 1 FROM heard").fetchone() is None
            self._file.close()
        if empty:
            _drop(self.path)

    def _put(self, spooled: Spooled) -> bool:
        values = (*spooled.key, spooled.ref.thread_id, spooled.at.isoformat(), spooled.said, spooled.tries)
        with self._named():
            put = self._file.execute(_PUT, values)
        self._count += put.rowcount
        return put.rowcount == 1

    def _change(self, step: str, values: tuple[str, ...], spooled: Spooled) -> int:
        with self._named():
            return self._file.execute(f"{step} {_THIS}", (*values, *spooled.key)).rowcount

    def _adopted(self, path: Path) -> Adopted:
        """Adopt the messages in a file; none when its process lives, or another process adopted it just now."""
        try:
            left = _opened(path)
        except sqlite3.Error as error:
            if error.sqlite_errorcode & _LOWEST_BYTE in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN}:
                return Adopted()
            aside = path.rename(path.with_suffix(".unreadable"))
            raise SpoolError(
                str(aside), str(error), "what waited in it is lost to this bot; keep or remove it"
            ) from error
        try:
            rows = [_spooled(row, self._platform) for row in left.execute(_WAITING)]
            taken = sum(self._put(row) for row in rows)
            with self._named():
                self._file.executemany(_HEARD, left.execute("SELECT name, until FROM heard").fetchall())
            processes = frozenset(process for (process,) in left.execute("SELECT process FROM owner"))
            left.execute("DELETE FROM spool")
        finally:
            left.close()
        _drop(path)
        return Adopted(taken, processes)

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise SpoolError(str(self._folder), str(error), _REMEDY) from error


def _opened(path: Path) -> sqlite3.Connection:
    """Open a file for this process alone: SQLite keeps a lock on it until the connection or the process ends."""
    file = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        file.execute("PRAGMA locking_mode = EXCLUSIVE")
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("PRAGMA synchronous = NORMAL")  # outlives the process; of a power cut, at most the last moment
        file.execute("BEGIN EXCLUSIVE")
        file.execute(_TABLE)
        file.execute(_HEARD_TABLE)
        file.execute(_OWNER_TABLE)
        file.execute("COMMIT")
    except sqlite3.Error:
        file.close()
        raise
    return file


def _spooled(row: tuple[str, str, str, str, str | None, str, str | None, int], platform: str) -> Spooled:
    kind, workspace_id, channel_id, message_id, thread_id, at, said, tries = row
    return Spooled(
        kind=SpooledKind(kind),
        ref=MessageRef(
            platform=platform,
            workspace_id=workspace_id,
            channel_id=channel_id,
            message_id=message_id,
            thread_id=thread_id,
        ),
        at=datetime.fromisoformat(at).astimezone(UTC),
        said=said,
        tries=tries,
    )


def _written(at: datetime) -> str:
    """Return a time as text that sorts as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _drop(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-wal")):
        each.unlink(missing_ok=True)
