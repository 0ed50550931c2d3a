"""Whatever people can do with the bot they can do in Slack, and something listens when they do it."""

from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.adapters.slack.offering import OFFERS
from bot.adapters.slack.showing.ids import Action, Dialog
from bot.chat.capabilities import Capability
from tests.adapters.slack.bots import Office
from tests.adapters.slack.ways import both_ways

_PRESSED = set(Action) - {Action.VALUE, Action.ENTRY, Action.CHOOSE}


def payload(offer: str) -> dict[str, Any]:
    """Return the least that Slack sends when somebody makes use of an offer."""
    kind, name, *rest = offer.split(" ")
    match kind:
        case "event":
            return {"type": "event_callback", "event": {"type": name, "tab": "home"}}
        case "command":
            return {"command": name, "text": " ".join(rest)}
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


@both_ways
async def test_one_listener_takes_each(office: Office) -> None:
    found = {capability: await listeners(office, payload(OFFERS[capability])) for capability in Capability}

    assert found == dict.fromkeys(Capability, 1)


@both_ways
async def test_one_listener_takes_each_dialog_and_each_button(office: Office) -> None:
    named = {f"{action}_x" if action in {Action.FILTER, Action.PAGE} else str(action) for action in _PRESSED}
    wanted = {*(f"view {dialog}" for dialog in Dialog), *(f"action {name}" for name in named)}

    found = {offer: await listeners(office, payload(offer)) for offer in wanted}

    assert found == dict.fromkeys(wanted, 1)


@both_ways
async def test_what_nobody_offers_is_taken_by_nobody(office: Office) -> None:
    for offer in ("action something", "view something", "shortcut something", "options something"):
        assert await listeners(office, payload(offer)) == 0
