"""Check entries, those of the store or of files: `faqbot faq check`."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.bootstrap import load_checker
from bot.cli.failures import ExitCode, refuse
from bot.cli.imports import read_paths
from bot.cli.session import actor, run, settings_of
from bot.cli.terminal import Terminal, note, one_line, print_json
from bot.core.checking.examining import Examined
from bot.core.checking.findings import CheckFinding, Severity
from bot.service import utc_now
from bot.service.app import App

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}


def check_entries(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="PATH", help="Files, and folders with files; none for the store.")
    ] = None,
    *,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend in the store what needs no person, and check what is left.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="End with exit code 12 for warnings too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Find what is wrong with entries. With an error among it, the exit code is 12."""
    if fix and paths:
        refuse("faqbot faq check", "--fix changes the store, and no files", "import them first, or leave --fix out")
    found = _check_files(context, paths) if paths else run(context, lambda app: _check_store(app, fix=fix))
    if as_json:
        print_json(_as_fields(found))
    else:
        show_findings(Terminal(), found)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(each.severity in failing for each in found.findings):
        raise typer.Exit(ExitCode.FOUND)


def show_findings(terminal: Console, found: Examined) -> None:
    """Print a line for each finding, and how many there are."""
    for each in found.findings:
        terminal.print(Text.assemble((f"{each.severity}: ", _COLOURS[each.severity]), one_line(_told(each))))
    counts = Counter(each.severity for each in found.findings)
    parts = [_counted(counts[severity], severity) for severity in Severity]
    terminal.print(f"{_counted(found.entries, 'entry', 'entries')} checked: {', '.join(parts)}")
    if fixable := sum(each.fixable for each in found.findings):
        terminal.print(f"{fixable:,} can be mended in the store with: faqbot faq check --fix")
    if found.by_words:
        note(
            f"{_counted(found.by_words, 'entry', 'entries')} compared by words alone: without an encoder for the "
            "language, or with too much to encode at once"
        )
    if found.unasked:
        note(f"{found.unasked:,} more phrasings are near to another entry, and were not asked")


def _check_files(context: typer.Context, paths: list[Path]) -> Examined:
    checker = load_checker(settings_of(context))
    return checker.check_documents(read_paths(paths), today=utc_now().date())


async def _check_store(app: App, *, fix: bool) -> Examined:
    if fix:
        for stored in await app.checks.fix(actor=actor()):
            note(f"mended {stored.entry.id} (version {stored.version})")
    return await app.checks.check()


def _told(finding: CheckFinding) -> str:
    where = f"{finding.where}: " if finding.where else ""
    return f"{where}{finding.what}; {finding.remedy} [{finding.check}]"


def _as_fields(found: Examined) -> dict[str, object]:
    counts = Counter(each.severity for each in found.findings)
    return {
        "entries": found.entries,
        "counts": {severity: counts[severity] for severity in Severity},
        "by_words": found.by_words,
        "findings": [asdict(each) for each in found.findings],
    }


def _counted(count: int, one: str, several: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"
