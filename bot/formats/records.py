"""Define what is read, and what every reader returns: records with their place, and problems.

The `what` and the `remedy` of a problem are clauses without a capital and a full stop, made to be printed as
`file:line: field: what; remedy`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import PurePath
from typing import Any, Self

from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Source, Status
from bot.errors import Problem
from bot.formats.decoding import decode
from bot.formats.tables.json_text import parse_json

DEFAULT_LOCALE = "en"
NO_SOURCE = Source()
"""That of all of which nothing is known; one for all, since a large table has as many entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One question and answer as a file has it; missing fields are None or empty."""

    question: str
    passages: tuple[str, ...]
    file: str
    line: int
    id: str | None = None
    aliases: tuple[str, ...] = ()
    staff_note: str | None = None
    audience: Audience | None = None
    category: str | None = None
    region: str | None = None
    locale: str | None = None
    status: Status | None = None
    source: Source = NO_SOURCE
    owner: str | None = None
    review_by: date | None = None
    valid_until: date | None = None
    answers: tuple[LocalAnswer, ...] = ()
    threshold: float | None = None
    never: tuple[str, ...] = ()
    hours: str | None = None
    channels: str | None = None
    cooldown: int | None = None
    excerpt: bool = False
    """True when the file has only an extract of the article, as listing pages do."""
    section: str | None = None
    """What a record without a category is filed under, by an id that another file of the import may name."""

    @property
    def place(self) -> str:
        """Return the file and line as people write them."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """What a reader is not sure about, and the record that it may be; without one there is nothing to accept."""

    problem: Problem
    record: Record | None = None


SECTION = "section"
"""The kind of a fragment that names a section of a help centre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A part of entries whose other parts stand in other files of one import, by kind and name."""

    kind: str
    name: str
    texts: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The records of one file, what is left out of it in doubt, and everything that is wrong with it."""

    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    fragments: tuple[Fragment, ...] = ()
    categories: tuple[str, ...] = ()
    """The categories that the file lists, whether or not a record is of them."""
    language: str | None = None
    """The language of what stands around the records, such as the names of columns, where that tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedEntry:
    """An entry that is ready to be stored, with the place of its (first) record."""

    entry: Entry
    file: str
    line: int
    excerpt: bool
    passages: tuple[str, ...]

    @property
    def place(self) -> str:
        """Return the file and line as people write them."""
        return f"{self.file}:{self.line}"

    def problem(self, field: str, what: str, remedy: str) -> Problem:
        """Return a problem at the place of this draft."""
        return Problem(where=self.file, what=what, remedy=remedy, line=self.line, field=field)


@dataclass(frozen=True, kw_only=True)
class FaqFile:
    """The bytes of one file and their text, under the name that problems show.

    `folder` is where in an imported folder the file was found, as `fees/deposits`: empty at its top, and None for a
    file that was given by itself. What is not text has an empty `text`, and `faults` that say why; line breaks of
    `text` are line feeds. `columns` names the columns of fields, as somebody said who knows them.
    """

    name: str
    content: bytes
    folder: str | None
    text: str
    faults: tuple[Problem, ...]
    columns: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, name: str, content: bytes, *, folder: str | None = None, columns: Mapping[str, str] | None = None
    ) -> Self:
        """Return the file with its bytes decoded."""
        text, faults = decode(name, content)
        return cls(name=name, content=content, folder=folder, text=text, faults=faults, columns=columns or {})

    @cached_property
    def json(self) -> tuple[Any, tuple[Problem, ...]]:
        """Return the value of a text of JSON, or what is wrong with it; it is parsed once for all who ask."""
        return parse_json(self.name, self.text)

    @property
    def suffix(self) -> str:
        """Return the end of the name in lower case, such as `.md`, empty when there is none."""
        return PurePath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        """Return the name without folder and suffix."""
        return PurePath(self.name).stem

    def problem(self, what: str, remedy: str, *, line: int | None = None, field: str | None = None) -> Problem:
        """Return a problem at a place of this file."""
        return Problem(where=self.name, what=what, remedy=remedy, line=line, field=field)

    def without_entries(self, what: str, remedy: str) -> Document:
        """Return what a file without entries comes to: an error, but in a folder it is only left out."""
        problem = self.problem(what, remedy, line=1)
        if self.folder is None:
            return Document(problems=(problem,))
        return Document(doubtful=(Doubtful(problem=problem),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One form in which people keep an FAQ.

    `recognises` is cheap and says yes only where the content leaves little doubt; what no format recognises goes by
    suffix. Formats of text are never given a file that cannot be decoded; a `binary` one reads the bytes.
    """

    name: str
    suffixes: tuple[str, ...]
    summary: str
    example: str
    recognises: Callable[[FaqFile], bool]
    read: Callable[[FaqFile], Document]
    binary: bool = False
