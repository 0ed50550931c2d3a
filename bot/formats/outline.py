"""Separate questions, categories and the rest of a page by how its titles stand to each other.

A title that asks is a question, and what stands below it is its answer, with the titles below it that do not ask. A
title above questions is their category. One that does not ask is a question too where most of its neighbours are. What
else has text below it may be a question, or a part of the page that has nothing to do with any: it is in doubt.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from bot.core.fields import LABEL_LIMIT
from bot.formats.furniture import is_aside, is_bare_faq_title, is_faq_title, is_furniture_title, is_welcome
from bot.formats.marks import after_answer_label, asks, has_number, is_labelled, is_marked_question, plain_title
from bot.formats.titles import End, Passage, Piece, Style, Title

_SEVERAL = 2
_SOFT = frozenset({Style.BOLD, Style.FOLD})
_OUTSIDE = "this stands outside the FAQ of the page"
_ABOVE = "this is the title of a page with other questions"


@dataclass(slots=True, eq=False)
class Node:
    """A title with what is below it in order: lines of text, and further titles."""

    title: Title
    text: str = ""
    parts: list["str | Node"] = field(default_factory=list)

    @property
    def level(self) -> int:
        """Return how deep the title stands."""
        return self.title.level

    @property
    def children(self) -> list["Node"]:
        """Return the titles directly below this one."""
        return [part for part in self.parts if isinstance(part, Node)]

    @property
    def has_text(self) -> bool:
        """Return whether there is text between this title and the next one."""
        return any(
            part.strip() for part in takewhile(lambda part: isinstance(part, str), self.parts) if isinstance(part, str)
        )

    @property
    def asks(self) -> bool:
        """Return whether the title is a question."""
        return self.title.style is Style.LABEL or asks(self.text)

    @property
    def labelled(self) -> bool:
        """Return whether it is marked as a question beyond doubt."""
        return self.title.style is Style.LABEL or is_marked_question(self.text)

    @property
    def written(self) -> str:
        """Return the title as a line of an answer."""
        return f"**{self.title.text}**" if self.title.style is Style.HEADING else self.title.written

    def below(self) -> Iterator["Node"]:
        """Yield all titles below this one."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            stack += reversed(node.children)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A question with its answer as written; in `doubt` is why it may be none, and empty when it surely is one."""

    line: int
    question: str
    body: tuple[str, ...]
    category: str | None
    doubt: str = ""
    aliases: tuple[str, ...] = ()


def outline(pieces: Iterable[Piece]) -> Node:
    """Return the titles of a page as a tree, under a root that has the text above all of them."""
    root = Node(Title(line=1, level=0, text="", style=Style.HEADING, written=""))
    stack = [root]
    for piece in pieces:
        if isinstance(piece, Passage):
            stack[-1].parts += [line.text for line in piece.lines]
        elif isinstance(piece, End):
            fold = next((at for at, node in enumerate(stack) if node.title.style is Style.FOLD), len(stack))
            del stack[fold:]
        else:
            node = Node(piece)
            while stack[-1].level >= piece.level:
                stack.pop()
            stack[-1].parts.append(node)
            stack.append(node)
    _name(root)
    return root


def _name(root: Node) -> None:
    """Set the title of each node without numbers and labels."""
    nodes = list(root.below())
    numbered = sum(has_number(node.title.text) for node in nodes if node.has_text)
    bare = numbered >= max(_SEVERAL, sum(node.has_text for node in nodes) // 2)
    for node in nodes:
        node.text = plain_title(node.title.text, numbered=bare)


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
        for node in nodes:
            if not node.text or is_aside(node.text):
                continue
            if faq and node not in faq and not _has_labelled(node):
                if has_content(node) and not is_furniture_title(node.text):
                    yield _found(node, category, doubt=_OUTSIDE)
                continue
            if node.asks and not is_furniture_title(node.text):
                yield from self._question(node, category)
            elif self._is_category(node, around) and not _is_furniture(node):
                named = category if node is self.title or _is_whole(node, nodes) else _category(node, category)
                yield from self.walk(node.children, named)
            elif not is_furniture_title(node.text):
                yield from self._statement(node, around, category)

    def _question(self, node: Node, category: str | None) -> Iterator[Found]:
        inner = [child for child in node.children if self._is_separate(child, node)]
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


def whole_text(node: Node, *, title: Node | None = None) -> Iterator[str]:
    """Yield the lines of a page, all its titles but its own as bold lines."""
    for part in node.parts:
        if isinstance(part, str):
            yield part
        else:
            if part is not title and part.text:
                yield from ("", part.written, "")
            yield from whole_text(part, title=title)
