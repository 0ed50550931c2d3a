"""Migrate the database, and word what is wrong with where things are stored."""

import asyncio
from pathlib import Path

import typer

from bot.cli.session import settings_of
from bot.cli.terminal import Terminal
from bot.config import Settings, refuse_many
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
from bot.store import migration
from bot.store.connections import parse_url, place_of


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


db = typer.Typer(help="Bring the database up to date.", no_args_is_help=True)


@db.command()
def upgrade(context: typer.Context) -> None:
    """Bring the database to the newest revision. A workspace without one gets one."""
    settings = _ready(context, new=True)
    asyncio.run(migration.upgrade(settings.database_url))
    _tell(settings, f"is at revision {asyncio.run(migration.current(settings.database_url))}")


@db.command()
def current(context: typer.Context) -> None:
    """Show which revision the database is at."""
    settings = _ready(context)
    revision = asyncio.run(migration.current(settings.database_url))
    _tell(settings, f"is at revision {revision}" if revision else "has no tables yet")


@db.command()
def check(context: typer.Context) -> None:
    """Fail unless the database is up to date."""
    settings = _ready(context)
    asyncio.run(migration.check(settings.database_url))
    _tell(settings, "is up to date")


def _ready(context: typer.Context, *, new: bool = False) -> Settings:
    """Return the settings; the default file gets its folder, as on first start."""
    settings = settings_of(context, new=new)
    refuse_many(settings)
    if "database_url" not in settings.model_fields_set:
        Path(place_of(parse_url(settings.database_url))).parent.mkdir(parents=True, exist_ok=True)
    return settings


def _tell(settings: Settings, state: str) -> None:
    Terminal().print(f"The database {place_of(parse_url(settings.database_url))} {state}.")
