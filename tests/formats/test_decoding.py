"""Show which bytes are text, and how the others are named."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.decoding import SIZE_LIMIT, decode

TEXT = "Où est mon dépôt?\n\nDans « Actifs » — ou 资产。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    assert decode("a.txt", TEXT.encode(encoding)) == (TEXT, ())


def test_a_mark_of_the_other_byte_order_is_known() -> None:
    assert decode("a.txt", b"\xfe\xff" + TEXT.encode("utf-16-be")) == (TEXT, ())
    assert decode("a.txt", b"\x00\x00\xfe\xff" + TEXT.encode("utf-32-be")) == (TEXT, ())


def test_marks_are_dropped_where_files_were_joined() -> None:
    part = "one\n".encode("utf-8-sig")
    assert decode("a.txt", part + part) == ("one\none\n", ())


def test_line_ends_of_every_system_become_one() -> None:
    assert decode("a.txt", b"one\r\ntwo\rthree\nfour") == ("one\ntwo\nthree\nfour", ())


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", "\u00a0\u3000\n".encode()])
def test_a_file_without_text_is_empty(content: bytes) -> None:
    text, (problem,) = decode("a.txt", content)
    assert (text, problem.where, problem.what) == ("", "a.txt", "the file is empty")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"one\r\ntwo\r\nit\x92s", 3, "not UTF-8: byte 0x92 cannot stand here"),
        (b"caf\xe9", 1, "not UTF-8: byte 0xE9 cannot stand here"),
        (b"\xef\xbb\xbfone\ncaf\xe9 noir", 2, "byte 0xE9"),
        (b"a\n\x81\x8d b", 2, "not UTF-8: byte 0x81"),
        ("a\n\u00e9\n\u00e9".encode()[:-1], 3, "cut off"),
        (b"a\n\xed\xa0\x80", 2, "half a surrogate pair"),
        ("text".encode("utf-16")[:-1], None, "begins as UTF-16-LE but breaks at byte 8"),
    ],
)
def test_other_encodings_are_named_and_never_guessed(content: bytes, line: int | None, words: str) -> None:
    text, (problem,) = decode("a.txt", content)
    assert (text, problem.line) == ("", line)
    assert problem.remedy.startswith("save it as UTF-8")
    assert words in problem.what


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04word/document.xml", "an Office document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"\x00\x01\x02\x03", "binary"),
        (b"\x7fELF\x02\x01\x01\x00\xff\xff", "binary"),
        (b"text\x01\xff", "binary"),
        (b"a\x00b", "binary"),
        (b"a\x00\x78\x03", "binary"),
    ],
)
def test_binary_files_are_named(content: bytes, words: str) -> None:
    text, (problem,) = decode("a.txt", content)
    assert (text, problem.line) == ("", None)
    assert "not text" in problem.what
    assert words in problem.what


def test_every_control_character_is_reported_with_its_line() -> None:
    text, problems = decode("a.txt", "a\tb\nc\x0c\x0cd\x0b\n\ne\x85".encode())
    assert text == ""
    assert [(problem.line, problem.what[-6:]) for problem in problems] == [(2, "U+000B"), (2, "U+000C"), (4, "U+0085")]


def test_a_file_above_the_limit_is_refused_unread() -> None:
    content = bytes(SIZE_LIMIT + 1)
    tracemalloc.start()
    try:
        text, (problem,) = decode("a.txt", content)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert text == ""
    assert "33,554,433 bytes, more than the 33,554,432" in problem.what
    assert decode("a.txt", b"four", size_limit=4) == ("four", ())


@given(st.binary())
def test_any_bytes_give_either_text_or_problems(content: bytes) -> None:
    text, problems = decode("a.txt", content)
    assert bool(text) != bool(problems)


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"], exclude_characters="\ufeff"), min_size=1)


@given(WORDS.map("a{}".format), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_encoded_text_comes_back(text: str, encoding: str) -> None:
    assert decode("a.txt", text.encode(encoding)) == (text, ())


@given(WORDS, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_text_with_spaces_needs_no_mark_in_utf_16(words: str, encoding: str) -> None:
    text = f"a b c {words} d e f"
    assert decode("a.txt", text.encode(encoding)) == (text, ())


@pytest.mark.parametrize("end", ["", "x"])
def test_zeros_in_a_text_are_told_by_their_lines(end: str) -> None:
    text, problems = decode("a", f"question,answer\nHow?,S\0o\nWhen?,N\0ow{end}\n".encode())
    assert text == ""
    assert [(problem.line, problem.what) for problem in problems] == [
        (line, "the line holds the control character U+0000") for line in (2, 3)
    ]
