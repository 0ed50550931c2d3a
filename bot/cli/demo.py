"""Show the bot's whole life on one screen."""

from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from bot.cli.ask import converse
from bot.cli.demo_output import DemoOutput
from bot.cli.demo_steps import play
from bot.cli.failures import ExitCode
from bot.cli.running import opened, settings_of
from bot.cli.terminal import interactive, note
from bot.resources import MODEL


def demo(context: typer.Context) -> None:
    """Show what the bot does, on a store of its own. At a terminal you may ask it then."""
    with TemporaryDirectory(prefix="faqbot-demo-") as folder:
        # Nothing of the settings may change the outcome.
        own = {
            "database_url": f"sqlite:///{Path(folder, 'demo.db')}",
            "synonyms": None,
            "author_key": None,
            "model_dir": MODEL,
        }
        with opened(settings_of(context).model_copy(update=own)) as session:
            output = DemoOutput(session.app)
            session.run(play(output))
            if interactive():
                converse(session)
    if output.broken:
        note(f"{output.broken} of the steps did not turn out as promised.")
        raise typer.Exit(ExitCode.FAULT)
