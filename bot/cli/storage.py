"""Word what is wrong with where things are kept: the database, and the spool."""

from bot.errors import (
    DatabaseBusyError,
    DatabaseFullError,
    DatabaseOutdatedError,
    DatabaseTooNewError,
    DatabaseUnreachableError,
    ErasureUnfinishedError,
    FaqbotError,
    SpoolError,
)


def about_storage(error: FaqbotError) -> str | None:
    """Return what is wrong with the database or the spool, None when that is not what is wrong."""
    return _about_reach(error) or _about_state(error)


def _about_reach(error: FaqbotError) -> str | None:
    match error:
        case DatabaseBusyError(place, reason):
            return f"the database {place} is kept busy: {reason}; wait for what else uses it, and try again"
        case DatabaseUnreachableError(place, reason):
            return f"the database {place} cannot be used: {reason}; check the place, or set FAQBOT_DATABASE_URL"
    return None


def _about_state(error: FaqbotError) -> str | None:
    match error:
        case SpoolError(where, what, remedy):
            return f"messages cannot be kept in {where}: {what}; {remedy}"
        case ErasureUnfinishedError(file):
            others = "another process reads the database"
            return f"it is removed, but {file} may still hold it, since {others}; try again, or stop that process"
        case DatabaseFullError(place):
            return f"the disk under the database {place} is full and nothing was changed; make room and try again"
        case DatabaseOutdatedError(place, current, wanted):
            return f"the database {place} is at revision {current or 'none'}, not {wanted}; run: faqbot db upgrade"
        case DatabaseTooNewError(place, revision):
            return f"the database {place} has revision {revision}, which this faqbot does not know; install a newer one"
    return None
