"""What is written is read back as it was, however ugly it is."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.models import Audience, Entry, Source, Status
from bot.errors import InvalidInputError
from bot.formats import collect
from bot.formats.reading import read
from bot.formats.writing import FORMS, SHEET, FormName, by_category, form_of
from bot.formats.written_values import escape_cell, unescape_cell, without_unshown
from bot.resources import resource
from tests.formats.writing.entries import entries

PLAIN = Entry(
    id="bread",
    question="Is there bread: any?",
    answer="Yes.\n\n- dark\n- white",
    aliases=("any bread left", "no"),
    category="Food & drink",
    source=Source(title="Bread", views=3),
)

# A list has up to three entries with all their fields; a hundred of them would take a tenth of the quick tests.
SOME = settings(max_examples=25)


def imported(form: str, written: bytes) -> Sequence[Entry]:
    """Return the entries that an import would take from a file."""
    collected = collect([read(f"faq.{form}", written)])
    assert collected.problems == ()
    return [one.entry for one in collected.entries]


@pytest.mark.parametrize("form", ["yaml", "jsonl"])
@SOME
@given(some=entries())
def test_all_fields_come_back(form: str, some: list[Entry]) -> None:
    assert imported(form, FORMS[FormName(form)].write(some)) == some


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@SOME
@given(some=entries())
def test_a_table_holds_all_but_what_nobody_sees(form: str, some: list[Entry]) -> None:
    def seen(value: Any) -> Any:  # noqa: ANN401  # each field has a type of its own
        return without_unshown(value).strip() or None if isinstance(value, str) else value

    def line(value: Any) -> Any:  # noqa: ANN401  # as above
        # Where nobody sees what stands between two blanks, they are one.
        return " ".join(seen(value).split()) if seen(value) and isinstance(value, str) else seen(value)

    def as_seen(entry: Entry) -> Entry:
        return replace(
            entry,
            **{name: line(getattr(entry, name)) for name in ("question", "category", "region", "owner")},
            **{name: seen(getattr(entry, name)) for name in ("answer", "staff_note")},
            aliases=tuple(dict.fromkeys(map(line, entry.aliases))),
            never=tuple(dict.fromkeys(map(line, entry.never))),
            source=Source(**{name: line(getattr(entry.source, name)) for name in Source.__slots__}),
        )

    wanted = [as_seen(entry) for entry in some]
    if all(entry.answer for entry in wanted):
        assert imported(form, FORMS[FormName(form)].write(some)) == wanted


@pytest.mark.slow
@SOME
@given(some=entries())
def test_any_reader_of_yaml_reads_the_texts(some: list[Entry]) -> None:
    found = yaml.safe_load(FORMS[FormName.YAML].write(some))
    assert [(each["question"], each["answer"].strip()) for each in found] == [
        (entry.question, entry.answer.strip()) for entry in some
    ]


def test_yaml_is_as_people_write_it() -> None:
    assert FORMS[FormName.YAML].write([PLAIN, PLAIN]).decode().split("\n\n- id")[0] == (
        "- id: bread\n"
        '  question: "Is there bread: any?"\n'
        "  aliases:\n"
        "    - any bread left\n"
        '    - "no"\n'
        "  answer: |\n"
        "    Yes.\n"
        "\n"
        "    - dark\n"
        "    - white\n"
        "  audience: public\n"
        '  category: "Food & drink"\n'
        "  locale: en\n"
        "  source:\n"
        "    title: Bread\n"
        "    views: 3"
    )


@pytest.mark.parametrize("begin", ["", " ", "\n", "\t", "\u00a0", " \n "])
@pytest.mark.parametrize("sign", "=+-@\uff1d\uff0b\uff0d\uff20")
def test_what_would_calculate_is_shown_as_text(begin: str, sign: str) -> None:
    assert escape_cell(f"{begin}{sign}1") == f"'{begin}{sign}1"


@given(st.text() | st.text("'=+-@ \n\uff1dx"))
def test_an_escape_is_undone_exactly(text: str) -> None:
    assert unescape_cell(escape_cell(text)) == text
    assert escape_cell(unescape_cell(escape_cell(text))) == escape_cell(text)


@pytest.mark.parametrize("cell", ["it's", "'quoted'", "a=b", "1-2", "''"])
def test_other_cells_are_as_they_are(cell: str) -> None:
    assert (escape_cell(cell), unescape_cell(cell)) == (cell, cell)


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_that_a_spreadsheet_saved_is_read(delimiter: str) -> None:
    rows = (
        FORMS[FormName.CSV]
        .write([replace(PLAIN, answer="Yes.", category=None)])
        .decode("utf-8-sig")
        .replace(",", delimiter)
    )
    assert imported("csv", rows.encode()) == [replace(PLAIN, answer="Yes.", category=None)]


@pytest.mark.parametrize(
    ("form", "old", "new", "what"),
    [
        ("jsonl", b'"public"', b'"all"', "'all' is not known here"),
        ("jsonl", b'"answer": "Yes.', b'"answer": "', "the value is empty"),
        ("csv", b"public", b"all", "'all' is not known here"),
        ("csv", b'"Yes', b'"Y"es', "the row cannot be read"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(form: str, old: bytes, new: bytes, what: str) -> None:
    written = FORMS[FormName(form)].write(
        [replace(PLAIN, id="rye", answer="Yes.", aliases=()), replace(PLAIN, answer="Yes.,")]
    )
    (problem, *_) = read(f"faq.{form}", written.replace(old, new)).problems
    assert problem.what.startswith(what)
    assert problem.line == (1 if form == "jsonl" else problem.line)


def test_a_suffix_tells_the_form() -> None:
    assert [form_of(suffix) for suffix in ("YAML", "yml", "ndjson", "csv", "xlsx", "md", "pdf", "")] == [
        "yaml", "yaml", "jsonl", "csv", "xlsx", "md", None, None,
    ]  # fmt: skip


def test_what_no_cell_holds_is_refused_by_name() -> None:
    aliases = tuple(f"{number} {'x' * 290}" for number in range(150))
    with pytest.raises(InvalidInputError) as refused:
        FORMS[FormName.XLSX].write([replace(PLAIN, aliases=aliases)])
    assert [(each.where, each.field) for each in refused.value.problems] == [("bread", "aliases")]


def test_a_workbook_shows_every_cell_as_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMS[FormName.XLSX].write([replace(PLAIN, question="=1+1")])))
    cells = [cell for row in book[SHEET].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "'=1+1" in [cell.value for cell in cells]


@pytest.mark.parametrize("cut", [100, -200])
def test_a_workbook_that_is_damaged_is_refused(cut: int) -> None:
    document = read("faq.xlsx", FORMS[FormName.XLSX].write([PLAIN])[:cut])
    assert (len(document.problems), document.records) == (1, ())


def test_a_page_holds_what_is_for_everybody_to_read() -> None:
    bread = replace(PLAIN, aliases=(), source=Source(), answer="Yes.\n\n- dark\n- white\n\n```\n# rye\n```")
    where = Entry(id="where", question="Where is the bakery?", answer="**Opposite** the [station](https://a.test).")
    others = (replace(where, id="a", status=Status.DRAFT), replace(where, id="b", audience=Audience.INTERNAL))
    form = FORMS[FormName.MARKDOWN]
    written = form.write([bread, where, *others])

    assert [form.takes(entry) for entry in (bread, where, *others)] == [True, True, False, False]
    assert written.startswith(b"# FAQ\n\n### Where is the bakery?\n\n**Opposite**")
    found = {entry.question: (entry.answer, entry.category) for entry in imported("md", written)}
    assert found == {entry.question: (entry.answer, entry.category) for entry in (where, bread)}


def test_a_heading_in_an_answer_begins_no_question() -> None:
    written = FORMS[FormName.MARKDOWN].write([replace(PLAIN, answer="Yes.\n\n## Dark\n\nOn Monday.")])
    assert [entry.answer for entry in imported("md", written)] == ["Yes.\n\n**Dark**\n\nOn Monday."]


def test_a_page_of_the_pack_is_read_back() -> None:
    files = sorted(resource("faq_data").iterdir(), key=lambda file: file.name)
    entries = [one.entry for one in collect([read(file.name, file.read_bytes()) for file in files]).entries]
    form = FORMS[FormName.MARKDOWN]
    wanted = {(entry.question, entry.answer, entry.category) for entry in entries if form.takes(entry)}

    assert {(one.question, one.answer, one.category) for one in imported("md", form.write(entries))} == wanted


def test_each_category_has_a_file_of_its_own_however_alike_they_are_called() -> None:
    categories = ("Food & drink", "Food, drink!", "Without category", None)
    some = [replace(PLAIN, id=f"e{number}", category=each) for number, each in enumerate(categories)]
    assert {name: [entry.category for entry in each] for name, each in by_category(some).items()} == {
        "food-drink": ["Food & drink"],
        "food-drink-2": ["Food, drink!"],
        "without-category": ["Without category"],
        "without-category-2": [None],
    }
