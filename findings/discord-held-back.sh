#!/usr/bin/env bash
# discord.py 2.7.1
# Expected: an awaited call returns what Discord answered as soon as it is there, and the next call to the same bucket
# waits for the window. (Discord's documentation of rate limits has X-RateLimit-Remaining bound later requests only;
# that of discord.py says no more than that it handles rate limits by itself.)
# Instead the call that takes the last request of a window keeps its own answer until the window is over.
# Seen: "the server answered after 0.0 s, and fetch_user returned after 2.0 s"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet discord.py==2.7.1 aiohttp==3.14.5

timeout 60 "$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import json
import sys
import time

import discord
from aiohttp import web

WINDOW = 2


def answer(body: dict[str, object], status: int = 200, **headers: str) -> web.Response:
    """Answer as Discord does, whose content type has no charset."""
    content = json.dumps(body).encode()
    return web.Response(body=content, status=status, headers={"Content-Type": "application/json", **headers})


async def main() -> None:
    answered = 0.0

    async def user(request: web.Request) -> web.Response:
        nonlocal answered
        if request.match_info["id"] == "@me":  # the login, which has a bucket of its own
            return answer({"id": "9", "username": "bot", "discriminator": "0", "avatar": None})
        answered = time.monotonic()
        limits = {"Limit": "5", "Remaining": "0", "Reset-After": str(WINDOW), "Bucket": "users"}
        body = {"id": request.match_info["id"], "username": "someone", "discriminator": "0", "avatar": None}
        return answer(body, **{f"X-RateLimit-{name}": value for name, value in limits.items()})

    app = web.Application()
    app.router.add_get("/users/{id}", user)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    discord.http.Route.BASE = f"http://127.0.0.1:{runner.addresses[0][1]}"
    client = discord.Client(intents=discord.Intents.none())
    await client._async_setup_hook()
    await client.http.static_login("token")  # only the HTTP side of a login: there is no gateway here
    asked = time.monotonic()
    await client.fetch_user(1)
    returned = time.monotonic()
    await client.http.close()
    await runner.cleanup()
    print(f"the server answered after {answered - asked:.1f} s, and fetch_user returned after {returned - asked:.1f} s")
    if returned - answered < WINDOW * 0.9:
        sys.exit("CHANGED: discord.py gives back the answer to the last request of a window at once")


asyncio.run(main())
PYTHON
