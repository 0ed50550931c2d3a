"""Find the questions that a page marks up for search engines: in JSON-LD, microdata and RDFa."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from bot.formats.found import without_label
from bot.formats.marks import after_question_label, plain_title
from bot.formats.markup import markdown_of, text_of, to_markdown

_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://\s*)?(?:-->|\]\]>)\s*(?:\*/)?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_ABOUT_QUESTIONS = re.compile(r"FAQPage|QAPage|acceptedAnswer|\"Question\"")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A question that is marked up, with its answer in Markdown."""

    line: int
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Broken:
    """A script of questions that cannot be read."""

    line: int


def marked_questions(root: HtmlElement) -> Iterator[Marked | Broken]:
    """Yield the questions that are marked up in a page, and the scripts among them that cannot be read."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _in_script(script)
    yield from _in_attributes(root)


def _in_script(script: HtmlElement) -> Iterator[Marked | Broken]:
    text = "".join(map(str, script.itertext()))
    line = script.sourceline or 1
    try:
        content = _loaded(_COMMENT.sub("", text))
    except (ValueError, RecursionError):
        if _ABOUT_QUESTIONS.search(text):
            yield Broken(line)
        return
    lines = text.split("\n")
    for node in _objects(content):
        if "Question" in _types(node):
            name = _first_text(node.get("name")) or _first_text(node.get("text")) or _first_text(node.get("headline"))
            written = next((at for at, each in enumerate(lines) if json.dumps(name)[1:-1] in each or name in each), 0)
            answer = _answer(node)
            answer = without_label(answer) if after_question_label(_words(name)) is not None else answer
            yield Marked(line=line + written, question=_title(name), answer=answer)


def _loaded(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return json.loads(_TRAILING_COMMA.sub(r"\1", text.strip().rstrip(";")), strict=False)


def _objects(content: object) -> Iterator[dict[str, object]]:
    """Yield all objects in order."""
    stack = [content]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack += reversed(list(node.values()))
        elif isinstance(node, list):
            stack += reversed(node)


def _types(node: dict[str, object]) -> set[str]:
    given = node.get("@type", node.get("type"))
    names = given if isinstance(given, list) else [given]
    return {re.split(r"[/#:]", name)[-1] for name in names if isinstance(name, str)}


def _first_text(value: object) -> str:
    """Return a text, that of an object with a value, or the first of a list."""
    if isinstance(value, list):
        return next((found for each in value[:20] if (found := _first_text(each))), "")
    if isinstance(value, dict):
        given = value.get("text") or value.get("@value") or value.get("name") or ""
        given = given[0] if isinstance(given, list) and given else given
        return given if isinstance(given, str) else ""
    return value if isinstance(value, str) else ""


def _answer(node: dict[str, object]) -> str:
    text = _first_text(node.get("acceptedAnswer")) or _first_text(node.get("suggestedAnswer"))
    return markdown_of(text)


def _words(text: str) -> str:
    """Return the words of a title that may be HTML."""
    return html.unescape(re.sub(r"<[^<>]*>", "", re.sub(r"<(?:br|/?p|/?div|/?li)\b[^<>]*>", " ", text))).strip()


def _title(text: str) -> str:
    return plain_title(_words(text))


def _in_attributes(root: HtmlElement) -> Iterator[Marked]:
    """Yield the questions that attributes of elements mark."""
    for node in root.iter():
        kind = f"{node.get('itemtype') or ''} {node.get('typeof') or ''}"
        if not re.search(r"(?:^|[/:\s])Question\b", kind):
            continue
        name = _first_property(node, "name", "text")
        answer = _first_property(node, "acceptedAnswer", "suggestedAnswer")
        if name is None:
            continue
        if answer is not None:
            text = _property(answer, "text")
            answer = answer if text is None else text
        title = _title(name.get("content") or text_of(name))
        yield Marked(line=name.sourceline or 1, question=title, answer="" if answer is None else _text(answer))


def _first_property(node: HtmlElement, *names: str) -> HtmlElement | None:
    return next((found for name in names if (found := _property(node, name)) is not None), None)


def _text(node: HtmlElement) -> str:
    content = node.get("content")
    return markdown_of(content) if content else to_markdown(node)


def _property(node: HtmlElement, name: str) -> HtmlElement | None:
    """Return the first element below that has a property of this name."""
    for child in node.iterdescendants():
        named = f"{child.get('itemprop') or ''} {child.get('property') or ''}".replace("schema:", "").split()
        if name in named:
            return child
    return None
