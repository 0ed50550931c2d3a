"""Payloads against what the platforms publish about their own."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from jsonschema_rs import Draft7Validator, Draft202012Validator, Registry, ValidationError

from tests.shared import shared

Dialect: TypeAlias = type[Draft7Validator | Draft202012Validator]
KINDS = ("type", "op", "t", "subtype")
_LONGEST = 300
# Shorter lists of powers of two, such as 1 and 2, are plain choices.
_FEWEST_FLAGS = 4


@dataclass(frozen=True)
class Problem:
    """Where a payload parts from its schema, and which keyword of the schema refused it."""

    path: str
    rule: str
    words: str

    def __str__(self) -> str:
        """Return one readable line."""
        return f"{self.path or 'payload'}: {self.words[:_LONGEST]} ({self.rule})"


@dataclass(frozen=True)
class Deviation:
    """Allow what a client library sends although its platform does not describe it.

    The path is a pattern such as `embeds.*.flags`. An unknown field and a missing one have a path of their
    own, and the rules `additionalProperties` and `required`.
    """

    path: str
    rule: str
    reason: str

    def covers(self, problem: Problem) -> bool:
        """Return whether the problem is this deviation."""
        return problem.rule == self.rule and fnmatchcase(problem.path, self.path)


class Spec:
    """Validate payloads against a document of schemas that is closed to unknown fields."""

    def __init__(self, document: Mapping[str, Any], dialect: Dialect, *, leave_open: Collection[str] = ()) -> None:
        self.document: Mapping[str, Any] = _closed(document, document, frozenset(leave_open))
        self._registry = Registry([("spec:", self.document)])
        self._dialect = dialect
        self._validators: dict[str, Draft7Validator | Draft202012Validator] = {}

    def problems(self, pointer: str, payload: object, *, allowed: Iterable[Deviation] = ()) -> list[Problem]:
        """Return where the payload parts from the schema at a pointer such as `/definitions/Chat_postMessage`."""
        if self.is_valid(pointer, payload):
            return []
        errors = self._validator(pointer).iter_errors(_encodable(payload))
        deviations = tuple(allowed)
        return [problem for error in errors for problem in _told(error, deviations)]

    def is_valid(self, pointer: str, payload: object) -> bool:
        """Return whether the payload fits the schema at a pointer."""
        return self._validator(pointer).is_valid(payload)

    def _validator(self, pointer: str) -> Draft7Validator | Draft202012Validator:
        if pointer not in self._validators:
            self._validators[pointer] = self._dialect({"$ref": f"spec:#{pointer}"}, registry=self._registry)
        return self._validators[pointer]


@cache
def load(name: str, dialect: Dialect, *, leave_open: frozenset[str] = frozenset()) -> Spec:
    """Return the published schemas in a file, or skip where they are not at hand.

    Objects under a property in `leave_open` may have fields that the schema does not name.
    """
    return Spec(read(shared("specs", name)), dialect, leave_open=leave_open)


def read(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file."""
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def escaped(part: str) -> str:
    """Return one part of a pointer, such as a path of an OpenAPI document, as a pointer writes it."""
    for plain, code in (("~", "~0"), ("/", "~1"), ("%", "%25"), ("{", "%7B"), ("}", "%7D")):
        part = part.replace(plain, code)
    return part


def _encodable(payload: object) -> object:
    """Return the payload without half a surrogate pair, of which an error could not tell."""
    return json.loads(json.dumps(payload, ensure_ascii=False).encode(errors="replace"))


def _closed(node: Any, document: Mapping[str, Any], leave_open: frozenset[str], *, shut: bool = True) -> Any:  # noqa: ANN401  # JSON
    if isinstance(node, list):
        return [_closed(item, document, leave_open) for item in node]
    if not isinstance(node, Mapping):
        return node
    if _is_flags(node):
        return {"type": "integer"}
    if len(node.get("allOf", ())) > 1:
        return _merged(node, document, leave_open)
    closed = {key: _closed(value, document, leave_open, shut=key not in leave_open) for key, value in node.items()}
    if shut and _is_open(node):
        closed["additionalProperties"] = False
    return closed


def _merged(node: Mapping[str, Any], document: Mapping[str, Any], leave_open: frozenset[str]) -> dict[str, Any]:
    """Close an intersection as a whole: each of its members alone would refuse the fields of the others."""
    members = [_target(member, document) for member in node["allOf"]]
    return {
        **{key: value for key, value in node.items() if key != "allOf"},
        "allOf": [_closed(member, document, leave_open, shut=False) for member in members],
        "unevaluatedProperties": False,
    }


def _target(node: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in node:
        return node
    target = document
    for part in node["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return target


def _is_open(node: Mapping[str, Any]) -> bool:
    kinds = node.get("type")
    return (
        isinstance(node.get("properties"), Mapping)
        and (kinds == "object" or (isinstance(kinds, list) and "object" in kinds))
        and "additionalProperties" not in node
    )


def _is_flags(node: Mapping[str, Any]) -> bool:
    """Return whether an enum lists single bits: what is sent is any sum of them."""
    values = node.get("enum")
    return (
        isinstance(values, list)
        and len(values) >= _FEWEST_FLAGS
        and all(isinstance(value, int) and value.bit_count() == 1 for value in values)
    )


def _told(error: ValidationError, allowed: Sequence[Deviation]) -> list[Problem]:
    """Return what an error comes down to, without what is allowed."""
    branches = _branches(error)
    if branches:
        return _told_of_union(error, branches, allowed)
    return [problem for problem in _plain(error) if not any(deviation.covers(problem) for deviation in allowed)]


def _branches(error: ValidationError) -> Sequence[Sequence[ValidationError]]:
    """Return what is wrong with each branch of a union that none of them fits, nothing for other errors."""
    branches: Sequence[Sequence[ValidationError]] = getattr(error.kind, "context", ())
    return branches


def _plain(error: ValidationError) -> Iterator[Problem]:
    path, rule = _path(error), error.kind.name
    if rule == "additionalProperties":
        for field in sorted(error.kind.as_dict()["unexpected"]):
            yield Problem(f"{path}.{field}".lstrip("."), rule, "no such field")
    elif rule == "required":
        yield Problem(f"{path}.{error.kind.as_dict()['property']}".lstrip("."), rule, "is missing")
    else:
        yield Problem(path, rule, error.message)


def _told_of_union(
    error: ValidationError, branches: Sequence[Sequence[ValidationError]], allowed: Sequence[Deviation]
) -> list[Problem]:
    """Return what is wrong with the branch that was meant: the one whose kind fits, with the fewest problems."""
    depth = len(error.instance_path)
    fitting = [branch for branch in branches if not any(_misses_kind(part, depth) for part in branch)]
    fitting = [branch for branch in fitting if not any(_misses_type(part, depth) for part in branch)] or fitting
    if not fitting:
        instance: Any = error.instance
        kinds = {kind: instance[kind] for kind in KINDS if kind in instance}
        return [Problem(_path(error), error.kind.name, f"nothing of this kind fits here: {kinds}")]
    return min(([problem for part in branch for problem in _told(part, allowed)] for branch in fitting), key=len)


def _path(error: ValidationError) -> str:
    return ".".join(map(str, error.instance_path))


def _misses_kind(error: ValidationError, depth: int) -> bool:
    below = error.instance_path[depth:]
    if error.kind.name in {"const", "enum"}:
        return len(below) == 1 and below[0] in KINDS
    branches = _branches(error)
    return not below and bool(branches) and all(_misses_kind(part, depth) for branch in branches for part in branch)


def _misses_type(error: ValidationError, depth: int) -> bool:
    """Return whether the branch is for another type altogether, such as null for an object."""
    return error.kind.name == "type" and len(error.instance_path) == depth
