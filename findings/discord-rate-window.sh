#!/usr/bin/env bash
# discord.py 2.7.1
# Expected: the documentation of Client says that with max_ratelimit_timeout a request raises RateLimited when it would
# have to sleep for longer than that. So one that need not sleep is sent, and one that must sleep for longer is not.
# Instead it is the other way round: while a window ends later than the timeout, a request is refused although 49 more
# are allowed in it; and when the last one is used up, the window is forgotten and the next request goes out.
# Seen: "49 remain for 60 s: the next request was refused for 60 s; the server saw 1" and
#       "0 remain for 60 s: the next request was sent; the server saw 2"
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

WINDOW = 60


def answer(body: dict[str, object], status: int = 200, **headers: str) -> web.Response:
    """Answer as Discord does, whose content type has no charset."""
    content = json.dumps(body).encode()
    return web.Response(body=content, status=status, headers={"Content-Type": "application/json", **headers})


async def ask_twice(remaining: int) -> tuple[str, int]:
    """Fetch two users from a server that says how many requests remain, and tell how the second one fared."""
    seen = 0

    async def user(request: web.Request) -> web.Response:
        nonlocal seen
        if request.match_info["id"] == "@me":  # the login, which has a bucket of its own
            return answer({"id": "9", "username": "bot", "discriminator": "0", "avatar": None})
        seen += 1
        limits = {"Limit": "50", "Remaining": str(remaining), "Reset-After": str(WINDOW), "Bucket": "users"}
        body = {"id": request.match_info["id"], "username": "someone", "discriminator": "0", "avatar": None}
        return answer(body, **{f"X-RateLimit-{name}": value for name, value in limits.items()})

    app = web.Application()
    app.router.add_get("/users/{id}", user)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    discord.http.Route.BASE = f"http://127.0.0.1:{runner.addresses[0][1]}"
    client = discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=30)
    await client._async_setup_hook()
    try:
        await client.http.static_login("token")  # only the HTTP side of a login: there is no gateway here
        for user_id in (1, 2):
            await asyncio.wait_for(client.fetch_user(user_id), 10)
        fared = "sent"
    except discord.RateLimited as refusal:
        fared = f"refused for {refusal.retry_after:.0f} s"
    except TimeoutError:
        fared = "held back"
    finally:
        await client.http.close()
        await runner.cleanup()
    return fared, seen


async def main() -> None:
    found = {}
    for remaining in (49, 0):
        found[remaining] = fared, seen = await ask_twice(remaining)
        print(f"{remaining} remain for {WINDOW} s: the next request was {fared}; the server saw {seen}")
    if not found[49][0].startswith("refused") or found[49][1] != 1 or found[0] != ("sent", 2):
        sys.exit("CHANGED: discord.py goes by what remains in a window, or holds back what does not fit into it")


asyncio.run(main())
PYTHON
