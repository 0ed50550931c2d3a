"""What went over the wires against what Discord publishes of its API and gateway."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from jsonschema_rs import Draft7Validator

from tests.loopback.discord.constants import Op
from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.openapi import request_problems
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.recording import Log, Sent
from tests.loopback.specs import Deviation, Problem, Spec, load

GATEWAY = "discord-gateway.schema.json"
_BY_OP: Final[Mapping[int, str]] = {
    1: "GatewayHeartbeatRequest",
    7: "GatewayReconnect",
    9: "GatewayInvalidSession",
    10: "GatewayHello",
    11: "GatewayHeartbeatAck",
}
_SENT_BY_CLIENTS: Final[Mapping[int, str]] = {1: "GatewayHeartbeat", 2: "GatewayIdentify", 6: "GatewayResume"}

EVENTS_MAY: Final = (
    Deviation("d.*.flags", "const", "the schema knows one flag of roles, and 0 is none of them"),
    Deviation(
        "d", "not", "the schema has no field here; Discord sends an empty one, and discord.py reads that of RESUMED"
    ),
)
"""What Discord sends although the schema does not know it."""


def told(log: Log) -> list[str]:
    """Return a line for each thing that the log holds and Discord does not know."""
    return [*_of_requests(log), *_of_events(log.sent), *_of_clients(log.received)]


def unserved(log: Log) -> list[str]:
    """Return the requests to routes that the loopback does not have."""
    return [request.name for request in log.requests if request.response == Refusal.UNKNOWN_ROUTE.body]


def _of_requests(log: Log) -> Iterator[str]:
    for request in log.requests:
        for problem in request_problems(request):
            yield f"{request.method} {request.path}: {problem}"


def _of_events(sent: Iterable[Sent]) -> Iterator[str]:
    gateway = load(GATEWAY, Draft7Validator)
    for one in sent:
        if one.checked:
            for problem in event_problems(gateway, one.payload):
                yield f"{one.payload.get('t') or 'op'} {one.payload['op']}: {problem}"


def _of_clients(received: Iterable[Json]) -> Iterator[str]:
    gateway = load(GATEWAY, Draft7Validator)
    for payload in received:
        pointer = f"/definitions/{_SENT_BY_CLIENTS[payload['op']]}"
        for problem in gateway.problems(pointer, payload):
            yield f"client's op {payload['op']}: {problem}"


def event_problems(gateway: Spec, payload: Json) -> list[Problem]:
    """Return where a payload of the gateway is not as Discord sends it."""
    name = _of_event(payload["t"]) if payload["op"] == Op.DISPATCH else _BY_OP[payload["op"]]
    if name not in gateway.document["definitions"]:
        return [Problem("t", "event", "Discord has no such event")]
    return gateway.problems(f"/definitions/{name}", payload, allowed=EVENTS_MAY)


def _of_event(event: str) -> str:
    return f"Gateway{event.replace('_', ' ').title().replace(' ', '')}Dispatch"
