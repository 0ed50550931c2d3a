"""Docstrings and comments use the verbs of the field, and none of the phrases that say little."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(file for folder in ("bot", "bench", "migrations", "tests") for file in (ROOT / folder).rglob("*.py"))
OPENINGS = re.compile(r"(?:Hold|Say|Tell|Keep|Take|Give|Let|Lead|Know|Stand)s?\b")
OPENED = re.compile(r'"""\s*' + OPENINGS.pattern)
PHRASES = re.compile(
    r"\b(?:whoever|whomever|what came of|what becomes of|anew|is begun|in hand|take note)\b", re.IGNORECASE
)


def docstrings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every string that stands alone, with its line: the docstrings of modules, classes, functions, constants."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def comments(source: str) -> Iterator[tuple[int, str]]:
    """Yield every comment with its line."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def faults(source: str) -> list[tuple[int, str]]:
    """Return the docstrings that open with a banned verb, and all prose with a banned phrase."""
    if not OPENED.search(source) and not PHRASES.search(source):  # most files, and to parse all takes seconds
        return []
    said = list(docstrings(ast.parse(source)))
    opened = [(line, text) for line, text in said if OPENINGS.match(text)]
    return opened + [(line, text) for line, text in [*said, *comments(source)] if PHRASES.search(text)]


@pytest.mark.parametrize(
    "source", ['"""Hold words."""', 'A = 1\n"""Tells more."""', "a = 1  # whoever it is", '"""Index\n\nIt anew."""']
)
def test_what_is_banned_is_found(source: str) -> None:
    assert len(faults(source)) == 1


@pytest.mark.parametrize("source", ['"""Return what is held."""', 'a = "Tell"', "# Tell", '"""Holding."""'])
def test_nothing_else_is(source: str) -> None:
    assert faults(source) == []


def test_prose_says_what_code_does() -> None:
    found = {file: faults(file.read_text("utf-8")) for file in FILES}

    assert [f"{file.relative_to(ROOT)}:{line}: {text}" for file, each in found.items() for line, text in each] == []
