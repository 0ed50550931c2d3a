"""Walk parsed Markdown for all platforms, deciding which links stay links, and cut text to the lengths they allow."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, MutableMapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token

MARK = "…"
_JOINERS = frozenset("\u200d\u2060")
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONS = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0000, 0xE0080)


def width(text: str) -> int:
    """Return the length in UTF-16 units: the most that any platform counts for a text."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, limit: int, *, mark: str = MARK) -> str:
    """Return the text, or as much of its beginning as fits together with a mark that there was more."""
    if width(text) <= limit:
        return text
    return beginning(text, limit - width(mark)).rstrip() + mark


def beginning(text: str, limit: int) -> str:
    """Return the longest beginning of a text within the limit that ends between two whole characters."""
    room = limit
    end = 0
    for end, character in enumerate(text):  # noqa: B007  # the place where the loop stops is the result
        room -= width(character)
        if room < 0:
            break
    else:
        return text
    while end > 0 and _belongs_together(text, end):
        end -= 1
    return text[:end]


def _belongs_together(text: str, at: int) -> bool:
    """Return whether the characters on both sides of a place make up one that people see."""
    before, after = text[at - 1], text[at]
    return (
        before in _JOINERS
        or after in _JOINERS
        or unicodedata.category(after).startswith("M")
        or ord(after) in _SKIN_TONES
        or ord(after) in _TAGS
        or (before, after) == ("\r", "\n")
        or (ord(after) in _REGIONS and _regions_before(text, at) % 2 == 1)
    )


def _regions_before(text: str, at: int) -> int:
    count = 0
    while count < at and ord(text[at - 1 - count]) in _REGIONS:
        count += 1
    return count


LINK = re.compile(r"(?:[a-z][a-z0-9+.-]{0,20}://|www\.)[^\s<>]+", re.IGNORECASE)
"""A link that stands in running text."""

_WEB = re.compile(r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)*)\.?(:\d{1,5})?((?:[/?#].*)?)", re.IGNORECASE | re.DOTALL)
_UNESCAPED = "/?#:@!$&'*+,;=~%[]-._"  # no parentheses, bars or angle brackets: markup ends a link at them


def kept(url: str, domains: Collection[str]) -> str | None:
    """Return an address in a form that no markup takes apart; None unless a web page of these domains is meant.

    A domain stands for its subdomains too. Names, passwords, backslashes and spaces in front of the path are
    refused, since browsers and parsers disagree on which host such an address leads to.
    """
    found = _WEB.fullmatch(url.strip())
    if found is None:
        return None
    scheme, host, port, rest = found.groups(default="")
    if not _within(host.lower(), domains):
        return None
    return f"{scheme.lower()}://{host.lower()}{port}{quote(rest, safe=_UNESCAPED)}"


def host_of(url: str) -> str | None:
    """Return the host that a web address leads to, None where that is in doubt."""
    found = _WEB.fullmatch(url.strip())
    return None if found is None else found.group(2).lower()


def _within(host: str, domains: Collection[str]) -> bool:
    return any(host == domain.lower() or host.endswith(f".{domain.lower()}") for domain in domains)


_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])

References = MutableMapping[str, Any]
"""Where the links lead that a document defines apart from its text."""


class Block(NamedTuple):
    """A block of a document: the token that opens it, and the tokens inside of it."""

    token: Token
    inside: Sequence[Token]

    @property
    def kind(self) -> str:
        """Return the name of the block, such as paragraph or bullet_list."""
        return _kind(self.token)


class Span(NamedTuple):
    """A part of a line: its kind, how it is written, and what a reader sees of it without any markup."""

    kind: str
    written: str
    seen: str


class Item(NamedTuple):
    """An item of a list: its number if it has one, the sign or the point behind the number, and its blocks."""

    number: int | None
    markup: str
    text: str


def parse(source: str, references: References | None = None) -> Iterator[Block]:
    """Yield the outermost blocks of a document; references are read from and added to what is passed."""
    return _grouped(_PARSER.parse(source, {} if references is None else references))


class Renderer:
    """Render the words of Markdown without any markup; a subclass says how a platform writes each part."""

    def blocks(self, blocks: Iterable[Block], *, in_item: bool = False) -> str:
        """Return blocks with gaps between them, leaving out empty ones."""
        written, before = "", None
        for block in blocks:
            if text := self.block(block):
                written += text if before is None else self.gap(before, block, text, in_item=in_item) + text
                before = block
        return written

    def block(self, block: Block) -> str:
        """Return a block with all that is inside of it."""
        token, inside = block
        match block.kind:
            case "heading":
                written = self.heading(int(token.tag[1:]), inside)
            case "blockquote":
                written = self.quote(self.blocks(_grouped(inside)))
            case "bullet_list" | "ordered_list":
                written = self.items(list(self._items(block)))
            case "fence" | "code_block":
                written = self.code_block(token.content, token.info.strip())
            case "hr":
                written = self.rule()
            case "table":
                rows = [row for _, part in _grouped(inside) for _, row in _grouped(part)]
                written = self.table([[cell for _, cell in _grouped(row)] for row in rows])
            case _:
                written = self.line(inside)
        return written

    def spans(self, inside: Iterable[Token], *, within: Iterable[str] = ()) -> list[Span]:
        """Return the parts of a line, in styles that are open already; takes any depth of styles."""
        depths = Counter(within)
        line: list[Span] = []
        opened: list[tuple[Token, list[Span]]] = []
        for token in (child for each in inside for child in each.children or ()):
            depths[_kind(token)] += token.nesting
            if token.nesting > 0:
                opened.append((token, []))
                continue
            outermost = not depths[_kind(token)]
            span = self._closed(*opened.pop(), outermost=outermost) if token.nesting else self._leaf(token)
            (opened[-1][1] if opened else line).append(span)
        return line

    def gap(self, before: Block, block: Block, text: str, *, in_item: bool) -> str:
        """Return what stands between two blocks, of which the second is written so, in an item of a list or not."""
        del before, block, text, in_item
        return "\n"

    def line(self, inside: Sequence[Token]) -> str:
        """Return a paragraph."""
        return self.join(self.spans(inside))

    def heading(self, level: int, inside: Sequence[Token]) -> str:
        """Return a heading of a level from 1 to 6."""
        del level
        return self.line(inside)

    def quote(self, text: str) -> str:
        """Return a quotation of written blocks."""
        return text

    def items(self, items: Sequence[Item]) -> str:
        """Return a list."""
        return "\n".join(item.text for item in items if item.text)

    def code_block(self, content: str, language: str) -> str:
        """Return a block of code, which nothing in it may end."""
        del language
        return content.rstrip("\n")

    def rule(self) -> str:
        """Return a line across the page."""
        return ""

    def table(self, rows: Sequence[Sequence[Sequence[Token]]]) -> str:
        """Return a table of rows of cells; the first row names the columns."""
        return "\n".join(" | ".join(filter(None, map(self.line, row))) for row in rows)

    def join(self, spans: Sequence[Span]) -> str:
        """Return the parts of a line as one, in which no two of them make a markup together."""
        return "".join(span.written for span in spans)

    def text(self, content: str) -> str:
        """Return words."""
        return content

    def code(self, content: str) -> str:
        """Return code within a line."""
        return content

    def line_break(self, *, hard: bool) -> str:
        """Return the end of a line, of the source alone or one that the author wants."""
        del hard
        return "\n"

    def style(self, kind: str, markup: str, inner: str, *, outermost: bool) -> str:
        """Return words in a style, strong, em or s, as it was marked; not outermost inside of itself."""
        del kind, markup, outermost
        return inner

    def link(self, label: Span, url: str) -> str:
        """Return a link, or one to an image, whose label is not written yet."""
        del url
        return label.seen

    def _items(self, block: Block) -> Iterator[Item]:
        numbered = block.kind == "ordered_list"
        for number, item in enumerate(_grouped(block.inside), int(block.token.attrs.get("start", 1))):
            text = self.blocks(_grouped(item.inside), in_item=True)
            yield Item(number if numbered else None, item.token.markup, text)

    def _closed(self, token: Token, spans: Sequence[Span], *, outermost: bool) -> Span:
        inner = Span(_kind(token), self.join(spans), "".join(span.seen for span in spans))
        if inner.kind == "link":
            return inner._replace(written=self.link(inner, str(token.attrs["href"])))
        return inner._replace(written=self.style(inner.kind, token.markup, inner.written, outermost=outermost))

    def _leaf(self, token: Token) -> Span:
        kind, content = token.type, token.content
        match kind:
            case "softbreak" | "hardbreak":
                return Span(kind, self.line_break(hard=kind == "hardbreak"), "\n")
            case "code_inline":
                return Span(kind, self.code(content), content)
            case "image":
                return Span(kind, self.link(Span(kind, "", content), str(token.attrs["src"])), content)
            case _:
                return Span(kind, self.text(content), content)


def _kind(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close")


def _grouped(tokens: Sequence[Token]) -> Iterator[Block]:
    """Yield the outermost blocks, each with the tokens inside of it."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = at
        if token.nesting:
            end = next(place for place in range(at + 1, len(tokens)) if tokens[place].level == token.level)
        yield Block(token, tokens[at + 1 : end])
        at = end + 1
