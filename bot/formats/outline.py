"""Separate questions, categories and the rest of a page by how its titles stand to each other.

A title that asks is a question, and what stands below it is its answer, with the titles below it that do not ask. A
title above questions is their category. One that does not ask is a question too where most of its neighbours are. What
else has text below it may be a question, or a part of the page that has nothing to do with any: it is in doubt.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.fields import LABEL_LIMIT
from bot.formats.furniture import is_aside, is_bare_faq_title, is_faq_title, is_furniture_title, is_welcome
from bot.formats.marks import after_answer_label, is_labelled, plain_title
from bot.formats.titles import Style
from bot.formats.tree import Node

_SEVERAL = 2
_SOFT = frozenset({Style.BOLD, Style.FOLD})
_OUTSIDE = "this stands outside the FAQ of the page"
_ABOVE = "this is the title of a page with other questions"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A question with its answer as written; in `doubt` is why it may be none, and empty when it surely is one."""

    line: int
    question: str
    body: tuple[str, ...]
    category: str | None
    doubt: str = ""
    aliases: tuple[str, ...] = ()


def questions_of(root: Node, *, category: str | None = None) -> Iterator[Found]:
    """Yield the questions of a page in order."""
    title = title_of(root)
    levels = Counter(node.level for node in root.below() if node.asks and has_content(node))
    if title is not None and not title.children and title.has_text and not levels:
        doubt = "this is the title of a page in which nothing asks" if is_faq_title(title.text) else ""
        yield _found(title, category, doubt=doubt)
        return
    yield from _Outline(levels, title).walk(root.children, category)


def sole_heading(root: Node) -> Node | None:
    """Return the heading above the whole of a page, whatever its level."""
    headings = [node for node in root.children if node.title.style is Style.HEADING]
    return title_of(root) or (headings[0] if len(root.children) == 1 and headings and not root.has_text else None)


def title_of(root: Node) -> Node | None:
    """Return the heading that is the title of the whole page, None where there is none."""
    if not root.children:
        return None
    first = root.children[0]
    top = first.level == 1 and [node.level for node in root.children].count(1) == 1
    return first if top or (is_faq_title(first.text) and not first.asks) else None


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """How many titles in a row have an answer, by their levels: all, those that ask, and those with text at once."""

    alike: Counter[int]
    asking: Counter[int]
    answered: Counter[int]


def _neighbours(nodes: Sequence[Node]) -> _Neighbours:
    alike = [each for each in nodes if has_content(each) and not is_furniture_title(each.text)]
    return _Neighbours(
        Counter(each.level for each in alike),
        Counter(each.level for each in alike if each.asks),
        Counter(each.level for each in nodes if each.asks and each.has_text),
    )


@dataclass(frozen=True, slots=True)
class _Outline:
    """What is known of a page as a whole."""

    levels: Counter[int]
    title: Node | None

    def walk(self, nodes: Sequence[Node], category: str | None) -> Iterator[Found]:
        """Yield the questions among these titles and below them."""
        faq = [node for node in nodes if _is_faq(node)]
        around = _neighbours(nodes)
        above = category
        for node in nodes:
            if not node.text or is_aside(node.text):
                continue
            if _is_bare_section(node):
                category = _category(node, above)
                continue
            if faq and node not in faq and not _has_labelled(node):
                if has_content(node) and not is_furniture_title(node.text):
                    yield _found(node, category, doubt=_OUTSIDE)
                continue
            if node.asks and not is_furniture_title(node.text):
                yield from self._question(node, around, category)
            elif self._is_category(node, around) and not _is_furniture(node):
                named = category if node is self.title or _is_whole(node, nodes) else _category(node, category)
                yield from self.walk(node.children, named)
            elif not is_furniture_title(node.text):
                yield from self._statement(node, around, category)

    def _question(self, node: Node, around: _Neighbours, category: str | None) -> Iterator[Found]:
        inner = [child for child in node.children if self._is_separate(child, node)]
        if node.labelled and around.answered[node.level] and _is_stressed(inner):
            inner = []
        if node is self.title and _is_above_questions(node):
            if node.has_text and not is_welcome(node.text):
                yield _found(node, category, without=node.children, doubt=_ABOVE)
            yield from self.walk(node.children, category)
        elif inner and not node.has_text:
            yield from self.walk(node.children, category if node is self.title else _category(node, category))
        else:
            yield _found(node, category, without=inner)
            yield from self.walk(inner, category)

    def _is_separate(self, child: Node, parent: Node) -> bool:
        """Return whether a title below a question is a question of its own and no part of the answer.

        A heading that asks on a level on which fewer questions stand goes on with the answer.
        """
        if not child.asks or not has_content(child) or (parent.has_text and child.title.style in _SOFT):
            return False
        if not parent.has_text or child.title.style is Style.LABEL or is_labelled(child.title.text):
            return True
        return child.labelled and self.levels[child.level] >= self.levels[parent.level]

    def _is_category(self, node: Node, around: _Neighbours) -> bool:
        """Return whether there are questions below a title; what folds below one among questions is its answer."""
        asking = [each for each in node.below() if each.asks and has_content(each)]
        if (
            node.has_text
            and around.answered[node.level] >= _SEVERAL
            and all(each.title.style in _SOFT for each in asking)
        ):
            return False
        return bool(asking)

    def _statement(self, node: Node, around: _Neighbours, category: str | None) -> Iterator[Found]:
        """Yield what stands below a title that does not ask."""
        if not has_content(node):
            return
        asking = around.asking[node.level]
        usual = self.levels[node.level] * 2 >= max(self.levels.values(), default=0) > 0
        if asking * 2 >= around.alike[node.level] or (
            usual and self.levels[node.level] and (asking or node.level == max(self.levels))
        ):
            yield _found(node, category)
        elif any(map(has_content, node.children)) and (node is self.title or not node.has_text):
            yield from self.walk(node.children, category if node is self.title else _category(node, category))
        else:
            yield _found(node, category, doubt="this heading does not ask")


def _is_stressed(inner: Sequence[Node]) -> bool:
    """Return whether bold words that ask below a question begin its answer: a single one, or one of few words."""
    bold = bool(inner) and all(each.title.style is Style.BOLD for each in inner)
    return bold and (len(inner) == 1 or any(len(each.text.split()) <= _SEVERAL for each in inner))


def _is_bare_section(node: Node) -> bool:
    """Return whether a heading names the category of those beside it, as one does above folds that are headings too."""
    bare = not has_content(node) and node.level > 1 and node.title.style is Style.HEADING
    return bare and not node.asks and not is_furniture_title(node.text) and not is_faq_title(node.text)


def _is_above_questions(title: Node) -> bool:
    """Return whether the title of a page that asks, as "How can we help?", stands above other questions."""
    marked = [each for each in title.below() if each.labelled and has_content(each)]
    one = any(each.title.style not in _SOFT for each in marked) and (not title.has_text or is_welcome(title.text))
    return one or len(marked) >= _SEVERAL


def _has_labelled(node: Node) -> bool:
    """Return whether a title or one below it is marked as a question."""
    return node.labelled or any(each.labelled for each in node.below())


def _is_faq(node: Node) -> bool:
    """Return whether a heading is that of the FAQ on a page about other things too."""
    return is_bare_faq_title(node.text) and node.level > 1 and _has_labelled(node)


def _is_whole(node: Node, among: Sequence[Node]) -> bool:
    """Return whether a heading above questions is that of them all, as "FAQ", and names no category of some."""
    others = any(each is not node and _has_labelled(each) and each.children for each in among)
    return is_bare_faq_title(node.text) or (is_faq_title(node.text) and not others)


def _is_furniture(node: Node) -> bool:
    """Return whether there are no questions below a heading such as "Contributing", only titles like "How to"."""
    return is_furniture_title(node.text) and not any(each.labelled for each in node.below())


def has_content(node: Node) -> bool:
    """Return whether there is text below a title, or below those below it."""
    return node.has_text or any(each.has_text for each in node.below())


def _category(node: Node, above: str | None) -> str:
    """Return the name of a category with those above it, as far as there is room."""
    name = node.text.rstrip(": ")
    path = f"{above} > {name}" if above else name
    return path if len(path) <= LABEL_LIMIT else name[:LABEL_LIMIT]


def _found(node: Node, category: str | None, *, doubt: str = "", without: Sequence[Node] = ()) -> Found:
    return Found(
        line=node.title.line, question=node.text, body=tuple(_body(node, without)), category=category, doubt=doubt,
        aliases=tuple(map(plain_title, node.title.also)),
    )  # fmt: skip


def _body(node: Node, without: Sequence[Node] = ()) -> Iterator[str]:
    """Yield the lines of an answer, the titles in it as bold lines."""
    for part in node.parts:
        if isinstance(part, str):
            yield part
        elif part not in without and not is_aside(part.text):
            if part.text and after_answer_label(part.title.text) is None:
                yield from ("", part.written, "")
            yield from _body(part)
