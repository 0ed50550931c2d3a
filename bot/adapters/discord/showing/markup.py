"""Write what people wrote so that Discord shows it and obeys none of it.

Three promises hold for whatever comes out of here: nobody is pinged, a link shows where it leads, and no character of
the text acts as formatting. Nothing that is added is seen: a backslash goes away when Discord shows the text, and a
space of no width stands where a mention or a link would otherwise begin.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator

from bot.chat.markdown import LINK, MARK, beginning, cut, kept, width
from bot.core.wording.labels import Label, Words
from bot.core.wording.visible import visible, visible_line

NameOf = Callable[[str, int], str | None]
"""Returns the name of what a mention means, None where it is not known: "@" a member, "@&" a role, "#" a channel."""
APART = "\u200b"
"""What stands inside of something that must not come to life: a space of no width."""

PIECE = re.compile(
    r"(?P<escape>\\[^0-9A-Za-z\s])"
    r"|(?P<fence>```[\s\S]*?```)"
    r"|(?P<code>`[^`]+`)"
    r"|(?P<link><https?://[^\s<>]+>)"
    r"|(?P<marker>\*\*|\*|~~)"
)
"""What must stay in one piece in a text made here: an escaped character, code, a link, the sign of a style."""

_FORMATTING = re.compile(r"[\\*_~|`<\[]")
_LINE_START = re.compile(r"^([^\S\n]*)([>#+-]+)", re.MULTILINE)
_NUMBERED = re.compile(r"^([^\S\n]*\d+)([.)])", re.MULTILINE)
_AFTER_LINK = re.compile(r"[.,:;!?'\"\]}*_|~`)]+$")
_MENTION = re.compile(r"@(?=everyone|here)|<(?=[@#:/]|a:|t:|id:|sound:)", re.IGNORECASE)
_ADDRESS = re.compile(r":(?=//)|(?<=discord)\.(?=gg/)|(?<=discord)\.(?=com/)|(?<=discordapp)\.(?=com/)", re.IGNORECASE)
# Whom the audit log names.
_ACTOR = re.compile(r"\bdiscord:(\d{15,20})\b")
# Formatting in a link that Discord might pair with a sign outside of it.
_CODES = str.maketrans({"*": "%2A", "~": "%7E", "@": "%40"})
_FENCE = "```"
_WITH_ID = re.compile(
    r"<(?:(?P<kind>@&|@|#)!?(?P<id>\d{15,20})|/(?P<command>[^:<>]{1,100}):\d{15,20}|a?:\w{2,32}:\d{15,20}|t:[^<>]{1,30})>"
)
_MARKS = re.compile(r"\*{1,3}|~~|\|\||`{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)")
_UNFINISHED_WORD = re.compile(r"\s\S{0,40}$")


def plain(text: str, *, domains: Collection[str] = ()) -> str:
    """Return a text to be read as it was written; links to the domains stay links, others are text."""
    return sealed(escaped(visible(text), domains=domains))


def label(text: Words, limit: int, *, empty: Words = MARK) -> str:
    """Return a line for a place where Discord reads no formatting: a button, an option, a thread, a footer."""
    return cut(visible_line(str(text)), limit) or str(empty)


def unmarked(text: str, name_of: NameOf) -> str:
    """Return a text as Discord shows it where it reads no formatting: names for mentions, no ids and no marks."""
    shown = _WITH_ID.sub(lambda found: _name(found, name_of), text)
    return _LINE_START.sub(r"\1", _MARKS.sub("", shown))


def _name(found: re.Match[str], name_of: NameOf) -> str:
    if found["command"]:
        return f"/{found['command']}"
    name = name_of(found["kind"], int(found["id"])) if found["kind"] else None
    return f"{found['kind'][0]}{name}" if name else " "


def escaped(text: str, *, domains: Collection[str] = ()) -> str:
    """Return visible text with its formatting escaped, to become part of a text that is sealed in the end."""
    shown, end = list[str](), 0
    for found in LINK.finditer(text):
        url = _AFTER_LINK.sub("", found[0])
        link = linked(url, domains=domains)
        if link is not None:
            shown += _escape(text[end : found.start()]), link
            end = found.start() + len(url)
    return "".join((*shown, _escape(text[end:])))


def linked(url: str, *, domains: Collection[str]) -> str | None:
    """Return a link that shows its address and no preview, None when it leads anywhere else than to the domains."""
    safe = kept(url, domains)
    return None if safe is None else f"<{safe.translate(_CODES)}>"


def named(text: str) -> str:
    """Return a sealed text with members by their names, as Discord shows mentions; the message must ping nobody."""
    return _ACTOR.sub(r"<@\1>", text)


def sealed(text: str) -> str:
    """Return a text, put together from escaped parts, in which no two parts make a mention or a link together."""
    shown, end = list[str](), 0
    for found in PIECE.finditer(text):
        shown += _apart(text[end : found.start()]), found[0]
        end = found.end()
    shown.append(_apart(text[end:]))
    return _MENTION.sub(rf"\g<0>{APART}", "".join(shown))


def _apart(text: str) -> str:
    return _ADDRESS.sub(rf"\g<0>{APART}", text)


def _escape(text: str) -> str:
    text = _LINE_START.sub(_escaped_run, _FORMATTING.sub(r"\\\g<0>", text))
    return _NUMBERED.sub(r"\1\\\2", text)


def _escaped_run(found: re.Match[str]) -> str:
    return found[1] + re.sub(".", r"\\\g<0>", found[2])


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
