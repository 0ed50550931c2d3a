"""Read web pages: questions that are marked up for search engines, or else headings, lists of terms and folds."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from bot.core.fields import LABEL_LIMIT, OF_ENTRY, Unfit
from bot.core.local_answers import language_of
from bot.core.searching.languages import language_of_page
from bot.formats.found import Pair, answer_of, document_of, without_label
from bot.formats.furniture import is_faq_title
from bot.formats.marks import after_question_label, plain_title
from bot.formats.markup import TooDeep, markdown_of, parse, text_of, to_markdown
from bot.formats.outline import Node, outline, questions_of, title_of, whole_text
from bot.formats.records import Document, Doubtful, FaqFile, Format
from bot.formats.titles import title_key
from bot.formats.web_pieces import content_of, pieces_of_page, trail_of

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


_NOTHING = "there is no question with an answer in this page"
_NOTHING_REMEDY = "save the page that shows the answers, or copy its text into a file"
_DEEP_REMEDY = "take out what it is nested in, or copy the text of the page into a file"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article|section|div|dl|ul|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_WHOLE_PAGE = re.compile(r"\s*<!doctype\s+html[^>]*>\s*<html\b", re.IGNORECASE)
_END = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_BROKEN_OFF = "the page breaks off in or behind this answer"
_SAMPLE = 20_000


def read_webpage(file: FaqFile) -> Document:
    """Return the questions of a web page."""
    root = parse(file.text)
    if isinstance(root, TooDeep):
        problem = file.problem("elements are nested more than 250 deep", _DEEP_REMEDY, line=root.line)
        return Document(problems=(problem,))
    if root is None:
        return file.without_entries(_NOTHING, _NOTHING_REMEDY)
    found = list(marked_questions(root))
    broken = [each for each in found if isinstance(each, Broken)]
    marked = _distinct([each for each in found if isinstance(each, Marked)])
    shown = list(_shown(root))
    if shown and _breaks_off(file.text):
        shown[-1] = replace(shown[-1], doubt=_BROKEN_OFF, remedy="save the page again")
    pairs = _marked_pairs(marked, shown) if marked else []
    known = {title_key(pair.question) for pair in pairs}
    if not marked or broken:
        pairs += [pair for pair in shown if title_key(pair.question) not in known]
    document = document_of(file, _with_locale(root, pairs))
    if broken:
        document = replace(document, doubtful=(*document.doubtful, *(_unreadable(file, each) for each in broken)))
    if document.records or document.doubtful or document.problems:
        return document
    return file.without_entries(_NOTHING, _NOTHING_REMEDY)


def _breaks_off(text: str) -> bool:
    """Return whether the end of a page is missing, and so may be that of its last answer."""
    return _WHOLE_PAGE.match(text) is not None and _END.search(text) is None


def _distinct(marked: list[Marked]) -> list[Marked]:
    """Return each question once: some pages mark theirs in two ways."""
    seen: dict[str, Marked] = {}
    for each in marked:
        key = title_key(each.question)
        if each.question and (key not in seen or not seen[key].answer):
            seen[key] = each
    return list(seen.values())


def _unreadable(file: FaqFile, broken: Broken) -> Doubtful:
    what = "the questions in this script cannot be read: it is not JSON"
    return Doubtful(problem=file.problem(what, "mend the script", line=broken.line))


def _marked_pairs(marked: list[Marked], shown: list[Pair]) -> list[Pair]:
    """Return the questions that are marked up, with the categories under which the page shows them."""
    categories = {title_key(pair.question): pair.category for pair in shown}
    return [
        Pair(
            line=each.line,
            question=each.question,
            answer=each.answer,
            category=categories.get(title_key(each.question)),
        )
        for each in marked
    ]


def _with_locale(root: HtmlElement, pairs: list[Pair]) -> list[Pair]:
    """Return the questions with the language of their text, or else the one that the page names."""
    text = "\n".join(f"{pair.question}\n{pair.answer}" for pair in pairs)[:_SAMPLE]
    named = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    language = language_of(named)
    if isinstance(OF_ENTRY["locale"](language), Unfit):
        language = ""
    locale = language_of_page(text) or language or None
    return [replace(pair, locale=locale) for pair in pairs]


def _shown(root: HtmlElement) -> Iterator[Pair]:
    """Yield the questions that a page shows, or the page as one when it is an article."""
    content = content_of(root)
    tree = outline(pieces_of_page(content))
    trail = [plain_title(each) for each in trail_of(root)]
    found = list(questions_of(tree))
    title = title_of(tree)
    if title is not None and not any(not each.doubt for each in found) and _is_article(root, title, trail):
        yield from filter(None, [_article(title, trail)])
        return
    for at, each in enumerate(found):
        yield Pair(
            line=each.line, question=each.question, category=each.category, doubt=each.doubt, aliases=each.aliases,
            answer=answer_of(each.body, references={}, footnotes={}, last=at == len(found) - 1),
        )  # fmt: skip


def _is_article(root: HtmlElement, title: Node, trail: list[str]) -> bool:
    return not is_faq_title(title.text) and (bool(trail) or next(root.iter("article"), None) is not None)


def _article(title: Node, trail: list[str]) -> Pair | None:
    lines = list(whole_text(title))
    answer = answer_of(lines, references={}, footnotes={})
    names = [name for name in trail if title_key(name) != title_key(title.text) and not is_faq_title(name)]
    category = names[-1][:LABEL_LIMIT] if len(names) > (trail[:1] == names[:1]) else None
    return Pair(line=title.title.line, question=title.text, answer=answer, category=category) if answer else None


def _recognises(file: FaqFile) -> bool:
    pattern = _WHOLE_PAGE if file.suffix in {".md", ".markdown", ".mdx"} else _PAGE
    return pattern.match(file.text[:2000]) is not None


FORMAT = Format(
    name="html",
    suffixes=(".html", ".htm", ".xhtml"),
    summary="Web pages: schema.org FAQPage as JSON-LD or microdata, or else headings, dl, details; or an article.",
    example="""\
<h2>Account</h2>
<details>
  <summary>How do I change my e-mail address?</summary>
  <p>Open <b>Profile &gt; Security &gt; Email</b> and choose <b>Change</b>.</p>
</details>
""",
    recognises=_recognises,
    read=read_webpage,
)
