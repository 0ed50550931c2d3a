"""Read Markdown within a line: as plain words, and with its HTML, references and entities resolved."""

import html
import re
from collections.abc import Mapping
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.formats.markup import fragment_to_markdown

_LINES = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PARSER = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
"""Finds the blocks of a text, and leaves the lines in them as they are."""
_WORDS = frozenset({"text", "code_inline", "text_special"})
_CODE_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_ENTITY = re.compile(r"&(?!lt;|gt;|#60;|#62;)(?:#\d{1,7}|#x[0-9a-f]{1,6}|\w{2,31});", re.IGNORECASE)
_BREAK = re.compile(r"[ \t]*(?:<br\s*/?>|</br>)[ \t]*\n?", re.IGNORECASE)
_PAIRS = (
    (re.compile(r"<(b|strong)(?:\s[^<>]*)?>\s*(.{0,1000}?)\s*</\1>", re.IGNORECASE | re.DOTALL), r"**\2**"),
    (re.compile(r"<(i|em)(?:\s[^<>]*)?>\s*(.{0,1000}?)\s*</\1>", re.IGNORECASE | re.DOTALL), r"*\2*"),
    (re.compile(r"<(code|kbd|samp|tt|var)(?:\s[^<>]*)?>\s*(.{0,1000}?)\s*</\1>", re.IGNORECASE | re.DOTALL), r"`\2`"),
)
_ANCHOR = re.compile(
    r"<a\s[^<>]*?href=[\"']?(?P<to>[^\"'\s>]*)[\"']?[^<>]*>(?P<label>.{0,1000}?)</a>", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(
    r"</?(?:[a-z][a-z0-9-]*|[A-Z]\w*)(?:\s+[\w:@-]+(?:=(?:\"[^\"<>]*\"|'[^'<>]*'|\{[^{}]*\}|[^\s\"'<>]{1,500}))?)*\s*/?>"
)
_REFERENCE = re.compile(r"(?<!\\)(?P<image>!?)\[(?P<label>[^\[\]]+)\](?:\[(?P<name>[^\[\]]*)\])?(?![\[(:])")
_FOOTNOTE = re.compile(r"\s?\[\^(?P<name>[^\]\s]+)\](?!:)")

_ATTRIBUTES = re.compile(
    r"(?<=[\])*_\0`])[ ]?\{(?:[ ]*[.#]|:)[^{}\n]*\}|(?:[ ]|(?<=[.!?]))\{:?[ ]*[.#][^{}\n]*\}[ ]*$", re.MULTILINE
)
_SPACER = re.compile(r"\{(?P<mark>['\"])\s*(?P=mark)\}")  # as JSX keeps a blank at the end of a line
_PATH = re.compile(r"\{\{[<%]\s*(?:rel)?ref\s+\"?([^\"\s{}]+)\"?\s*[%>]\}\}")  # of a page, as Hugo looks it up
_SHORTCODE = re.compile(r"\{\{[<%][^{}]*[%>]\}\}")
_ICON = re.compile(r"[ ]?:(?:material|fontawesome|octicons|simple)-[a-z0-9-]+:(?:\{[^{}\n]*\})?")

References = Mapping[str, tuple[str, str]]


def inline_tokens(text: str) -> list[Token]:
    """Return the tokens of one line of Markdown."""
    return _LINES.parseInline(text)[0].children or []


def plain(text: str) -> str:
    """Return the words of a line of Markdown."""
    return plain_of(inline_tokens(text))


def plain_of(tokens: list[Token]) -> str:
    """Return the words of inline tokens, without markup, images and tags."""
    words = (token.content if token.type in _WORDS else " " if _breaks(token) else "" for token in tokens)
    return " ".join("".join(words).split())


def _breaks(token: Token) -> bool:
    return token.type in {"softbreak", "hardbreak"} or (
        token.type == "html_inline" and token.content[:3].lower() == "<br"
    )


def resolved(text: str, references: References, footnotes: Mapping[str, str]) -> str:
    """Return Markdown whose HTML, references, footnotes and entities are resolved, outside code."""
    parts: list[str] = []
    end = 0
    for span in _CODE_SPAN.finditer(text):
        parts += [text[end : span.start()], span[0]]
        end = span.end()
    parts.append(text[end:])
    codes = parts[1::2]
    # The spans stay out of the patterns, and what goes across them is still found.
    marked = "".join(part if at % 2 == 0 else f"\0{at // 2}\0" for at, part in enumerate(parts))
    prose = _resolved_prose(marked, references, footnotes)
    return re.sub(r"\0(\d+)\0", lambda found: codes[int(found[1])], prose)


def _resolved_prose(text: str, references: References, footnotes: Mapping[str, str]) -> str:
    text = _BREAK.sub("\n", text)
    if "</" in text:
        text = _ANCHOR.sub(_link, text)
        for pattern, mark in _PAIRS:
            text = pattern.sub(mark, text)
    text = _SHORTCODE.sub("", _PATH.sub(r"\1", text)) if "{{" in text else text
    text = _ICON.sub("", _TAG.sub("", _ATTRIBUTES.sub("", _SPACER.sub(" ", text))))
    text = _FOOTNOTE.sub(lambda note: f" ({footnotes[note['name']]})" if note["name"] in footnotes else note[0], text)
    text = _REFERENCE.sub(lambda found: _referred(found, references), text)
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text.replace("\u00a0", " ").replace("\u00ad", "").replace("\u200b", "")


def _link(found: re.Match[str]) -> str:
    label = _TAG.sub("", found["label"]).strip()
    return f"[{label}]({found['to']})" if label and found["to"] and not found["to"].startswith("#") else label


def _referred(found: re.Match[str], references: References) -> str:
    key = " ".join((found["name"] or found["label"]).split()).casefold()
    if key not in references:
        return found[0]
    address, title = references[key]
    extra = f' "{title}"' if title else ""
    return f"{found['image']}[{found['label']}]({unquote(address) if ' ' not in unquote(address) else address}{extra})"


def with_markup_as_markdown(text: str) -> str:
    """Return Markdown whose blocks of HTML are Markdown too."""
    if "<" not in text:
        return text
    lines = text.split("\n")
    for token in reversed(PARSER.parse(text)):
        if token.type == "html_block" and token.level == 0 and token.map:
            start, end = token.map
            lines[start:end] = fragment_to_markdown("\n".join(lines[start:end])).split("\n")
    return "\n".join(lines)
