"""Define what every reader returns: records with the place they came from, and problems.

The `what` and the `remedy` of a problem are clauses without a capital and a full stop, made to be printed as
`file:line: field: what; remedy`.
"""

from dataclasses import dataclass, field
from datetime import date

from bot.core.local_answers import LocalAnswer
from bot.core.models import Audience, Entry, Source, Status
from bot.errors import Problem

DEFAULT_LOCALE = "en"


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
    source: Source = field(default_factory=Source)
    owner: str | None = None
    review_by: date | None = None
    valid_until: date | None = None
    answers: tuple[LocalAnswer, ...] = ()
    threshold: float | None = None
    never: tuple[str, ...] = ()
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
