"""Send events to the app over HTTP, signed as Slack signs them."""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

from aiohttp import ClientSession

from tests.loopback.slack.deliveries import Delivery, Retry

SIGNING_SECRET = "a secret of the loopback"  # noqa: S105  # a word that only the loopback knows
FORM = "application/x-www-form-urlencoded"


async def send_signed(
    session: ClientSession, delivery: Delivery, url: str, *, secret: str = SIGNING_SECRET, age: int = 0
) -> None:
    """Post a payload to the app; its response acknowledges it."""
    body, content_type = _written(delivery)
    timestamp = str(int(time.time()) - age)
    headers = {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(body, timestamp, secret),
    }
    if delivery.retry:
        headers |= {"X-Slack-Retry-Num": str(delivery.retry.number), "X-Slack-Retry-Reason": _reason(delivery.retry)}
    async with session.post(url, data=body, headers=headers) as response:
        text = await response.text()
        delivery.acknowledge(_read(text) if response.ok else {}, response.status)


def signature(body: str, timestamp: str, secret: str) -> str:
    """Return the signature of a request."""
    signed = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def _reason(retry: Retry) -> str:
    return "http_timeout" if retry.reason == "timeout" else retry.reason


def _written(delivery: Delivery) -> tuple[str, str]:
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload), "application/json"
    if delivery.kind == "slash_commands":
        return urlencode(delivery.payload), FORM
    return urlencode({"payload": json.dumps(delivery.payload)}), FORM


def _read(text: str) -> dict[str, object]:
    read: dict[str, object] = json.loads(text) if text.startswith("{") else {"text": text} if text else {}
    return read
