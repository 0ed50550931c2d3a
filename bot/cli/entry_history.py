"""Show how an entry came to be as it is, and bring earlier versions back: `faqbot faq history|diff|revert|restore`."""

from dataclasses import asdict
from difflib import ndiff
from typing import Annotated, Any

import typer
from rich.text import Text

from bot.cli.session import actor, run
from bot.cli.terminal import Terminal, note, one_line, print_json, safe, table
from bot.cli.trials import make
from bot.service.histories import FieldChange, changes
from bot.store.records import StoredEntry
from bot.store.revisions import EntryVersion

_EntryId = Annotated[str, typer.Argument(metavar="ID", help="The id of an entry.")]
_AsJson = Annotated[bool, typer.Option("--json", help="Print everything as JSON.")]
_Reason = Annotated[str | None, typer.Option(metavar="TEXT", help="Why; kept in the history.")]
_Yes = Annotated[bool, typer.Option("--yes", help="Change it whatever that makes of past questions, and do not look.")]
_COLOURS = {"+": "green", "-": "red"}


def history(context: typer.Context, entry_id: _EntryId, *, as_json: _AsJson = False) -> None:
    """Show the versions of an entry: who made each, when and why."""
    versions = run(context, lambda app: app.histories.history(entry_id))
    if as_json:
        print_json([asdict(each) for each in versions])
        return
    before: EntryVersion | None = None
    rows = []
    for each in versions:
        at = "" if each.at is None else f"{each.at:%Y-%m-%d %H:%M} UTC"
        rows.append((str(each.number), at, each.actor or "", _changed(before, each), each.reason or ""))
        before = each
    table(Terminal(), ("version", "at", "by", "what", "why"), rows)


def diff(
    context: typer.Context,
    entry_id: _EntryId,
    first: Annotated[int | None, typer.Argument(metavar="VERSION", help="The version before.")] = None,
    last: Annotated[int | None, typer.Argument(metavar="VERSION", help="The version after, else the last.")] = None,
    *,
    as_json: _AsJson = False,
) -> None:
    """Show what differs between two versions, by default the last two."""
    found = run(context, lambda app: app.histories.diff(entry_id, first, last))
    if as_json:
        print_json([asdict(each) for each in found])
        return
    for each in found:
        show_change(each)
    if not found:
        note("Nothing differs.")


def revert(
    context: typer.Context,
    entry_id: _EntryId,
    *,
    to: Annotated[
        int | None, typer.Option(metavar="VERSION", help="The version to bring back, else the one before.")
    ] = None,
    reason: _Reason = None,
    yes: _Yes = False,
) -> None:
    """Bring an earlier version of an entry back, as a new one."""
    stored = make(
        context,
        lambda app, dry_run: app.histories.revert(entry_id, to, actor=actor(), reason=reason, dry_run=dry_run),
        command="faqbot faq revert",
        yes=yes,
    )
    _tell("reverted", stored)


def restore(context: typer.Context, entry_id: _EntryId, *, reason: _Reason = None, yes: _Yes = False) -> None:
    """Bring a retired entry back, with its phrasings."""
    stored = make(
        context,
        lambda app, dry_run: app.histories.restore(entry_id, actor=actor(), reason=reason, dry_run=dry_run),
        command="faqbot faq restore",
        yes=yes,
    )
    _tell("restored", stored)


def show_change(change: FieldChange) -> None:
    """Print a field with the lines that are gone and those that are new."""
    terminal = Terminal()
    terminal.print(Text(change.field, style="bold"))
    before, after = ((text or "").split("\n") if text else [] for text in (change.before, change.after))
    for line in ndiff(before, after):
        if not line.startswith("?"):
            terminal.print(Text(f"  {safe(line)}".rstrip(), style=_COLOURS.get(line[0], "")))


def _changed(before: EntryVersion | None, after: EntryVersion) -> str:
    if before is None:
        return "added" if after.number == 1 else ""
    fields = [each.field for each in changes(before.entry, after.entry)]
    return one_line(", ".join(fields))


def _tell(done: str, stored: StoredEntry) -> None:
    Terminal().print(f"{done} {stored.entry.id} (version {stored.version})")


COMMANDS: tuple[Any, ...] = (history, diff, revert, restore)
"""The commands of this module, in the order of the help."""
