"""Find the tables of questions and answers in a page, and read them as tables of a spreadsheet are read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from lxml.html import HtmlElement
from markdown_it.token import Token

from bot.core.fields import LABEL_LIMIT
from bot.formats.containers import fenced
from bot.formats.furniture import is_faq_title
from bot.formats.inlines import PARSER, plain
from bot.formats.marks import is_marked_question, plain_title
from bot.formats.markup import text_of, to_markdown
from bot.formats.records import Document, FaqFile
from bot.formats.tables.building import Render
from bot.formats.tables.grid import Grid, Line, read_grid
from bot.formats.tables.header import Columns, find_header
from bot.formats.tables.names import fold, meaning
from bot.formats.tables.sentences import field_of_sentence

_FOLD = re.compile(r"<(?P<end>/)?details\b|<summary\b[^>]*>(?P<title>.{0,500}?)</summary", re.IGNORECASE | re.DOTALL)
_TWO = 2
_SPANS = frozenset(map(str, range(2, 1001)))
_MOST_COLUMNS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTable:
    """The rows of a table with the line of each, and the title above it."""

    rows: Sequence[tuple[int, Sequence[str]]]
    above: str
    titled: bool = False
    """Whether that title is of the whole page."""

    @property
    def entries(self) -> "PageTable | None":
        """Return the table with its entries, None for any other: of names and values, or of what an answer lists."""
        asked = is_marked_question(self.above)
        if _is_named(self.rows[0][1]):
            return None if asked and not _all_ask(self.rows[1:]) else self
        width = max(len(cells) for _, cells in self.rows)
        if asked or width != _TWO:
            return None
        headed = not any(map(str.strip, self.rows[0][1])) or not is_marked_question(self.rows[0][1][0])
        below = self.rows[1:] if headed else self.rows
        other = any(map(meaning, self.rows[0][1])) if headed else False
        return replace(self, rows=below) if len(below) >= _TWO and not other and _all_ask(below) else None

    def read(self, file: FaqFile, render: Render, *, category: str | None) -> Document:
        """Return the entries of the table, under the title above it."""
        title = plain_title(self.above).rstrip(": ")[:LABEL_LIMIT]
        named = category if self.titled or is_faq_title(title) else title or category
        lines = [Line(number, cells) for number, cells in self.rows]
        return read_grid(Grid(file=file.name, lines=lines, render=render, mapping={}, category=named))


def _is_named(cells: Sequence[str]) -> bool:
    """Return whether the names of columns say that there are questions and answers below; `Name` and `Text` do not."""
    plain_cells = [plain(cell) for cell in cells]
    found = find_header("", [(1, plain_cells)], mapping={})
    if not isinstance(found, Columns) or not found.line:
        return False
    sure = {each.field for index, each in found.meanings.items() if not each.weak or _is_sentence(plain_cells[index])}
    return {"question", "answer"} <= sure


def _is_sentence(name: str) -> bool:
    return field_of_sentence(fold(name)) is not None


def _all_ask(rows: Sequence[tuple[int, Sequence[str]]]) -> bool:
    return bool(rows) and all(cells and is_marked_question(plain(cells[0])) for _, cells in rows)


def tables_of_markdown(text: str) -> Iterator[tuple[PageTable, range]]:
    """Yield the tables of a text that stand by themselves, each with the lines that it has in the text."""
    if "|" not in text:
        return
    tokens = PARSER.parse(text)
    titles = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    first = tokens[titles[0]] if titles else None
    alone = first is not None and [tokens[at].tag for at in titles].count(first.tag) == 1
    folds = _folds(text)
    above, titled = "", False
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            above, titled = plain(tokens[at + 1].content), alone and token is first
        elif token.type == "table_open" and token.level == 0 and token.map:
            around = folds[token.map[0]]
            rows = list(_rows(tokens[each] for each in range(at, len(tokens))))
            yield PageTable(rows=rows, above=around or above, titled=titled and around is None), range(*token.map)


def without_lines(text: str, taken: Sequence[range]) -> str:
    """Return a text with some of its lines blank, so that the others keep their numbers."""
    lines = text.split("\n")
    for each in taken:
        lines[each.start : each.stop] = [""] * len(each)
    return "\n".join(lines)


def joined(documents: Sequence[Document]) -> Document:
    """Return what a page has beside its tables and in them as one."""
    return Document(
        records=tuple(record for each in documents for record in each.records),
        problems=tuple(problem for each in documents for problem in each.problems),
        doubtful=tuple(doubt for each in documents for doubt in each.doubtful),
        language=next((each.language for each in documents if each.language), None),
    )


def _rows(tokens: Iterable[Token]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the table that these tokens begin with."""
    cells: list[str] = []
    number = 1
    for token in takewhile(lambda each: each.type != "table_close", tokens):
        if token.type == "tr_open" and token.map:
            number, cells = token.map[0] + 1, []
        elif token.type == "inline":
            cells.append(token.content)
        elif token.type == "tr_close":
            yield number, cells


def _folds(text: str) -> list[str | None]:
    """Return for each line of a text the summary of the fold that it is in, None for those in none."""
    lines = text.split("\n")
    prose = "\n".join("" if inside else each for each, inside in zip(lines, fenced(lines), strict=True))
    summaries: list[str | None] = []
    around: list[str] = []
    end = 0
    for found in _FOLD.finditer(prose):
        summaries += [around[-1] if around else None] * prose.count("\n", end, found.start())
        end = found.start()
        if found["title"] is not None:
            around[-1:] = [plain(" ".join(found["title"].split()))]
        elif found["end"]:
            del around[-1:]
        else:
            around.append("")
    return [*summaries, *[around[-1] if around else None] * (len(lines) - len(summaries))]


def take_tables(content: HtmlElement) -> Iterator[PageTable]:
    """Yield the tables of questions and answers of a web page, and take them out of it."""
    for node in list(content.iter("table")):
        rows = list(_cells(node))
        if (
            not rows
            or node.find(".//table") is not None
            or next(node.iterancestors("details", "dd", "li"), None) is not None
        ):
            continue
        found = _title_above(node)
        first = next(content.iter("h1"), None)
        table = PageTable(rows=rows, above="" if found is None else text_of(found), titled=found is first).entries
        if table is not None:
            yield table
            node.drop_tree()


def _title_above(node: HtmlElement) -> HtmlElement | None:
    found = node.xpath("preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6][1]")
    return found[0] if isinstance(found, list) and found and isinstance(found[0], HtmlElement) else None


def _cells(table: HtmlElement) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their cells as Markdown; one that spans rows is in each of them."""
    spans: dict[int, tuple[int, str]] = {}
    number = 0
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _fill(cells, spans)
            text = to_markdown(cell)
            rows = cell.get("rowspan") or "1"
            if len(cells) < _MOST_COLUMNS and rows in _SPANS:
                spans[len(cells)] = int(rows) - 1, text
            cells.append(text)
        _fill(cells, spans)
        if any(cells):
            number = max(number + 1, row.sourceline or 1)  # some pages have all of it on one line
            yield number, cells


def _fill(cells: list[str], spans: dict[int, tuple[int, str]]) -> None:
    """Add what reaches into this row from above."""
    while (at := len(cells)) in spans:
        left, text = spans.pop(at)
        cells.append(text)
        if left > 1:
            spans[at] = left - 1, text
