"""Write the Markdown of entries in the one that Discord knows, and nothing in it that Discord would obey."""

import re
from collections.abc import Collection, Sequence

from markdown_it.token import Token

from bot.adapters.discord.showing.markup import APART, escaped, linked, sealed
from bot.chat.markdown import Block, Item, Renderer, Span, parse
from bot.core.wording.visible import visible

_LISTS = frozenset({"bullet_list", "ordered_list"})
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]{1,20}")
_COLOURED = "ansi"  # a language whose code Discord shows in colours of the author's choice
_RULE = "———"
_BOLD = "**"
_STYLES = {"strong": _BOLD, "em": "*", "s": "~~"}
_CLOSED = frozenset({*_STYLES, "link"})
_TICK = "`"


def rendered(markdown: str, *, domains: Collection[str] = ()) -> str:
    """Return the Markdown of an entry as Discord shows it well.

    Headings become bold lines, tables lists, images and links their words with the address behind; an address out of
    the domains is text. Raw HTML is text too.
    """
    return sealed(_Discord(domains).blocks(parse(visible(markdown))))


class _Discord(Renderer):
    """Render Markdown in the markup of Discord, to be sealed when it is put together."""

    def __init__(self, domains: Collection[str]) -> None:
        self._domains = domains

    def gap(self, before: Block, block: Block, text: str, *, in_item: bool) -> str:
        """Return an empty line, but none in an item, nor between a list and the line that announces it."""
        del text
        close = in_item or (before.kind == "paragraph" and block.kind in _LISTS)
        return "\n" if close else "\n\n"

    def line(self, inside: Sequence[Token]) -> str:
        """Return a paragraph."""
        return self.join(self.spans(inside)).strip()

    def heading(self, level: int, inside: Sequence[Token]) -> str:
        """Return a bold line, whatever the level."""
        del level
        text = self.join(self.spans(inside, within=["strong"])).strip()
        return f"{_BOLD}{text}{_BOLD}" if text else text

    def quote(self, text: str) -> str:
        """Return a quotation; Discord knows none inside of another."""
        return "\n".join(f"> {line.removeprefix('> ')}" for line in text.split("\n")) if text else ""

    def items(self, items: Sequence[Item]) -> str:
        """Return a list without its empty items."""
        return "\n".join(_item(item) for item in items if item.text)

    def code_block(self, content: str, language: str) -> str:
        """Return a block of code that nothing in it can end."""
        text = visible(content).replace("``", f"`{APART}`").strip("\n")
        name = language.split(maxsplit=1)[0] if language else ""
        known = _LANGUAGE.fullmatch(name) is not None and name.lower() != _COLOURED
        return f"```{name if known else ''}\n{text}\n```" if text.strip() else ""

    def rule(self) -> str:
        """Return a line of dashes."""
        return _RULE

    def table(self, rows: Sequence[Sequence[Sequence[Token]]]) -> str:
        """Return the rows as a list in which each cell follows the name of its column."""
        names = [self.heading(1, cell) for cell in rows[0]]
        lines = []
        for row in rows[1:]:
            cells = [(name, self.line(cell)) for name, cell in zip(names, row, strict=True)]
            lines.append(" · ".join(f"{name}: {cell}" if name else cell for name, cell in cells if cell))
        return "\n".join(f"- {line}" for line in lines if line)

    def join(self, spans: Sequence[Span]) -> str:
        """Return the parts of a line as one; the end of a style or code and the beginning of the next stay two."""
        written, before = "", ""
        for span in spans:
            two_styles = before in _CLOSED and span.kind in _STYLES and span.written.startswith(("*", "~"))
            two_codes = written.endswith(_TICK) and span.written.startswith(_TICK)
            written += f"{APART if two_styles or two_codes else ''}{span.written}"
            before = span.kind
        return written

    def text(self, content: str) -> str:
        """Return words, with the addresses in them as links where they are allowed."""
        return escaped(visible(content), domains=self._domains)

    def code(self, content: str) -> str:
        """Return code, or words where the code holds the sign that would end it."""
        text = visible(content)
        return escaped(text) if _TICK in text or not text.strip() else f"{_TICK}{text}{_TICK}"

    def style(self, kind: str, markup: str, inner: str, *, outermost: bool) -> str:
        """Return words in a style; inside of itself it has no sign."""
        del markup
        sign = _STYLES[kind] if outermost else ""
        return f"{sign}{inner}{sign}"

    def link(self, label: Span, url: str) -> str:
        """Return the words of a link or image with the address behind."""
        name = escaped(visible(label.seen)) if label.kind == "image" else label.written
        address = linked(url, domains=self._domains) or escaped(visible(url))
        return address if name.strip() in {"", address} else f"{name} ({address})"


def _item(item: Item) -> str:
    sign = "- " if item.number is None else f"{item.number}. "
    return sign + item.text.replace("\n", "\n" + " " * len(sign))
