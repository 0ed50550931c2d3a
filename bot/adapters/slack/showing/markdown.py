"""Render Markdown of others so that it fits a markdown block and does no harm there."""

import re
from collections.abc import Collection, Iterable, Sequence

from markdown_it.token import Token

from bot.adapters.slack.showing.parts import ENTITIES, FALLBACK, GAP, MARKDOWN, mrkdwn, tamed
from bot.chat.markdown import (
    LINK,
    MARK,
    Block,
    Item,
    References,
    Renderer,
    Span,
    beginning,
    host_of,
    kept,
    parse,
    width,
)
from bot.core.wording.labels import Label
from bot.core.wording.visible import visible

_FENCE = re.compile(r"`(?=``)|(?<=`)`(?=`)|(?<=``)`")
_LANGUAGE = re.compile(r"[\w+#-]*", re.ASCII)
_DOMAIN = re.compile(r"(?<![\w@./-])(?:[\w-]+[.\u3002\uff0e\uff61])+[^\W\d_]{2,}(?![\w@-])")
_ADDRESS = re.compile(f"{LINK.pattern}|{_DOMAIN.pattern}", re.IGNORECASE)
_TRAILING = ".,;:!?'\")]}*_~`"
_MARKED = re.compile(r"[\\`\[\]|]|(?<![\s])\*|\*(?=\S)|^\*|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LINE_START = re.compile(
    r"^[ \t]+|^(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|[-=]+\s*$|(?:-\s*){3,}$)|^(\d{1,9})(?=[.)](?:\s|$))", re.MULTILINE
)


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
        return guarded(self.join(self.spans(inside)))

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
        return joined(span.written for span in spans)

    def text(self, content: str) -> str:
        """Return words, with the addresses in them as links or code."""
        return words(content, self._domains)

    def code(self, content: str) -> str:
        """Return code, or words where the code holds the sign that would end it."""
        return prose(content, self._domains) if "`" in content else code(content)

    def line_break(self, *, hard: bool) -> str:
        """Return the end of a line, with the two spaces of a hard one."""
        return "  \n" if hard else "\n"

    def style(self, kind: str, markup: str, inner: str, *, outermost: bool) -> str:
        """Return words between the signs that the author chose."""
        del kind, outermost
        return f"{markup}{inner}{markup}" if inner.strip() else inner

    def link(self, label: Span, url: str) -> str:
        """Return a link that says where it leads."""
        return link(label.seen, url, self._domains)

    def _one_line(self, inside: Sequence[Token]) -> str:
        return " ".join(self.line(inside).split())

    def _cell(self, inside: Sequence[Token]) -> str:
        return re.sub(r"(?<!\\)\|", r"\\|", self._one_line(inside))


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join([f"{first}{lines[0]}".rstrip(), *(f"{others}{line}".rstrip() for line in lines[1:])])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def guarded(written: str) -> str:
    """Return a written paragraph or cell whose first characters open no list, heading or rule."""
    for _ in range(2):  # the second time for what stood behind spaces
        written = _LINE_START.sub(_guard, written)
    return written.strip()


def words(content: str, domains: Collection[str]) -> str:
    """Return the words of a line as Markdown, with the line breaks that are written in HTML."""
    return "  \n".join(prose(part, domains) for part in _BREAK.split(content))


def link(label: str, address: str, domains: Collection[str]) -> str:
    """Return a link that says where it leads, or the words with the address behind where it is not allowed."""
    label = " ".join(label.split())
    url = kept(address, domains)
    if url is None:
        return _shown(label, address, domains)
    if _honest(label, url):
        return f"[{escaped(label or url)}]({url})"
    return f"{prose(label, domains)} ([{escaped(url)}]({url}))"


def code(text: str) -> str:
    """Return text as code; a sign that would end the code is written as in an address."""
    shown = tamed(" ".join(text.split())).replace("`", "%60")
    return f"`{shown}`" if shown else ""


def escaped(text: str) -> str:
    """Return text that Markdown shows as it was written, addresses in it aside."""
    return _MARKED.sub(r"\\\g<0>", tamed(text).replace("\n", " ")).translate(ENTITIES)


def prose(text: str, domains: Collection[str]) -> str:
    """Return text in which allowed addresses are links and others are shown, but lead nowhere."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_TRAILING)
        parts += [escaped(text[end : found.start()]), _address(address, domains)]
        end = found.start() + len(address)
    return joined([*parts, escaped(text[end:])])


def joined(parts: Iterable[str]) -> str:
    """Return the parts as one; no mark makes an image out of the link behind it, or one code out of two."""
    written = ""
    for part in parts:
        if part.startswith("`") and written.endswith("`"):
            written += " "
        if part.startswith("[") and written.endswith("!"):
            written = written[:-1] + "\\!"
        written += part
    return written


def _guard(found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1] + "\\"
    return "" if found[0] else "\\"


def _address(address: str, domains: Collection[str]) -> str:
    url = kept(address if "://" in address else f"https://{address}", domains)
    return code(address) if url is None else f"[{escaped(address)}]({url})"


def _shown(label: str, address: str, domains: Collection[str]) -> str:
    text = prose(label, domains)
    bare = address.removeprefix("mailto:")
    if not bare or label in {address, bare}:
        return text
    return f"{text} ({code(bare)})" if text else code(bare)


def _honest(label: str, url: str) -> bool:
    """Return whether a label names no other host than the one that its link leads to."""
    host = host_of(url) or ""
    named = (host_of(found[0]) or host_of(f"https://{found[0]}") for found in _ADDRESS.finditer(label))
    return all(name is not None and (host == name or host.endswith(f".{name}")) for name in named)
