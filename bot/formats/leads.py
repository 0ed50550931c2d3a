"""Find what a paragraph or the item of a list has in bold at its beginning."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.formats.titles import PageLine

_BOLD = re.compile(r"\s*(?P<mark>\*\*|__)(?P<title>(?!\s).+?)(?<!\s)(?P=mark)(?!\w)(?P<rest>.*)", re.DOTALL)
_COLON = re.compile(r"(?<=[?\uff1f])(?:\s?[:\uff1a]|\s+[-\u2013\u2014])$")
_ITEM = re.compile(r"(?P<marker>\s*(?:[-*+]|\d{1,9}[.)])\s+)(?P<text>.*)")
_LONGEST = 300


class Lead(NamedTuple):
    """A paragraph that begins in bold: what is bold in it, and what follows."""

    title: str
    rest: str
    own_line: bool


def is_item(line: str) -> bool:
    """Return whether a line begins an item of a list."""
    return _ITEM.match(line) is not None


def item_lines(item: Sequence[PageLine]) -> list[PageLine]:
    """Return the lines of an item of a list, without its marker and its indentation."""
    marker = _ITEM.match(item[0].text)
    width = len(marker["marker"]) if marker else 0
    dedented = [
        PageLine(n, text[width:] if not text[:width].strip() else text.lstrip(), tag) for n, text, tag in item[1:]
    ]
    return [PageLine(item[0].number, item[0].text[width:]), *dedented]


def first_paragraph(lines: Sequence[PageLine]) -> tuple[Sequence[PageLine], Sequence[PageLine]]:
    """Return the lines up to the first list, code or blank line, and the others."""
    end = next(
        (
            at
            for at, line in enumerate(lines)
            if at and (not line.text.strip() or re.match(r" {0,3}(?:[-*+] |\d+[.)] |[`~]{3})", line.text))
        ),
        len(lines),
    )
    return lines[:end], lines[end:]


def lead_of(paragraph: str) -> Lead | None:
    """Return what a paragraph has in bold at its beginning, and the rest, None where it begins otherwise."""
    found = _BOLD.match(paragraph)
    if found is None or len(found["title"]) > _LONGEST:
        return None
    title, rest = _COLON.sub("", found["title"]), found["rest"].strip()
    if rest in {"?", ":", "?:"}:
        return Lead(title + rest.rstrip(":"), "", own_line=True)
    own_line = not rest or found["rest"].lstrip(" \t\\").startswith("\n")
    return Lead(title, rest.removeprefix("\\").strip(), own_line)
