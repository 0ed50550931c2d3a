"""Read the files that somebody wants imported; what cannot be read is a problem like any other."""

import os
from collections.abc import Iterable
from pathlib import Path

from bot.cli.terminal import one_line
from bot.errors import Problem
from bot.formats import SUFFIXES, Document, read
from bot.formats.decoding import SIZE_LIMIT


def read_paths(paths: Iterable[Path]) -> tuple[Document, ...]:
    """Return what the files hold, and those in folders that end like an FAQ; a file given twice is read once."""
    files: dict[str, Path] = {}
    refused: list[Document] = []
    for path in paths:
        try:
            found = _files_in(path, refused) if path.is_dir() else [path]
        except OSError as fault:
            refused.append(_unreadable(path, fault))
        else:
            files |= {os.path.realpath(file): file for file in found}
    return (*map(_read, files.values()), *refused)


def _files_in(path: Path, refused: list[Document]) -> list[Path]:
    """Return the files below a folder that end like an FAQ, hidden ones left out, and note what is refused."""

    def refuse(fault: OSError) -> None:
        refused.append(_unreadable(Path(fault.filename), fault))

    found: list[Path] = []
    for folder, inner, names in os.walk(path, onerror=refuse):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        shown = (name for name in sorted(names) if not name.startswith("."))
        found += [Path(folder, name) for name in shown if name.lower().endswith(SUFFIXES)]
    if not found:
        refused.append(_refused(path, f"no file in it ends in {', '.join(SUFFIXES)}", "check the path"))
    return found


def _read(file: Path) -> Document:
    try:
        if file.exists() and not file.is_file():
            return _refused(file, "neither a file nor a folder", "copy it into a file and import that")
        with file.open("rb") as opened:
            content = opened.read(SIZE_LIMIT + 1)  # one byte more tells the reader that there is too much
    except OSError as fault:
        return _unreadable(file, fault)
    return read(one_line(str(file)), content)


def _unreadable(path: Path, fault: OSError) -> Document:
    if isinstance(fault, FileNotFoundError):
        return _refused(path, "there is no such file or folder", "check the path")
    return _refused(path, f"cannot be read: {(fault.strerror or str(fault)).lower()}", "check who may read it")


def _refused(path: Path, what: str, remedy: str) -> Document:
    return Document(problems=(Problem(where=one_line(str(path)), what=what, remedy=remedy),))
