#!/usr/bin/env bash
# slack_sdk 3.47.0 (with aiohttp 3.14.5)
# Expected: a call that posts is sent once. The documentation has a handler for connections that fail in each client
# from the start; one would think of those where the call did not get through.
# Instead it also sends a call again whose connection broke after the call was read, when nobody knows what Slack has
# done with it. The caller is told of the second answer alone.
# Seen: "one call of chat_postMessage, which returned ok: the server was sent ['Open Profile.', 'Open Profile.']"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet slack_sdk==3.47.0 aiohttp==3.14.5

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import asyncio
import sys

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient


async def sent_for_one_call() -> list[str]:
    """Return what a server is sent whose first answer is lost on its way."""
    sent = []

    async def post(request: web.Request) -> web.Response:
        sent.append((await request.json())["text"])
        if len(sent) == 1:
            request.transport.close()
        return web.json_response({"ok": True, "ts": "1.1"})

    app = web.Application()
    app.router.add_post("/chat.postMessage", post)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    client = AsyncWebClient(token="xoxb-none", base_url=f"http://{host}:{port}/")
    try:
        await client.chat_postMessage(channel="C1", text="Open Profile.")
    finally:
        await runner.cleanup()
    return sent


sent = asyncio.run(sent_for_one_call())
print(f"one call of chat_postMessage, which returned ok: the server was sent {sent}")
if len(sent) != 2:
    sys.exit("CHANGED: a call that posts is sent once")
PYTHON
