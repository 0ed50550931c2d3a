#!/usr/bin/env bash
# slack_bolt 1.30.0
# Expected: when a listener of an event raises an error, the request fails, as in any web framework, and Slack sends the
# event again, as its Events API does for every answer that is no 2xx.
# Instead Bolt has answered 200 by then, so the event is gone. Only with process_before_response=True is the answer 500;
# the documentation has that option for serverless platforms alone.
# Seen: "process_before_response=False: the listener failed and Slack was told 200" and
#       "process_before_response=True: the listener failed and Slack was told 500"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet slack_bolt==1.30.0 aiohttp==3.14.5

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import asyncio
import json
import logging
import sys

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

EVENT = {
    "type": "message",
    "text": "Where is it?",
    "user": "U1",
    "channel": "C1",
    "channel_type": "channel",
    "ts": "1.1",
}
BODY = json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "E1", "event": EVENT})

logging.disable(logging.CRITICAL)  # the errors below are meant


async def authorize(**_known: object) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=None, team_id="T1", bot_user_id="U9", bot_id="B9", bot_token="xoxb-none")


async def told(*, before: bool) -> int:
    """Return which status a request gets whose listener fails."""
    failed = asyncio.Event()
    app = AsyncApp(
        authorize=authorize,
        signing_secret="none",
        request_verification_enabled=False,
        process_before_response=before,
    )

    @app.event("message")
    async def log(event: dict[str, str]) -> None:
        failed.set()
        raise OSError("the database is away")

    response = await app.async_dispatch(AsyncBoltRequest(body=BODY, headers={"content-type": "application/json"}))
    await asyncio.wait_for(failed.wait(), 10)
    print(f"process_before_response={before}: the listener failed and Slack was told {response.status}")
    return response.status


async def main() -> None:
    if [await told(before=before) for before in (False, True)] != [200, 500]:
        sys.exit("CHANGED: Bolt answers otherwise where a listener fails")


asyncio.run(main())
PYTHON
