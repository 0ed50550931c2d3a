"""Write the parts of a paragraph as harmless Markdown."""

import re
from collections.abc import Collection, Iterable

from bot.adapters.slack.showing.markup import ENTITIES, tamed
from bot.chat.links import LINK, host_of, kept

_DOMAIN = re.compile(r"(?<![\w@./-])(?:[\w-]+[.\u3002\uff0e\uff61])+[^\W\d_]{2,}(?![\w@-])")
_ADDRESS = re.compile(f"{LINK.pattern}|{_DOMAIN.pattern}", re.IGNORECASE)
_TRAILING = ".,;:!?'\")]}*_~`"
_MARKED = re.compile(r"[\\`\[\]|]|(?<![\s])\*|\*(?=\S)|^\*|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LINE_START = re.compile(
    r"^[ \t]+|^(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|[-=]+\s*$|(?:-\s*){3,}$)|^(\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE
)


def guarded(written: str) -> str:
    """Return a written paragraph or cell whose first characters open no list, heading or rule."""
    for _ in range(2):  # the second time for what stood behind spaces
        written = _LINE_START.sub(_guard, written)
    return written.strip()


def words(content: str, domains: Collection[str]) -> str:
    """Return the words of a line as Markdown, with the line breaks that are written in HTML."""
    return "  \n".join(prose(part, domains) for part in _BREAK.split(content))


def link(label: str, address: str, domains: Collection[str]) -> str:
    """Return a link that says where it leads, or the words with the address behind where it is not allowed."""
    label = " ".join(label.split())
    url = kept(address, domains)
    if url is None:
        return _shown(label, address, domains)
    if _honest(label, url):
        return f"[{escaped(label or url)}]({url})"
    return f"{prose(label, domains)} ([{escaped(url)}]({url}))"


def code(text: str) -> str:
    """Return text as code; a sign that would end the code is written as in an address."""
    shown = tamed(" ".join(text.split())).replace("`", "%60")
    return f"`{shown}`" if shown else ""


def escaped(text: str) -> str:
    """Return text that Markdown shows as it was written, addresses in it aside."""
    return _MARKED.sub(r"\\\g<0>", tamed(text).replace("\n", " ")).translate(ENTITIES)


def prose(text: str, domains: Collection[str]) -> str:
    """Return text in which allowed addresses are links and others are shown, but lead nowhere."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TRAILING)
        parts += [escaped(text[end : found.start()]), _address(address, domains)]
        end = found.start() + len(address)
    return joined([*parts, escaped(text[end:])])


def joined(parts: Iterable[str]) -> str:
    """Return the parts as one; no mark makes an image out of the link behind it, or one code out of two."""
    written = ""
    for part in parts:
        if part.startswith("`") and written.endswith("`"):
            written += " "
        if part.startswith("[") and written.endswith("!"):
            written = written[:-1] + "\\!"
        written += part
    return written


def _guard(found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1] + "\\"
    return "" if found[0] else "\\"


def _address(address: str, domains: Collection[str]) -> str:
    url = kept(address if "://" in address else f"https://{address}", domains)
    return code(address) if url is None else f"[{escaped(address)}]({url})"


def _shown(label: str, address: str, domains: Collection[str]) -> str:
    text = prose(label, domains)
    bare = address.removeprefix("mailto:")
    if not bare or label in {address, bare}:
        return text
    return f"{text} ({code(bare)})" if text else code(bare)


def _honest(label: str, url: str) -> bool:
    """Return whether a label names no other host than the one that its link leads to."""
    host = host_of(url) or ""
    named = (host_of(found[0]) or host_of(f"https://{found[0]}") for found in _ADDRESS.finditer(label))
    return all(name is not None and (host == name or host.endswith(f".{name}")) for name in named)
