"""Refuse bad tables and bad JSON with line and remedy, all faults at once, and never a wrong letter."""

import pytest

from bot.core.fields import ANSWER_LIMIT
from bot.errors import Problem
from bot.formats import Document, collect
from bot.formats.reading import read

HEAD = "id,question,answer,updated\n"


def problems(text: str | bytes, name: str = "a.csv") -> list[Problem]:
    """Return what is wrong with a file of which nothing is taken."""
    document = read(name, text if isinstance(text, bytes) else text.encode())
    assert all(problem.remedy for problem in document.problems)
    return list(document.problems)


def places(text: str, name: str = "a.csv") -> list[tuple[int | None, str | None]]:
    """Return line and field of each problem."""
    return [(problem.line, problem.field) for problem in problems(text, name)]


def test_all_faults_are_told_at_once() -> None:
    rows = 'a,How?,#REF!,x\nb,When?,Now,2026-13-01\nc,Where?,=HYPERLINK("x"),\n'
    assert places(HEAD + rows) == [(2, "answer"), (2, "source.updated"), (3, "source.updated"), (4, "answer")]


def test_an_open_quote_is_told_where_it_opens() -> None:
    (problem,) = problems(HEAD + 'a,How?,So.,\nb,When?,"Now,\nc,Where?,Here,\n')
    assert (problem.line, "never closed" in problem.what) == (3, True)


def test_a_quote_within_a_text_is_told() -> None:
    (problem,) = problems(HEAD + 'a,How?,"So" it is,\n')
    assert (problem.line, "within" in problem.what) == (2, True)


def test_each_row_with_broken_quotes_is_told() -> None:
    rows = 'a,How?,"So" it is,\nb,"When?\nor not",Now,\nc,Where?,"Here" or there,\nd,Who?,"Ann,\n'
    assert places(HEAD + rows) == [(2, None), (5, None), (6, None)]


def test_a_row_with_too_many_cells_is_refused() -> None:
    (problem,) = problems(HEAD + "a,How?,So, and so,2026-01-01\n")
    assert "more cells than the header" in problem.what


def test_a_cell_of_a_megabyte_is_refused_with_its_line() -> None:
    (problem,) = problems(HEAD + "a,How?," + "x" * 1_000_000 + ",\n")
    assert problem.line == 2
    (problem,) = problems(HEAD + "a,How?," + "x" * (ANSWER_LIMIT + 1) + ",\n")
    assert (problem.line, problem.field) == (2, "answer")


def test_an_id_on_two_answers_is_refused_and_on_one_answer_makes_one_entry() -> None:
    both = collect([read("a.csv", (HEAD + "a,How?,So.,\na,When?,Now.,\n").encode())])
    assert [problem.field for problem in both.problems] == ["id"]
    one = collect([read("a.csv", (HEAD + "a,How?,So.,\na,In which way?,So.,\n").encode())])
    assert [entry.entry.phrasings for entry in one.entries] == [("How?", "In which way?")]


@pytest.mark.parametrize("content", [b"question,answer\nHow?,So\0.\n", b"question,answer\n\x00\x01\x02\n"])
def test_null_bytes_are_refused(content: bytes) -> None:
    assert problems(content)


def test_line_ends_of_all_kinds_are_read() -> None:
    document = read("a.csv", b"question,answer\r\nHow?,So.\rWhen?,Now.\nWhere?,Here.")
    assert [record.line for record in document.records] == [2, 3, 4]


@pytest.mark.parametrize("head", ["foo,bar\n", "question,bar\n", "foo,answer\n"])
def test_a_header_without_question_or_answer_is_refused_naming_its_columns(head: str) -> None:
    (problem,) = problems(head + "a,b\n")
    assert "bar" in problem.what or "foo" in problem.what
    assert "--map" in problem.remedy


def test_what_is_not_known_is_left_out_and_not_published() -> None:
    head = "question,answer,status,audience,valid until\n"
    rows = "How?,So.,perhaps,all,\nWhen?,Now.,live,moon,\nWhere?,Here.,live,all,3/4/2027\nWhy?,,live,all,\n"
    document = read("a.csv", (head + rows).encode())
    assert document.records == ()
    assert [doubt.problem.field for doubt in document.doubtful] == ["status", "audience", "valid_until", "answer"]


def test_a_column_that_is_not_known_is_named() -> None:
    document = read("a.csv", b"question,answer,zorp\nHow?,So.,x\n")
    assert len(document.records) == 1
    (doubt,) = document.doubtful
    assert "'zorp'" in doubt.problem.what


def test_a_column_for_staff_is_never_shown_to_members() -> None:
    (record,) = read("a.csv", b"question,answer,Remark (internal!)\nHow?,So.,Ask Jo\n").records
    assert (record.passages, record.staff_note) == (("So.",), "Ask Jo")


FRENCH = "Question;Réponse\nOù est mon reçu ?;Il est à côté, dans « Achats ».\n"
GERMAN = "Frage;Antwort\nWas heißt das?;Größe über 5 €.\n"
POLISH = "Pytanie;Odpowiedź\nJak zmienić hasło?;Jeśli się zalogujesz, możesz.\n"


@pytest.mark.parametrize(
    ("text", "encoding"), [(FRENCH, "cp1252"), (GERMAN, "cp1252"), (POLISH, "cp1250"), (FRENCH, "utf-8-sig")]
)
def test_an_old_encoding_is_read_where_its_words_leave_no_doubt(text: str, encoding: str) -> None:
    (record,) = read("a.csv", text.encode(encoding)).records
    assert [record.question, *record.passages] == text.split("\n")[1].split(";")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("question;answer\nRenée?;Crème.\n", "cp1252"), ("Question;Réponse\nOù ?;Là.\n", "mac-roman")],
)
def test_an_old_encoding_in_doubt_is_refused(text: str, encoding: str) -> None:
    (problem,) = problems(text.encode(encoding))
    assert "not UTF-8" in problem.what


def json_problem(text: str) -> Problem:
    """Return what is wrong with a text of JSON."""
    (problem,) = problems(text, "a.json")
    return problem


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, '[{"question":' + "[" * 5_000])
def test_deep_json_is_refused(text: str) -> None:
    assert json_problem(text).line == 1


def test_broken_json_is_told_with_its_line() -> None:
    assert json_problem('[{"question": "How?",\n "answer": "So."},\n {"question": ]').line == 3
    assert json_problem('[{"question": "How?",\n "answer": "So."').line == 2
    assert json_problem("").what == "the file is empty"
    assert "both a question and an answer" in json_problem('{"a": {"b": [1, 2]}}').what


def test_each_bad_line_of_json_lines_is_told() -> None:
    text = '{"question": "How?", "answer": "So."}\n{"question": \n\n"x"\n'
    assert [problem.line for problem in problems(text, "a.jsonl")] == [2]


def test_a_key_that_is_there_twice_is_told() -> None:
    assert "'answer' twice" in json_problem('[\n{"question": "How?", "answer": "So.", "answer": "No."}]').what


def test_a_record_deep_within_json_is_not_looked_for() -> None:
    text = '{"a":' * 30 + '{"question": "How?", "answer": "So."}' + "}" * 30
    assert problems(text, "a.json")


def test_parts_of_an_assistant_alone_make_no_entry() -> None:
    document: Document = read("a.yml", b"version: '3.1'\nresponses:\n  utter_a:\n  - text: So.\n")
    assert (document.records, len(document.fragments)) == ((), 1)
