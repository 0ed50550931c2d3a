"""Name the commands, import the module of one when it is typed (all together take a second), and run it."""

import gc
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from types import MappingProxyType, ModuleType, TracebackType
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from bot import __version__
from bot.cli.terminal import tolerate_any_text
from bot.errors import FaqbotError


@dataclass
class Invocation:
    """The options that were typed before the name of the command."""

    debug: bool = False
    database: str | None = None
    workspace: str | None = None


class Place(NamedTuple):
    """Name the module and the function or group of a command, and the first line of its help."""

    module: str
    name: str
    purpose: str


COMMANDS = MappingProxyType(
    {
        "ask": Place("ask", "ask", "Ask a question."),
        "chat": Place("ask", "chat", "Talk with the bot as a member does."),
        "stats": Place("stats", "stats", "Show what was asked and what became of it."),
        "digest": Place("stats", "digest", "Print the last seven days in a few lines."),
        "grade": Place("evaluation", "grade", "Grade decisions."),
        "tune": Place("tuning", "tune", "Propose thresholds from graded decisions."),
        "run": Place("run", "run", "Answer on the platforms until the process is told to stop."),
        "demo": Place("demo", "demo", "Show what the bot does, on a store of its own."),
        "eval": Place("evaluation", "evaluate", "Measure the matching on labelled questions; needs no database."),
        "faq": Place("entries", "faq", "Import, show and change what the bot answers from."),
        "review": Place("review", "review", "Review what could not be answered."),
        "channels": Place("channels", "channels", "Show and set how the bot behaves in each channel."),
        "privacy": Place("privacy", "privacy", "Export, forget and purge what people wrote."),
        "slack": Place("shipped", "slack", "Show what the app in Slack is made from."),
        "db": Place("database", "db", "Bring the database up to date."),
        "model": Place("shipped", "model", "Show the sentence encoder."),
    }
)
"""The commands in the order of the help."""


class Commands(TyperGroup):
    """Import a command when it is typed, and list all of them without that."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002  # as typer calls it, with a class that it keeps to itself
        """Return the names."""
        return [*COMMANDS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401  # as above
        """Return a command, None where there is none of that name."""
        place = COMMANDS.get(cmd_name)
        return super().get_command(ctx, cmd_name) if place is None else imported(cmd_name, place)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002  # as above
        """Write the list of the commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, place.purpose) for name, place in COMMANDS.items()])


def imported(name: str, place: Place) -> Any:  # noqa: ANN401  # as above
    """Return a command from its module."""
    found = getattr(import_module(f"bot.cli.{place.module}"), place.name)
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name)
    else:
        alone.command(name)(found)
    command = typer.main.get_group(alone).commands[name]
    _take_options(command, _options())
    return command


def _keep(context: typer.Context, option: typer.CallbackParam, value: str | bool | None) -> None:  # noqa: FBT001  # typer calls it so
    """Store an option that was typed behind a command; without one, what was typed before it stays."""
    if value and option.name is not None:
        setattr(context.ensure_object(Invocation), option.name, value)


def _behind(
    *,
    database: Annotated[str | None, typer.Option(hidden=True, callback=_keep)] = None,
    workspace: Annotated[str | None, typer.Option(hidden=True, callback=_keep)] = None,
    debug: Annotated[bool, typer.Option("--debug", hidden=True, callback=_keep)] = False,
) -> None:
    """Declare the options that may be typed before a command, so that all commands have them behind as well."""


def _options() -> list[Any]:
    """Return the options of `_behind`, which no command sees."""
    alone = typer.Typer(add_completion=False)
    alone.command()(_behind)
    options = typer.main.get_command(alone).params
    for option in options:
        option.expose_value = False
    return options


def _take_options(command: Any, options: list[Any]) -> None:  # noqa: ANN401  # as above
    """Add options to a command and all below it."""
    command.params += options
    for below in getattr(command, "commands", {}).values():
        _take_options(below, options)


NAME = "faqbot"

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=True, rich_markup_mode=None)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  # typer calls it so
    if wanted:
        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    *,
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="The database to use in place of FAQBOT_DATABASE_URL.")
    ] = None,
    workspace: Annotated[
        str | None, typer.Option(metavar="NAME", help="The workspace whose database stands for {workspace} in the URL.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[  # noqa: ARG001  # its callback does all
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version and exit.")
    ] = False,
) -> None:
    """Answer questions from your FAQ, and learn from what could not be answered.

    Options may stand before or behind the command.
    """
    invocation = context.ensure_object(Invocation)
    invocation.debug, invocation.database, invocation.workspace = debug, database, workspace


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that was typed and end with its exit code."""
    tolerate_any_text()
    invocation = Invocation()
    sys.excepthook = partial(_uncaught, invocation)
    command = typer.main.get_command(app)
    try:
        command(args=arguments, prog_name=NAME, obj=invocation)
    except FaqbotError as error:
        sys.exit(_failures().tell(error, debug=invocation.debug))
    except OSError as error:
        if error.filename is None:
            raise
        sys.exit(_failures().tell_file_fault(error, debug=invocation.debug))


def _failures() -> ModuleType:
    """Import what tells of failures, which knows all that can fail: most commands end well and need none of it."""
    return import_module("bot.cli.failures")


def _uncaught(
    invocation: Invocation, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    if invocation.debug:
        sys.__excepthook__(kind, fault, trace)
    else:
        _failures().tell_fault(kind, trace)
