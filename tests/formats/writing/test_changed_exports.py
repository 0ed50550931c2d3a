"""Exports that somebody changed by hand or damaged: one line each with place and remedy, and the rest is read."""

import io
import json
from typing import Any

import openpyxl
import pytest

from bot.core.fields import ANSWER_COUNT
from bot.core.models import Entry
from bot.formats import Document
from bot.formats.reading import read
from bot.formats.writing import FORMS, SHEET, FormName
from tests.formats.tables.workbooks import with_part

BREAD = Entry(id="bread", question="Is there bread?", answer="Yes.")
MILK = Entry(id="milk", question="Is there milk?", answer="No.")
LISTED = f"this is no list of at most {ANSWER_COUNT} answers"


def written(**changes: Any) -> bytes:  # noqa: ANN401  # whatever somebody writes
    """Return lines of JSON of which the first was changed; None takes a field out."""
    first, second = FORMS[FormName.JSONL].write([BREAD, MILK]).decode().splitlines()
    changed = {name: value for name, value in (json.loads(first) | changes).items() if value is not None}
    # What an export writes is known by its first line.
    return f"{second}\n\n{json.dumps(changed)}\n".encode()


def told(document: Document) -> list[tuple[int | None, str | None, str]]:
    """Return line, field and words of each problem."""
    assert all(problem.remedy for problem in document.problems)
    return [(problem.line, problem.field, problem.what) for problem in document.problems]


@pytest.mark.parametrize(
    ("changes", "field", "what"),
    [
        ({"colour": "red"}, None, "there is no field 'colour'"),
        ({"answer": None}, "answer", "the field is missing"),
        ({"question": ["Is there bread?"]}, "question", "this is no text"),
        ({"aliases": "any bread"}, "aliases", "this is no list of aliases"),
        ({"never": {"a": 1}}, "never", "this is no list of never"),
        ({"answers": "Ja."}, "answers", LISTED),
        ({"answers": ["Ja."]}, "answers", LISTED),
        ({"answers": [{"locale": "de"}]}, "answers", LISTED),
        ({"answers": [{"answer": "Ja.", "locale": "de", "tone": "kind"}]}, "answers", LISTED),
        ({"answers": [{"answer": "Ja.", "locale": "de", "aliases": "Brot"}]}, "answers", LISTED),
        ({"answers": [{"answer": "Ja.", "locale": "not a locale"}]}, "answers", "'not a locale' is no locale"),
        ({"answers": [{"answer": "", "locale": "de"}]}, "answers", "the value is empty"),
    ],
)
def test_a_line_that_was_changed_is_told_and_the_others_are_read(
    changes: dict[str, Any], field: str | None, what: str
) -> None:
    document = read("faq.jsonl", written(**changes))
    assert [record.id for record in document.records] == ["milk"]
    assert told(document) == [(3, field, what)]


@pytest.mark.parametrize("line", ["[1]", "oops", "[" * 5_000])
def test_a_line_that_is_no_object_is_told(line: str) -> None:
    document = read("faq.jsonl", written() + f"{line}\n".encode())
    assert [record.id for record in document.records] == ["milk", "bread"]
    assert told(document) == [(4, None, "this is no JSON object")]


def test_a_row_with_a_broken_quote_is_told_where_it_begins() -> None:
    table = FORMS[FormName.CSV].write([BREAD]).decode()
    document = read("faq.csv", f'{table}milk,"Is there "milk"?",No.\n'.encode())
    assert [record.id for record in document.records] == ["bread"]
    ((line, _, words),) = told(document)
    assert line == 3
    assert words.startswith("the row cannot be read: ")


def book(**changes: str) -> bytes:
    """Return a workbook of an export, with cells of its header replaced."""
    opened = openpyxl.load_workbook(io.BytesIO(FORMS[FormName.XLSX].write([BREAD, MILK])))
    for cell in opened[SHEET][1]:
        cell.value = changes.get(str(cell.value), cell.value)
    kept = io.BytesIO()
    opened.save(kept)
    return kept.getvalue()


def test_a_workbook_without_one_of_the_columns_is_told() -> None:
    assert [record.id for record in read("faq.xlsx", book()).records] == ["bread", "milk"]
    document = read("faq.xlsx", book(audience="who"))
    assert document.records == ()
    assert told(document) == [(1, None, "the column 'audience' is missing")]


def test_rows_with_nothing_in_them_are_passed_over() -> None:
    table = FORMS[FormName.CSV].write([BREAD]).decode()
    assert told(read("faq.csv", f"{table}\n,,,\n".encode())) == []
    opened = openpyxl.load_workbook(io.BytesIO(book()))
    opened[SHEET].insert_rows(2)
    kept = io.BytesIO()
    opened.save(kept)
    document = read("faq.xlsx", kept.getvalue())
    assert told(document) == []
    assert [record.id for record in document.records] == ["bread", "milk"]


@pytest.mark.parametrize(
    ("part", "inner", "words"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet", "the workbook is damaged: ParseError"),
        ("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>', "the workbook declares entities"),
    ],
)
def test_a_workbook_of_which_a_part_is_damaged_or_strange_is_refused(part: str, inner: bytes, words: str) -> None:
    document = read("faq.xlsx", with_part(book(), part, lambda _: inner))
    assert document.records == ()
    assert words in told(document)[0][2]


@pytest.mark.parametrize("form", [FormName.CSV, FormName.XLSX])
def test_a_line_break_that_is_not_seen_leaves_a_blank_between_words(form: FormName) -> None:
    entry = Entry(id="bread", question="Is there bread?", answer="Yes,\u2028fresh\x85bread.\u2029\nDaily.")
    (record,) = read(f"a.{form.value}", FORMS[form].write([entry])).records
    assert record.passages == ("Yes, fresh bread.\nDaily.",)


def test_a_workbook_without_any_row_lacks_its_columns() -> None:
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0].title = SHEET
    book.save(stream)
    assert [each[0] for each in told(read("a.xlsx", stream.getvalue()))] == [1]
