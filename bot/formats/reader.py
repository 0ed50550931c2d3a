"""Define what is read, and what each format brings to read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Self

from bot.errors import Problem
from bot.formats.decoding import decode
from bot.formats.records import Document, Doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
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
