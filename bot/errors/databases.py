"""Name what is wrong with a database, its files and the spool."""

from dataclasses import dataclass

from bot.errors.families import FaqbotError, SetupError, UnavailableError


@dataclass(eq=False)
class DatabaseUnreachableError(UnavailableError):
    """The database did not answer; `place` never holds a password."""

    place: str
    reason: str


@dataclass(eq=False)
class DatabaseAwayError(DatabaseUnreachableError):
    """The database does not answer for now; a later try may succeed."""


@dataclass(eq=False)
class DatabaseBusyError(DatabaseAwayError):
    """The database answers, but others occupied it for too long: a lock, or all connections to it."""


@dataclass(eq=False)
class DatabaseFullError(UnavailableError):
    """The disk under the database has no room left."""

    place: str


@dataclass(eq=False)
class DatabaseTooNewError(SetupError):
    """The database has a revision that this version does not know."""

    place: str
    revision: str


@dataclass(eq=False)
class DatabaseOutdatedError(SetupError):
    """The database must be migrated before it can be used."""

    place: str
    current: str | None
    wanted: str


@dataclass(eq=False)
class SpoolError(SetupError):
    """The spool cannot keep what came in: where, why, and what to do about it."""

    where: str
    what: str
    remedy: str


@dataclass(eq=False)
class ErasureUnfinishedError(FaqbotError):
    """Something was removed, and that a file of the database may still have it."""

    file: str
