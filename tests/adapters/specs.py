"""Payloads against what the platforms publish about their own."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema_rs
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT7, DRAFT202012

from tests.shared import shared

Dialect: TypeAlias = type[Draft7Validator | Draft202012Validator]
KINDS = ("type", "op", "t", "subtype")
_SPECIFICATIONS = {Draft7Validator: DRAFT7, Draft202012Validator: DRAFT202012}
_COMPILED = {
    Draft7Validator: jsonschema_rs.Draft7Validator,
    Draft202012Validator: jsonschema_rs.Draft202012Validator,
}
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
    """Validate payloads against a document of schemas that is closed to unknown fields.

    A compiled validator passes what is valid, in a hundredth of the time; the one whose errors can be read says what
    is wrong with the rest.
    """

    def __init__(self, document: Mapping[str, Any], dialect: Dialect, *, leave_open: Collection[str] = ()) -> None:
        closed = _closed(document, document, frozenset(leave_open))
        self._registry: Registry[Any] = Registry().with_resource(
            "spec:", _SPECIFICATIONS[dialect].create_resource(closed)
        )
        self._dialect = dialect
        self._compiled_registry = jsonschema_rs.Registry([("spec:", closed)])
        self._validators: dict[str, Draft7Validator | Draft202012Validator] = {}
        self._compiled: dict[str, jsonschema_rs.Validator] = {}
        self.document: Mapping[str, Any] = closed

    def problems(self, pointer: str, payload: object, *, allowed: Iterable[Deviation] = ()) -> list[Problem]:
        """Return where the payload parts from the schema at a pointer such as `/definitions/Chat_postMessage`."""
        if self._is_valid(pointer, payload):
            return []
        deviations = tuple(allowed)
        return [
            problem for error in self._validator(pointer).iter_errors(payload) for problem in _told(error, deviations)
        ]

    def _is_valid(self, pointer: str, payload: object) -> bool:
        if pointer not in self._compiled:
            reference = {"$ref": f"spec:#{pointer}"}
            self._compiled[pointer] = _COMPILED[self._dialect](reference, registry=self._compiled_registry)
        return self._compiled[pointer].is_valid(payload)

    def _validator(self, pointer: str) -> Draft7Validator | Draft202012Validator:
        if pointer not in self._validators:
            reference = {"$ref": f"spec:#{pointer}"}
            self._validators[pointer] = self._dialect(reference, registry=self._registry)
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
    if error.validator in {"anyOf", "oneOf"} and error.context:
        return _told_of_union(error, allowed)
    return [problem for problem in _plain(error) if not any(deviation.covers(problem) for deviation in allowed)]


def _plain(error: ValidationError) -> Iterator[Problem]:
    path, rule = _path(error), str(error.validator)
    if rule == "additionalProperties" and error.validator_value is False:
        for field in _unknown(error.instance, error.schema):
            yield Problem(f"{path}.{field}".lstrip("."), rule, "no such field")
    elif rule == "required":
        # There is one error for each missing field; its message begins with the quoted name.
        field = error.message.split("'")[1]
        yield Problem(f"{path}.{field}".lstrip("."), rule, "is missing")
    else:
        yield Problem(path, rule, error.message)


def _unknown(instance: Any, schema: Any) -> list[str]:  # noqa: ANN401  # JSON
    return sorted(set(instance) - set(schema.get("properties", ())))


def _told_of_union(error: ValidationError, allowed: Sequence[Deviation]) -> list[Problem]:
    """Return what is wrong with the branch that was meant: the one whose kind fits, with the fewest problems."""
    branches: dict[object, list[ValidationError]] = {}
    for part in error.context or ():
        branches.setdefault(part.relative_schema_path[0], []).append(part)
    fitting = [branch for branch in branches.values() if not any(map(_misses_kind, branch))]
    fitting = [branch for branch in fitting if not any(map(_misses_type, branch))] or fitting
    if not fitting:
        instance: Any = error.instance
        kinds = {kind: instance[kind] for kind in KINDS if kind in instance}
        return [Problem(_path(error), str(error.validator), f"nothing of this kind fits here: {kinds}")]
    return min(([problem for part in branch for problem in _told(part, allowed)] for branch in fitting), key=len)


def _path(error: ValidationError) -> str:
    return ".".join(map(str, error.absolute_path))


def _misses_kind(error: ValidationError) -> bool:
    if error.validator in {"const", "enum"}:
        return len(error.relative_path) == 1 and error.relative_path[0] in KINDS
    return not error.relative_path and bool(error.context) and all(map(_misses_kind, error.context or ()))


def _misses_type(error: ValidationError) -> bool:
    """Return whether the branch is for another type altogether, such as null for an object."""
    return error.validator == "type" and not error.relative_path
