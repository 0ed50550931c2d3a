"""Read what people write in Slack: the words, and whom they mention."""

import re

_MARKED = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def words(text: str) -> str:
    """Return a text as people see it, without mentions and broadcasts."""
    plain = _MARKED.sub(_shown, text)
    for entity, character in _ENTITIES:
        plain = plain.replace(entity, character)
    return plain.strip()


def mentioned(text: str) -> frozenset[str]:
    """Return the ids of the members whom a text mentions."""
    return frozenset(_MENTION.findall(text))


def _shown(marked: re.Match[str]) -> str:
    """Return what is shown of a part in angle brackets: a link by its label, a channel by its name."""
    target, label = marked[1], marked[2]
    if target[:1] in {"@", "!"}:
        return " "
    if target[:1] == "#":
        return f"#{label}" if label else " "
    return label or target
