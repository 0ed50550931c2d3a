"""Read a file with the reader that fits it."""

from dataclasses import replace

from bot.core.models import Status
from bot.errors import Problem
from bot.formats.reader import FaqFile
from bot.formats.records import Document
from bot.formats.registry import SUFFIXES, format_of


def read(name: str, content: bytes, *, folder: str | None = None) -> Document:
    """Return the records of a file and its problems; its content, or else the suffix of its name, tells its format.

    `folder` is where in an imported folder the file was found, None for one that was given by itself.
    """
    file = FaqFile.of(name, content, folder=folder)
    chosen = format_of(file)
    if chosen is None:
        return Document(problems=(_unsupported(file),))
    document = chosen.read(file) if chosen.binary or not file.faults else Document(problems=file.faults)
    return replace(document, problems=tuple(sorted(document.problems, key=lambda problem: problem.line or 0)))


def accept_doubtful(document: Document) -> Document:
    """Return the document with its doubtful records among the others, as drafts."""
    drafts = tuple(replace(each.record, status=Status.DRAFT) for each in document.doubtful if each.record)
    left = tuple(each for each in document.doubtful if each.record is None)
    return replace(document, records=(*document.records, *drafts), doubtful=left)


def _unsupported(file: FaqFile) -> Problem:
    suffix = file.suffix
    what = f"files that end in {suffix} cannot be read" if suffix else "a file without a suffix cannot be read"
    return file.problem(what, f"use one of {', '.join(SUFFIXES)}")
