"""Read the words of a title in a web page."""

import re

from lxml.html import HtmlElement

from bot.formats.markup import is_block

_ICON = re.compile(
    r"(?:^|[-_\s])(?:icon|icons|chevron|caret|arrow|anchor|headerlink|header-anchor|hash-link|sr-only|visually-hidden|plus|minus|editsection)(?:$|[-_\s])",
    re.IGNORECASE,
)
_NO_WORDS = frozenset({"script", "style", "svg", "template", "noscript"})


def words_of(node: HtmlElement) -> str:
    """Return the words of a title, without icons and what links to it."""
    parts: list[str] = []
    stack: list[HtmlElement | str] = [node]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            parts.append(part)
            continue
        inner: list[HtmlElement | str] = [part.text or ""]
        for child in part:
            hidden = child.tag in _NO_WORDS or bool(_ICON.search(child.get("class") or ""))
            hidden = hidden or child.get("aria-hidden") == "true"
            inner += [
                *([] if hidden else [child]),
                " " if child.tag == "br" or (not hidden and is_block(child)) else "",
                child.tail or "",
            ]
        stack += reversed(inner)
    return " ".join("".join(parts).replace("¶", "").replace("\u00ad", "").split())
