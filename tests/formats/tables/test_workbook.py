"""Read workbooks: what people see in them, and nothing that they hid."""

import io
import re
import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl.workbook import Workbook

from bot.core.models import Audience, Status
from bot.errors import Problem
from bot.formats import Document
from bot.formats.reading import read
from bot.formats.tables import sheets
from tests.formats.tables.workbooks import Rows, with_part, workbook

HEAD = ("Question", "Answer")
SHEET = "xl/worksheets/sheet1.xml"


def one_sheet(*rows: tuple[object, ...], title: str = "Sheet1") -> bytes:
    """Return a workbook with one sheet."""
    return workbook({title: rows})


def answers(document: Document) -> dict[str, str]:
    """Return question and answer of each record, when nothing is wrong."""
    assert document.problems == ()
    return {record.question: "\n\n".join(record.passages) for record in document.records}


def only_problem(content: bytes, name: str = "faq.xlsx") -> Problem:
    """Return what is wrong with a workbook that gives nothing."""
    document = read(name, content)
    assert document.records == ()
    (problem,) = document.problems
    return problem


def test_the_header_stands_anywhere_and_names_what_each_column_is() -> None:
    rows: Rows = (
        (None, "Support team"),
        (),
        (None, "ID", "Customer question", "Official answer", "Other wordings", "Last changed", "Internal", "State"),
        (None, 7, "May I swap shifts?", "Ask in #rota.", "swap\nswitch shift", date(2026, 3, 9), "no", "Live"),
        (None, 8.0, "Who pays?", "The desk.", None, date(2026, 3, 10), "yes", "In review"),
    )
    document = read("faq.xlsx", workbook({"Rota": rows}))
    first, second = document.records
    assert (first.id, first.aliases, first.source.updated) == ("7", ("swap", "switch shift"), date(2026, 3, 9))
    assert (first.category, first.status, first.line) == ("Rota", Status.PUBLISHED, 4)
    assert (second.id, second.audience, second.status) == ("8", Audience.INTERNAL, Status.DRAFT)


def test_values_are_read_as_they_are_shown() -> None:
    def shape(book: Workbook) -> None:
        book.worksheets[0]["B3"].number_format = "0.0%"
        book.worksheets[0]["A6"].hyperlink = "https://rota.example.com/a"

    rows: Rows = (
        HEAD,
        ("Break?", "Open it._x000D_\nThen shut it."),
        ("Share?", 0.125),
        ("Number?", 12),
        ("When?", time(8, 30)),
        ("Where?", "Here"),
        ("Code?", "_x005F_x000D_"),
    )
    found = answers(read("faq.xlsx", workbook({"Sheet1": rows}, shape)))
    assert found == {
        "Break?": "Open it.\nThen shut it.",
        "Share?": "12.5 %",
        "Number?": "12",
        "When?": "08:30",
        "Where?": "Here",
        "Code?": "_x000D_",
    }


def test_what_is_hidden_is_left_out() -> None:
    def hide(book: Workbook) -> None:
        first, second = book.worksheets
        first.row_dimensions[3].hidden = True
        first.column_dimensions["C"].hidden = True
        second.sheet_state = "hidden"

    sheets: dict[str, Rows] = {
        "Now": ((*HEAD, "Alias"), ("One?", "1", "secret"), ("Two?", "2", None)),
        "Old": (HEAD, ("Three?", "3")),
    }
    document = read("faq.xlsx", workbook(sheets, hide))
    assert answers(document) == {"One?": "1"}
    assert document.records[0].aliases == ()


def test_sheets_are_categories_and_those_without_entries_are_named() -> None:
    sheets: dict[str, Rows] = {
        "Billing": (HEAD, ("How much?", "1 €")),
        "Sheet2": (HEAD, ("How long?", "A day")),
        "Notes": (("Written by Kim",),),
    }
    document = read("faq.xlsx", workbook(sheets))
    assert [(record.file, record.category) for record in document.records] == [
        ("faq.xlsx[Billing]", "Billing"),
        ("faq.xlsx[Sheet2]", None),
    ]
    assert [doubt.problem.where for doubt in document.doubtful] == ["faq.xlsx[Notes]"]


def test_rows_with_one_merged_answer_are_one_entry() -> None:
    def merge(book: Workbook) -> None:
        book.worksheets[0].merge_cells("B2:B3")
        book.worksheets[0].merge_cells("C3:C4")

    rows: Rows = ((*HEAD, "Category"), ("How?", "So.", "A"), ("In which way?", None, "B"), ("When?", "Now.", None))
    first, second = read("faq.xlsx", workbook({"Sheet1": rows}, merge)).records
    assert (first.question, first.aliases, first.category) == ("How?", ("In which way?",), "A")
    assert (second.question, second.category) == ("When?", "B")


def test_a_formula_that_was_never_calculated_is_refused_with_its_cell() -> None:
    problem = only_problem(one_sheet(HEAD, ("How?", '="A"&"B"')))
    assert "formula in cell B2" in problem.what
    assert problem.line == 2


def test_of_a_formula_the_value_is_read_that_was_last_shown() -> None:
    content = with_part(
        one_sheet(HEAD, ("How?", "=1+1")), SHEET, lambda xml: re.sub(rb"</f><v ?/>|</f><v></v>", b"</f><v>2</v>", xml)
    )
    assert answers(read("faq.xlsx", content)) == {"How?": "2"}


def test_what_unpacks_to_far_too_much_is_refused_unread() -> None:
    bomb = with_part(one_sheet(HEAD, ("How?", "So.")), "xl/media/a.bin", lambda _: b"0" * 30_000_000)
    assert "unpacks to far more" in only_problem(bomb).what


def declaring(**marks: int) -> bytes:
    """Return a workbook of which the list of parts says this of its first part."""
    stream = io.BytesIO(one_sheet(HEAD, ("How?", "So.")))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/media/a.png", b"")
        for name, value in marks.items():
            setattr(archive.infolist()[0], name, value)
    return stream.getvalue()


def test_what_declares_too_much_or_a_password_is_refused_unread() -> None:
    assert "unpacks to 1,000,0" in only_problem(declaring(file_size=1_000_000_000)).what
    assert "protected by a password" in only_problem(declaring(flag_bits=1)).what
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(2_001):
            archive.writestr(str(number), b"")
    assert only_problem(stream.getvalue()).what == "the workbook has 2,001 parts, more than 2,000"


def test_pictures_beside_the_sheets_are_passed_over() -> None:
    content = with_part(one_sheet(HEAD, ("How?", "So.")), "xl/media/a.png", lambda _: b"<!DOCTYPE")
    assert answers(read("faq.xlsx", content)) == {"How?": "So."}


def test_values_that_are_no_text_are_written_as_they_are_shown() -> None:
    rows = (("Is it?", True), ("When?", datetime(2024, 4, 26, 9, 30)), ("How much?", 0.25))  # noqa: DTZ001  # a cell has no time zone
    found = answers(read("faq.xlsx", one_sheet(HEAD, *rows)))
    assert found == {"Is it?": "true", "When?": "2024-04-26 09:30", "How much?": "0.25"}


def test_cells_that_are_one_across_columns_are_read_once() -> None:
    rows: Rows = ((*HEAD, "Category"), ("How?", "So.", None), ("When?", "Now.", "A"))
    content = workbook({"Sheet1": rows}, lambda book: book.worksheets[0].merge_cells("B2:C2"))
    assert [(each.passages, each.category) for each in read("faq.xlsx", content).records] == [
        (("So.",), None),
        (("Now.",), "A"),
    ]


@pytest.mark.parametrize("length", [40, 1_000, -30])
def test_a_workbook_that_is_cut_off_is_refused(length: int) -> None:
    assert "damaged or cut off" in only_problem(one_sheet(HEAD, ("How?", "So."))[:length]).what


def test_a_workbook_with_entities_or_broken_parts_is_refused() -> None:
    sound = one_sheet(HEAD, ("How?", "So."))
    declared = with_part(sound, SHEET, lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml)
    broken = with_part(sound, SHEET, lambda xml: xml[:-40])
    lost = with_part(sound, "xl/workbook.xml", lambda _: b"<workbook/>")
    assert "declares entities" in only_problem(declared).what
    assert "damaged" in only_problem(broken).what
    assert only_problem(lost).remedy


def test_another_archive_is_no_workbook() -> None:
    other = with_part(one_sheet(HEAD), "xl/workbook.xml", lambda xml: xml).replace(
        b"xl/workbook.xml", b"xl/workbooc.xml"
    )
    assert "no workbook" in only_problem(other).what


def test_an_empty_workbook_and_a_file_of_another_kind_are_refused() -> None:
    assert "no visible sheet" in only_problem(workbook({"Sheet1": ()})).what
    assert "damaged" in only_problem(b"question,answer\nHow?,So.").what


def far_cell(row: int, column: int) -> bytes:
    """Return a workbook with a text far from its table."""

    def change(book: Workbook) -> None:
        book.worksheets[0].cell(row, column, "x")

    return workbook({"Sheet1": [HEAD, ("How?", "So.")]}, change)


def test_a_cell_far_below_the_table_costs_nothing() -> None:
    document = read("faq.xlsx", far_cell(30_000, 1))
    assert answers(document) == {"How?": "So."}


def test_a_cell_far_beside_the_table_is_told() -> None:
    document = read("faq.xlsx", far_cell(300, 1_001))
    assert [(problem.line, problem.what) for problem in document.problems] == [
        (300, "the row has cells behind column ALL, further than is read")
    ]


def test_a_workbook_that_merges_more_cells_than_a_table_has_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MERGED_LIMIT", 100)
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A3:J20"/></mergeCells>'
    content = with_part(one_sheet(HEAD, ("How?", "So.")), SHEET, lambda part: part.replace(b"</sheetData>", merged))
    assert only_problem(content).what == "the workbook merges more cells than any table does"
