"""Show that what Discord would not send or take is found."""

from typing import Any

import pytest
from jsonschema_rs import Draft7Validator

from tests.loopback.discord import checking, payloads
from tests.loopback.discord.clients import TestClient
from tests.loopback.discord.openapi import request_problems
from tests.loopback.discord.people import Who, say
from tests.loopback.discord.recording import Log, Request, Sent
from tests.loopback.discord.server import Loopback
from tests.loopback.specs import load

MESSAGES = "/channels/{channel_id}/messages"


def asked(method: str = "POST", route: str = MESSAGES, **parts: Any) -> Request:  # noqa: ANN401  # fields of a request
    """Return a request to write a message, changed in parts."""
    given: dict[str, Any] = {
        "path": "/channels/1/messages",
        "query": {},
        "body": {"content": "hi"},
        "status": 200,
        "response": None,
    }
    return Request(method=method, route=route, **(given | parts))


@pytest.mark.parametrize(
    ("request_", "place"),
    [
        (asked(), None),
        (asked(body={"content": "hi", "message_reference": {"message_id": 1}}), None),
        (asked(body={"contents": "hi"}), "contents"),
        (asked(body={"content": "x" * 4001}), "content"),
        (asked(body={"content": "hi", "message_reference": {"message_id": "x"}}), "message_reference.message_id"),
        (asked(body={"embeds": [{"title": "x", "flags": 0}]}), None),
        (asked(body={"embeds": [{"titel": "x"}]}), "embeds.0.titel"),
        (asked(body=None), ""),
        (asked(path="/channels/here/messages"), "channel_id"),
        (asked(query={"wait": "true"}), "wait"),
        (asked("GET", body=None, query={"limit": "100", "after": "5"}), None),
        (asked("GET", body=None, query={"limit": "101"}), "limit"),
        (asked("GET", body={"content": "hi"}), ""),
        (asked("PUT"), ""),
        (asked(route="/channels/{channel_id}/massages"), ""),
    ],
)
def test_requests(request_: Request, place: str | None) -> None:
    found = [problem.path for problem in request_problems(request_)]

    assert found == ([] if place is None else [place])


async def test_events(loopback: Loopback, client: TestClient, asker: Who) -> None:
    await say(loopback, asker, "how?")
    sent = next(one.payload for one in loopback.log.sent if one.payload["t"] == "MESSAGE_CREATE")
    gateway = load(checking.GATEWAY, Draft7Validator)

    def places(**changes: Any) -> list[str]:  # noqa: ANN401  # fields of an event
        changed = {key: value for key, value in (sent["d"] | changes).items() if value is not ...}
        return [problem.path for problem in checking.event_problems(gateway, sent | {"d": changed})]

    assert places() == []
    assert places(author=...) == ["d.author"]
    assert places(content=5) == ["d.content"]
    assert places(contents="how?") == ["d.contents"]
    assert [one.rule for one in checking.event_problems(gateway, sent | {"t": "MESSAGE_MADE"})] == ["event"]


def test_all_that_went_over_the_wires_is_told() -> None:
    event = {"op": 0, "s": 1, "t": "MESSAGE_CREATE", "d": payloads.message(1, 2, payloads.user(3, "ana"), "hi")}
    log = Log(
        requests=[asked(body={"contents": "hi"})],
        sent=[Sent(event | {"t": "MESSAGE_MADE"}), Sent({"op": 0, "t": "GARBLED"}, checked=False)],
        received=[{"op": 2, "d": {"token": "t"}}],
    )
    found = checking.told(log)

    assert found[:2] == [
        "POST /channels/1/messages: contents: no such field (additionalProperties)",
        "MESSAGE_MADE 0: t: Discord has no such event (event)",
    ]
    assert {line.split(":")[0] for line in found[2:]} == {"client's op 2"}
