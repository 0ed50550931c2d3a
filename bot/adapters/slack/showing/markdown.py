"""Render Markdown of others so that it fits a markdown block and does no harm there."""

import re
from collections.abc import Collection, Sequence

from markdown_it.token import Token

from bot.adapters.slack.showing import inlines
from bot.adapters.slack.showing.limits import FALLBACK, MARKDOWN
from bot.adapters.slack.showing.markup import GAP, mrkdwn, tamed
from bot.chat.links import kept
from bot.chat.markdown import Block, Item, References, Renderer, Span, parse
from bot.chat.truncation import MARK, beginning, width
from bot.core.wording.labels import Label
from bot.core.wording.visible import visible

_FENCE = re.compile(r"`(?=``)|(?<=`)`(?=`)|(?<=``)`")
_LANGUAGE = re.compile(r"[\w+#-]*", re.ASCII)


def markdown(source: str, *, domains: Collection[str], limit: int = MARKDOWN, more: str | None = None) -> str:
    """Return harmless Markdown within a limit; where something was left out, `more` is linked as the place to read on.

    Addresses of these domains stay links, all others are shown as text. Images become links, HTML is shown as it is
    written. The text is cut between two blocks, or between two words of a block that is long itself.
    """
    refs: References = {}
    renderer = _Markdown(domains)
    whole = renderer.blocks(parse(visible(source), refs))
    if width(whole) <= limit:
        return whole or MARK
    rest = _rest(more, domains)
    return _cut(renderer, visible(source), limit - width(rest) - 2, refs) + "\n\n" + rest


def fallback(source: str, limit: int = FALLBACK) -> str:
    """Return what a notification shows of Markdown: its words alone, escaped for Slack's own markup."""
    return mrkdwn(Renderer().blocks(parse(visible(source))), limit).strip() or MARK


def _rest(more: str | None, domains: Collection[str]) -> str:
    url = None if more is None else kept(more, domains)
    return MARK if url is None else f"{MARK} [{Label.REST}]({url})"


def _cut(renderer: "_Markdown", source: str, limit: int, refs: References) -> str:
    """Return whole blocks as long as they fit, and the beginning of the next one if most of the room is left."""
    lines = source.split("\n")
    done = ""
    for block in parse(source, refs):
        longer = "\n\n".join(filter(None, (done, renderer.block(block))))
        if width(longer) > limit:
            first, last = block.token.map or (0, 0)
            part = "" if width(done) > limit / 2 else "\n".join(lines[first:last])
            room = limit - width(done) - 2
            return "\n\n".join(filter(None, (done, _beginning(renderer, part, room, refs))))
        done = longer
    return done


def _beginning(renderer: "_Markdown", source: str, limit: int, refs: References) -> str:
    """Return a beginning, in whole words if there are any, that still fits once it is rendered."""
    room = limit
    while room > 0:
        part = beginning(source, room)
        words = part.rsplit(None, 1)[0] if len(part) < len(source) and len(part.split()) > 1 else part
        shown = renderer.blocks(parse(words, refs))
        if width(shown) <= limit:
            return shown
        # Each try costs a parse, so it gives up a little more than it must.
        room = min(room * limit // width(shown), room * 98 // 100)
    return ""


class _Markdown(Renderer):
    """Render Markdown as Markdown that Slack cannot misread."""

    def __init__(self, domains: Collection[str]) -> None:
        self._domains = domains

    def gap(self, before: Block, block: Block, text: str, *, in_item: bool) -> str:
        """Return an empty line, but none above a list in an item, unless the list would be read as text."""
        del before
        close = in_item and block.kind == "bullet_list" and not text.startswith(("- \n", "+ \n", "* \n"))
        return "\n" if close else "\n\n"

    def line(self, inside: Sequence[Token]) -> str:
        """Return a paragraph that begins no other block."""
        return inlines.guarded(self.join(self.spans(inside)))

    def heading(self, level: int, inside: Sequence[Token]) -> str:
        """Return a heading on one line."""
        return f"{'#' * level} {self._one_line(inside)}"

    def quote(self, text: str) -> str:
        """Return a quotation."""
        return _prefixed(text, "> ", "> ")

    def items(self, items: Sequence[Item]) -> str:
        """Return a list with the signs of its author."""
        signs = [f"{item.number}{item.markup} " if item.number is not None else f"{item.markup} " for item in items]
        return "\n".join(_prefixed(item.text, sign, " " * len(sign)) for item, sign in zip(items, signs, strict=True))

    def code_block(self, content: str, language: str) -> str:
        """Return code between fences, of which it holds none itself."""
        found = _LANGUAGE.match(language)
        body = _FENCE.sub(rf"`{GAP}", tamed(content)).rstrip("\n")
        return f"```{found[0] if found else ''}\n{body}\n```"

    def rule(self) -> str:
        """Return a line of dashes."""
        return "---"

    def table(self, rows: Sequence[Sequence[Sequence[Token]]]) -> str:
        """Return a table."""
        head, *others = [_row([self._cell(cell) for cell in row]) for row in rows]
        return "\n".join([head, _row(["---"] * len(rows[0])), *others])

    def join(self, spans: Sequence[Span]) -> str:
        """Return the parts of a line as one."""
        return inlines.joined(span.written for span in spans)

    def text(self, content: str) -> str:
        """Return words, with the addresses in them as links or code."""
        return inlines.words(content, self._domains)

    def code(self, content: str) -> str:
        """Return code, or words where the code holds the sign that would end it."""
        return inlines.prose(content, self._domains) if "`" in content else inlines.code(content)

    def line_break(self, *, hard: bool) -> str:
        """Return the end of a line, with the two spaces of a hard one."""
        return "  \n" if hard else "\n"

    def style(self, kind: str, markup: str, inner: str, *, outermost: bool) -> str:
        """Return words between the signs that the author chose."""
        del kind, outermost
        return f"{markup}{inner}{markup}" if inner.strip() else inner

    def link(self, label: Span, url: str) -> str:
        """Return a link that says where it leads."""
        return inlines.link(label.seen, url, self._domains)

    def _one_line(self, inside: Sequence[Token]) -> str:
        return " ".join(self.line(inside).split())

    def _cell(self, inside: Sequence[Token]) -> str:
        return re.sub(r"(?<!\\)\|", r"\\|", self._one_line(inside))


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join([f"{first}{lines[0]}".rstrip(), *(f"{others}{line}".rstrip() for line in lines[1:])])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
