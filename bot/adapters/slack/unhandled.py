"""Handle events that no listener takes, and errors of listeners."""

import logging

from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.errors import SpoolError

_log = logging.getLogger(__name__)


async def pass_over(error: Exception) -> BoltResponse:
    """Acknowledge events without a listener, unlogged; log the error of a listener."""
    if isinstance(error, SpoolError):
        _log.error("slack.event.not_acknowledged", exc_info=error)
        return BoltResponse(status=503, body="")
    if not isinstance(error, BoltUnhandledRequestError):
        _log.error("slack.listener.failed", exc_info=error)
    return BoltResponse(status=200, body="")
