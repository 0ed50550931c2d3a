"""Write Markdown that others wrote anew, so that it fits a markdown block and does no harm there."""

import re
from collections.abc import Collection, Iterator, MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.adapters.slack.showing.inlines import inline, seen
from bot.adapters.slack.showing.limits import FALLBACK, MARKDOWN
from bot.adapters.slack.showing.markup import GAP, mrkdwn, tamed
from bot.chat.cutting import MARK, beginning, width
from bot.chat.links import kept
from bot.core.wording.labels import Label
from bot.core.wording.visible import visible

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_FENCE = re.compile(r"`(?=``)|(?<=`)`(?=`)|(?<=``)`")
_LANGUAGE = re.compile(r"[\w+#-]*", re.ASCII)


def markdown(source: str, *, domains: Collection[str], limit: int = MARKDOWN, more: str | None = None) -> str:
    """Return harmless Markdown within a limit; where something was left out, `more` is linked as the place to read on.

    Addresses of these domains stay links, all others are shown as text. Images become links, HTML is shown as it is
    written. The text is cut between two blocks, or between two words of a block that is long itself.
    """
    refs: MutableMapping[str, Any] = {}
    blocks = _top(visible(source), refs)
    whole = _blocks(blocks, domains)
    if width(whole) <= limit:
        return whole or MARK
    rest = _rest(more, domains)
    return _cut(visible(source), limit - width(rest) - 2, domains, refs) + "\n\n" + rest


def fallback(source: str, limit: int = FALLBACK) -> str:
    """Return what a notification shows of Markdown: its words alone, escaped for Slack's own markup."""
    words = "\n".join(filter(None, (_plain(block) for block in _top(visible(source), {}))))
    return mrkdwn(words, limit).strip() or MARK


def _top(source: str, refs: MutableMapping[str, Any]) -> list[SyntaxTreeNode]:
    return SyntaxTreeNode(_PARSER.parse(source, refs)).children


def _rest(more: str | None, domains: Collection[str]) -> str:
    url = None if more is None else kept(more, domains)
    return MARK if url is None else f"{MARK} [{Label.REST}]({url})"


def _cut(source: str, limit: int, domains: Collection[str], refs: MutableMapping[str, Any]) -> str:
    """Return whole blocks as long as they fit, and the beginning of the next one if most of the room is left."""
    lines = source.split("\n")
    done = ""
    for block in _top(source, refs):
        longer = "\n\n".join(filter(None, (done, _block(block, domains))))
        if width(longer) > limit:
            first, last = block.map or (0, 0)
            part = "" if width(done) > limit / 2 else "\n".join(lines[first:last])
            room = limit - width(done) - 2
            return "\n\n".join(filter(None, (done, _begun(part, room, domains, refs))))
        done = longer
    return done


def _begun(source: str, limit: int, domains: Collection[str], refs: MutableMapping[str, Any]) -> str:
    """Return a beginning, in whole words if there are any, that still fits once it is written anew."""
    room = limit
    while room > 0:
        part = beginning(source, room)
        words = part.rsplit(None, 1)[0] if len(part) < len(source) and len(part.split()) > 1 else part
        shown = _blocks(_top(words, refs), domains)
        if width(shown) <= limit:
            return shown
        # Each try costs a parse, so it gives up a little more than it must.
        room = min(room * limit // width(shown), room * 98 // 100)
    return ""


def _block(node: SyntaxTreeNode, domains: Collection[str]) -> str:
    match node.type:
        case "heading":
            written = f"{'#' * int(node.tag[1:])} {_one_line(node, domains)}"
        case "blockquote":
            written = _prefixed(_blocks(node.children, domains), "> ", "> ")
        case "bullet_list" | "ordered_list":
            written = _list(node, domains)
        case "fence" | "code_block":
            written = _fenced(node)
        case "hr":
            written = "---"
        case "table":
            written = _table(node, domains)
        case _:
            written = inline(node, domains)
    return written


def _blocks(nodes: list[SyntaxTreeNode], domains: Collection[str]) -> str:
    return "\n\n".join(filter(None, (_block(node, domains) for node in nodes)))


def _one_line(node: SyntaxTreeNode, domains: Collection[str]) -> str:
    return " ".join(inline(node, domains).split())


def _prefixed(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join([f"{first}{lines[0]}".rstrip(), *(f"{others}{line}".rstrip() for line in lines[1:])])


def _list(node: SyntaxTreeNode, domains: Collection[str]) -> str:
    start = int(node.attrs.get("start", 1))
    items = []
    for number, item in enumerate(node.children, start):
        marker = f"{number}{item.markup} " if node.type == "ordered_list" else f"{item.markup} "
        items.append(_prefixed(_item(item, domains), marker, " " * len(marker)))
    return "\n".join(items)


def _item(item: SyntaxTreeNode, domains: Collection[str]) -> str:
    """Return the blocks of an item; a list right under its line stays there, unless it would be read as text."""
    written = ""
    for node in item.children:
        block = _block(node, domains)
        close = node.type == "bullet_list" and not block.startswith(("- \n", "+ \n", "* \n"))
        written += ("\n" if close else "\n\n") + block if written else block
    return written


def _fenced(node: SyntaxTreeNode) -> str:
    """Return code between fences, none of which it holds itself."""
    found = _LANGUAGE.match(node.info.strip())
    body = _FENCE.sub(rf"`{GAP}", tamed(node.content)).rstrip("\n")
    return f"```{found[0] if found else ''}\n{body}\n```"


def _table(node: SyntaxTreeNode, domains: Collection[str]) -> str:
    rows = [_row([_cell(cell, domains) for cell in row.children]) for row in _rows(node)]
    rule = _row(["---"] * len(next(_rows(node)).children))
    return "\n".join([rows[0], rule, *rows[1:]])


def _rows(table: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    return (row for part in table.children for row in part.children)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: SyntaxTreeNode, domains: Collection[str]) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", _one_line(cell, domains))


def _plain(node: SyntaxTreeNode) -> str:
    if node.type in {"fence", "code_block"}:
        return node.content.rstrip("\n")
    if node.type == "inline":
        return "".join(seen(child) for child in node.children)
    between = " | " if node.type == "tr" else "\n"
    return between.join(filter(None, (_plain(child) for child in node.children)))
