"""Fill in what a view or a message asks for, as far as Slack lets people do that."""

from collections.abc import Mapping

import pytest

from tests.loopback.slack.workspace import Json, Message, View

MANY = frozenset({"checkboxes", "multi_static_select", "multi_external_select"})


def element(on: Message | View, action_id: str) -> tuple[str, Json]:
    """Return an element and the id of its block; nobody can use what is not there."""
    for block_id, found in on.elements():
        if found["action_id"] == action_id:
            return block_id, found
    pytest.fail(f"no element {action_id!r} among {[found['action_id'] for _, found in on.elements()]}")


def state(view: View, values: Mapping[str, object]) -> Json:
    """Return the state of a view whose inputs hold these values, by action or block, or else what they began with."""
    found = {block["block_id"]: block["element"] for block in view.arguments["blocks"] if block["type"] == "input"}
    if unknown := sorted(set(values) - set(found) - {element["action_id"] for element in found.values()}):
        pytest.fail(f"no inputs {unknown} in {view.arguments}")
    optional = {block["block_id"] for block in view.arguments["blocks"] if block.get("optional")}
    states = {
        block_id: filled(element, values.get(block_id, values.get(element["action_id"])))
        for block_id, element in found.items()
    }
    if empty := sorted(block for block, held in states.items() if block not in optional and not _held(held)):
        pytest.fail(f"Slack submits no view without {empty}")
    return {block_id: {found[block_id]["action_id"]: held} for block_id, held in states.items()}


def filled(element: Json, value: object) -> Json:
    """Return the state of one input with this value: a text, an option or a list of options."""
    kind = element["type"]
    if kind in MANY:
        name, begun = "selected_options", element.get("initial_options", [])
    elif kind.endswith("_input"):
        name, begun = "value", element.get("initial_value")
    else:
        name, begun = "selected_option", element.get("initial_option")
    held = begun if value is None else value
    if name == "selected_option" and held and held not in element.get("options", [held]):
        pytest.fail(f"{held} is no option of {element['action_id']}")
    return {"type": kind, name: held}


def _held(state: Json) -> bool:
    return any(value for name, value in state.items() if name != "type")
