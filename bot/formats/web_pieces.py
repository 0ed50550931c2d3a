# ruff: noqa: RUF001  # marks of titles
"""Cut the content of a web page at its titles, and leave out what stands around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from lxml.html import HtmlElement

from bot.core.searching.text import word_set
from bot.formats.containers import fenced
from bot.formats.marks import is_marked_question
from bot.formats.markup import DEPTH_LIMIT, is_unseen, to_markdown
from bot.formats.titles import FOLD_LEVEL, INSIDE, End, PageLine, Passage, Piece, Style, Title
from bot.formats.titling import PageHabits, habits_of, split_at_titles
from bot.formats.web_words import words_of

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_STRUCTURE = (*sorted(_HEADINGS), "details", "dl")
_AROUND = word_set("""
    breadcrumb breadcrumbs related feedback vote votes voting helpful share sharing social toc sidebar navbar nav
    navigation footer pagination pager cookie cookies comments search newsletter banner byline author rating
    metadata meta backtotop recommended popular skip
""")
_QUESTION = re.compile(
    r"(?:^|[-_])q(?:uestion)?$|^(?:faq|accordion|toggle|collaps[a-z]*|expand[a-z]*)"
    r"(?:[-_]+(?:item|card|panel))?[-_]*(?:question|title|head|header|heading|button|btn|trigger|toggle|label|control|q)$"
)
_STATES = frozenset(
    {"active", "collapsed", "expanded", "open", "opened", "is-open", "is-active", "show", "first", "last"}
)
_OPENS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
_ALIKE = "data-looks-like-a-question"
_LONGEST = 300
_HALF = 0.5


def content_of(root: HtmlElement) -> HtmlElement:
    """Return the element that has the content of a page."""
    for found in (root.xpath("//main"), root.xpath("//*[@role='main']"), root.xpath("//article")):
        nodes = [node for node in found if isinstance(node, HtmlElement)] if isinstance(found, list) else []
        if len(nodes) == 1 and next(nodes[0].iter(*_STRUCTURE), None) is not None:
            return nodes[0]
    return root


def pieces_of_page(content: HtmlElement) -> Iterator[Piece]:
    """Yield the titles of a page and the Markdown between them."""
    _mark_alike(content)
    size = len("".join(map(str, content.itertext())))
    pieces = list(_walk(content, 0, size))
    texts = [line.text for piece in pieces if isinstance(piece, Passage) for line in piece.lines]
    habits = habits_of([line for line, inside in zip(texts, fenced(texts), strict=True) if not inside])
    yield from _split(pieces, habits)


def _split(pieces: Iterable[Piece], habits: PageHabits) -> Iterator[Piece]:
    """Yield the pieces, and the titles in their text; neighbouring text is read as one."""
    run: list[PageLine] = []
    depth = 0
    for piece in pieces:
        if isinstance(piece, Passage):
            run += [*piece.lines, PageLine(piece.lines[-1].number if piece.lines else 1, "")]
            continue
        yield from split_at_titles(run, habits, level=INSIDE if depth else 0)
        run = []
        depth += (isinstance(piece, Title) and piece.style is Style.FOLD) - isinstance(piece, End)
        yield piece
    yield from split_at_titles(run, habits, level=INSIDE if depth else 0)


def _walk(node: HtmlElement, depth: int, size: int) -> Iterator[Piece]:
    """Yield what is in an element in order; what has no titles in it is text."""
    run = _Run(node)
    run.add_text(node.text)
    for child in node:
        if _is_around(child, size):
            if (heading := _only_title(child)) is not None:
                yield from run.text()
                yield _title(heading, 1, Style.HEADING)
                run = _Run(node)
            run.add_text(child.tail)
            continue
        pieces = _pieces_of(child, depth, size)
        if pieces is None:
            run.add(child)
        else:
            yield from run.text()
            yield from pieces
            run = _Run(node)
        run.add_text(child.tail)
    yield from run.text()


def _pieces_of(node: HtmlElement, depth: int, size: int) -> Iterator[Piece] | None:
    """Return the pieces of an element with titles in it, None for one that is text."""
    if node.tag in _HEADINGS:
        return iter([_title(node, int(node.tag[1]), Style.HEADING)])
    if node.tag == "details":
        return _fold(node)
    if node.tag == "dl":
        return _terms(node)
    if _is_question(node):
        return iter([_title(node, FOLD_LEVEL, Style.HEADING)])
    if depth < DEPTH_LIMIT and _has_structure(node):
        return _walk(node, depth + 1, size)
    return None


class _Run:
    """Elements and text in a row that become one piece of Markdown."""

    def __init__(self, parent: HtmlElement) -> None:
        self._line = parent.sourceline or 1
        self._first: int | None = None
        self._copy = HtmlElement()
        self._copy.tag = "div"

    def add_text(self, text: str | None) -> None:
        """Add text behind what is there."""
        if text and len(self._copy):
            self._copy[-1].tail = (self._copy[-1].tail or "") + text
        elif text:
            self._copy.text = (self._copy.text or "") + text

    def add(self, node: HtmlElement) -> None:
        """Add an element, without what follows it."""
        from copy import deepcopy  # noqa: PLC0415

        copied = deepcopy(node)
        copied.tail = None
        self._first = self._first or node.sourceline
        self._copy.append(copied)

    def text(self) -> Iterator[Passage]:
        """Yield the Markdown of it all, if there is any."""
        markdown = to_markdown(self._copy)
        if markdown:
            number = self._first or self._line
            yield Passage(tuple(PageLine(number, line) for line in markdown.split("\n")))


def _title(node: HtmlElement, level: int, style: Style) -> Title:
    words = words_of(node)
    return Title(line=node.sourceline or 1, level=level, text=words, style=style, written=f"**{words}**")


def _fold(node: HtmlElement) -> Iterator[Piece]:
    summary = next((child for child in node if child.tag == "summary"), None)
    if summary is not None:
        yield _title(summary, FOLD_LEVEL, Style.FOLD)
    yield from _text_without(node, summary)
    if summary is not None:
        yield End()


def _text_without(node: HtmlElement, left_out: HtmlElement | None) -> Iterator[Passage]:
    run = _Run(node)
    run.add_text(node.text)
    for child in node:
        if child is not left_out:
            run.add(child)
        run.add_text(child.tail)
    yield from run.text()


def _terms(node: HtmlElement) -> Iterator[Piece]:
    """Yield the terms of a list as titles with their descriptions; of several in a row, one that asks comes first."""
    terms: list[HtmlElement] = []
    has_text = False
    for child in node.iter("dt", "dd"):
        if child.tag == "dt":
            if has_text:
                yield End()
            terms = [child] if has_text else [*terms, child]
            has_text = False
        elif next(child.iterancestors("dd"), None) is None or next(child.iterancestors("dl"), None) is node:
            if terms and not has_text:
                yield _term(terms)
            has_text = bool(terms)
            markdown = to_markdown(child)
            yield Passage(tuple(PageLine(child.sourceline or 1, line) for line in markdown.split("\n")))
    if terms and not has_text:
        yield _term(terms)
    if terms:
        yield End()


def _term(terms: list[HtmlElement]) -> Title:
    first = next((term for term in terms if is_marked_question(words_of(term))), terms[0])
    others = tuple(words for term in terms if term is not first and (words := words_of(term)))
    return replace(_title(first, FOLD_LEVEL, Style.FOLD), also=others)


def _mark_alike(content: HtmlElement) -> None:
    """Mark the elements that look like those that show questions, as "Lost card" in a list of folds that ask.

    What such a fold has closed is shown, as it is when a reader opens it.
    """
    nodes = [node for node in content.iter() if node.get("class") or node.get("aria-expanded")]
    asking = {_look(node) for node in nodes if _is_question(node)}
    opened: set[str] = set()
    for node in nodes:
        if _look(node) in asking and 0 < len(words_of(node)) <= _LONGEST:
            node.set(_ALIKE, "yes")
            opened.add((node.get("aria-controls") or "").strip())
            _show(node.getnext())
            _show(None if (above := node.getparent()) is None else above.getnext())
    for node in content.iter():
        if node.get("id") in opened:
            _show(node)


def _show(node: HtmlElement | None) -> None:
    if node is not None and node.tag in {"div", "nav"}:
        node.tag = "div"  # some kits open a `nav`
        for name in ("hidden", "aria-hidden", "style"):
            node.attrib.pop(name, None)


def _look(node: HtmlElement) -> tuple[str, frozenset[str], bool]:
    names = frozenset((node.get("class") or "").lower().split()) - _STATES
    return str(node.tag), names, node.get("aria-expanded") is not None


def _is_question(node: HtmlElement) -> bool:
    """Return whether an element is the visible half of a fold that scripts open."""
    if node.get(_ALIKE):
        return not _has_structure(node)
    marked = any(map(_QUESTION.search, (node.get("class") or "").lower().split()))
    opens = node.tag == "button" or any(node.get(name) is not None for name in _OPENS)
    if not (marked or opens):
        return False
    words = words_of(node)
    return 0 < len(words) <= _LONGEST and is_marked_question(words.rstrip(" +-–−›»")) and not _has_structure(node)


def _has_structure(node: HtmlElement) -> bool:
    """Return whether there are titles in an element."""
    for inner in node.iterdescendants():
        if inner.tag in _STRUCTURE or (inner.get("class") and _is_titled(inner)) or inner.tag == "button":
            return True
    return False


def _is_titled(node: HtmlElement) -> bool:
    names = (node.get("class") or "").lower().split()
    return node.get(_ALIKE) is not None or any("question" in name or _QUESTION.search(name) for name in names)


def _is_around(node: HtmlElement, size: int) -> bool:
    """Return whether an element stands around the content: navigation, feedback, related articles."""
    if node.tag == "button" or node.get("aria-expanded") is not None:
        return not _is_question(node)
    if is_unseen(node) and not (node.tag == "form" and _has_structure(node)):
        return True
    if node.tag in {"aside", "footer", "nav"} or _is_signature(node):
        return True
    if node.tag == "header" and next(node.iter(*_HEADINGS), None) is None:
        return True
    names = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''}".lower()
    words = set(re.findall("[a-z]+", names))
    if not words & _AROUND and node.get("role") not in {"navigation", "contentinfo", "search", "complementary"}:
        return False
    # A name may mean something else: what has most of the page in it stays.
    return len("".join(map(str, node.itertext()))) < size * _HALF


def _only_title(around: HtmlElement) -> HtmlElement | None:
    """Return the only main heading of a page where it stands among what is around the content, as beside its author."""
    if around.tag in {"aside", "footer", "nav"} or (heading := next(around.iter("h1"), None)) is None:
        return None
    is_only = len([*islice(around.getroottree().iter("h1"), 2)]) == 1
    return heading if is_only and not is_unseen(around) else None


def _is_signature(node: HtmlElement) -> bool:
    """Return whether an element at the end of a page names its author."""
    return node.tag == "address" and node.getnext() is None and len(node.xpath("parent::body")) > 0
