"""What comes of a call that a test makes itself."""

from typing import Any

from slack_sdk.errors import SlackApiError

from tests.loopback.slack.server import Slack


async def code_of(slack: Slack, method: str, **arguments: Any) -> str:  # noqa: ANN401  # arguments of any method
    """Return `ok` or the error of a call."""
    try:
        await slack.client().api_call(method, json=arguments)
    except SlackApiError as error:
        return str(error.response["error"])
    return "ok"
