"""What goes over the wire against the types that Slack publishes."""

from collections.abc import Iterator
from typing import Any

from tests.loopback.slack.methods import METHODS
from tests.loopback.slack.workspace import Json
from tests.loopback.specs import Deviation, Problem, Spec

DEVIATIONS = (
    Deviation("team_id", "additionalProperties", "the client adds the team of the event to every call"),
    Deviation("response_url", "required", "Slack sends none for interactions in a view, though its type demands one"),
    Deviation("messages.*.subtype", "additionalProperties", "in the history of a channel, unlike in a thread"),
    Deviation("messages.*.hidden", "additionalProperties", "a stone has it, of which the type knows nothing"),
)
# What a client writes into a query or a form is text; these arguments are read back before they are checked.
NUMBERS = frozenset({"limit"})
SWITCHES = frozenset(
    {"include_all_metadata", "include_locale", "inclusive", "return_im", "as_user", "include_disabled"}
)
# Each is a message with more to it; the others have types of their own, which are not among the published ones.
PLAIN_SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})
INTERACTIONS = {
    "block_actions": "In_block_actions",
    "view_submission": "In_view_submission",
    "message_action": "In_message_shortcut",
}
EVENTS = {
    "app_mention": "Event_app_mention",
    "app_home_opened": "Event_app_home_opened",
    "reaction_added": "Event_reaction_added",
}


def read_back(arguments: dict[str, str]) -> Json:
    """Return the arguments of a query or a form, numbers and switches as such."""
    return {name: _read_back(name, value) for name, value in arguments.items()}


def request_problems(spec: Spec, method: str, arguments: Json) -> list[str]:
    """Return what is wrong with the arguments of a call, in words."""
    listed = METHODS[method].arguments
    if listed is not None:
        return [f"{method}: no such argument: {name}" for name in sorted(set(arguments) - listed - {"team_id"})]
    checked = {**arguments}
    found: list[Problem] = []
    if "blocks" in checked:
        found += _of(spec, "X_Blocks", checked["blocks"])
        checked["blocks"] = []
    if "view" in checked:
        found += _of(spec, "X_Blocks", checked["view"].get("blocks"))
        checked["view"] = {**checked["view"], "blocks": []}
        found += _of(spec, f"X_{checked['view'].get('type', '').title()}View", checked["view"])
    found += _of(spec, METHODS[method].schema or _definition(method), checked)
    return [f"{method}: {problem}" for problem in dict.fromkeys(found)]


def response_problems(spec: Spec, method: str, body: Json) -> list[str]:
    """Return what is wrong with an answer of ours to a call, in words."""
    definition = f"Resp_{method.replace('.', '_')}"
    # History has the answer of replies, whose type is the one that is published.
    definition = "Resp_conversations_replies" if method == "conversations.history" else definition
    if definition not in spec.document["definitions"]:
        return []
    messages = body.get("messages", [body["message"]] if "message" in body else [])
    found = [problem for message in messages for problem in _of(spec, "X_Blocks", message.get("blocks", []))]
    found += _of(spec, definition, _plain(body))
    return [f"answer to {method}: {problem}" for problem in found]


def payload_problems(spec: Spec, payload: Json) -> list[str]:
    """Return what is wrong with an event, a command or an interaction that we send, in words."""
    if "command" in payload:
        return [f"command: {problem}" for problem in _of(spec, "In_slash", payload)]
    if payload["type"] == "event_callback":
        return [f"event {payload['event'].get('type')}: {problem}" for problem in _event(spec, payload)]
    definition = INTERACTIONS.get(payload["type"])
    return [f"{payload['type']}: {p}" for p in (_of(spec, definition, payload) if definition else ())]


def _event(spec: Spec, payload: Json) -> Iterator[Problem]:
    event = payload["event"]
    # The envelope's own type knows nothing of the event but that it has a type.
    yield from _of(spec, "Envelope_event", {**payload, "event": {"type": event["type"]}})
    if event["type"] in EVENTS:
        yield from _of(spec, EVENTS[event["type"]], event)
    if event["type"] == "message" and event.get("subtype") in PLAIN_SUBTYPES:
        plain = {name: value for name, value in event.items() if name not in {"subtype", "root"}}
        yield from _of(spec, "Event_message", plain)


def _plain(node: Any) -> Any:  # noqa: ANN401  # JSON
    """Leave out what the types of answers know from samples only: old blocks, and the metadata of one app."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if isinstance(node, dict):
        return {name: _plain(value) for name, value in node.items() if name not in {"blocks", "event_payload"}}
    return node


def _of(spec: Spec, definition: str, payload: object) -> list[Problem]:
    return spec.problems(f"/definitions/{definition}", payload, allowed=DEVIATIONS)


def _definition(method: str) -> str:
    return method[0].upper() + method[1:].replace(".", "_")


def _read_back(name: str, value: str) -> str | int | bool:
    if name in NUMBERS:
        return int(value)
    return value in {"1", "true"} if name in SWITCHES else value
