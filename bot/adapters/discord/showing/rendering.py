"""Write the Markdown of entries in the one that Discord knows, and nothing in it that Discord would obey."""

import re
from collections.abc import Collection, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.adapters.discord.showing.inline import words
from bot.adapters.discord.showing.markup import APART, sealed
from bot.core.wording.visible import visible

_PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]{1,20}")
_COLOURED = "ansi"  # a language whose code Discord shows in colours of the author's choice
_RULE = "———"


def rendered(markdown: str, *, domains: Collection[str] = ()) -> str:
    """Return the Markdown of an entry as Discord shows it well.

    Headings become bold lines, tables lists, images and links their words with the address behind; an address out of
    the domains is text. Raw HTML is text too.
    """
    return sealed(_blocks(_PARSER.parse(visible(markdown)), domains))


def _blocks(tokens: Sequence[Token], domains: Collection[str], *, gap: str = "\n\n") -> str:
    """Return blocks with a gap between them; a list stays close to the line that announces it."""
    shown, last = "", ""
    for token, inside in _grouped(tokens):
        if block := _block(token, inside, domains):
            close = last == "paragraph_open" and token.type in _LISTS
            shown += ("\n" if close else gap if shown else "") + block
            last = token.type
    return shown


def _block(token: Token, inside: Sequence[Token], domains: Collection[str]) -> str:
    if token.type in _LISTS:
        return _list(token, inside, domains)
    match token.type:
        case "blockquote_open":
            return _quote(_blocks(inside, domains))
        case "fence" | "code_block":
            return _code(token)
        case "table_open":
            return _table(inside, domains)
        case "hr":
            return _RULE
        case _:
            return _line(inside, domains, bold=token.type == "heading_open")


def _line(inside: Sequence[Token], domains: Collection[str], *, bold: bool = False) -> str:
    children = [child for token in inside for child in token.children or ()]
    return words(children, domains=domains, bold=bold)


def _list(token: Token, inside: Sequence[Token], domains: Collection[str]) -> str:
    first = int(token.attrs.get("start", 1))
    items = []
    for number, (_, item) in enumerate(_grouped(inside), first):
        sign = f"{number}. " if token.type == "ordered_list_open" else "- "
        if text := _blocks(item, domains, gap="\n"):
            items.append(sign + text.replace("\n", "\n" + " " * len(sign)))
    return "\n".join(items)


def _quote(text: str) -> str:
    """Return a quotation; Discord knows none inside of another."""
    return "\n".join(f"> {line.removeprefix('> ')}" for line in text.split("\n")) if text else ""


def _code(token: Token) -> str:
    """Return a block of code that nothing in it can end."""
    text = visible(token.content).replace("``", f"`{APART}`").strip("\n")
    language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
    known = _LANGUAGE.fullmatch(language) is not None and language.lower() != _COLOURED
    return f"```{language if known else ''}\n{text}\n```" if text.strip() else ""


def _table(inside: Sequence[Token], domains: Collection[str]) -> str:
    """Return the rows as a list in which each cell follows the name of its column."""
    rows = [[cell for _, cell in _grouped(row)] for _, part in _grouped(inside) for _, row in _grouped(part)]
    names = [_line(cell, domains, bold=True) for cell in rows[0]]
    lines = []
    for row in rows[1:]:
        cells = [(name, _line(cell, domains)) for name, cell in zip(names, row, strict=True)]
        lines.append(" · ".join(f"{name}: {cell}" if name else cell for name, cell in cells if cell))
    return "\n".join(f"- {line}" for line in lines if line)


def _grouped(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """Yield the outermost blocks, each with the tokens inside of it."""
    at = 0
    while at < len(tokens):
        token = tokens[at]
        end = at
        if token.nesting:
            end = next(place for place in range(at + 1, len(tokens)) if tokens[place].level == token.level)
        yield token, tokens[at + 1 : end]
        at = end + 1
