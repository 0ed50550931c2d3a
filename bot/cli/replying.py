"""Dress replies for the terminal."""

import re

from rich.box import ROUNDED
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.cli.terminal import one_line, safe
from bot.core.models import Source
from bot.core.wording.replies import Reply, ReplyKind

WIDTH = 80
_TITLE_LIMIT = WIDTH - 10
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_NUMBER = re.compile(r"\d{1,2}\. ")
_COLOURS = {
    ReplyKind.ANSWER: "green",
    ReplyKind.CHOICES: "cyan",
    ReplyKind.NOTHING_FITS: "yellow",
    ReplyKind.HINT: "blue",
    ReplyKind.WARNING: "red",
}


def show_reply(terminal: Console, reply: Reply) -> None:
    """Print a reply: boxed on a terminal, as lines of text into a pipe."""
    if terminal.is_terminal:
        terminal.print(boxed(reply, width=min(WIDTH, terminal.width)), soft_wrap=False)
        return
    title = [Text(one_line(reply.title)), Text()] if reply.title else []
    terminal.print(*title, *_body(reply), sep="\n")


def boxed(reply: Reply, *, width: int = WIDTH) -> Panel:
    """Return a reply in a frame with its title."""
    title = Text(one_line(reply.title, limit=_TITLE_LIMIT), style="bold") if reply.title else None
    return Panel(
        Group(*map(_hanging, _body(reply))),
        title=title,
        title_align="left",
        box=ROUNDED,
        border_style=_COLOURS[reply.kind],
        padding=(0, 1),
        width=width,
    )


def _body(reply: Reply) -> list[Text]:
    """Return the lines of a reply; one that is too long for its place is yet to be wrapped."""
    lines = _lines(reply.text)
    lines += [Text(f"{number}. {one_line(choice.label)}") for number, choice in enumerate(reply.choices, 1)]
    if reply.staff_note:
        lines += [Text(), Text("Staff only", style="bold magenta"), *_lines(reply.staff_note)]
    if reply.source and (where := _source(reply.source)):
        lines += [Text(), Text(where, style="dim")]
    return lines


def _lines(text: str) -> list[Text]:
    return [_with_bold(line) for line in safe(text).strip().split("\n")]


def _hanging(line: Text) -> RenderableType:
    """Return a line whose continuation stands behind its number, if it has one."""
    number = _NUMBER.match(line.plain)
    if number is None:
        return line
    columns = Table.grid()
    columns.add_column(width=number.end())
    columns.add_column()
    columns.add_row(number[0], line[number.end() :])
    return columns


def _with_bold(text: str) -> Text:
    """Return the text with what stands between double asterisks in bold: the Markdown that answers use most."""
    shown = Text()
    end = 0
    for found in _BOLD.finditer(text):
        shown.append(text[end : found.start()]).append(found[1], style="bold")
        end = found.end()
    return shown.append(text[end:])


def _source(source: Source) -> str:
    updated = f"updated {source.updated:%-d %B %Y}" if source.updated else None
    parts = [one_line(part) for part in (source.title, updated, source.url) if part]
    return f"Source: {', '.join(parts)}" if parts else ""
