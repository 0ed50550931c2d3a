"""Read a text as Discord's client does: what it shows as text, and what it obeys."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_RULES = re.compile(
    r"\\(?P<escape>[^0-9A-Za-z\s])"
    r"|(?P<code>```[\s\S]+?```|(?P<ticks>`+)[\s\S]*?[^`](?P=ticks)(?!`))"
    r"|<(?P<link>[^: >]+:/[^ >]+)>"
    r"|(?P<bare>(?:https?|steam|discord)://[^\s<]+[^<.,:;\"')\]\s])"
    r"|(?P<invite>discord(?:app)?\.(?:gg|com/invite)/\w)"
    r"|(?P<mention>@everyone|@here|<(?:@[!&]?|#|@&)\d+>|</[^>]+:\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>|<id:\w+>)"
    r"|(?P<masked>\[[^\]]*\]\([^)]*\))"
    r"|(?P<style>\*\*|\*|__|_|~~|\|\|)"
    r"|(?P<block>^[^\S\n]*(?:(?:#{1,3}|-#|>{1,3}|[-*]|\d+\.)(?=\s)))",
    re.MULTILINE,
)
PINGS = re.compile(r"@(?:everyone|here)|<@[!&]?\d+>", re.IGNORECASE)
"""What Discord's server takes for a mention, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a message and what Discord makes of it: text, or the name of what it obeys."""

    kind: str
    text: str


def read(message: str) -> list[Part]:
    """Return the parts of a message in order."""
    return list(_parts(message))


def seen(message: str) -> str:
    """Return what a person sees of a message, without spaces of no width."""
    return "".join(part.text for part in _parts(message)).replace("\u200b", "")


def links(message: str) -> list[str]:
    """Return the addresses that a person can click."""
    return [part.text for part in _parts(message) if part.kind in {"link", "bare", "invite", "masked"}]


def _parts(message: str) -> Iterator[Part]:
    end = 0
    for found in _RULES.finditer(message):
        if found.start() > end:
            yield Part("text", message[end : found.start()])
        kind = found.lastgroup or "text"
        kind = "code" if kind == "ticks" else kind
        yield Part("text" if kind == "escape" else kind, found[kind])
        end = found.end()
    if end < len(message):
        yield Part("text", message[end:])
