"""Define the pieces that a page is cut into: titles, and the text below them."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

BOLD_LEVEL = 7
FOLD_LEVEL = 8
INSIDE = 10
"""What is added to the levels of titles within a fold, so that they stand below it."""


class PageLine(NamedTuple):
    """A line of text, the number it has in the file, and the tag that it is when it is one."""

    number: int
    text: str
    tag: str = ""


class Style(Enum):
    """How a title is set apart from the text."""

    HEADING = auto()
    BOLD = auto()
    LABEL = auto()
    FOLD = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A heading or what stands for one; `written` is its Markdown, for where it is part of an answer after all."""

    line: int
    level: int
    text: str
    style: Style
    written: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of Markdown."""

    lines: tuple[PageLine, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The end of a fold."""


Piece = Title | Passage | End
