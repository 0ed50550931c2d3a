"""Run the bot from the command line: settings, log, database, and one event loop."""

import asyncio
import getpass
import os
from collections.abc import Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import typer

from bot import log
from bot.bootstrap import open_app, refuse_missing
from bot.cli.app import Invocation
from bot.config import Settings, for_workspace, load_settings
from bot.service.app import App

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Session:
    """An open bot and its event loop, which stands still while a person types."""

    app: App
    loop: asyncio.Runner

    def run(self, step: Coroutine[Any, Any, T]) -> T:
        """Run one step to its end."""
        return self.loop.run(step)


def settings_of(context: typer.Context, *, new: bool = False, log_level: log.Level = "warning") -> Settings:
    """Return the settings with what the command line overrides, and set up the log, which tells of trouble alone.

    `log_level` is for commands that tell more than that when nothing is set.

    A workspace that was named must have a database, unless it may be a new one: a slip of the key makes none.
    """
    settings = load_settings()
    log.configure(log_format=settings.log_format, log_level=settings.log_level or log_level)
    invocation = context.ensure_object(Invocation)
    if invocation.database is not None:
        settings = settings.model_copy(update={"database_url": invocation.database})
    if invocation.workspace is not None:
        settings = for_workspace(settings, invocation.workspace)
        if not new:
            refuse_missing(settings, invocation.workspace)
    return settings


@contextmanager
def opened(settings: Settings) -> Iterator[Session]:
    """Open the bot for the block."""
    with asyncio.Runner() as loop:
        stack = AsyncExitStack()
        app = loop.run(stack.enter_async_context(open_app(settings)))
        try:
            yield Session(app, loop)
        finally:
            loop.run(stack.aclose())


def run(context: typer.Context, use: Callable[[App], Coroutine[Any, Any, T]]) -> T:
    """Open the bot, use it once and close it."""
    with opened(settings_of(context)) as session:
        return session.run(use(session.app))


def user_name() -> str:
    """Return the name of the user who runs the command, or the number where there is no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # which one depends on the version of Python
        return str(os.getuid())


def actor() -> str:
    """Return whom the audit log names for what is done here."""
    return f"console:{user_name()}"
