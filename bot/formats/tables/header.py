"""Find the row that names the columns, and what only all rows together show of a table."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.core.fields import shown
from bot.core.searching.text import word_set
from bot.errors import Problem
from bot.formats.marks import asks
from bot.formats.tables.names import ColumnUse, fold, is_guarded, meaning
from bot.formats.tables.rows import Raw, is_qna_maker
from bot.formats.tables.values import day_first, is_yes

DATES = ("review_by", "valid_until", "source.published", "source.updated")
_SHORT_LIST = 3
_SHORT_WORDS = 5
_BRIEF_WORDS = 3
_GOES_ON = re.compile(
    r"(?:and|or|but|so|then|please|thanks|thank|not|too|if|because|bitte|und|oder|aber|danke|nicht|wenn|weil|y|o|pero|por"
    r"|gracias|si|et|ou|mais|merci|svp|e|ma|per|grazie|en|of|maar|i|lub|ale|ve|veya|ama)\s+\S",
    re.IGNORECASE,
)
"""What a sentence goes on with behind a comma, in the usual languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a table writes lists and dates, and whether its column `internal` holds notes in place of yes and no."""

    separators: tuple[str, ...] = ()
    day_first: Mapping[str, bool | None] = field(default_factory=dict)
    internal_notes: bool = False
    flagged: frozenset[str] = frozenset()
    """The columns of marks, in which a blank means no."""
    numbered: bool = False
    """Whether numbers stand for states of which only the program that wrote them knows which is which."""


def habits_of(raws: Sequence[Raw], *, european: bool = False, sparse: bool = False) -> Habits:
    """Return the habits of a table; a `european` one writes the day first where its dates do not say.

    A blank mark means no. In `sparse` rows it means yes where others say no: what leaves out every no says only yes.
    """
    orders = {name: day_first(_column(raws, name)) for name in DATES}
    shown = next((order for order in orders.values() if order is not None), True if european else None)
    internal = list(_column(raws, "internal"))
    said_no = sparse and any(is_yes(value) is False for value in _column(raws, "active"))
    switched = frozenset({"active"} if said_no else ())
    return Habits(
        separators=_separators([value for raw in raws for value in _unsplit(raw)]),
        day_first={name: shown if order is None else order for name, order in orders.items()},
        internal_notes=bool(internal) and sum(is_yes(value) is None for value in internal) * 2 > len(internal),
        flagged=frozenset(name for name in ("active", "public") if any(_column(raws, name))) - switched,
        numbered=any(value.strip().isdigit() and value.strip() not in {"0", "1"} for value in _column(raws, "status")),
    )


def _column(raws: Iterable[Raw], name: str) -> Iterable[str]:
    return (value for raw in raws for value in raw.values.get(name, ()))


def _unsplit(raw: Raw) -> tuple[str, ...]:
    return () if "aliases" in raw.listed else raw.values.get("aliases", ())


def _separators(cells: Sequence[str]) -> tuple[str, ...]:
    """Return what the aliases of a column are split by: lines and bars always, the others where nothing else is."""
    if any("|" in cell for cell in cells):
        return ("\n", "|")
    lines = [line.strip() for cell in cells for line in cell.split("\n")]
    if any(";" in line for line in lines):
        return ("\n", ";")
    if any("," in line for line in lines) and not any("\n" in cell.strip() for cell in cells) and _is_list(lines):
        return ("\n", ",")
    return ("\n",)


def _is_list(lines: Iterable[str]) -> bool:
    """Return whether commas separate: only short parts, without the marks of sentences, and several in some line."""
    parts = [[part.strip() for part in line.split(",")] for line in lines]
    short = all(len(part.split()) <= _SHORT_WORDS for each in parts for part in each)
    ended = any(part.endswith((".", "!", "?")) for each in parts if len(each) > 1 for part in each[:-1])
    brief = all(len(part.split()) <= _BRIEF_WORDS for each in parts for part in each)
    goes_on = any(_GOES_ON.match(part) or asks(part) for each in parts for part in each[1:])
    return short and (ended or (brief and not goes_on) or any(len(each) >= _SHORT_LIST for each in parts))


def split(cell: str, separators: Iterable[str]) -> list[str]:
    """Return the parts of a cell, without the marks of a list in front of them."""
    parts = [cell]
    for separator in separators:
        parts = [piece for part in parts for piece in part.split(separator)]
    stripped = (part.strip().lstrip("-*•–").strip() if len(parts) > 1 else part.strip() for part in parts)
    return [part for part in stripped if part]


FIELDS = (
    "id", "question", "answer", "aliases", "staff_note", "audience", "category", "region", "locale", "status", "owner",
    "review_by", "valid_until", "source.title", "source.url", "source.published", "source.updated", "source.views",
)  # fmt: skip
"""What a column can be mapped to."""
_LONGEST_NAME = 60
_ASKS = re.compile(r"[?\uff1f\u061f]\s*$")
_NUMBER = re.compile(r"\d{1,6}\.?")
_PASSED_OVER = word_set("""
    no nr number num row pos n tags tag labels keywords schlagworte position order sort rank
""") | frozenset(
    map(
        fold,
        (
            "lfd. Nr.",
            "№",
            "N.º",
            "número",
            "numero",
            "番号",
            "Schlagwörter",
            "sort order",
            "étiquettes",
            "etiquetas",
            "mots clés",
            "palabras clave",
            "parole chiave",
            "palavras chave",
            "Schlüsselwörter",
            "trefwoorden",
            "ключевые слова",
            "теги",
            "anahtar kelimeler",
            "关键词",
            "标签",
            "キーワード",
        ),
    )
)
_MOST = 0.6
_Row = tuple[int, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """What the columns of a table are for; `line` is that of their names, 0 for a table without them."""

    line: int
    cells: list[str]
    meanings: Mapping[int, ColumnUse]

    @cached_property
    def exported(self) -> bool:
        """Return whether these are the columns of an export of QnA Maker."""
        return is_qna_maker(self.cells)

    @cached_property
    def width(self) -> int:
        """Return how many columns have a name or a meaning."""
        return max([len(self.cells), *(index + 1 for index in self.meanings)])

    def has(self, field: str) -> bool:
        """Return whether some column is for this field."""
        return any(each.field == field for each in self.meanings.values())

    def is_for(self, index: int, field: str) -> bool:
        """Return whether this column is for this field."""
        return index in self.meanings and self.meanings[index].field == field

    def is_unknown(self, index: int) -> bool:
        """Return whether a column has a name that says nothing that is known, and is no number of the rows either."""
        name = "" if "#" in self.cells[index] else fold(self.cells[index])
        return bool(name) and index not in self.meanings and name not in _PASSED_OVER and not self.exported

    def named(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the cells of a row by the folded names of their columns."""
        return {fold(name): cell for name, cell in zip(self.cells, cells, strict=False)}

    def shared(self, cells: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Yield field and value of the cells that hold in all languages."""
        for index, each in self.meanings.items():
            if each.locale is None and index < len(cells):
                yield each.field, cells[index]

    def by_locale(self, cells: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Yield each language that has a question or an answer in this row, with its fields and values."""
        for locale in dict.fromkeys(each.locale for each in self.meanings.values() if each.locale):
            indexes = [index for index, each in self.meanings.items() if each.locale == locale and index < len(cells)]
            pairs = [(self.meanings[index].field, cells[index]) for index in indexes if cells[index].strip()]
            if any(name in {"question", "answer"} for name, _ in pairs):
                yield locale, pairs


def find_header(file: str, rows: Sequence[_Row], *, mapping: Mapping[str, str]) -> Columns | Problem:
    """Return the columns of a table, or what keeps them from being told."""
    if not rows:
        return Problem(where=file, what="the table is empty", remedy="leave it out or fill it")
    if mapping:
        return _mapped(file, rows, mapping)
    found = [_read(number, cells) for number, cells in rows]
    whole = [each for each in found if each.has("question") and each.has("answer")]
    if whole:
        return _checked(file, whole[0])
    return _without_header(rows) or _unknown(file, rows, max(found, key=lambda each: len(each.meanings)))


def _read(number: int, cells: Sequence[str]) -> Columns:
    """Return what a row says as a header; weak names count where no column has a plain one."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    known = {index: meaning(name) for index, name in enumerate(names) if 0 < len(name) <= _LONGEST_NAME}
    found = {index: each for index, each in known.items() if each is not None}
    plain = {(each.field, each.locale) for each in found.values() if not each.weak}
    kept: dict[int, ColumnUse] = {}
    for index, each in found.items():
        taken = {(one.field, one.locale) for one in kept.values() if one.weak}
        if not each.weak or (each.field, each.locale) not in plain | taken:
            kept[index] = each
    _give_question(names, kept)
    notes = {
        index: ColumnUse("staff_note") for index, name in enumerate(names) if index not in found and is_guarded(name)
    }
    return Columns(line=number, cells=names, meanings=dict(sorted({**kept, **notes}.items())))


def _give_question(names: Sequence[str], kept: dict[int, ColumnUse]) -> None:
    """Make the title of an article the question where its text is the answer, as help centres export both."""
    fields = {each.field for each in kept.values()}
    if "answer" in fields and "question" not in fields:
        titles = [index for index, each in kept.items() if each.field == "source.title" and _is_title(names[index])]
        kept |= {index: ColumnUse("question", weak=True) for index in titles[:1]}


def _is_title(name: str) -> bool:
    return fold(name).endswith(("title", "titel", "titre"))


def _checked(file: str, columns: Columns) -> Columns | Problem:
    """Return the columns unless two of them would be one field that has one value."""
    for name in ("id", "locale"):
        same = [columns.cells[index] for index, each in columns.meanings.items() if each.field == name]
        if len(same) > 1:
            what = f"several columns may be the {name}: {', '.join(map(shown, same))}"
            return Problem(where=file, what=what, remedy=f"say which it is: --map {name}=COLUMN", line=columns.line)
    return columns


def _unknown(file: str, rows: Sequence[_Row], best: Columns) -> Problem:
    if len(best.meanings) == 1:  # a word in some row may look like a name
        best = _read(*rows[0])
    missing = [name for name in ("question", "answer") if not best.has(name)]
    number, cells = (best.line, best.cells) if best.meanings else rows[0]
    names = ", ".join(f"'{shown(cell.strip())}'" for cell in cells if cell.strip())
    what = f"no column is known as the {' or the '.join(missing)} among {names}"
    example = ",".join(f"{field}=COLUMN" for field in missing)
    remedy = f"name it '{missing[0]}', or say which it is: --map {example}"
    return Problem(where=file, what=what, remedy=remedy, line=number)


def _without_header(rows: Sequence[_Row]) -> Columns | None:
    """Return the columns of a table without a header: what asks in most rows, and the text behind it."""
    width = max(len(cells) for _, cells in rows)
    asking = [_share(rows, index) for index in range(width)]
    best = max(range(width), key=lambda index: asking[index])
    texts = [index for index in range(width) if index != best and _is_text(rows, index)]
    if asking[best] < _MOST or len(texts) != 1:
        return None
    return Columns(line=0, cells=[], meanings={best: ColumnUse("question"), texts[0]: ColumnUse("answer")})


def _share(rows: Sequence[_Row], index: int) -> float:
    return sum(bool(_ASKS.search(cells[index])) for _, cells in rows if index < len(cells)) / len(rows)


def _is_text(rows: Sequence[_Row], index: int) -> bool:
    """Return whether a column holds something else than numbers in most rows."""
    filled = [cells[index].strip() for _, cells in rows if index < len(cells) and cells[index].strip()]
    return len(filled) >= _MOST * len(rows) and not all(_NUMBER.fullmatch(cell) for cell in filled)


def _mapped(file: str, rows: Sequence[_Row], mapping: Mapping[str, str]) -> Columns | Problem:
    """Return the columns as they were named by hand, beside those that are known by their names."""
    by_number = all(_NUMBER.fullmatch(column) for column in mapping.values())
    if by_number:
        meanings = {int(column) - 1: ColumnUse(field) for field, column in mapping.items() if int(column) > 0}
        named = next((_read(number, cells) for number, cells in rows if any(map(meaning, cells))), None)
        return Columns(line=named.line if named else 0, cells=named.cells if named else [], meanings=meanings)
    wanted = {column.strip().casefold(): field for field, column in mapping.items()}
    for number, cells in rows:
        names = [cell.strip().casefold() for cell in cells]
        if set(wanted) <= set(names):
            known = _read(number, cells)
            kept = {index: each for index, each in known.meanings.items() if each.field not in mapping}
            given = {names.index(column): ColumnUse(field) for column, field in wanted.items()}
            return Columns(line=number, cells=known.cells, meanings=dict(sorted({**kept, **given}.items())))
    absent = next(column for column in mapping.values() if not any(column in cells for _, cells in rows))
    return Problem(where=file, what=f"no column has the name '{shown(absent)}'", remedy="check --map", line=rows[0][0])
