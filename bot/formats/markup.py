"""Render HTML as Markdown: what people read of it, with its links, lists, tables and code."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple, TypeAlias

from lxml import etree, html
from lxml.html import HtmlElement

from bot.core.searching.text import word_set

DEPTH_LIMIT = 100
Node: TypeAlias = HtmlElement

_UNSEEN = word_set("""
    script style noscript template svg math nav form button input select textarea option iframe object embed
    canvas audio video source track head title meta link base dialog map area
""")
_BLOCKS = word_set("""
    address article aside blockquote body center dd details div dl dt fieldset figure figcaption footer h1 h2 h3
    h4 h5 h6 header hgroup hr html li main ol p pre section summary table tbody td tfoot th thead tr ul caption
""")
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "del": "~~", "s": "~~", "strike": "~~"}
_CODE = frozenset({"code", "kbd", "samp", "tt", "var"})
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")
_LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|highlight-source-)([\w+#-]+)")

_TAG_OR_ENTITY = re.compile(r"</?[a-z][^<>]*>|&(?:#\d+|#x[0-9a-f]+|\w+);", re.IGNORECASE)
_SPELLED_MARKUP = re.compile(r"&lt;/?[a-z]", re.IGNORECASE)
_SPELLED_TAG = re.compile(r"&lt;(/?[a-z][^<>]{0,500}?)&gt;", re.IGNORECASE)
_SPELLED_PAIR = re.compile(
    r"&lt;([a-z][a-z0-9]*)\b(?:(?!&gt;).){0,500}&gt;.*?&lt;/\1\s*&gt;", re.IGNORECASE | re.DOTALL
)
_CODE_ELEMENT = re.compile(r"(<(code|pre|kbd|samp)\b.*?</\2\s*>)", re.IGNORECASE | re.DOTALL)
_LONGEST = 100_000  # no answer is as long
_ABOUT_MARKUP = re.compile(r"\b(?:x?html|tags?|markup|syntax|formatting|balise|etiquetas?)\b", re.IGNORECASE)


class TooDeep(NamedTuple):
    """Where elements are nested so deep that the rest of a page cannot be read."""

    line: int


def parse(text: str) -> Node | TooDeep | None:
    """Return the root of an HTML text, None when there is nothing in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        root = None
    deep = next((each for each in parser.error_log if "depth" in each.message), None)
    return root if deep is None else TooDeep(min(deep.line, text.count("\n") + 1))


def fragment_to_markdown(text: str) -> str:
    """Return the Markdown of a piece of HTML."""
    root = parse(f"<body>{text}")
    if isinstance(root, TooDeep):
        return " ".join(re.sub(r"<[^<>]*>", " ", text).split())
    return "" if root is None else to_markdown(root)


def markdown_of(text: str) -> str:
    """Return the Markdown of a text that may be HTML, also of one whose tags are spelled as entities."""
    if _SPELLED_MARKUP.search(text) and not re.search(r"<[a-z]", text, re.IGNORECASE):
        text = unescape(text)
    elif _SPELLED_MARKUP.search(text):
        text = _with_spelled_tags(text)
    if not _TAG_OR_ENTITY.search(text):
        return text.replace("\u00a0", " ").replace("\r\n", "\n").strip()
    if not re.search(r"<(?:p|br|div|li|pre|h\d|td)\b", text, re.IGNORECASE):
        text = text.replace("\n\n", "<p>").replace("\n", "<br>")
    return fragment_to_markdown(text)


def _with_spelled_tags(text: str) -> str:
    """Return HTML with the tags that are spelled as entities beside it made tags, unless it is about markup."""
    if len(text) > _LONGEST:
        return text
    prose = _CODE_ELEMENT.sub("\0", text)
    if not _SPELLED_PAIR.search(prose) or _ABOUT_MARKUP.search(_SPELLED_TAG.sub(" ", _TAG_OR_ENTITY.sub(" ", prose))):
        return text
    parts, end = [], 0
    for code in _CODE_ELEMENT.finditer(text):
        parts += [_SPELLED_TAG.sub(_as_tag, text[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, _SPELLED_TAG.sub(_as_tag, text[end:])])


def _as_tag(found: re.Match[str]) -> str:
    return f"<{unescape(found[1])}>"


def to_markdown(node: Node) -> str:
    """Return the Markdown of what is in an element."""
    return "\n\n".join(_blocks(node, 0))


def text_of(node: Node) -> str:
    """Return the words of an element in one line."""
    return _SPACE.sub(" ", _inline(node, 0, plain=True)).strip()


def is_unseen(node: Node) -> bool:
    """Return whether nobody reads an element: code, controls, navigation, what is hidden."""
    return (
        node.tag in _UNSEEN
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or re.search(r"display:\s*none", node.get("style") or "") is not None
    )


def is_block(node: Node) -> bool:
    """Return whether an element stands on lines of its own."""
    return node.tag in _BLOCKS


def _blocks(node: Node, depth: int) -> Iterator[str]:
    """Yield the blocks in an element; text between them is a paragraph."""
    if depth > DEPTH_LIMIT:
        yield from filter(None, [_flat(node)])
        return
    run = [_text(node.text)]
    for child in node:
        if is_unseen(child):
            run.append(_text(child.tail))
            continue
        if is_block(child) or _has_block(child):
            yield from _paragraph(run)
            yield from _block(child, depth + 1)
            run = [_text(child.tail)]
        else:
            run += [_inline_of(child, depth + 1), _text(child.tail)]
    yield from _paragraph(run)


def _has_block(node: Node) -> bool:
    return any(True for _ in node.iter(*_BLOCKS))


def _paragraph(run: list[str]) -> Iterator[str]:
    lines = [_SPACE.sub(" ", line).strip() for line in "".join(run).split("\n")]
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield re.sub(r"\n{2,}", "\n\n", text)


def _block(node: Node, depth: int) -> Iterator[str]:
    """Yield the blocks that an element makes."""
    if depth > DEPTH_LIMIT:
        yield from filter(None, [_flat(node)])
    elif node.tag in {"ul", "ol"}:
        yield from filter(None, [_list(node, depth)])
    elif node.tag == "pre":
        yield _code_block(node)
    elif node.tag == "table":
        yield from _table(node, depth)
    elif node.tag == "blockquote":
        inner = "\n\n".join(_blocks(node, depth))
        yield from filter(None, ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))] if inner else [])
    elif node.tag in {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "caption"}:
        title = text_of(node)
        yield from filter(None, [f"**{title}**" if title else ""])
    elif node.tag != "hr":
        yield from _blocks(node, depth)


def _list(node: Node, depth: int) -> str:
    """Return a list, its items in lines, what belongs to an item indented below it."""
    numbers = node.tag == "ol"
    start = node.get("start") or "1"
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1  # noqa: PLR2004  # digits
    items = []
    for child in node:
        if is_unseen(child):
            continue
        nested = child.tag in {"ul", "ol"}
        body = _list(child, depth + 1) if nested else "\n\n".join(_blocks(child, depth + 1))
        marker = f"{number}. " if numbers else "- "
        indent = " " * len(marker)
        if body and nested:
            items.append("\n".join(f"{indent}{line}".rstrip() for line in body.split("\n")))
        elif body:
            lines = re.sub(r"\n\n(?=\s*(?:[-*]|\d+\.) )", "\n", body).split("\n")
            items.append(marker + "\n".join([lines[0], *(f"{indent}{line}".rstrip() for line in lines[1:])]))
            number += 1
    return "\n".join(items)


def _code_block(node: Node) -> str:
    code = "".join(map(str, node.itertext())).strip("\n")
    inner = node.find("code")
    names = " ".join(filter(None, [node.get("class"), None if inner is None else inner.get("class")]))
    language = _LANGUAGE.search(names)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
    return f"{fence}{language[1] if language else ''}\n{code}\n{fence}"


def _table(node: Node, depth: int) -> Iterator[str]:
    rows = [
        [
            " ".join(" ".join(_blocks(cell, depth + 1)).split()).replace("|", "\\|")
            for cell in row.iterchildren("td", "th")
        ]
        for row in node.iter("tr")
        if next(row.iterancestors("table"), None) is node
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    width = max(map(len, rows))
    if width == 1:
        yield from (row[0] for row in rows)
        return
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    yield "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])


def _inline(node: Node, depth: int, *, plain: bool = False) -> str:
    if depth > DEPTH_LIMIT:
        return _flat(node)
    parts = [_text(node.text)]
    for child in node:
        if not is_unseen(child):
            parts.append(_inline_of(child, depth + 1, plain=plain))
        parts.append(_text(child.tail))
    return "".join(parts)


def _inline_of(node: Node, depth: int, *, plain: bool = False) -> str:  # one line for each kind
    """Return the Markdown of an element within a line."""
    if node.tag == "br":
        return " " if plain else "\n"
    if node.tag in {"img", "wbr"}:
        return ""
    inner = _inline(node, depth, plain=plain)
    if plain:
        return f" {inner} " if is_block(node) else inner
    if node.tag in _CODE:
        return _code_span(inner)
    if node.tag == "a":
        return _link(inner, (node.get("href") or "").strip())
    return _marked(inner, _MARKS.get(str(node.tag), ""))


def _code_span(inner: str) -> str:
    code = _SPACE.sub(" ", inner).strip()
    if not code:
        return ""
    return f"`` {code} ``" if "`" in code else f"`{code}`"


def _link(inner: str, address: str) -> str:
    label = " ".join(inner.split())
    if not label or not address or address.startswith(("#", "javascript:", "data:")):
        return inner
    if label == address:
        return f"<{address}>"
    safe = address.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f"[{label}]({safe})"


def _marked(inner: str, mark: str) -> str:
    """Return text between marks, with the spaces outside, where Markdown wants them."""
    core = inner.strip()
    if not core or not mark or core.startswith(mark):
        return inner
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return f"{before}{mark}{core}{mark}{after}"


def _flat(node: Node) -> str:
    """Return the text of what is nested too deep to be shaped."""
    return " ".join("".join(map(str, node.itertext())).split())


def _text(text: str | None) -> str:
    return _SPACE.sub(" ", text or "").replace("\u00ad", "").replace("\u200b", "")
