"""Each button and each dialog in Slack has exactly one listener."""

from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.adapters.slack.showing.ids import Dialog, SlackAction, filter_id, page_id, related_id
from tests.adapters.slack.bots import Office

_PRESSED = set(SlackAction) - {SlackAction.VALUE, SlackAction.ENTRY, SlackAction.CHOOSE}
_SEVERAL = {
    SlackAction.FILTER: filter_id("x"),
    SlackAction.PAGE: page_id("x"),
    SlackAction.RELATED: related_id(0),
}
"""Of these a message has several, each with a name of its own."""


def payload(offer: str) -> dict[str, Any]:
    """Return the least that Slack sends for a kind of listener and what it listens to."""
    kind, name = offer.split(" ")
    match kind:
        case "shortcut":
            return {"type": "message_action", "callback_id": name}
        case "options":
            return {"type": "block_suggestion", "action_id": name, "view": {}}
        case "view":
            return {"type": "view_submission", "view": {"type": "modal", "callback_id": name}}
        case _:
            return {"type": "block_actions", "actions": [{"action_id": name, "block_id": "b0"}]}


async def listeners(office: Office, body: dict[str, Any]) -> int:
    """Return how many listeners would take a payload."""
    request = AsyncBoltRequest(body=body, mode="socket_mode")
    response = BoltResponse(status=200)
    found = office.bot.app._async_listeners  # noqa: SLF001  # nothing public tells what is listened to
    return sum([await listener.async_matches(req=request, resp=response) for listener in found])


async def test_one_listener_takes_each_dialog_and_each_button(office: Office) -> None:
    named = {_SEVERAL.get(action, str(action)) for action in _PRESSED}
    wanted = {*(f"view {dialog}" for dialog in Dialog), *(f"action {name}" for name in named)}

    found = {offer: await listeners(office, payload(offer)) for offer in wanted}

    assert found == dict.fromkeys(wanted, 1)


async def test_what_nobody_offers_is_taken_by_nobody(office: Office) -> None:
    for offer in ("action something", "view something", "shortcut something", "options something"):
        assert await listeners(office, payload(offer)) == 0
