"""Time questions in Slack, from the event to the answer, through the real client and a process of its own.

    python -m bench.slack [--entries 1000] [--questions 10000] [--rate 100] [--at-once 32] [--only sqlite|postgres]

The bot runs as `faqbot run slack` on a database with a made-up FAQ (see `bench/made_up.py` and `bench/front.py`). This
process stands for Slack: it sends each mention over a WebSocket, twice as Slack does, and answers the calls of the Web
API at once. A question is answered when `chat.postMessage` has arrived.
"""

import time
from collections.abc import Mapping

from aiohttp import web

from bench.front import Front, main
from bot.adapters.slack.identity import manifest
from bot.core.models import ChannelRef

TEAM, BOT, CHANNEL = "T0BENCH", "U0BENCH", "C0BENCH"


class SlackFront(Front):
    """A stand-in for Slack."""

    place = ChannelRef("slack", TEAM, CHANNEL)

    def routes(self) -> list[web.RouteDef]:
        """Return what to serve."""
        return [web.post("/api/{method}", self._call), web.get("/socket", self._open)]

    def settings(self) -> Mapping[str, str]:
        """Return what the bot needs to find this front."""
        tokens = {"FAQBOT_SLACK_BOT_TOKEN": "xoxb-bench", "FAQBOT_SLACK_APP_TOKEN": "xapp-bench"}
        return {**tokens, "FAQBOT_SLACK_API_URL": f"{self.url}/api/"}

    def message_id(self, number: int) -> str:
        """Return the timestamp of a message, which is its id."""
        return f"{int(time.time())}.{number:06d}"

    async def mention(self, message_id: str, text: str) -> None:
        """Send a message that mentions the bot, as a mention and as a message."""
        event = {"channel": CHANNEL, "channel_type": "channel", "user": "U0ASKER", "team": TEAM}
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
            case "chat.postMessage":
                thread = (await request.json())["thread_ts"]
                answer |= {"ts": f"{thread}1", "channel": CHANNEL}
                self.answered(thread)
        return web.json_response(answer, headers=headers)

    async def _open(self, request: web.Request) -> web.WebSocketResponse:
        self.socket = web.WebSocketResponse()
        await self.socket.prepare(request)
        await self.socket.send_json({"type": "hello", "num_connections": 1})
        self.connected.set()
        async for _ in self.socket:
            pass
        return self.socket


if __name__ == "__main__":
    main(SlackFront, __doc__)
