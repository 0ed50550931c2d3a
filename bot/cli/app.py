"""Assemble the commands and run one."""

import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from types import ModuleType, TracebackType
from typing import Annotated

import typer

from bot import __version__
from bot.cli.commands import Commands
from bot.cli.invocation import Invocation
from bot.cli.terminal import tolerate_any_text
from bot.errors import FaqbotError

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
