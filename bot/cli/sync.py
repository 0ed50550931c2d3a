"""Synchronise a folder and the store, so that a team reviews its FAQ in pull requests: `faqbot faq sync`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.ask import encode_all
from bot.cli.exports import is_ours, write_folder
from bot.cli.failures import refuse
from bot.cli.imports import read_paths, show_report
from bot.cli.session import actor, run
from bot.cli.terminal import Terminal, note
from bot.formats import Document
from bot.service.app import App
from bot.service.imports import ImportReport

_SOURCE = "sync"


def sync(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of YAML files, one for each category.")],
    *,
    source: Annotated[
        str, typer.Option(metavar="NAME", help="What the entries of the folder are known by in the store.")
    ] = _SOURCE,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Take in YAML files that no export wrote, and write them anew.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
) -> None:
    """Bring a folder and the store in line. What the folder says comes in, then what was changed here goes out."""
    files = sorted(path for path in folder.glob("*") if path.suffix in {".yaml", ".yml"})
    foreign = [path for path in files if not is_ours(path)]
    if foreign and not adopt:
        refuse("faqbot faq sync", f"{foreign[0]} was not written by an export", "take it in with --adopt, or move it")
    documents = read_paths(files) if files else ()
    report = run(context, lambda app: _bring_in(app, documents, source, dry_run=dry_run))
    if report is not None:
        show_report(Terminal(), report)
    if dry_run:
        note("Nothing was written.")
        return
    run(context, lambda app: _write(app, folder, foreign, source))


async def _bring_in(app: App, documents: Sequence[Document], source: str, *, dry_run: bool) -> ImportReport | None:
    """Import what the folder has; an empty one, which may be the wrong one, retires nothing."""
    if not documents:
        return None
    report = await app.sync.bring_in(documents, source=source, actor=actor(), dry_run=dry_run)
    if not dry_run:
        await encode_all(app)
    return report


async def _write(app: App, folder: Path, foreign: Sequence[Path], source: str) -> None:
    contents = await app.sync.contents(source=source)
    write_folder(folder, [each.entry for each in contents], adopted=foreign)
    await app.sync.note_written(contents, source=source, actor=actor())
