"""Check entries, those of the store or of files, and write them into files: `faqbot faq check` and `export`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.bootstrap import load_checker
from bot.cli.failures import ExitCode, refuse
from bot.cli.folders import tell_written, write_file, write_folder
from bot.cli.imports import read_paths
from bot.cli.session import actor, run, settings_of
from bot.cli.terminal import Terminal, note, one_line, print_json
from bot.core.checking.examining import Examined
from bot.core.checking.findings import CheckFinding, Severity
from bot.core.models import Audience, Entry
from bot.formats.writing import FORMS, FormName, form_of
from bot.service import utc_now
from bot.service.app import App
from bot.store.records import StoredEntry

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


_STREAM = "-"


def export_entries(
    context: typer.Context,
    path: Annotated[
        Path, typer.Argument(metavar="FILE|DIR", help="A file, a folder for a YAML file each category, or - to print.")
    ],
    *,
    form: Annotated[
        FormName | None, typer.Option("--format", help="The format, where the end of the name does not tell.")
    ] = None,
    audience: Annotated[
        Audience, typer.Option(help="With public, internal entries and staff notes are left out.")
    ] = Audience.INTERNAL,
) -> None:
    """Write the entries into files. Importing them into an empty store gives the same entries."""
    chosen = form or form_of(path.suffix.removeprefix("."))
    is_folder = path.is_dir() or (chosen is None and str(path) != _STREAM)
    if is_folder and path.suffix:
        refuse(
            "faqbot faq export", f"files that end in {path.suffix} are not written", f"use one of .{', .'.join(FORMS)}"
        )
    if is_folder and chosen not in (None, FormName.YAML):
        refuse("faqbot faq export", f"a folder holds YAML, not {chosen}", "name a file")
    entries = _exportable(run(context, lambda app: app.catalogue.list(audience=audience)))
    if is_folder:
        write_folder(path, entries)
        return
    form_written = FORMS[chosen or FormName.YAML]
    taken = [entry for entry in entries if form_written.takes(entry)]
    if str(path) == _STREAM:
        typer.echo(form_written.write(taken), nl=False)
    else:
        write_file(path, form_written.write(taken))
        tell_written(len(taken), str(path))
    if any(map(form_written.loses, entries)):
        note(f"What {chosen} cannot hold is left out: {form_written.lost}. For everything, export YAML or JSON lines.")


def _exportable(stored: Sequence[StoredEntry]) -> list[Entry]:
    """Return the entries, without those whose wordings were given to others when they were withdrawn."""
    released = [each.entry.id for each in stored if not each.phrases]
    if released:
        note(f"Left out, since other entries may have their wordings by now: {', '.join(released)}")
    return [each.entry for each in stored if each.phrases]
