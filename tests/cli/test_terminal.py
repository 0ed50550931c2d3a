"""Text on the terminal: shown as it is, and never obeyed."""

import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.terminal import Terminal, facts, one_line, safe, table

MARKUP = "[red]not red[/red] :smile: [link=https://example.com]x[/link]"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("\x9b31m", "31m"),
        ("a\r\nb\tc\x00\x7f", "a\nb\tc"),
        ("user\u202egnp.exe", "usergnp.exe"),
        ("\u2066a\u2069\u2067b", "ab"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("שלום مرحبا 👩\u200d🚀", "שלום مرحبا 👩\u200d🚀"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_that_is_obeyed_is_left(text: str) -> None:
    kept = safe(text)
    assert all(character in "\n\t" or unicodedata.category(character) not in {"Cc", "Cs"} for character in kept)
    assert not set(kept) & set(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
    assert safe(kept) == kept


@given(st.text(alphabet=st.characters(codec=None)), st.integers(1, 30))
def test_one_line_is_one_short_line(text: str, limit: int) -> None:
    line = one_line(text, limit=limit)
    assert len(line) <= limit
    assert len(line.splitlines()) <= 1


def test_a_cut_is_marked() -> None:
    assert one_line("one two three", limit=8) == "one two…"
    assert one_line("one two", limit=7) == "one two"


def screen(terminal: Console) -> io.StringIO:
    """Return what a terminal writes to."""
    terminal.file = written = io.StringIO()
    return written


def test_markup_is_printed_as_it_is() -> None:
    terminal = Terminal()
    written = screen(terminal)
    terminal.print(MARKUP)
    table(terminal, ("one", "two"), [(MARKUP, "b")])
    facts(terminal, {"name": MARKUP})
    assert written.getvalue().count(MARKUP) == 3


def test_a_pipe_gets_columns_without_a_frame_and_whole_lines() -> None:
    terminal = Terminal()
    written = screen(terminal)
    table(terminal, ("id", "text", "n"), [("a", "x" * 200, "1"), ("bcd", "日本\nx", "22")], numbers=1)
    assert written.getvalue().splitlines() == [
        f"ID   TEXT{' ' * 196}   N",
        f"a    {'x' * 200}   1",
        f"bcd  日本 x{' ' * 194}  22",
    ]


def test_lines_of_a_value_stand_below_each_other() -> None:
    terminal = Terminal()
    written = screen(terminal)
    facts(terminal, {"a": "one\ntwo\x1b[2J", "long name": "three", "none": None, "empty": ""})
    assert written.getvalue() == "a          one\n           two[2J\nlong name  three\n"


def test_a_terminal_gets_a_table_of_its_width_with_whole_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    terminal = Terminal(width=40)
    written = screen(terminal)
    table(terminal, ("id", "text"), [("a-long-identifier", "one two three four five six"), ("b", f"[b]{'x' * 60}")])
    lines = re.sub(r"\x1b\[[0-9;]*m", "", written.getvalue()).splitlines()
    assert all(len(line) <= 40 for line in lines)
    assert any(line.startswith(" a-long-identifier ") for line in lines)
    assert "[b]" in "".join(lines)
    assert sum(line.count("x") for line in lines[2:]) == 61  # none is lost, and "six" has one
