"""Migrate the database to the revision that this version expects."""

import asyncio
from pathlib import Path

import typer

from bot.cli.session import settings_of
from bot.cli.terminal import Terminal
from bot.config import Settings, refuse_many
from bot.store import migration
from bot.store.connections import parse_url, place_of

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
