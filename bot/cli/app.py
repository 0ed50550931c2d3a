"""Put the commands together and run one."""

import sys
from collections.abc import Sequence
from functools import partial
from types import TracebackType
from typing import Annotated

import typer

from bot import __version__
from bot.cli.asking import ask
from bot.cli.channels import channels
from bot.cli.chatting import chat
from bot.cli.database import db
from bot.cli.demo import demo
from bot.cli.entries import faq
from bot.cli.evaluating import evaluate
from bot.cli.failures import tell, tell_fault, tell_file_fault
from bot.cli.grading import grade
from bot.cli.model import model
from bot.cli.privacy import privacy
from bot.cli.reviewing import review
from bot.cli.running import Invocation
from bot.cli.serving import run
from bot.cli.stats import digest, stats
from bot.cli.terminal import tolerate_any_text
from bot.cli.tuning import tune
from bot.errors import FaqbotError

NAME = "faqbot"

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.command()(ask)
app.command()(chat)
app.add_typer(faq, name="faq")
app.add_typer(review, name="review")
app.add_typer(channels, name="channels")
app.add_typer(privacy, name="privacy")
app.command()(stats)
app.command()(digest)
app.command()(grade)
app.command()(tune)
app.add_typer(db, name="db")
app.add_typer(model, name="model")
app.command()(run)
app.command()(demo)
app.command("eval")(evaluate)


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
    """Answer questions from your FAQ, and learn from what could not be answered."""
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
        sys.exit(tell(error, debug=invocation.debug))
    except OSError as error:
        if error.filename is None:
            raise
        sys.exit(tell_file_fault(error, debug=invocation.debug))


def _uncaught(
    invocation: Invocation, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:
    if invocation.debug:
        sys.__excepthook__(kind, fault, trace)
    else:
        tell_fault(kind, trace)
