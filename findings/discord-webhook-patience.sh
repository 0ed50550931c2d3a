#!/usr/bin/env bash
# discord.py 2.7.1
# Expected: the documentation of Client says that max_ratelimit_timeout bounds how long a rate limit is waited for, and
# that RateLimited is raised beyond that. A webhook made with this client (Webhook.partial(..., client=client)) and the
# follow-ups of interactions, which are sent as webhooks, should keep to it as well.
# Instead a webhook sleeps for as long as the 429 says, without end: it has no such option and does not ask the client.
# Seen: "told to wait 60 s, fetch_user raised RateLimited at once" and
#       "told to wait 60 s, Webhook.send was still waiting after 2 s; the server saw 1 request of it"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet discord.py==2.7.1 aiohttp==3.14.5

timeout 60 "$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import json
import sys

import discord
from aiohttp import web

RETRY_AFTER, PATIENCE = 60, 2


def answer(body: dict[str, object], status: int = 200, **headers: str) -> web.Response:
    """Answer as Discord does, whose content type has no charset."""
    content = json.dumps(body).encode()
    return web.Response(body=content, status=status, headers={"Content-Type": "application/json", **headers})


async def main() -> None:
    sent = 0

    async def myself(_request: web.Request) -> web.Response:
        return answer({"id": "9", "username": "bot", "discriminator": "0", "avatar": None})

    async def limited(request: web.Request) -> web.Response:
        nonlocal sent
        sent += request.path.startswith("/webhooks/")
        body = {"message": "You are being rate limited.", "retry_after": RETRY_AFTER, "global": False}
        return answer(body, 429, **{"Via": "1.1 loopback", "Retry-After": str(RETRY_AFTER)})

    app = web.Application()
    app.router.add_get("/users/@me", myself)
    app.router.add_get("/users/{id}", limited)
    app.router.add_post("/webhooks/{id}/{token}", limited)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    discord.http.Route.BASE = f"http://127.0.0.1:{runner.addresses[0][1]}"
    client = discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=30)
    await client._async_setup_hook()
    await client.http.static_login("token")  # only the HTTP side of a login: there is no gateway here

    raised = waits = False
    try:
        await asyncio.wait_for(client.fetch_user(1), PATIENCE)
    except discord.RateLimited:
        raised = True
        print(f"told to wait {RETRY_AFTER} s, fetch_user raised RateLimited at once")
    try:
        await asyncio.wait_for(discord.Webhook.partial(1, "token", client=client).send("An answer"), PATIENCE)
    except TimeoutError:
        waits = True
        print(
            f"told to wait {RETRY_AFTER} s, Webhook.send was still waiting after {PATIENCE} s;"
            f" the server saw {sent} request of it"
        )
    except discord.DiscordException as refusal:
        print(f"Webhook.send raised {type(refusal).__name__}")
    await client.http.close()
    await runner.cleanup()
    if not (raised and waits and sent == 1):
        sys.exit("CHANGED: a webhook keeps to max_ratelimit_timeout, or a request does not")


asyncio.run(main())
PYTHON
