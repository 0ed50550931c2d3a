"""Parse JSON and JSON lines so that each object knows its line, and numbers stay as they are written."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.core.fields import shown
from bot.errors import Problem

_DEEP_REMEDY = "write a plain list of objects"
_SYNTAX_REMEDY = "check the commas, quotes and brackets here and in the line before"
_STRING_OR_MARK = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\n]', re.DOTALL)


class JsonObject(dict[str, Any]):
    """An object with the line on which it begins."""

    line: int = 1


class _Objects:
    """Make the objects of a text: with their lines, and with a note of the keys that are there twice."""

    def __init__(self, name: str, text: str, *, first_line: int) -> None:
        self.twice: list[Problem] = []
        self._name = name
        self._lines = _lines_of_objects(text, first_line)

    def __call__(self, pairs: list[tuple[str, Any]]) -> JsonObject:
        """Return the object with these keys and values, the next one of the text that ends."""
        found = JsonObject(pairs)
        found.line = next(self._lines)
        if len(found) < len(pairs):
            self._note_twice([key for key, _ in pairs], found.line)
        return found

    def _note_twice(self, keys: Sequence[str], line: int) -> None:
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            what = f"an object that begins here has the key '{shown(key)}' twice"
            self.twice.append(Problem(where=self._name, what=what, remedy="keep one of the two", line=line))


def _lines_of_objects(text: str, first_line: int) -> Iterator[int]:
    """Yield the line on which each object begins, in the order in which they end: so a parser completes them."""
    line = first_line
    begun: list[int] = []
    for found in _STRING_OR_MARK.finditer(text):
        if found[0] == "\n":
            line += 1
        elif found[0] == "{":
            begun.append(line)
        elif found[0] == "}":
            yield begun.pop()


def parse_json(name: str, text: str) -> tuple[Any, tuple[Problem, ...]]:
    """Return the value of a text of JSON, or of JSON lines as a list, or what is wrong with it."""
    value, problems = _parse(name, text)
    if not problems or not _is_lines(text):
        return value, problems
    return _parse_lines(name, text)


def _is_lines(text: str) -> bool:
    """Return whether the first line with something on it is a whole object, and more follow."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not lines[0].lstrip().startswith("{"):  # noqa: PLR2004  # one line is no list of lines
        return False
    first, problems = _parse("", lines[0])
    return isinstance(first, dict) and not problems


def _parse_lines(name: str, text: str) -> tuple[list[Any], tuple[Problem, ...]]:
    values: list[Any] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            value, found = _parse(name, line, first_line=number)
            values.append(value)
            problems.extend(found)
    return values, tuple(problems)


def _parse(name: str, text: str, *, first_line: int = 1) -> tuple[Any, tuple[Problem, ...]]:
    objects = _Objects(name, text, first_line=first_line)
    try:
        value = json.JSONDecoder(object_pairs_hook=objects, parse_int=str, parse_float=str, parse_constant=str).decode(
            text
        )
    except json.JSONDecodeError as error:
        what = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        line = error.lineno + first_line - 1
        return None, (Problem(where=name, what=what, remedy=_SYNTAX_REMEDY, line=line),)
    except RecursionError:
        what = "lists and objects are nested too deep"
        return None, (Problem(where=name, what=what, remedy=_DEEP_REMEDY, line=first_line),)
    return value, tuple(objects.twice)
