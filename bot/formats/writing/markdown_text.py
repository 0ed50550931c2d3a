"""Write entries as a page that people read: a heading for each category, and below it one for each question."""

import re
from collections.abc import Iterable, Iterator

from bot.core.models import Audience, Entry, Status

_TITLE = "# FAQ"
_FENCE = re.compile(r"\s*(```|~~~)")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*")


def is_readable(entry: Entry) -> bool:
    """Return whether an entry is for everybody: what a page cannot mark as internal must not stand in it."""
    return entry.audience is Audience.PUBLIC and entry.status is Status.PUBLISHED


def write_markdown(entries: Iterable[Entry]) -> str:
    """Return a page with the entries that are for everybody, those without a category first."""
    found: dict[str | None, list[Entry]] = {None: []}
    for entry in filter(is_readable, entries):
        found.setdefault(entry.category, []).append(entry)
    blocks = [_TITLE]
    for category in sorted(found, key=lambda name: (name is not None, name or "")):
        blocks += [] if category is None else [f"## {category}"]
        blocks += [block for entry in found[category] for block in (f"### {entry.question}", _answer(entry.answer))]
    return "\n\n".join(blocks) + "\n"


def _answer(text: str) -> str:
    """Return an answer whose headings are bold lines, since a heading would begin another question."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    fence = None
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence in (None, mark[1]):
            fence = None if fence else mark[1]
        heading = None if fence else _HEADING.fullmatch(line)
        yield f"**{heading[1]}**" if heading and heading[1] else line
