#!/usr/bin/env bash
# slack_sdk 3.47.0 (with aiohttp 3.14.5), Python 3.11 and 3.13
# Expected: the documentation of Socket Mode says that Slack sends a message of the type "disconnect" to an app that is
# to open another connection, and then closes the one it has. So an app that is told to do so opens one.
# Instead the client heeds the message and the end of the connection each by itself: it opens one, closes that at once,
# and opens one more.
# Seen: "asked for 2 addresses after the first one, opened 2 connections"
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
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient


async def main() -> tuple[int, int]:
    asked = opened = 0

    async def address(_request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        return web.json_response({"ok": True, "url": f"ws://{host}:{port}/socket"})

    async def socket(request: web.Request) -> web.WebSocketResponse:
        nonlocal opened
        opened += 1
        response = web.WebSocketResponse()
        await response.prepare(request)
        await response.send_json({"type": "hello"})
        if opened == 1:
            await response.send_json({"type": "disconnect", "reason": "refresh_requested"})
            await response.close()
        async for _ in response:
            pass
        return response

    app = web.Application()
    app.router.add_post("/apps.connections.open", address)
    app.router.add_get("/socket", socket)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    client = SocketModeClient("xapp-none", web_client=AsyncWebClient(base_url=f"http://{host}:{port}/"))
    await client.connect_to_new_endpoint()
    await asyncio.sleep(5)
    await client.close()
    await runner.cleanup()
    return asked - 1, opened - 1


asked, opened = asyncio.run(main())
print(f"asked for {asked} addresses after the first one, opened {opened} connections")
if opened != 2:
    sys.exit("CHANGED: the client opens one connection when it is told to open another one")
PYTHON
