"""Check entries, those of the store or of files, write them into files, and synchronise a folder.

These are `faqbot faq check`, `export` and `sync`.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.bootstrap import load_checker
from bot.cli.ask import encode_all
from bot.cli.failures import ExitCode, refuse
from bot.cli.imports import read_paths, show_report
from bot.cli.session import actor, run, settings_of
from bot.cli.terminal import Terminal, note, one_line, print_json
from bot.core.checking.examining import Examined
from bot.core.checking.findings import CheckFinding, Severity
from bot.core.models import Audience, Entry
from bot.formats import Document
from bot.formats.writing import FORMS, MARK, FormName, by_category, form_of
from bot.service import utc_now
from bot.service.app import App
from bot.service.imports import ImportReport
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
        _write_file(path, form_written.write(taken))
        _tell(len(taken), str(path))
    if form_written.lost:
        note(f"What {chosen} cannot hold is left out: {form_written.lost}. For everything, export YAML or JSON lines.")


def _exportable(stored: Sequence[StoredEntry]) -> list[Entry]:
    """Return the entries, without those whose wordings were given to others when they were withdrawn."""
    released = [each.entry.id for each in stored if not each.phrases]
    if released:
        note(f"Left out, since other entries may have their wordings by now: {', '.join(released)}")
    return [each.entry for each in stored if each.phrases]


def write_folder(folder: Path, entries: Sequence[Entry], *, adopted: Collection[Path] = ()) -> None:
    """Write a file for each category, and remove those that an earlier export wrote of others, and those adopted.

    A file that says the same already is left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {folder / f"{name}.yaml": some for name, some in by_category(entries).items()}
    taken = next((path for path in files if path.exists() and path not in adopted and not is_ours(path)), None)
    if taken is not None:
        refuse("faqbot faq export", f"{taken} was not written by an export", "move it away, or use another folder")
    for path, some in files.items():
        content = MARK.encode() + FORMS[FormName.YAML].write(some)
        if not path.exists() or path.read_bytes() != content:
            _write_file(path, content)
            note(f"wrote {path}")
    for path in {*folder.glob("*.yaml"), *adopted} - files.keys():
        if path in adopted or is_ours(path):
            path.unlink()
            note(f"removed {path}, whose entries are elsewhere or gone")
    _tell(len(entries), f"{len(files):,} {'file' if len(files) == 1 else 'files'} in {folder}")


def is_ours(path: Path) -> bool:
    """Return whether an export wrote a file."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK.encode()


def _write_file(path: Path, content: bytes) -> None:
    """Replace a file as a whole, so that nobody finds half of it."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _tell(count: int, where: str) -> None:
    Terminal().print(f"{count:,} {'entry' if count == 1 else 'entries'} written: {where}")


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
