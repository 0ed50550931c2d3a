"""List the formats in the order in which they are asked, and read a file with the one that fits it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.models import Status
from bot.errors import Problem
from bot.formats import copied, dialogue, exact, forum, listing, markdown, native, plain, webpage
from bot.formats.records import SECTION, Document, FaqFile, Format
from bot.formats.tables import archives, delimited, json_format, rasa
from bot.formats.tables.rasa import assembled

FORMATS: tuple[Format, ...] = (
    exact.LINES,
    exact.TABLE,
    exact.BOOK,
    webpage.FORMAT,
    forum.FORMAT,
    delimited.FORMAT,
    archives.FORMAT,
    json_format.FORMAT,
    native.FORMAT,
    rasa.FORMAT,
    copied.FORMAT,
    markdown.FORMAT,
    dialogue.FORMAT,
    listing.FORMAT,
    plain.FORMAT,
)
"""The first one that recognises the content reads the file, or else the first one that has its suffix."""

SUFFIXES = tuple(sorted({suffix for each in FORMATS for suffix in each.suffixes}))


def format_of(file: FaqFile) -> Format | None:
    """Return the format that reads a file, None when nothing speaks for any."""
    asked = (each for each in FORMATS if each.binary or not file.faults)
    recognised = next((each for each in asked if each.recognises(file)), None)
    return recognised or next((each for each in FORMATS if file.suffix in each.suffixes), None)


def read(name: str, content: bytes, *, folder: str | None = None, columns: Mapping[str, str] | None = None) -> Document:
    """Return the records of a file and its problems; its content, or else the suffix of its name, tells its format.

    `folder` is where in an imported folder the file was found, None for one that was given by itself. `columns` says
    which column of a table each field has, where their names do not.
    """
    file = FaqFile.of(name, content, folder=folder, columns=columns)
    chosen = format_of(file)
    if chosen is None:
        return Document(problems=(_unsupported(file),))
    document = chosen.read(file) if chosen.binary or not file.faults else Document(problems=file.faults)
    return replace(document, problems=tuple(sorted(document.problems, key=lambda problem: problem.line or 0)))


def together(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents of one import, with what their fragments make together."""
    fragments = [fragment for document in documents for fragment in document.fragments]
    if not fragments:
        return tuple(documents)
    sections = {each.name: each.texts[0] for each in fragments if each.kind == SECTION}
    made = assembled([each for each in fragments if each.kind != SECTION])
    whole = (*(_filed(document, sections) for document in documents), made)
    if any(each.records or each.doubtful or each.problems for each in whole):
        return whole
    what, remedy = "there are only parts of entries in it", "import the files with the other parts together with it"
    return (*whole, Document(problems=(Problem(where=fragments[0].file, what=what, remedy=remedy),)))


def _filed(document: Document, sections: Mapping[str, str]) -> Document:
    """Return the document with the category of each record that names its section only."""
    records = (
        replace(record, category=sections.get(record.section or "")) if record.category is None else record
        for record in document.records
    )
    return replace(document, records=tuple(records))


def accept_doubtful(document: Document) -> Document:
    """Return the document with its doubtful records among the others, as drafts."""
    drafts = tuple(replace(each.record, status=Status.DRAFT) for each in document.doubtful if each.record)
    left = tuple(each for each in document.doubtful if each.record is None)
    return replace(document, records=(*document.records, *drafts), doubtful=left)


def _unsupported(file: FaqFile) -> Problem:
    suffix = file.suffix
    what = f"files that end in {suffix} cannot be read" if suffix else "a file without a suffix cannot be read"
    return file.problem(what, f"use one of {', '.join(SUFFIXES)}")
