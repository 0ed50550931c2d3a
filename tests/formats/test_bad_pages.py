"""Pages that are broken, endless or nested without end: one line each with place and remedy, and soon."""

from collections.abc import Iterator

import pytest

from bot.formats import Document, collect
from bot.formats.reading import read

LONG = "the answer has 1,199,999 characters, more than 20,000"
DEEP = "elements are nested more than 250 deep"
Case = tuple[str, bytes, int | None, str, str]


def bad() -> Iterator[Case]:
    """Yield the name of a file, its content, and the line, what and remedy of the problem."""
    yield "a.md", b"# Why?\n\n" + b"x " * 600_000, 1, LONG, "shorten it"
    yield "a.html", b"<h2>Why?</h2>\n<p>" + b"x " * 600_000, 1, LONG, "shorten it"
    yield "a.txt", b"Q: Why?\nA: " + b"x " * 600_000, 1, LONG, "shorten it"
    yield "b.md", b"# " + b"a. " * 200 + b"?\nx", 1, "the question has 601 characters, more than 300", "shorten it"
    yield "b.html", b"<div>" * 9_000, 1, DEEP, "take out what it is nested in, or copy the text of the page into a file"
    yield "c.md", b"# Why?\n\nx\0y", 3, "the line holds the control character U+0000", "take it out"
    yield "c.html", "<h2>Why?</h2><p>caf\u00e9".encode()[:-1], 1, "", "save it as UTF-8"
    yield "d.md", b"# Why?\r\ntext\r\n\n\x01\n", 4, "the line holds the control character U+0001", "take it out"
    yield "d.html", b"<p>Hello</p>", 1, "there is no question with an answer in this page", ""
    yield "e.md", b"Hello", 1, "there is no question with an answer in this page", ""


@pytest.mark.parametrize(("name", "content", "line", "what", "remedy"), list(bad()))
def test_what_cannot_be_read_is_one_line_with_a_remedy(
    name: str, content: bytes, line: int | None, what: str, remedy: str
) -> None:
    document = read(name, content)
    assert document.records == ()
    (problem,) = document.problems
    assert (problem.where, problem.line) == (name, line)
    assert problem.what.startswith(what)
    assert problem.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("quote.md", b"# Why?\n\n" + b">" * 2_000 + b" x"),
        ("list.md", b"# Why?\n\n" + b"".join(b"  " * depth + b"- x\n" for depth in range(100))),
        ("fold.md", b"<details><summary>Why?</summary>\n" * 200 + b"x"),
        ("frame.md", b"# Why?\n" + b"".join(b"    " * depth + b"!!! note\n" for depth in range(50)) + b" x"),
        ("list.html", b"<h2>Why?</h2>" + b"<ul><li>" * 110 + b"x"),
        ("bold.html", b"<h2>Why?</h2><p>" + b"<b>" * 240 + b"x"),
        ("table.html", b"<h2>Why?</h2>" + b"<table><tr><td>" * 60 + b"x"),
        ("terms.html", b"<dl><dt>Why?</dt><dd>" * 60 + b"x"),
        ("tags.md", b"# Why?\n\n" + b"<a href=x" * 2_000),
        ("marked.html", b'<script type="application/ld+json">' + b'{"a":' * 5_000 + b"</script><h2>Why?</h2>x"),
        ("cut.html", b"<main><h2>Why?</h2><p>x <b>y <ul><li>z"),
        ("open.md", b"---\ntitle: Why\n\n# Why?\n\n```\nx"),
    ],
)  # fmt: skip
def test_nesting_and_what_is_not_closed_are_read_as_far_as_they_go(name: str, content: bytes) -> None:
    document = read(name, content)
    assert document.problems == ()
    assert collect([document]).entries


def test_a_script_of_questions_that_is_no_json_is_told_and_the_page_is_read() -> None:
    page = b"""<script type="application/ld+json">\n{"@type": "FAQPage", oops</script><h2>Why?</h2><p>So."""
    document = read("a.html", page)
    assert [record.question for record in document.records] == ["Why?"]
    assert [each.problem.what for each in document.doubtful] == [
        "the questions in this script cannot be read: it is not JSON"
    ]


@pytest.mark.parametrize("text", ["# Why?\r\n\r\nSo.\r\n", "# Why?\r\rSo.", "\ufeff# Why?\n\nSo.\u00a0\n"])
def test_line_ends_and_marks_make_no_difference(text: str) -> None:
    (record,) = read("a.md", text.encode()).records
    assert (record.question, record.passages) == ("Why?", ("So.",))


def test_a_folder_passes_over_pages_without_questions() -> None:
    document: Document = read("docs/a.md", b"Hello", folder="")
    assert [record.question for record in document.records] == ["a"]
    assert read("docs/a.html", b"<p>Hello</p>", folder="").problems == ()
