"""Read back what an export wrote as JSON, a table or a workbook: every field as it is, without any guess."""

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.fields import ALIAS, ALIAS_COUNT, ANSWER_COUNT, OF_ANSWER, OF_ENTRY, OF_SOURCE, Rule, Unfit, unfit_answers
from bot.core.local_answers import LocalAnswer
from bot.core.models import Source
from bot.errors import Problem
from bot.formats.records import DEFAULT_LOCALE, Document, FaqFile, Format, Record
from bot.formats.tables.archives import faults_of, text_of, unescaped
from bot.formats.tables.delimited import lines_of
from bot.formats.writing import SHEET
from bot.formats.written_values import COLUMNS, unescape_cell

_ANSWER_KEYS = frozenset({*OF_ANSWER, "aliases"})
_NONE = Unfit(f"this is no list of at most {ANSWER_COUNT} answers", "see what `faqbot faq export` writes")


def exact_answers(given: object, entry: Mapping[str, Any]) -> tuple[LocalAnswer, ...] | Unfit:
    """Return the answers that stand beside the plain one of an entry with these fields, or what is wrong with them."""
    if not isinstance(given, list) or len(given) > ANSWER_COUNT:
        return _NONE
    answers: list[LocalAnswer] = []
    for each in given:
        read = _answer(each)
        if isinstance(read, Unfit):
            return read
        answers.append(read)
    unfit = unfit_answers(answers, locale=entry.get("locale", DEFAULT_LOCALE), region=entry.get("region"))
    return unfit or tuple(answers)


def _answer(given: object) -> LocalAnswer | Unfit:
    if not isinstance(given, dict) or not {"answer"} <= given.keys() <= _ANSWER_KEYS:
        return _NONE
    aliases = given.get("aliases", [])
    if not isinstance(aliases, list) or len(aliases) > ALIAS_COUNT:
        return _NONE
    values: dict[str, Any] = {name: rule(str(given[name])) for name, rule in OF_ANSWER.items() if name in given}
    texts: list[Any] = [ALIAS(str(alias)) for alias in aliases]
    unfit = next((each for each in (*values.values(), *texts) if isinstance(each, Unfit)), None)
    return unfit or LocalAnswer(**values, aliases=tuple(texts))


_DELIMITERS = (",", ";", "\t")
_LISTS = ("aliases", "never")
_REQUIRED = ("question", "answer")
# A table with all of these was written by an export; its owner may have taken other columns out, and moved some.
SIGNS = frozenset(COLUMNS[: COLUMNS.index("source.title")])
_TO_WRITE = "see what `faqbot faq export` writes"
_Values = Mapping[str, Any]


def read_lines(file: FaqFile) -> Document:
    """Return the entries of lines of JSON, and the problems of the others."""
    return read_values(file, _objects(file))


def read_table(file: FaqFile) -> Document:
    """Return the entries of the rows of a table, and the problems of the others."""
    return read_values(file, _rows(file))


def read_values(file: FaqFile, given: Iterator[tuple[int, _Values | Problem]]) -> Document:
    """Return the entries that have these values, each on its line, and the problems of the others."""
    records: list[Record] = []
    problems: list[Problem] = []
    for line, values in given:
        if isinstance(values, Problem):
            problems.append(values)
            continue
        before = len(problems)
        taken = _fields(file, line, values, problems)
        if len(problems) == before:
            records.append(Record(passages=(taken.pop("answer"),), file=file.name, line=line, **taken))
    return Document(records=tuple(records), problems=tuple(problems))


def _objects(file: FaqFile) -> Iterator[tuple[int, _Values | Problem]]:
    for line, text in enumerate(file.text.split("\n"), 1):
        if not text.strip():
            continue
        found = _json(text)
        if not isinstance(found, dict):
            yield line, file.problem("this is no JSON object", "write one object a line", line=line)
        elif unknown := sorted(found.keys() - _KEYS):
            yield line, file.problem(f"there is no field '{unknown[0]}'", _TO_WRITE, line=line)
        else:
            yield line, _flat(found)


def _flat(found: Mapping[str, Any]) -> _Values:
    source = found.get("source", {})
    of_source = {f"source.{name}": value for name, value in source.items()} if isinstance(source, dict) else {}
    return {name: value for name, value in found.items() if name != "source"} | of_source


def _rows(file: FaqFile) -> Iterator[tuple[int, _Values | Problem]]:
    delimiter = _delimiter(file.text)
    reader = csv.reader(lines_of(file.text), delimiter=delimiter or ",", strict=True)
    names = next(reader)
    before = reader.line_num
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cells):
                yield line, row_values(dict(zip(names, map(unescape_cell, cells), strict=False)))
    except csv.Error as error:
        yield before + 1, file.problem(f"the row cannot be read: {error}", "check its quotes", line=before + 1)


def row_values(cells: Mapping[str, str]) -> _Values:
    """Return the values that the cells of a row hold, by the names of their columns."""
    values: dict[str, Any] = {name: cell for name, cell in cells.items() if cell}
    if "answers" in values:
        values["answers"] = _json(values["answers"])
    return values | {name: [line for line in cells.get(name, "").split("\n") if line.strip()] for name in _LISTS}


def _json(text: str) -> object:
    """Return what a text says in JSON, None where it says nothing in it."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _fields(file: FaqFile, line: int, values: _Values, problems: list[Problem]) -> dict[str, Any]:
    """Return what a record holds, or add what is wrong with it to the problems."""

    def take(name: str, rule: Rule[Any], written: object) -> Any:  # noqa: ANN401  # each field has a type of its own
        value = (
            rule(str(written))
            if isinstance(written, str | int | float)
            else Unfit("this is no text", "write it as text")
        )
        if isinstance(value, Unfit):
            problems.append(file.problem(value.what, value.remedy, line=line, field=name))
        return value

    taken = {name: take(name, rule, values[name]) for name, rule in OF_ENTRY.items() if name in values}
    of_source = {name: f"source.{name}" for name in OF_SOURCE}
    source = {name: take(key, OF_SOURCE[name], values[key]) for name, key in of_source.items() if key in values}
    lists: dict[str, list[Any]] = {}
    for name in _LISTS:
        given = values.get(name, [])
        lists[name] = given if isinstance(given, list) and len(given) <= ALIAS_COUNT else []
        if lists[name] is not given:
            remedy = f"give at most {ALIAS_COUNT}"
            problems.append(file.problem(f"this is no list of {name}", remedy, line=line, field=name))
    problems += [
        file.problem("the field is missing", "add it", line=line, field=each) for each in _REQUIRED if each not in taken
    ]
    kept = {name: tuple(take(name, ALIAS, text) for text in given) for name, given in lists.items()}
    answers = exact_answers(values.get("answers", []), taken)
    if isinstance(answers, Unfit):
        problems.append(file.problem(answers.what, answers.remedy, line=line, field="answers"))
        answers = ()
    return {**taken, **kept, "source": Source(**source), "answers": answers}


def _delimiter(text: str) -> str | None:
    """Return what stands between the names of the columns, None where a text is no table that an export wrote."""
    head = text.split("\n", 1)[0]
    return next((each for each in _DELIMITERS if set(head.split(each)) >= SIGNS), None)


_KEYS = frozenset({*OF_ENTRY, *_LISTS, "source", "answers"})
# Known by their content: what else has these suffixes is for others.
_EXAMPLE_CELLS = '"change-email","How can I change my e-mail address?","change mail","Open Profile.",,"public",,,"en",'
LINES = Format(
    name="export",
    suffixes=(),
    summary="Lines of JSON that `faqbot faq export` wrote: they have all fields.",
    example='{"id": "change-email", "question": "How can I change my e-mail address?", "answer": "Open Profile.",'
    ' "audience": "public", "locale": "en"}\n',
    recognises=lambda file: _is_exported(file.text),
    read=read_lines,
)
TABLE = Format(
    name="export-table",
    suffixes=(),
    summary="A table that `faqbot faq export` wrote, also when a spreadsheet has saved it: it has all fields.",
    example=f"{','.join(COLUMNS[: COLUMNS.index('source.title')])}\n{_EXAMPLE_CELLS}\n",
    recognises=lambda file: _delimiter(file.text) is not None,
    read=read_table,
)


def _is_exported(text: str) -> bool:
    """Return whether the first line is an object as an export writes it."""
    first = _json(text.split("\n", 1)[0])
    signs = {"id", "question", "answer", "audience", "locale"}
    return isinstance(first, dict) and signs <= first.keys() <= _KEYS


_NAMED = f'name="{SHEET}"'.encode()
_NAMES = "xl/workbook.xml"
_MOST = 1_000_000


def read_book(file: FaqFile) -> Document:
    """Return the entries of the rows of the sheet, and the problems of the others."""
    if problems := faults_of(file.name, file.content):
        return Document(problems=problems)
    try:
        return read_values(file, iter(list(_book_rows(file))))
    # What openpyxl lets through of a damaged file.
    except (zipfile.BadZipFile, SyntaxError, LookupError, ValueError, TypeError, OSError) as error:
        what = f"the workbook is damaged: {type(error).__name__}"
        return Document(problems=(file.problem(what, "export it again"),))


def _book_rows(file: FaqFile) -> Iterator[tuple[int, Mapping[str, object] | Problem]]:
    import openpyxl  # noqa: PLC0415  # few processes need it, and it is large

    from bot.formats.tables.sheets import rows_of  # noqa: PLC0415  # as above

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl drops
        book = openpyxl.load_workbook(io.BytesIO(file.content), data_only=True)
    rows = rows_of(book[SHEET])
    names = [_text(cell and cell.value) for cell in next(rows, (1, []))[1]]
    if missing := sorted(SIGNS - set(names)):
        yield 1, file.problem(f"the column '{missing[0]}' is missing", "export it again", line=1)
        return
    for line, row in rows:
        cells = [unescape_cell(_text(cell and cell.value)) for cell in row]
        if any(cells):
            yield line, row_values(dict(zip(names, cells, strict=False)))


def _text(value: object) -> str:
    """Return the text of a cell with its signs as they are; a spreadsheet may have made numbers and days of some."""
    return unescaped(value) if isinstance(value, str) else text_of(value)


def _recognises(file: FaqFile) -> bool:
    """Return whether the sheet has the name that an export gives it."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            part = archive.getinfo(_NAMES)
            return part.file_size <= _MOST and _NAMED in archive.read(part)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        return False


BOOK = Format(
    name="export-workbook",
    suffixes=(),
    summary="A workbook that `faqbot faq export` wrote, also when a spreadsheet has saved it.",
    example=f"| {' | '.join(COLUMNS[:4])} | … |\n",
    recognises=_recognises,
    read=read_book,
    binary=True,
)
