"""A request against Discord's OpenAPI description: its route, its query and its body."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import unquote

from jsonschema_rs import Draft202012Validator

from tests.loopback.discord.recording import Request
from tests.loopback.specs import Deviation, Problem, Spec, escaped, load

OPENAPI = "discord-openapi.json"

_NUMBERED = "discord.py writes these ids as numbers"
CLIENT_MAY: Final = (
    Deviation("recipient_id", "type", _NUMBERED),
    Deviation("*message_reference.*_id", "type", _NUMBERED),
    Deviation("*allowed_mentions.*", "type", _NUMBERED),
    Deviation("*attachments.*.id", "type", _NUMBERED),
    Deviation("*.default_values.*.id", "type", _NUMBERED),
    Deviation("*embeds.*.flags", "additionalProperties", "discord.py writes an embed as it reads one"),
    Deviation("*tts", "additionalProperties", "discord.py names it with each change of a message"),
    Deviation("*.nsfw", "additionalProperties", "discord.py names it with each command"),
    Deviation("use_nested_fields", "query", "discord.py asks so for a post whose message stands below it"),
    Deviation("type", "additionalProperties", "discord.py names the kind of a post that it opens"),
)
"""What discord.py sends although the description does not know it."""


def request_problems(request: Request) -> list[Problem]:
    """Return where a request is not as Discord wants it."""
    spec = load(OPENAPI, Draft202012Validator)
    method = request.method.lower()
    if method not in spec.document["paths"].get(request.route, {}):
        return [Problem("", "route", "Discord has no such route")]
    pointer = f"/paths/{escaped(request.route)}/{method}"
    found = [*_of_parameters(spec, request), *_of_body(spec, pointer, request)]
    return [problem for problem in found if not any(deviation.covers(problem) for deviation in CLIENT_MAY)]


def _of_parameters(spec: Spec, request: Request) -> list[Problem]:
    shared = f"/paths/{escaped(request.route)}"
    pointers = {}
    for owner in (shared, f"{shared}/{request.method.lower()}"):
        for index, parameter in enumerate(_at(spec, request, owner).get("parameters", ())):
            pointers[parameter["in"], parameter["name"]] = f"{owner}/parameters/{index}/schema"
    given = {("query", name): value for name, value in request.query.items()}
    given |= {("path", name): value for name, value in _in_path(request).items()}
    problems = [Problem(name, "query", "no such parameter") for place, name in given if (place, name) not in pointers]
    for key, value in given.items():
        if key in pointers:
            problems += _of_parameter(spec, pointers[key], key[1], value)
    return problems


def _of_parameter(spec: Spec, pointer: str, name: str, value: str) -> list[Problem]:
    """A query has words only: a number or truth value may be meant by them."""
    readings = _readings(value)
    if any(spec.is_valid(pointer, read) for read in readings):
        return []
    best = min((spec.problems(pointer, read) for read in readings), key=len)
    return [Problem(name, problem.rule, problem.words) for problem in best]


def _of_body(spec: Spec, pointer: str, request: Request) -> list[Problem]:
    described = _at(spec, request, pointer).get("requestBody")
    if described is None:
        return [] if request.body in (None, {}) else [Problem("", "body", "nothing may come with this request")]
    if request.body is None:
        return [Problem("", "body", "something must come with this request")]
    body = f"{pointer}/requestBody/content/application~1json/schema"
    return spec.problems(body, request.body, allowed=CLIENT_MAY)


def _at(spec: Spec, request: Request, pointer: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = spec.document["paths"][request.route]
    return found if pointer.endswith(escaped(request.route)) else found[request.method.lower()]


def _in_path(request: Request) -> dict[str, str]:
    parts = zip(request.route.split("/"), request.path.split("/"), strict=True)
    return {pattern[1:-1]: unquote(part) for pattern, part in parts if pattern.startswith("{")}


def _readings(value: str) -> list[Any]:
    readings: list[Any] = [value]
    if value.lstrip("-").isdigit():
        readings.append(int(value))
    if value in {"true", "false", "True", "False", "0", "1"}:
        readings.append(value in {"true", "True", "1"})
    return readings
