"""Run the bot on the platforms, until it is told to stop."""

import asyncio
import gc
import logging
import signal
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, NoReturn

import typer

from bot import bootstrap
from bot.chat.apps import Apps
from bot.chat.tasks import awaited, comes
from bot.cli.failures import refuse
from bot.cli.session import settings_of
from bot.config import Settings, variable
from bot.errors import DatabaseAwayError, SettingsError

_log = logging.getLogger(__name__)

Serve = Callable[[Apps, asyncio.Event], Coroutine[Any, Any, None]]
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=10)
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Platform(StrEnum):
    """Name the platforms."""

    SLACK = "slack"
    DISCORD = "discord"


_TOKENS = {Platform.SLACK: "slack_bot_token", Platform.DISCORD: "discord_token"}


def run(
    context: typer.Context,
    platform: Annotated[Platform | None, typer.Argument(help="The one to run; all that have a token if none.")] = None,
) -> None:
    """Answer on the platforms until the process is told to stop."""
    settings = settings_of(context, new=True, log_level="info")
    wanted = [_CONNECTED[each](settings) for each in _wanted(settings, platform)]
    # What is loaded by now stays: to look through all of it for garbage would hold up everybody for 100 ms at times.
    gc.collect()
    gc.freeze()
    asyncio.run(_run(settings, wanted))


def _wanted(settings: Settings, platform: Platform | None) -> list[Platform]:
    if platform is not None:
        return [platform]
    configured = [each for each, token in _TOKENS.items() if getattr(settings, token) is not None]
    if not configured:
        names = " or ".join(variable(token) for token in _TOKENS.values())
        raise SettingsError(names, "a token; docs/slack.md and docs/discord.md tell how to get one")
    return configured


def _slack(settings: Settings) -> Serve:
    """Return what runs in Slack; its tokens are looked at before its client library is."""
    options = bootstrap.slack_options(settings)
    try:
        from bot.adapters.slack.serving import serve  # noqa: PLC0415  # an extra, which may not be installed
    except ModuleNotFoundError as error:
        _refuse_missing(Platform.SLACK, error)
    return lambda apps, stop: serve(options, apps, stop=stop)


def _discord(settings: Settings) -> Serve:
    """Return what runs on Discord."""
    try:
        from bot.adapters.discord.serving import serve  # noqa: PLC0415  # as above
    except ModuleNotFoundError as error:
        _refuse_missing(Platform.DISCORD, error)
    options = bootstrap.discord_options(settings)
    return lambda apps, stop: serve(options, apps, stop=stop)


_CONNECTED: dict[Platform, Callable[[Settings], Serve]] = {Platform.SLACK: _slack, Platform.DISCORD: _discord}


def _refuse_missing(platform: Platform, error: ModuleNotFoundError) -> NoReturn:
    refuse(
        f"faqbot run {platform}",
        f"the package {error.name} is not installed",
        f'run in the checkout: pip install ".[{platform}]"',
    )


async def _run(settings: Settings, serving: list[Serve]) -> None:
    """Serve all platforms in one process; one that cannot go on ends the others, and its error is raised."""
    stop = asyncio.Event()

    def told() -> None:
        _log.info("bot.stopping")
        stop.set()

    for number in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, told)
    async with AsyncExitStack() as stack:
        apps = await _reached(settings, stack, stop)
        if apps is None:
            return
        tasks = [awaited(_served(serve, apps, stop), name="serve") for serve in serving]
        await asyncio.wait(tasks)
    for task in tasks:
        task.result()


async def _reached(settings: Settings, stack: AsyncExitStack, stop: asyncio.Event) -> Apps | None:
    """Open the database for as long as the stack is, as soon as it answers; None when told to stop before that."""
    pause, told = _FIRST_PAUSE, ""
    while not stop.is_set():
        try:
            apps = await stack.enter_async_context(bootstrap.open_apps(settings))
        except DatabaseAwayError as error:
            if error.reason != told:
                _log.warning("database.away", extra={"place": error.place, "reason": error.reason})
                told = error.reason
        else:
            if told:
                _log.info("database.back")
            return apps
        await comes(stop, within=pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
    return None


async def _served(serve: Serve, apps: Apps, stop: asyncio.Event) -> None:
    try:
        await serve(apps, stop)
    finally:
        stop.set()
