"""Show how the form of a file is told, and that no file breaks the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.models import Status
from bot.errors import Problem
from bot.formats import Document, Doubtful, Record, collect
from bot.formats.reading import FORMATS, SUFFIXES, accept_doubtful, read, together
from bot.formats.records import Format

PLAIN = b"Where?\n\nHere."
LISTING = b"Where?\nHere.Published on 5 May 2023Updated on 6 May 2024"
NATIVE = b"- {id: a, question: Where?, answer: Here.}"


@pytest.mark.parametrize(
    ("name", "content", "excerpt"),
    [
        ("a.txt", PLAIN, False),
        ("A.TXT", PLAIN, False),
        ("folder.d/a.txt", LISTING, True),
        ("a.yaml", NATIVE, False),
        ("a.YML", NATIVE, False),
        ("a.txt", b"# mine\n---\n- question: Where?\n  answer: Here.\n  id: a\n", False),
    ],
)
def test_the_suffix_and_the_text_tell_the_form(name: str, content: bytes, *, excerpt: bool) -> None:
    document = read(name, content)
    assert document.problems == ()
    (record,) = document.records
    assert (record.question, record.passages, record.file) == ("Where?", ("Here.",), name)
    assert record.excerpt == excerpt


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.docx", "end in .docx"), ("a.pages", "end in .pages"), ("README", "without a suffix"), ("", "without")],
)
def test_other_suffixes_are_refused_naming_those_that_are_read(name: str, words: str) -> None:
    document = read(name, PLAIN)
    (problem,) = document.problems
    assert document.records == ()
    assert words in problem.what
    assert problem.remedy == f"use one of {', '.join(SUFFIXES)}"


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if not suffix.startswith(".xls")])
def test_a_file_that_cannot_be_decoded_is_refused_in_every_form(suffix: str) -> None:
    document = read(f"a{suffix}", b"caf\xe9")
    (problem,) = document.problems
    assert "not UTF-8" in problem.what


@given(st.sampled_from([*SUFFIXES, ".bin"]), st.binary(max_size=200))
def test_no_bytes_break_the_reader(suffix: str, content: bytes) -> None:
    document = read(f"a{suffix}", content)
    assert document.records or document.problems or document.doubtful
    collect([document])


@given(st.sampled_from(SUFFIXES), st.text(max_size=200), st.sampled_from(["utf-8", "utf-16"]))
def test_no_text_breaks_the_reader(suffix: str, text: str, encoding: str) -> None:
    document = read(f"a{suffix}", text.encode(encoding))
    lines = [problem.line or 0 for problem in document.problems]
    assert document.records or document.doubtful or document.fragments or lines
    assert lines == sorted(lines)
    collect([document])


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_the_example_of_each_format_is_read_as_it(form: Format) -> None:
    if not form.binary:
        documents = together([read(f"a{(*form.suffixes, '.txt')[0]}", form.example.encode())])
        assert [(each.problems, each.doubtful) for each in documents] == [((), ())] * len(documents)
        assert any(each.records for each in documents)


def test_what_is_in_doubt_is_taken_as_a_draft_where_there_is_a_record() -> None:
    problem = Problem(where="a.md", what="this may be a question", remedy="say so", line=3)
    sure, unsure = (Record(question=f"{n}?", passages=("A.",), file="a.md", line=n) for n in (1, 3))
    lone, doubt = Doubtful(problem=problem), Doubtful(problem=problem, record=unsure)
    document = Document(records=(sure,), doubtful=(doubt, lone))

    (published,), (first, draft) = (collect([each]).entries for each in (document, accept_doubtful(document)))

    assert published == first
    assert (draft.entry.question, draft.entry.status) == ("3?", Status.DRAFT)
    assert accept_doubtful(document).doubtful == (lone,)
