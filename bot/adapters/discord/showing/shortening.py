"""Cut text with formatting where nothing is taken apart, and say where the rest is."""

import re
import unicodedata
from collections.abc import Collection, Iterator

from bot.adapters.discord.showing.markup import PIECE, escaped, linked, sealed
from bot.chat.truncation import MARK, beginning, width
from bot.core.wording.labels import Label
from bot.core.wording.visible import visible_line

_FENCE = "```"
_UNFINISHED_WORD = re.compile(r"\s\S{0,40}$")


def shortened(text: str, limit: int, *, ending: str = MARK) -> str:
    """Return a sealed text, or as much of it as fits with the ending; styles and code that are open are closed."""
    if width(text) <= limit:
        return text
    ending = ending if width(ending) <= limit // 2 else MARK
    kept, opened = _kept(text, limit - width(ending))
    return f"{kept}{''.join(reversed(opened))}{ending}"


def line(text: str, limit: int, *, domains: Collection[str] = ()) -> str:
    """Return what somebody wrote as one sealed line within a limit."""
    return shortened(sealed(escaped(visible_line(text), domains=domains)), limit)


def rest_at(url: str | None, *, domains: Collection[str]) -> str:
    """Return the ending of a text that is cut: where the rest is, if it is anywhere that links may lead to."""
    link = None if url is None else linked(url, domains=domains)
    return MARK if link is None else f"{MARK}\n{Label.REST}: {link}"


def _kept(text: str, room: int) -> tuple[str, list[str]]:
    """Return the beginning that fits with what closes it, and the signs of the styles that are still open."""
    kept, opened = list[str](), list[str]()
    for kind, piece in _pieces(text):
        after = _toggled(opened, piece) if kind == "marker" else opened
        used = width("".join(after))
        if width(piece) + used > room:
            if kept and unicodedata.category(piece[0]).startswith("M"):
                kept.pop()  # the sign that this piece begins with belongs to the character before it
            else:
                kept.append(_part(kind, piece, room - used))
            break
        room -= width(piece)
        kept.append(piece)
        opened = after
    return _trimmed(kept, opened)


def _pieces(text: str) -> Iterator[tuple[str | None, str]]:
    """Yield what must stay in one piece, with its kind, and the text between."""
    end = 0
    for found in PIECE.finditer(text):
        if found.start() > end:
            yield None, text[end : found.start()]
        yield found.lastgroup, found[0]
        end = found.end()
    if end < len(text):
        yield None, text[end:]


def _toggled(opened: list[str], marker: str) -> list[str]:
    return [each for each in opened if each != marker] if marker in opened else [*opened, marker]


def _part(kind: str | None, piece: str, room: int) -> str:
    """Return as much of a piece as may stand alone."""
    if kind is None:
        part = beginning(piece, room)
        return part if piece[len(part)].isspace() else _UNFINISHED_WORD.sub("", part)
    return _part_of_code(piece, room) if kind == "fence" else ""


def _part_of_code(piece: str, room: int) -> str:
    head, _, body = piece.partition("\n")
    body = body.removesuffix(_FENCE).rstrip()
    body = beginning(body, room - width(f"{head}\n\n{_FENCE}"))
    lines = body.rpartition("\n")[0] or body
    return f"{head}\n{lines}\n{_FENCE}" if lines.strip() else ""


def _trimmed(kept: list[str], opened: list[str]) -> tuple[str, list[str]]:
    """Remove a style that has nothing in it yet, and the space at the end."""
    while kept and (not kept[-1].strip() or kept[-1] in opened[-1:]):
        if kept.pop() in opened[-1:]:
            opened = opened[:-1]
    return "".join(kept).rstrip(), opened
