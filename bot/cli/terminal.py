"""Print text on the terminal, and nothing that a terminal would obey."""

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from io import TextIOWrapper
from operator import methodcaller
from typing import NoReturn

import typer
from rich import box
from rich.cells import cell_len
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

BROKEN_PIPE = 141  # what a shell shows for a program that SIGPIPE ended
# Control characters except line feed and tab, and what turns the direction of the text around it.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
_CUT = "…"


class Terminal(Console):
    """Print text as it is, without reading markup or emoji codes into it."""

    def __init__(self, *, stderr: bool = False, width: int | None = None) -> None:
        super().__init__(stderr=stderr, width=width, markup=False, emoji=False, highlight=False, soft_wrap=True)

    def on_broken_pipe(self) -> NoReturn:
        """End quietly when the reader of the output has gone."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        raise SystemExit(BROKEN_PIPE)


def tolerate_any_text() -> None:
    """Accept bytes and characters on the standard streams that their encoding cannot represent."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)


def interactive() -> bool:
    """Return whether a person can be asked here."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def safe(text: str) -> str:
    """Return the text without control characters and changes of direction; half a surrogate pair becomes a mark."""
    return _HALF_A_PAIR.sub("\ufffd", _OBEYED.sub("", text))


def one_line(text: str, *, limit: int | None = None) -> str:
    """Return the text safe and in one line, cut when it is longer than the limit."""
    line = " ".join(safe(text).split())
    return line if limit is None or len(line) <= limit else f"{line[: limit - 1].rstrip()}{_CUT}"


def note(text: str) -> None:
    """Print a note to the person at the terminal that is no part of the output."""
    Terminal(stderr=True).print(Text(safe(text)), style="dim")


def print_json(content: object) -> None:
    """Print plain values, and dates and times among them, as JSON."""
    typer.echo(json.dumps(content, default=methodcaller("isoformat")))


def facts(terminal: Console, values: Mapping[str, str | None]) -> None:
    """Print names and values below each other, without those that have no value."""
    width = max(map(len, values)) + 2
    for name, value in values.items():
        if value:
            first, *others = safe(value).strip().split("\n")
            terminal.print(Text.assemble((f"{name:<{width}}", "bold"), first))
            for line in others:
                terminal.print(Text(f"{'':<{width}}{line}".rstrip()))


def table(terminal: Console, headers: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int = 0) -> None:
    """Print rows under headers, the last so many columns to the right; a pipe gets whole lines without a frame."""
    cells = [tuple(one_line(cell) for cell in row) for row in rows]
    if not terminal.is_terminal:
        _print_columns(terminal, [tuple(header.upper() for header in headers), *cells], numbers=numbers)
        return
    columns = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for position, header in enumerate(headers):
        side: JustifyMethod = "right" if position >= len(headers) - numbers else "left"
        # Ids come first, and people copy them.
        columns.add_column(header, justify=side, overflow="fold", no_wrap=position == 0)
    for row in cells:
        columns.add_row(*map(Text, row))
    terminal.print(columns, soft_wrap=False)


def _print_columns(terminal: Console, rows: Sequence[Sequence[str]], *, numbers: int) -> None:
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        gaps = [" " * (width - cell_len(cell)) for width, cell in zip(widths, row, strict=True)]
        first_number = len(row) - numbers
        line = [
            gap + cell if at >= first_number else cell + gap
            for at, (gap, cell) in enumerate(zip(gaps, row, strict=True))
        ]
        terminal.print(Text("  ".join(line).rstrip()))
