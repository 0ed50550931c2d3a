"""Write the entries into files that an import reads back: `faqbot faq export`."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.failures import refuse
from bot.cli.session import run
from bot.cli.terminal import Terminal, note
from bot.core.models import Audience, Entry
from bot.formats.writing import FORMS, FormName, form_of
from bot.formats.writing.folders import MARK, by_category
from bot.store.records import StoredEntry

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
