"""Show what an import would do before it does it: each change by word, and past questions that end otherwise."""

from collections.abc import Iterable

from rich.text import Text

from bot.cli.diffs import entry_diff
from bot.cli.terminal import Terminal, note, one_line
from bot.core.wording.replay import told
from bot.service.app import App
from bot.service.imports import ImportReport

MOST_TRIED = 500
"""How many entries are tried on past questions: what they mean has to be found out for each first."""


def show_changes(report: ImportReport) -> None:
    """Print each change word by word, and of what stays as people edited it, what the file has instead."""
    terminal = Terminal()
    for each in report.changed:
        if each.before is not None and each.after is not None:
            _print(terminal, f"changed {each.id} ({each.place})", entry_diff(each.before, each.after))
    for kept in report.kept:
        if kept.ours is not None and kept.theirs is not None:
            lines = entry_diff(kept.ours, kept.theirs, names=kept.fields)
            _print(terminal, f"conflict {kept.id} ({kept.place}): what is here, and what the file has", lines)


def _print(terminal: Terminal, head: str, lines: Iterable[Text]) -> None:
    terminal.print(one_line(head))
    for line in lines:
        terminal.print(line)


async def show_replay(app: App, report: ImportReport) -> None:
    """Print what past questions would come to with these entries."""
    if len(report.entries) > MOST_TRIED:
        note(f"Past questions were not tried, since more than {MOST_TRIED:,} entries would change.")
    elif report.entries:
        found = await app.replays.replay(report.entries)
        for line in told(found) if found.asked else ():
            note(line)
