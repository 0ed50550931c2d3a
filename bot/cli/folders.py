"""Write entries into a folder, a YAML file for each category, and bring such a folder and the store in line."""

import os
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Annotated, TypedDict, Unpack

import typer

from bot.cli.ask import encode_all
from bot.cli.failures import refuse
from bot.cli.imports import read_paths, show_changes, show_conflicts, show_replay, show_report
from bot.cli.session import actor, run
from bot.cli.terminal import Terminal, note
from bot.core.models import Entry
from bot.formats import Document
from bot.formats.writing import FORMS, MARK, MARKS, SYNC_MARK, FormName, by_category
from bot.service.app import App
from bot.service.import_plan import Edits

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write_folder(folder: Path, entries: Sequence[Entry]) -> None:
    """Write a file for each category, and remove those that an earlier export wrote of others."""
    folder.mkdir(parents=True, exist_ok=True)
    own = [path for path in folder.glob("*.yaml") if is_ours(path)]
    _write(folder, entries, "faqbot faq export", MARK, replaced=own)


def _write(folder: Path, entries: Sequence[Entry], command: str, mark: str, *, replaced: Collection[Path]) -> None:
    """Write the files that differ, and remove those of the replaced ones that are left over."""
    files = _files_of(folder, entries, mark)
    taken = next((path for path in files if path.exists() and path not in replaced), None)
    if taken is not None:
        refuse(command, f"{taken} was not written by an export", "move it away, or use another folder")
    for path, content in _differing(files):
        write_file(path, content)
        note(f"wrote {path}")
    for path in _left_over(files, replaced):
        path.unlink()
        note(f"removed {path}, whose entries are elsewhere or gone")
    tell_written(len(entries), f"{len(files):,} {'file' if len(files) == 1 else 'files'} in {folder}")


def _files_of(folder: Path, entries: Sequence[Entry], mark: str) -> dict[Path, bytes]:
    write = FORMS[FormName.YAML].write
    return {folder / f"{name}.yaml": mark.encode() + write(some) for name, some in by_category(entries).items()}


def _differing(files: dict[Path, bytes]) -> Iterator[tuple[Path, bytes]]:
    """Yield the files that say something else than is there, whatever ends its lines."""
    for path, content in files.items():
        if not path.exists() or _plain(path.read_bytes()) != content:
            yield path, content


def _left_over(files: dict[Path, bytes], replaced: Collection[Path]) -> list[Path]:
    return sorted(path for path in replaced if path not in files)


def _plain(content: bytes) -> bytes:
    """Return the content of a file as an export writes it: an editor, or git on Windows, may save it otherwise."""
    return content.removeprefix(_BYTE_ORDER_MARK).replace(b"\r\n", b"\n")


def is_ours(path: Path) -> bool:
    """Return whether an export wrote a file."""
    with path.open("rb") as file:
        return _plain(next(file, b"")).decode(errors="replace") in MARKS


def write_file(path: Path, content: bytes) -> None:
    """Replace a file as a whole, so that nobody finds half of it."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as fault:
        fault.filename = path  # the one that people named
        raise
    finally:
        beside.unlink(missing_ok=True)


def tell_written(count: int, where: str) -> None:
    """Print how many entries were written, and where."""
    Terminal().print(f"{count:,} {'entry' if count == 1 else 'entries'} written: {where}")


_SOURCE = "sync"
_SUFFIXES = (".yaml", ".yml")


class _SyncWays(TypedDict):
    """By what a folder goes."""

    source: str
    edits: Edits
    adopt: bool


def sync(  # noqa: PLR0913  # one parameter for each option
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of YAML files, one for each category.")],
    *,
    source: Annotated[
        str, typer.Option(metavar="NAME", help="What the entries of the folder are known by in the store.")
    ] = _SOURCE,
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt", help="Take in YAML files that no export wrote, and entries that were imported without a source."
        ),
    ] = False,
    theirs: Annotated[
        bool, typer.Option("--theirs", help="Where both sides were changed, take what the folder says.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
) -> None:
    """Bring a folder and the store in line. What the folder says comes in, then what was changed here goes out.

    An empty folder, which may be the wrong one, retires nothing.
    """
    files = _read_by_sync(folder, adopt=adopt)
    documents = read_paths(files) if files else ()
    edits = Edits.THEIRS if theirs else Edits.KEPT
    if dry_run:
        run(context, lambda app: _try(app, folder, files, documents, source=source, edits=edits, adopt=adopt))
        return
    _refuse_unwritable(folder)

    async def use(app: App) -> None:
        if documents:
            report = await app.sync.bring_in(documents, source=source, actor=actor(), edits=edits, adopt=adopt)
            show_report(Terminal(), report)
            show_conflicts(report)
        contents = await app.sync.contents(source=source, adopt=adopt)
        _write(folder, [each.entry for each in contents], "faqbot faq sync", SYNC_MARK, replaced=files)
        await app.sync.note_written(contents, source=source, actor=actor())
        await _tell_apart(app, source)
        await encode_all(app)

    run(context, use)


def _read_by_sync(folder: Path, *, adopt: bool) -> list[Path]:
    """Return the files of a folder and of those in it that an export wrote, and with `adopt` all others as well."""
    if folder.is_file():
        refuse("faqbot faq sync", f"{folder} is a file", "name a folder")
    files: list[Path] = []
    if not folder.exists():
        return files
    for path in _yaml_in(folder):
        if adopt or is_ours(path):
            files.append(path)
        elif path.parent == folder:
            refuse("faqbot faq sync", f"{path} was not written by an export", "take it in with --adopt, or move it")
        else:
            note(f"left alone: {path}, which was not written by an export; take it in with --adopt")
    return files


def _yaml_in(folder: Path) -> Iterator[Path]:
    """Yield the YAML files that are not hidden; what cannot be looked into must not count as empty."""
    for inner, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found = (Path(inner, name) for name in sorted(names) if not name.startswith("."))
        yield from (path for path in found if path.suffix.lower() in _SUFFIXES)


def _raise(fault: OSError) -> None:
    raise fault


def _refuse_unwritable(folder: Path) -> None:
    """Raise an error for a folder that cannot be written, before anything comes in."""
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / ".faqbot", b"")
    (folder / ".faqbot").unlink()


async def _try(
    app: App,
    folder: Path,
    files: Sequence[Path],
    documents: Sequence[Document],
    **ways: Unpack[_SyncWays],
) -> None:
    """Print what would come in and which files would be written."""
    source, adopt = ways["source"], ways["adopt"]
    planned = [each.entry for each in await app.sync.contents(source=source, adopt=adopt)]
    if documents:
        report = await app.sync.bring_in(documents, actor=actor(), dry_run=True, **ways)
        planned = await app.sync.planned(report, source=source, adopt=adopt)
        show_report(Terminal(), report)
        show_changes(report)
        await show_replay(app, report)
    written = _files_of(folder, planned, SYNC_MARK)
    for path, _ in _differing(written):
        note(f"would write {path}")
    for path in _left_over(written, files):
        note(f"would remove {path}, whose entries are elsewhere or gone")
    if not adopt:
        await _tell_apart(app, source)
    note("Nothing was written.")


async def _tell_apart(app: App, source: str) -> None:
    """Print that some entries are not in the folder, as those that were imported before there was one."""
    if count := await app.sync.count_apart(source=source):
        what = "entry that was" if count == 1 else "entries that were"
        note(f"Not in the folder: {count:,} {what} imported without a source; take them in with --adopt.")
