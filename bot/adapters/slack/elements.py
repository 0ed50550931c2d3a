"""Send messages with the newer elements of Slack, and with older ones in their place where Slack refuses those."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack.sending import error_code
from bot.adapters.slack.showing.parts import Part, SlackMessage

_log = logging.getLogger(__name__)
_REFUSED = "invalid_blocks"


class Elements:
    """Decide between newer and older elements; once Slack refused newer ones, this process sends older ones alone."""

    def __init__(self) -> None:
        self._taken = True

    async def send(
        self, message: SlackMessage, call: Callable[[SlackMessage], Awaitable[AsyncSlackResponse]]
    ) -> AsyncSlackResponse:
        """Send a message by a call, with older elements where the newer ones are refused."""
        plain = older(message)
        if not self._taken or plain == message:
            return await call(plain)
        try:
            return await call(message)
        except SlackApiError as error:
            if error_code(error) != _REFUSED:
                raise
        sent = await call(plain)
        self._taken = False
        _log.warning("slack.elements.refused")
        return sent


def older(message: SlackMessage) -> SlackMessage:
    """Return a message with buttons in the place of icons, in the row above them if there is one."""
    blocks: list[Part] = []
    for block in message.blocks:
        if block["type"] != "context_actions":
            blocks.append(block)
        elif blocks and blocks[-1]["type"] == "actions":
            blocks[-1] = {**blocks[-1], "elements": [*_elements(blocks[-1]), *map(_button, _elements(block))]}
        else:
            blocks.append({"type": "actions", "elements": list(map(_button, _elements(block)))})
    return replace(message, blocks=tuple(blocks))


def _elements(block: Mapping[str, Any]) -> list[Part]:
    return list(block["elements"])


def _button(icon: Part) -> Part:
    return {name: value for name, value in icon.items() if name != "icon"} | {"type": "button"}
