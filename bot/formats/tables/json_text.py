"""Parse JSON and JSON lines so that each object knows its line, and numbers stay as they are written."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from json import decoder, scanner
from typing import Any

from bot.core.fields import shown
from bot.errors import Problem

_DEEP_REMEDY = "write a plain list of objects"
_SYNTAX_REMEDY = "check the commas, quotes and brackets here and in the line before"


class JsonObject(dict[str, Any]):
    """An object with the line on which it begins."""

    line: int = 1


class _Decoder(json.JSONDecoder):
    """Note where objects begin, and keys that are there twice."""

    def __init__(self, name: str, text: str, *, first_line: int = 1) -> None:
        self.twice: list[Problem] = []
        self._name = name
        self._first_line = first_line
        self._breaks = [index for index, character in enumerate(text) if character == "\n"]
        super().__init__(object_pairs_hook=list, parse_int=str, parse_float=str, parse_constant=str)
        self.parse_object = self._object
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]  # the one that asks for objects

    def _object(self, text_and_end: tuple[str, int], *rest: Any) -> tuple[JsonObject, int]:  # noqa: ANN401
        pairs, end = decoder.JSONObject(text_and_end, *rest)  # type: ignore[attr-defined]
        found = JsonObject(pairs)
        found.line = bisect_left(self._breaks, text_and_end[1]) + self._first_line
        if len(found) < len(pairs):
            self._note_twice([key for key, _ in pairs], found.line)
        return found, end

    def _note_twice(self, keys: Sequence[str], line: int) -> None:
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            what = f"an object that begins here has the key '{shown(key)}' twice"
            self.twice.append(Problem(where=self._name, what=what, remedy="keep one of the two", line=line))


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
    reader = _Decoder(name, text, first_line=first_line)
    try:
        value = reader.decode(text)
    except json.JSONDecodeError as error:
        what = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
        line = error.lineno + first_line - 1
        return None, (Problem(where=name, what=what, remedy=_SYNTAX_REMEDY, line=line),)
    except RecursionError:
        what = "lists and objects are nested too deep"
        return None, (Problem(where=name, what=what, remedy=_DEEP_REMEDY, line=first_line),)
    return value, tuple(reader.twice)
