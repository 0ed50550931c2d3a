"""Build the tree of the titles of a page, each with what is below it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from bot.formats.furniture import is_aside
from bot.formats.marks import asks, has_number, is_brief, is_marked_question, plain_title
from bot.formats.titles import End, Passage, Piece, Style, Title

_SEVERAL = 2
_FEW = 3


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


def outline(pieces: Iterable[Piece]) -> Node:
    """Return the titles of a page as a tree, under a root that has the text above all of them."""
    root = Node(Title(line=1, level=0, text="", style=Style.HEADING, written=""))
    stack = [root]
    pieces = list(pieces)
    brief = _brief(pieces)
    for piece in pieces:
        if isinstance(piece, Passage):
            stack[-1].parts += [line.text for line in piece.lines]
        elif isinstance(piece, Title) and piece in brief and asks(stack[-1].title.text) and stack[-1].has_text:
            stack[-1].parts += ["", f"**{piece.text}**", ""]
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


def _brief(pieces: Sequence[Piece]) -> frozenset[Title]:
    """Return which titles ask in a single word, where few do: such a one goes on with the answer above it."""
    asking = [each for each in pieces if isinstance(each, Title) and is_marked_question(each.text)]
    found = [each for each in asking if each.style is not Style.LABEL and is_brief(plain_title(each.text))]
    return frozenset(found) if len(found) * _FEW < len(asking) else frozenset()


def _name(root: Node) -> None:
    """Set the title of each node without numbers and labels."""
    nodes = list(root.below())
    numbered = sum(has_number(node.title.text) for node in nodes if node.has_text)
    bare = numbered >= max(_SEVERAL, sum(node.has_text for node in nodes) // 2)
    for node in nodes:
        node.text = plain_title(node.title.text, numbered=bare)


def whole_text(node: Node, *, title: Node | None = None) -> Iterator[str]:
    """Yield the lines of a page, all its titles but its own as bold lines, without what is about other pages."""
    for part in node.parts:
        if isinstance(part, str):
            yield part
        elif not is_aside(part.text):
            if part is not title and part.text:
                yield from ("", part.written, "")
            yield from whole_text(part, title=title)
