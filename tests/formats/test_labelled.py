"""Show that labelled sets are read, and every faulty line told."""

import json

import pytest

from bot.errors import InvalidInputError
from bot.formats.labelled import read_faqs, read_questions

FAQ = {"id": "a", "question": "How?", "aliases": ["Why?"], "answer": None, "category": None}
KNOWN = frozenset("ab")


def lines(*objects: object) -> bytes:
    return "\n".join(json.dumps(each) for each in objects).encode()


def places(raised: pytest.ExceptionInfo[InvalidInputError]) -> list[tuple[int | None, str | None]]:
    return [(problem.line, problem.field) for problem in raised.value.problems]


def test_faqs() -> None:
    first, second = read_faqs("f", lines(FAQ, {**FAQ, "id": "b", "aliases": [], "answer": "So.", "category": "C"}))
    assert (first.id, first.question, first.aliases, first.answer, first.category) == ("a", "How?", ("Why?",), "", None)
    assert (second.aliases, second.answer, second.category) == ((), "So.", "C")


def test_questions() -> None:
    content = lines({"text": "x", "expect": "a"}, {"text": "", "expect": None}, {"text": "y", "expect": ["a", "b"]})
    assert [(each.text, each.expect) for each in read_questions("q", content, known=KNOWN)] == [
        ("x", frozenset("a")),
        ("", frozenset()),
        ("y", frozenset("ab")),
    ]


def test_faults_of_faqs() -> None:
    content = lines(FAQ, {"question": "x"}, {**FAQ, "id": "c", "question": " "}, {**FAQ, "id": "d", "aliases": [1]})
    with pytest.raises(InvalidInputError) as raised:
        read_faqs("f", content + b"\n[]\n{")
    assert places(raised) == [(2, "id"), (3, "question"), (4, "aliases"), (5, None), (6, None)]


def test_one_id_twice() -> None:
    with pytest.raises(InvalidInputError) as raised:
        read_faqs("f", lines(FAQ, FAQ))
    assert places(raised) == [(2, "id")]


def test_faults_of_questions() -> None:
    content = lines(
        {"text": "x"}, {"text": "x", "expect": "z"}, {"text": 1, "expect": None}, {"text": "x", "expect": 2}
    )
    with pytest.raises(InvalidInputError) as raised:
        read_questions("q", content, known=KNOWN)
    assert places(raised) == [(1, "expect"), (2, "expect"), (3, "text"), (4, "expect")]


def test_an_undecodable_file() -> None:
    with pytest.raises(InvalidInputError):
        read_faqs("f", b"caf\xe9")
