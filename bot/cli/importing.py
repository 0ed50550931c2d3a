"""Import FAQ files."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.cli.ask import encode_all
from bot.cli.failures import refuse
from bot.cli.running import actor, run
from bot.cli.sources import read_paths
from bot.cli.terminal import Terminal, note, table
from bot.core.models import Audience
from bot.resources import resource
from bot.service.app import App
from bot.service.imports import ImportReport


def import_files(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="Files, and folders with files.")] = None,
    *,
    pack: Annotated[bool, typer.Option("--pack", help="Import the FAQ that ships with the bot.")] = False,
    source: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Where the files come from. What one source brought, no other one replaces."),
    ] = None,
    audience: Annotated[Audience, typer.Option(help="Who may read entries that do not say it.")] = Audience.PUBLIC,
    correct: Annotated[bool, typer.Option("--correct", help="Tell whoever was lately given another answer.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
) -> None:
    """Import FAQ files, all or none. Whatever is wrong with them is printed, with file and line."""
    if bool(paths) == pack:
        what = "--pack and files together" if pack else "there is nothing to import"
        refuse("faqbot faq import", what, "give PATH…, or --pack for the FAQ that ships with the bot")
    documents = read_paths(paths or [resource("faq_data")])

    async def use(app: App) -> ImportReport:
        report = await app.imports.import_documents(
            documents, source=source, audience=audience, actor=actor(), correct=correct, dry_run=dry_run
        )
        if not dry_run:
            await encode_all(app)
        return report

    report = run(context, use)
    show_report(Terminal(), report)
    if report.told:
        note(f"{report.told:,} messages will say that an answer has changed.")
    if dry_run:
        note("Nothing was written.")


def show_report(terminal: Console, report: ImportReport) -> None:
    """Print a line for each entry that is new, changed, merged or kept, and the counts."""
    rows = [("new", each.id, each.place) for each in report.new]
    rows += [("changed", each.id, each.place) for each in report.changed]
    rows += [("merged", each.id, " + ".join(each.places)) for each in report.merged]
    rows += [
        ("kept", each.id, f"{each.place}: edited here, so it stays: {', '.join(each.fields)}") for each in report.kept
    ]
    if rows:
        table(terminal, ("", "entry", "where"), rows)
    counts = {name: len(getattr(report, name)) for name in ("new", "changed", "unchanged", "merged")}
    terminal.print(", ".join(f"{count} {name}" for name, count in counts.items()))
