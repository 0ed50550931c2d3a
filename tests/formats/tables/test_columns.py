"""Show which columns a table is read with: those named by hand, and what stands between and beside its rows."""

from datetime import date

import pytest

from bot.core.models import Status
from bot.formats import Record
from bot.formats.reading import read

BY_NUMBER = {"question": "1", "answer": "2"}


def rows(text: str, name: str = "a.csv", **columns: str) -> list[tuple[str, str]]:
    """Return question and answer of each record of a table with which nothing is wrong."""
    document = read(name, text.encode(), columns=columns)
    assert (document.problems, document.doubtful) == ((), ())
    return [(record.question, record.passages[0]) for record in document.records]


def record(text: str, name: str = "a.csv") -> Record:
    """Return the only record of a table with which nothing is wrong."""
    document = read(name, text.encode())
    assert document.problems == ()
    (found,) = document.records
    return found


def fault(text: str, name: str = "a.csv", **columns: str) -> tuple[int | None, str, str]:
    """Return the line of the only problem of a file of which nothing is read, what is wrong, and what helps."""
    document = read(name, text.encode(), columns=columns)
    assert (document.records, document.doubtful) == ((), ())
    (problem,) = document.problems
    return problem.line, problem.what, problem.remedy


def test_columns_are_named_by_their_numbers_with_and_without_a_header() -> None:
    assert rows("Here is,How?\nNow.,When?\n", question="2", answer="1") == [("How?", "Here is"), ("When?", "Now.")]
    assert rows("frage,foo\nHow?,So.\n", **BY_NUMBER) == [("How?", "So.")]


def test_columns_are_named_by_their_names_beside_those_that_are_known() -> None:
    document = read("a.csv", b"Thema,Was,category\nHow?,So.,Coins\n", columns={"question": "thema", "answer": "Was"})
    assert [(each.question, each.passages, each.category) for each in document.records] == [("How?", ("So.",), "Coins")]
    assert fault("Thema,Was\nHow?,So.\n", question="Thema", answer="Wo") == (
        1,
        "no column has the name 'Wo'",
        "check --map",
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("question,answer\n", "there are no rows below the names of the columns"),
        (",,\n,,\n", "the table is empty"),
        ("id,ID,question,answer\na,b,How?,So.\n", "several columns may be the id: id, ID"),
    ],
)
def test_a_table_that_cannot_be_read_as_a_whole_says_why(text: str, what: str) -> None:
    assert fault(text)[1] == what


def test_a_short_text_alone_in_its_row_is_the_category_of_those_below_and_a_header_may_be_repeated() -> None:
    text = b"question,answer\nCoins,\nHow?,So.\nquestion,answer\nPhones,\nWhen?,Now.\n"
    document = read("a.csv", text)
    assert [(each.line, each.category) for each in document.records] == [(3, "Coins"), (6, "Phones")]


@pytest.mark.parametrize("answer", ["It takes up to three working days until it is there.", "So."])
def test_an_answer_without_a_question_is_in_doubt_however_short(answer: str) -> None:
    document = read("a.csv", f"question,answer\n,{answer}\nWhen?,Now.\n".encode())
    (doubt,) = document.doubtful
    assert (doubt.problem.line, doubt.problem.field, doubt.record) == (2, "question", None)
    assert [(each.line, each.category) for each in document.records] == [(3, None)]


def test_an_alias_is_taken_once_and_one_that_is_too_long_is_told() -> None:
    assert record('question,answer,aliases\nHow?,So.,"In what way|In what way|!"\n').aliases == ("In what way",)
    line, what, _ = fault(f"question,answer,aliases\nHow?,So.,{'x' * 2000}\n")
    assert (line, what) == (2, "the text has 2,000 characters, more than 300")


def test_a_day_of_the_source_that_may_be_two_is_left_out_and_named() -> None:
    document = read("a.csv", b"question,answer,updated\nHow?,So.,3/4/2024\n")
    assert [each.source.updated for each in document.records] == [None]
    assert [each.problem.what for each in document.doubtful] == ["'3/4/2024' may be two dates"]


def test_a_day_is_read_as_it_is_written_in_the_east() -> None:
    assert record("question,answer,updated\nHow?,So.,2024年4月26日\n").source.updated == date(2024, 4, 26)


def test_a_column_of_internal_notes_is_for_staff_beside_other_notes() -> None:
    text = b"question,answer,staff note,internal\nHow?,So.,Be kind,Ask Jo first\nWhen?,Now.,,Ask Al\nWhy?,Since.,,\n"
    notes = [each.staff_note for each in read("a.csv", text).records]
    assert notes == ["Be kind\n\nAsk Jo first", "Ask Al", None]


def test_a_first_line_that_names_the_separator_tells_a_table() -> None:
    assert rows("sep=;\nHow?;So, or so.\nWhen?;Now.\n", "faq") == [("How?", "So, or so."), ("When?", "Now.")]


def test_a_quote_that_is_closed_far_too_late_is_told_where_it_opens() -> None:
    line, what, _ = fault('question,answer\nHow?,"So\n' + '"" x\n' * 30 + '"\n')
    assert (line, "as if its own were not closed" in what) == (2, True)


def test_an_article_that_was_never_published_is_a_draft() -> None:
    text = (
        '[{"title": "How?", "content": "So.", "published_at": null},'
        ' {"title": "When?", "content": "Now.", "published_at": "2024-04-24"}]'
    )
    document = read("a.json", text.encode())
    assert [each.status for each in document.records] == [Status.DRAFT, None]


def test_more_aliases_than_an_entry_can_have_are_told() -> None:
    ways = "|".join(f"way {number}" for number in range(201))
    assert fault(f"question,answer,aliases\nHow?,So.,{ways}\n")[1:] == (
        "there are 201 of them, more than 200",
        "take some out",
    )


def test_a_long_table_in_an_old_encoding_is_refused_where_a_late_letter_does_not_fit() -> None:
    rows = f"Was heißt das?;{'Größe über 5 €. ' * 100}\n" * 50
    content = f"Frage;Antwort\n{rows}".encode("cp1252")
    (problem,) = read("a.csv", content + b"Wie?;So\x81\n").problems
    assert "not UTF-8" in problem.what


@pytest.mark.parametrize(
    "text",
    [
        "question;answer;category;region\nHow?;This; then that;Coins;\nWhen?;Now.;Coins;EU\nWhere?;Here.;Coins;\n",
        "question,answer,category\nHow?,Enter this, then press that.\nWhen?,Now.,Coins\nWhere?,Here.,Coins\n",
    ],
)
def test_a_row_that_a_separator_shifted_is_in_doubt(text: str) -> None:
    document = read("a.csv", text.encode())
    assert [(each.question, each.category) for each in document.records] == [("When?", "Coins"), ("Where?", "Coins")]
    (left,) = document.doubtful
    assert (left.problem.line, left.problem.what) == (2, "cells of this row may stand in the wrong columns")


def test_separators_at_the_end_of_each_row_shift_nothing() -> None:
    assert rows("question;answer\nHow?;So.;\nWhen?;Now.;\n") == [("How?", "So."), ("When?", "Now.")]


def test_categories_that_all_end_like_sentences_are_categories() -> None:
    assert rows("question,answer,category\nHow?,So.,All the rest.\nWhen?,Now.,All the coins.\n") == [
        ("How?", "So."),
        ("When?", "Now."),
    ]
