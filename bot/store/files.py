"""Protect the files of SQLite: only their owner reads them, and what is deleted in them is overwritten."""

import logging
import os
import sqlite3
import stat
import threading
from contextlib import suppress
from pathlib import Path

from bot.errors import DatabaseUnreachableError

_PRIVATE = 0o600
_log = logging.getLogger(__name__)
# Closing a file gives up every lock that this process has on it, so nobody may open it between making and closing it.
_making = threading.Lock()
_warned: set[str] = set()


def make_private(path: str) -> None:
    """Make the file for its owner alone, unless it is there; SQLite gives its log the same mode."""
    # SQLite follows a link to a file that is still to be made, and so does this.
    place = os.path.realpath(path)
    # What else stands in the way SQLite finds as well, and has better words for it.
    with _making, suppress(OSError):
        os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE))


def overwrite_deleted(connection: sqlite3.Connection, path: str) -> None:
    """Make SQLite overwrite what is deleted through a connection; by default it only marks it as free."""
    if connection.execute("PRAGMA secure_delete = ON").fetchone() != (1,):
        raise DatabaseUnreachableError(path, "this build of SQLite does not overwrite what is deleted")


def warn_of_readers(path: str) -> None:
    """Log once that others can read the file; its mode is left, since somebody may have chosen it."""
    place = os.path.realpath(path)
    if place in _warned:
        return
    with suppress(OSError):
        mode, folder = Path(place).stat().st_mode, Path(place).parent.stat().st_mode
        if mode & stat.S_IRWXO and folder & stat.S_IXOTH:
            _warned.add(place)
            facts = {"database": place, "mode": f"{stat.S_IMODE(mode):04o}", "remedy": "chmod 600"}
            _log.warning("database.world_readable", extra=facts)
