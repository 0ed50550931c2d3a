"""Take the requests that Slack sends to a server."""

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.adapter.asgi.http_request import AsgiHttpRequest
from slack_bolt.response import BoltResponse

_BAD_REQUEST = 400


class Requests(AsyncSlackRequestHandler):
    """Lead requests to the app; Bolt looks at the signature of those that can be read, and falls over the others."""

    async def dispatch(self, request: AsgiHttpRequest) -> BoltResponse:
        """Answer a request."""
        try:
            return await super().dispatch(request)
        except ValueError:
            return BoltResponse(status=_BAD_REQUEST)
