#!/usr/bin/env bash
# slack_sdk 3.47.0 (with aiohttp 3.14.5)
# Expected: the documentation calls the timeout of a client the most seconds that it waits for Slack to answer, and the
# session what it uses for all requests, so that connections stay open. So a client may be given both.
# Instead the timeout is not looked at where there is a session: that of the session counts, five minutes unless it
# was made with another.
# Seen: "timeout=1: gave up within three seconds: True" and
#       "timeout=1 and a session: gave up within three seconds: False"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet slack_sdk==3.47.0 aiohttp==3.14.5

cd "$folder"
timeout 60 venv/bin/python - <<'PYTHON'
import asyncio
import sys

import aiohttp
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient


async def gives_up(url: str, session: aiohttp.ClientSession | None) -> bool:
    """Tell whether a client with a timeout of a second has given up after three."""
    client = AsyncWebClient(token="xoxb-none", base_url=url, timeout=1, session=session)
    calling = asyncio.ensure_future(client.auth_test())
    done, _ = await asyncio.wait([calling], timeout=3)
    calling.cancel()
    (outcome,) = await asyncio.gather(calling, return_exceptions=True)
    return bool(done) and isinstance(outcome, TimeoutError)


async def main() -> dict[str, bool]:
    async def think(_request: web.Request) -> web.Response:
        await asyncio.sleep(20)
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_post("/auth.test", think)
    runner = web.AppRunner(app, shutdown_timeout=0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    try:
        async with aiohttp.ClientSession() as session:
            url = f"http://{host}:{port}/"
            return {"timeout=1": await gives_up(url, None), "timeout=1 and a session": await gives_up(url, session)}
    finally:
        await runner.cleanup()


found = asyncio.run(main())
for name, whether in found.items():
    print(f"{name}: gave up within three seconds: {whether}")
if list(found.values()) != [True, False]:
    sys.exit("CHANGED: a client keeps its timeout when it is given a session, or has none without")
PYTHON
