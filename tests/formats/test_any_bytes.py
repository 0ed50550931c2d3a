"""No bytes make a reader raise anything but problems that have their place and a remedy."""

import json
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import InvalidInputError, Problem
from bot.formats import collect
from bot.formats.labelled import read_faqs, read_questions
from bot.formats.reading import SUFFIXES, read

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "cp1252", "koi8-r", "shift-jis", "gb18030")
BREAKS = ("\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c")
SIGNS = tuple(":-?[]{},#&*!|>'\"%@`\t0\\=~<.() ")
WORDS = (
    *(": ", "- ", "  ", "id", "question", "answer", "aliases", "source", "url", "views", "updated", "null", "---"),
    *("Published on 5 May 2023", "Updated on 6 May 2024", "Q?", "A.", "text", "expect", "2FA", "Привет", "日本", "é"),
    *(
        "# Q?\n",
        "## ",
        "**Q: a?**",
        "\nA: ",
        "Frage 1: ",
        "---\n",
        "title: x\n",
        "!!! note",
        "\n    ",
        '??? question "Q?"',
        ":::tip\n",
    ),
    *(
        "<details><summary>Q?</summary>",
        "</details>",
        "<dl><dt>Q?<dd>",
        "<h2>Q?</h2><p>",
        "<ul><li>",
        "<table><tr><td>",
        "<b>",
        "</b>",
    ),
    *(
        "<br>",
        "<!--",
        "&nbsp;",
        "[a][b]",
        "[^1]",
        "\n[b]: x",
        "1. **Q?**",
        "1. ",
        "```",
        "Help Center > A > B\n",
        "Was this helpful?\n",
    ),
    *(
        '<script type="application/ld+json">',
        '{"@type": "Question", "name": "Q?", "acceptedAnswer": {"text": "A"}}',
        "</script>",
    ),
    *(
        '{"threads": [{"title": "Q?", "messages": [{"content": "A", "solved": true}]}]}',
        "\nWhat is it?\n: A\n",
        "Related articles\n",
    ),
    *('{"text": "', '", "expect": ', '"}', "https://[", "9" * 5000, "\\ud800", "\ufffe", "\ufeff", "\0", "😀"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(BREAKS + SIGNS + WORDS), st.text(max_size=3)), max_size=40).map("".join)
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.builds(lambda text, encoding: text.encode(encoding, "replace"), TEXTS, st.sampled_from(ENCODINGS)),
    st.builds(lambda text, at, byte: text.encode()[:at] + byte, TEXTS, st.integers(0, 80), st.binary(max_size=3)),
)


def hold(problems: tuple[Problem, ...], content: bytes) -> None:
    """Check that a person reads one line with a place, which is in the file, and a remedy."""
    assert problems
    for problem in problems:
        assert problem.what
        assert problem.remedy
        assert problem.line is None or 1 <= problem.line <= content.count(b"\n") + content.count(b"\r") + 1


@given(st.sampled_from(SUFFIXES), CONTENTS)
@example(".yaml", "- id: a\n  que\u2028stion: x\n  answer: b\n".encode())
@example(".yaml", "- id: a\n  answer\u2029: |\n    b\n".encode())
@example(".yaml", "- id: a\n  \x85\tanswer: b\n".encode())
@example(".yaml", "- a: b\u2028- @c".encode())
def test_files_of_entries(suffix: str, content: bytes) -> None:
    document = read(f"a{suffix}", content)
    if not document.records:
        hold((*document.problems, *(each.problem for each in document.doubtful)), content)
    collect([document])


@given(st.sampled_from((read_faqs, read_questions)), CONTENTS)
@example(read_questions, b'{"text": "x", "expect": ' + b"9" * 5000 + b"}")
@example(read_questions, b'{"text": "\\ud800", "expect": null}')
@example(read_faqs, b'{"id": "a", "question": "\\udfff", "aliases": []}')
def test_labelled_sets(reader: Callable[[str, bytes], list[object]], content: bytes) -> None:
    try:
        json.dumps([str(found) for found in reader("a.jsonl", content)], ensure_ascii=False).encode()
    except InvalidInputError as error:
        hold(error.problems, content)


@pytest.mark.parametrize("sign", ["\u2028", "\u2029"])
@pytest.mark.parametrize(
    "text", ["- id: a\n  que{}stion: x\n", "- id: a\n  answer: |\n  {}x\n", "- id: a\n# {0}{0}\n  \tb", "\n'{}'"]
)
def test_a_line_break_that_is_not_seen_is_told_with_its_line(text: str, sign: str) -> None:
    (problem,) = read("a.yaml", text.format(sign).encode()).problems
    assert problem.line == text.partition("{")[0].count("\n") + 1
    assert problem.what == f"the line holds U+{ord(sign):04X}, a line break that is not seen"
    assert problem.remedy == "put a space or a plain line break in its place"


def test_what_is_no_character_is_told_with_its_line() -> None:
    (problem,) = read("a.yaml", f"# {'é' * 50}\n- id: a\n\n\n\n\n- x: \ufffe\n".encode()).problems
    assert (problem.line, problem.what) == (7, "the line holds the control character U+FFFE")
