"""Choose the reader for a file."""

from dataclasses import replace
from pathlib import PurePath

from bot.errors import Problem
from bot.formats.decoding import decode
from bot.formats.listing import looks_like_listing, read_listing
from bot.formats.native import read_native
from bot.formats.plain import read_plain
from bot.formats.records import Document

SUFFIXES = (".txt", ".yaml", ".yml")


def read(name: str, content: bytes) -> Document:
    """Return the records of a file and its problems; the suffix of the name and a look at the text tell its form."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        return Document(problems=(_unsupported(name, suffix),))
    text, problems = decode(name, content)
    document = Document(problems=problems) if problems else _read_text(name, text, suffix=suffix)
    return replace(document, problems=tuple(sorted(document.problems, key=lambda problem: problem.line or 0)))


def _read_text(name: str, text: str, *, suffix: str) -> Document:
    if suffix != ".txt":
        return read_native(name, text)
    return read_listing(name, text) if looks_like_listing(text) else read_plain(name, text)


def _unsupported(name: str, suffix: str) -> Problem:
    what = f"files that end in {suffix} cannot be read" if suffix else "a file without a suffix cannot be read"
    return Problem(where=name, what=what, remedy=f"use one of {', '.join(SUFFIXES)}")
