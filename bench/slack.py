"""Time questions in Slack, from the event to the answer, through the real client and a process of its own.

    python -m bench.slack [--entries 1000] [--questions 10000] [--rate 100] [--at-once 32] [--only sqlite|postgres]
    python -m bench.slack --against COMMIT | --processes 2 [--turns 10] [--seconds 10] [--questions …]

The bot runs as `faqbot run slack` on a database with a made-up FAQ (see `bench/made_up.py` and `bench/front.py`). This
process stands for Slack: it sends each mention over a WebSocket, twice as Slack does, and answers the calls of the Web
API at once. A question is answered when `chat.postMessage` has arrived.
"""

import time
from collections.abc import Mapping

from aiohttp import web

from bench.front import CHANNELS, Front, main
from bot.adapters.slack.identity import manifest
from bot.core.models import ChannelRef

TEAM, BOT = "T0BENCH", "U0BENCH"


class SlackFront(Front):
    """A stand-in for Slack."""

    places = tuple(ChannelRef("slack", TEAM, f"C0BENCH{number}") for number in range(CHANNELS))

    def routes(self) -> list[web.RouteDef]:
        """Return what to serve."""
        return [web.route("*", "/api/{method}", self._call), web.get("/socket", self._open)]  # what reads comes by GET

    def settings(self) -> Mapping[str, str]:
        """Return what the bot needs to find this front."""
        tokens = {"FAQBOT_SLACK_BOT_TOKEN": "xoxb-bench", "FAQBOT_SLACK_APP_TOKEN": "xapp-bench"}
        return {**tokens, "FAQBOT_SLACK_API_URL": f"{self.url}/api/"}

    def message_id(self, number: int) -> str:
        """Return the timestamp of a message, which is its id."""
        return f"{int(time.time())}.{number:06d}"

    async def mention(self, message_id: str, text: str, *, channel_id: str, asker: int) -> None:
        """Send a message that mentions the bot, as a mention and as a message."""
        event = {"channel": channel_id, "channel_type": "channel", "user": f"U0ASKER{asker}", "team": TEAM}
        event |= {"ts": message_id, "event_ts": message_id, "text": f"<@{BOT}> {text}"}
        known = {"type": "event_callback", "team_id": TEAM, "api_app_id": "A0BENCH", "event_time": 1_700_000_000}
        for kind in ("app_mention", "message"):
            payload = {**known, "event_id": f"{kind}-{message_id}", "event": {**event, "type": kind}}
            envelope = {"type": "events_api", "accepts_response_payload": False, "payload": payload}
            await self.send({**envelope, "envelope_id": f"{kind}-{message_id}"})

    async def _call(self, request: web.Request) -> web.Response:
        answer: dict[str, object] = {"ok": True, "messages": []}  # nothing was said before
        headers = {}
        match request.match_info["method"]:
            case "auth.test":
                answer |= {"team_id": TEAM, "user_id": BOT, "bot_id": "B0BENCH", "url": self.url}
                headers["X-OAuth-Scopes"] = ",".join(manifest()["oauth_config"]["scopes"]["bot"])
            case "apps.connections.open":
                answer["url"] = f"{self.url.replace('http', 'ws')}/socket"
            case "users.info":
                answer["user"] = {"id": "U0ASKER", "team_id": TEAM, "name": "asker", "locale": "en-US"}
            case "chat.postMessage":
                asked = await request.json()
                answer |= {"ts": f"{asked['thread_ts']}1", "channel": asked["channel"]}
                self.answered(asked["thread_ts"])
        return web.json_response(answer, headers=headers)

    async def _open(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.sockets.append(socket)
        self.connected.release()
        async for _ in socket:
            pass
        self.sockets.remove(socket)
        return socket


if __name__ == "__main__":
    main(SlackFront, __doc__)
