"""Import FAQ files, show what that would do, and report what cannot be read as a problem like any other."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import indent
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.cli.ask import encode_all
from bot.cli.entry_changes import entry_diff
from bot.cli.failures import located, refuse
from bot.cli.session import actor, run
from bot.cli.terminal import Terminal, note, one_line, table
from bot.core.models import Audience
from bot.core.wording.outcomes import told
from bot.errors import Problem
from bot.formats import Collected, Document, Doubtful, collect
from bot.formats.collecting import with_locales
from bot.formats.decoding import SIZE_LIMIT
from bot.formats.reading import FORMATS, SUFFIXES, accept_doubtful, read, together
from bot.formats.tables.header import FIELDS
from bot.resources import resource
from bot.service.app import App
from bot.service.import_plan import Edits
from bot.service.imports import Gone, ImportReport


def read_mapping(written: str | None) -> dict[str, str]:
    """Return the column of each field; end the command when that is not what is written."""
    mapping: dict[str, str] = {}
    for part in (written or "").split(","):
        name, equals, column = (piece.strip() for piece in part.partition("="))
        if not part.strip():
            continue
        if name not in FIELDS or not equals or not column:
            what = f"'{part.strip()}' is no field with its column"
            remedy = f"write question=COLUMN,answer=COLUMN; the fields are {', '.join(FIELDS)}"
            refuse("faqbot faq import: --map", what, remedy)
        if name in mapping or column in mapping.values():
            refuse("faqbot faq import: --map", f"'{name}={column}' names a field or a column twice", "name each once")
        mapping[name] = column
    return mapping


MOST_TRIED = 500
"""How many entries are tried on past questions: what they mean has to be found out for each first."""


def show_changes(report: ImportReport) -> None:
    """Print each change and conflict word by word."""
    terminal = Terminal()
    for each in report.changed:
        if each.before is not None and each.after is not None:
            _print(terminal, f"changed {each.id} ({each.place})", entry_diff(each.before, each.after))
    show_conflicts(report)


def show_conflicts(report: ImportReport) -> None:
    """Print of what stays as people edited it, word by word, what the file has instead."""
    terminal = Terminal()
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


_DESCRIPTION = re.compile("readme|changelog|contributing|code_of_conduct|licen[cs]e|security", re.IGNORECASE)


def read_paths(paths: Iterable[Path], *, columns: Mapping[str, str] | None = None) -> tuple[Document, ...]:
    """Return what the files hold, and those in folders that end like an FAQ; a file given twice is read once."""
    files: dict[str, tuple[Path, str | None]] = {}
    refused: list[Document] = []
    for path in paths:
        try:
            found = _files_in(path, refused) if path.is_dir() else [(path, None)]
        except OSError as fault:
            refused.append(_unreadable(path, fault))
        else:
            files |= {os.path.realpath(file): (file, folder) for file, folder in found}
    return with_locales(together([*(_read(file, folder, columns) for file, folder in files.values()), *refused]))


def _files_in(path: Path, refused: list[Document]) -> list[tuple[Path, str]]:
    """Return the files below a folder that end like an FAQ, and where in it they are, and note what is refused.

    Hidden ones are left out.
    """

    def refuse(fault: OSError) -> None:
        refused.append(_unreadable(Path(fault.filename), fault))

    found: list[tuple[Path, str]] = []
    for folder, inner, names in os.walk(path, onerror=refuse):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        shown = (name for name in sorted(names) if not name.startswith("."))
        below = Path(folder).relative_to(path).as_posix().removeprefix(".")
        found += [(Path(folder, name), below) for name in shown if name.lower().endswith(SUFFIXES)]
    if not found:
        refused.append(_refused(path, f"no file in it ends in {', '.join(SUFFIXES)}", "check the path"))
    return [*_without_descriptions(found, refused)]


def _without_descriptions(found: list[tuple[Path, str]], refused: list[Document]) -> Iterator[tuple[Path, str]]:
    """Yield the files of a folder but those that describe it, where there are others."""
    described = [each for each in found if _DESCRIPTION.fullmatch(each[0].stem)]
    for each in found:
        if each not in described or len(described) == len(found):
            yield each
        else:
            what = "this describes the folder, so it is not read as an FAQ"
            problem = Problem(where=one_line(str(each[0])), what=what, remedy="give it by itself if it is one")
            refused.append(Document(doubtful=(Doubtful(problem=problem),)))


def _read(file: Path, folder: str | None, columns: Mapping[str, str] | None) -> Document:
    try:
        if file.exists() and not file.is_file():
            return _refused(file, "neither a file nor a folder", "copy it into a file and import that")
        with file.open("rb") as opened:
            content = opened.read(SIZE_LIMIT + 1)  # one byte more tells the reader that there is too much
    except OSError as fault:
        return _unreadable(file, fault)
    return read(one_line(str(file)), content, folder=folder, columns=columns)


def _unreadable(path: Path, fault: OSError) -> Document:
    if isinstance(fault, FileNotFoundError):
        return _refused(path, "there is no such file or folder", "check the path")
    return _refused(path, f"cannot be read: {(fault.strerror or str(fault)).lower()}", "check who may read it")


def _refused(path: Path, what: str, remedy: str) -> Document:
    return Document(problems=(Problem(where=one_line(str(path)), what=what, remedy=remedy),))


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
    doubtful: Annotated[
        bool, typer.Option("--accept-doubtful", help="Take as drafts what is otherwise left out in doubt.")
    ] = False,
    columns: Annotated[
        str | None,
        typer.Option(
            "--map", metavar="FIELD=COLUMN,…", help="Which columns of a table the fields have, by name or number."
        ),
    ] = None,
    prune: Annotated[
        bool, typer.Option("--prune", help="Retire what the source has no longer, but nothing that a person edited.")
    ] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Replace what people edited with what the files say.")
    ] = False,
    ours: Annotated[bool, typer.Option("--ours", help="Keep what people edited, and tell of it no more.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
) -> None:
    """Import FAQ files, all or none. Whatever is wrong with them is printed, with file and line."""
    if bool(paths) == pack:
        what = "--pack and files together" if pack else "there is nothing to import"
        refuse("faqbot faq import", what, "give PATH…, or --pack for the FAQ that ships with the bot")
    edits = _edits(theirs=theirs, ours=ours)
    if prune and source is None:
        what = "--prune without a source would retire what other files brought"
        refuse("faqbot faq import", what, "import with --source NAME each time")
    mapping = read_mapping(columns)
    collected, left_out = _collected(paths or [resource("faq_data")], mapping, audience=audience, accept=doubtful)

    async def use(app: App) -> None:
        report = await app.imports.import_collected(
            collected, source=source, actor=actor(), correct=correct, prune=prune, edits=edits, dry_run=dry_run
        )
        _tell(report, left_out, edits, dry_run=dry_run)
        if dry_run:
            await show_replay(app, report)
            note("Nothing was written.")
        else:
            await encode_all(app)  # which may take minutes: what was imported is live, and told, before

    run(context, use)


def _collected(
    paths: Iterable[Path], columns: Mapping[str, str], *, audience: Audience, accept: bool
) -> tuple[Collected, tuple[Doubtful, ...]]:
    """Return what files hold and what is left out in doubt; their records, which are as many, are not kept beside."""
    documents = list(read_paths(paths, columns=columns))
    if accept:
        documents = list(map(accept_doubtful, documents))
    left_out = tuple(each for one in documents for each in one.doubtful)
    return collect(handed_over(documents), audience=audience), left_out


def handed_over(documents: list[Document]) -> Iterator[Document]:
    """Yield documents, and keep none of them."""
    while documents:
        yield documents.pop(0)


def _tell(report: ImportReport, left_out: Sequence[Doubtful], edits: Edits, *, dry_run: bool) -> None:
    """Print what an import did, or would do, and what may be done about what it left."""
    show_report(Terminal(), report)
    _tell_languages(report)
    _tell_left_out(left_out)
    if report.told:
        note(f"{report.told:,} messages will say that an answer has changed.")
    if dry_run:
        show_changes(report)
    if report.kept and edits is Edits.KEPT:
        note("Take what the files say with --theirs, or keep what is here for good with --ours.")
    if any(not each.retired and not each.edited for each in report.gone):
        note("Retire what the source has no longer with --prune.")


def _edits(*, theirs: bool, ours: bool) -> Edits:
    if theirs and ours:
        refuse("faqbot faq import", "--theirs and --ours together", "choose one of the two")
    return Edits.THEIRS if theirs else Edits.OURS if ours else Edits.KEPT


def show_report(terminal: Console, report: ImportReport) -> None:
    """Print a line for each entry that is new, changed, merged, kept or gone, and the counts."""
    rows = [("new", each.id, each.place) for each in report.new]
    rows += [("changed", each.id, each.place) for each in report.changed]
    rows += [("merged", each.id, " + ".join(each.places)) for each in report.merged]
    rows += [
        ("conflict", each.id, f"{each.place}: edited here, so it stays: {', '.join(each.fields)}")
        for each in report.kept
    ]
    rows += [("retired" if each.retired else "gone", each.id, _whereabouts(each)) for each in report.gone]
    if rows:
        table(terminal, ("", "entry", "where"), rows)
    counts = {name: len(getattr(report, name)) for name in ("new", "changed", "unchanged", "merged")}
    terminal.print(", ".join(f"{count} {name}" for name, count in counts.items()))


def _whereabouts(gone: Gone) -> str:
    edited = "; edited here, so it stays" if gone.edited and not gone.retired else ""
    return f"not in the source any more{edited}"


def _tell_languages(report: ImportReport) -> None:
    """Print the languages of the entries."""
    placed = (*report.new, *report.changed, *report.unchanged)
    counts = Counter(each.after.locale for each in placed if each.after is not None)
    if counts:
        note(f"language: {', '.join(f'{name} ({count:,})' for name, count in counts.most_common())}")


def _tell_left_out(doubtful: Sequence[Doubtful]) -> None:
    """Print a line for each record that is left out in doubt, and how many there are."""
    for each in doubtful:
        note(located(each.problem))
    if doubtful:
        advice = "; take them as drafts with --accept-doubtful" if any(each.record for each in doubtful) else ""
        note(f"{len(doubtful):,} left out{advice}")


def show_formats() -> None:
    """List the forms in which an FAQ is read, each with an example."""
    terminal = Terminal()
    for each in FORMATS:
        ends = f" ({', '.join(each.suffixes)})" if each.suffixes else ""
        terminal.print(f"{each.name}{ends}", style="bold")
        terminal.print(f"{each.summary}\n")
        terminal.print(indent(each.example, "    "))
