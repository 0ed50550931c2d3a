#!/usr/bin/env bash
# slack_sdk 3.47.0
# Expected: the docstring of AsyncSlackResponse has "async for page in await client.users_list(limit=2)" as the way through
# all pages. As with other iterators, what comes out are pages of their own: who collects them in a list has all of them.
# Instead each page is the response itself, whose data is replaced by that of the next one; the docstring of __anext__
# alone says so. Each of the collected pages has the members of the last, and the response that was asked has them too.
# Seen: "one after another: ['U1', 'U2', 'U3', 'U4']", "collected: ['U4', 'U4', 'U4', 'U4']" and
#       "the first answer: U1 before, U4 after"
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
timeout 300 "$folder/venv/bin/pip" install --quiet slack_sdk==3.47.0 aiohttp==3.14.5

timeout 60 "$folder/venv/bin/python" - <<'PYTHON'
import asyncio
import sys

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

MEMBERS = ["U1", "U2", "U3", "U4"]


async def users(request: web.Request) -> web.Response:
    """Answer with one member, and where the next page begins."""
    at = int(request.query.get("cursor") or 0)
    following = str(at + 1) if at + 1 < len(MEMBERS) else ""
    page = {"ok": True, "members": [{"id": MEMBERS[at]}], "response_metadata": {"next_cursor": following}}
    return web.json_response(page)


def first(page) -> str:
    return page["members"][0]["id"]


async def main() -> None:
    app = web.Application()
    app.router.add_get("/api/users.list", users)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    client = AsyncWebClient("xoxb-none", base_url=f"http://127.0.0.1:{runner.addresses[0][1]}/api/")

    one_by_one = [first(page) async for page in await client.users_list(limit=1)]
    collected = [first(page) for page in [page async for page in await client.users_list(limit=1)]]
    answer = await client.users_list(limit=1)
    before = first(answer)
    async for _ in answer:
        pass
    after = first(answer)
    await runner.cleanup()
    print(f"one after another: {one_by_one}")
    print(f"collected: {collected}")
    print(f"the first answer: {before} before, {after} after")
    if (one_by_one, collected, before, after) != (MEMBERS, ["U4"] * 4, "U1", "U4"):
        sys.exit("CHANGED: pages are values of their own, or are gone through otherwise")


asyncio.run(main())
PYTHON
