"""Show and set how the bot behaves in each channel."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from typing import Annotated, Any

import typer

from bot.cli.failures import refuse
from bot.cli.run import Platform
from bot.cli.session import actor, run
from bot.cli.terminal import Terminal, facts, one_line, print_json, table
from bot.core.local_answers import language_of
from bot.core.manners import ChannelSettings, ReplyPlace
from bot.core.models import ChannelRef
from bot.core.wording.labels import OWN, UNSET, locales
from bot.core.wording.languages import language_for

channels = typer.Typer(help="Show and set how the bot behaves in each channel.", no_args_is_help=True)

PLATFORMS = sorted(Platform)
Channel = Annotated[
    str, typer.Argument(metavar="CHANNEL", help="Platform, workspace and channel, such as slack/T024BE7LH/C061EG9SL.")
]
_NAMES = [field.name for field in fields(ChannelSettings)]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


@channels.command("list")
def show_list(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the channels that somebody has set. The bot is off in all others."""
    found = run(context, lambda app: app.channels.list())
    if as_json:
        print_json([_named(one.place, one.settings) for one in found])
    elif not found:
        Terminal().print("No channel is set: the bot is off everywhere. Set one with: faqbot channels set")
    else:
        rows = [(str(one.place), one.settings.mode, one.settings.audience, _more(one.settings)) for one in found]
        table(Terminal(), ("channel", "mode", "audience", "more"), rows)


@channels.command()
def show(context: typer.Context, channel: Channel, *, as_json: AsJson = False) -> None:
    """Show how the bot behaves in a channel."""
    place = read_place(channel)
    settings = run(context, lambda app: app.channels.behaviour(place))
    if as_json:
        print_json(_named(place, settings))
    else:
        _show(place, settings)


@channels.command("set")
def change(
    context: typer.Context,
    channel: Channel,
    values: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE…", help=f"{', '.join(_NAMES[:-1])} or {_NAMES[-1]}.")
    ],
) -> None:
    """Set how the bot behaves in a channel. For example: mode=shadow; FIELD= alone brings back the default."""
    place, changes = read_place(channel), _changes(values)
    _show(place, run(context, lambda app: app.channels.set(place, changes, actor=actor())))


def read_place(channel: str) -> ChannelRef:
    """Return which channel somebody means, or raise an error."""
    parts = channel.split("/")
    if len(parts) != len(fields(ChannelRef)) or parts[0] not in PLATFORMS or not all(parts):
        what = f"'{one_line(channel, limit=40)}' names no channel"
        refuse("faqbot channels", what, f"write PLATFORM/WORKSPACE/CHANNEL, the platform one of {', '.join(PLATFORMS)}")
    return ChannelRef(*parts)


def _changes(values: Iterable[str]) -> dict[str, str | None]:
    changes: dict[str, str | None] = {}
    for value in values:
        field, given, written = value.partition("=")
        if not given:
            refuse("faqbot channels set", f"'{one_line(value, limit=40)}' is no change", "write FIELD=VALUE")
        changes[field.strip()] = written or None
    return changes


def _named(place: ChannelRef, settings: ChannelSettings) -> dict[str, Any]:
    return {**asdict(place), **asdict(settings)}


def _more(settings: ChannelSettings) -> str:
    wait = f"waits {settings.wait_seconds} s" if settings.wait_seconds else ""
    calls = "people on call of its own" if settings.on_call or settings.on_call_hours else ""
    return ", ".join(
        filter(None, (wait, settings.locale, "own wording" if settings.no_answer else "", calls, settings.topics))
    )


def _locale(settings: ChannelSettings) -> str:
    if settings.locale is None:
        return f"{locales(None)[OWN]}, else English"
    language = language_for(settings.locale)
    return (
        settings.locale
        if language == language_of(settings.locale)
        else f"{settings.locale}; the bot says it in English"
    )


def _or_unset(name: str, value: object, words: str = "{}") -> str:
    """Return a setting in words, and where it holds nothing what counts then, as everywhere."""
    return str(UNSET[name]) if value is None else words.format(value)


def _show(place: ChannelRef, settings: ChannelSettings) -> None:
    facts(
        Terminal(),
        {
            "channel": str(place),
            "mode": settings.mode,
            "audience": settings.audience,
            "locale": _locale(settings),
            "no answer": _or_unset("no_answer", settings.no_answer),
            "wait": f"{settings.wait_seconds} s" if settings.wait_seconds else "none",
            "on call": _or_unset("on_call", settings.on_call),
            "on call at": _or_unset("on_call_hours", settings.on_call_hours),
            "topics": _or_unset("topics", settings.topics),
            "askers": _or_unset("askers", settings.askers),
            "cooldown": _or_unset("cooldown", settings.cooldown or None, "{} min between answers unasked"),
            "repeats": _or_unset("repeat_minutes", settings.repeat_minutes, "after {} min"),
            "replies": _or_unset("replies_per_minute", settings.replies_per_minute, "at most {} a minute"),
            "news": _or_unset("news", settings.news, "the first {} of a month"),
            "stale": f"asked about after {settings.stale_days} days" if settings.stale_days else "left open",
            "reply": "in the channel" if settings.reply is ReplyPlace.CHANNEL else "in a thread",
        },
    )
