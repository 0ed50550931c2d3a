"""Time questions on Discord, from the event to the answer, through the real client and a process of its own.

    python -m bench.discord [--entries 1000] [--questions 10000] [--rate 100] [--at-once 32] [--only sqlite|postgres]
    python -m bench.discord --against COMMIT [--turns 10] [--seconds 10] [--questions …]

The bot runs as `faqbot run discord` on a database with a made-up FAQ (see `bench/made_up.py` and `bench/front.py`).
This process stands for Discord: it sends each mention as MESSAGE_CREATE over a gateway, answers the requests of the
client at once and without limits on their rate, and tells of each thread and message that the bot makes, as Discord
does. A question is answered when the message has arrived that goes into its thread.
"""

from collections.abc import Mapping

from aiohttp import WSMsgType, web

from bench.front import ASKERS, CHANNELS, Front, main
from bot.core.models import ChannelRef
from tests.loopback.discord import payloads
from tests.loopback.discord.constants import Op
from tests.loopback.discord.guilds import described_guild
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.replying import reply
from tests.loopback.discord.world import World

# What Discord says of a limit that is far away; without it, the client sends one request at a time.
ROOMY = {"X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "999", "X-RateLimit-Reset-After": "1.0"}


class DiscordFront(Front):
    """A stand-in for Discord, with one server."""

    def __init__(self) -> None:
        super().__init__()
        self._world = World()
        self._guild = self._world.add_guild()
        channels = [self._world.add_channel(self._guild) for _ in range(CHANNELS)]
        members = [self._world.add_member(self._guild, f"asker {number}") for number in range(ASKERS)]
        self._askers = [self._world.users[member] for member in members]
        self._told = 0
        self._said: dict[str, list[Json]] = {}
        self.places = tuple(ChannelRef("discord", str(self._guild), str(channel)) for channel in channels)

    def routes(self) -> list[web.RouteDef]:
        """Return what to serve."""
        commands = "/applications/{application}/commands"
        messages = "/channels/{channel}/messages"
        return [
            web.get("/gateway", self._open),
            web.get("/users/@me", self._me),
            web.get("/users/@me/guilds", self._guilds),
            web.get("/oauth2/applications/@me", self._application),
            web.get("/applications/@me", self._application),
            web.get("/gateway/bot", self._shards),
            web.get(commands, self._commands),
            web.put(commands, self._commands),
            web.post(messages + "/{message}/threads", self._make_thread),
            web.post(messages, self._post),
            web.get(messages, self._history),
            web.patch(messages + "/{message}", self._edit),
            web.get("/channels/{channel}/threads/archived/public", self._archived),
            web.post("/channels/{channel}/typing", self._typing),
        ]

    def settings(self) -> Mapping[str, str]:
        """Return what the bot needs to find this front."""
        addresses = {"FAQBOT_DISCORD_API_URL": self.url, "FAQBOT_DISCORD_GATEWAY_URL": self._gateway()}
        return {**addresses, "FAQBOT_DISCORD_TOKEN": "bench"}

    def message_id(self, number: int) -> str:
        """Return the id of a message; each is a moment of its own."""
        del number
        return str(self._world.snowflakes.next())

    async def mention(self, message_id: str, text: str, *, channel_id: str, asker: int) -> None:
        """Send a message that mentions the bot."""
        words, author = f"<@{self._world.bot['id']}> {text}", self._askers[asker]
        message = payloads.message(int(message_id), int(channel_id), author, words)
        member = {key: each for key, each in payloads.member(author).items() if key != "user"}
        await self._tell("MESSAGE_CREATE", message | self._here() | {"mentions": [self._world.bot], "member": member})

    async def _me(self, _: web.Request) -> web.Response:
        return reply(self._world.bot)

    async def _guilds(self, _: web.Request) -> web.Response:
        return reply([{"id": str(self._guild), "name": "bench", "icon": None, "features": []}])

    async def _application(self, _: web.Request) -> web.Response:
        shown = {"id": self._world.bot["id"], "name": "faqbot", "icon": None, "description": "", "summary": ""}
        rules = {"bot_public": True, "bot_require_code_grant": False, "verify_key": "", "flags": 0}
        return reply({**shown, **rules, "owner": self._askers[0], "team": None})

    async def _shards(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}
        return reply({"url": self._gateway(), "shards": 1, "session_start_limit": limit})

    async def _commands(self, _: web.Request) -> web.Response:
        return reply([])

    async def _make_thread(self, request: web.Request) -> web.Response:
        channel = self._world.channels[int(request.match_info["channel"])]
        message = int(request.match_info["message"])
        name = (await request.json())["name"]
        thread = payloads.thread(message, channel, name, owner=self._world.application_id)
        await self._tell("THREAD_CREATE", {**thread, "newly_created": True})
        return reply(thread, headers={**ROOMY, "X-RateLimit-Bucket": "threads"})

    async def _post(self, request: web.Request) -> web.Response:
        thread = request.match_info["channel"]
        self.answered(thread)  # a thread has the id of the message that it is made from
        asked: Json = await request.json()
        shown = {key: asked[key] for key in ("embeds", "components", "nonce") if asked.get(key)}
        message = payloads.message(self._world.snowflakes.next(), int(thread), self._world.bot, asked["content"] or "")
        self._said[thread] = [message | shown]
        await self._tell("MESSAGE_CREATE", message | shown | self._here())
        return reply(message | shown, headers={**ROOMY, "X-RateLimit-Bucket": "messages"})

    async def _history(self, request: web.Request) -> web.Response:
        """Return what the bot said in a thread; it looks there when it was slow."""
        return reply(self._said.get(request.match_info["channel"], []))

    async def _edit(self, request: web.Request) -> web.Response:
        (message,) = self._said[request.match_info["channel"]]
        asked: Json = await request.json()
        message |= {key: asked[key] for key in ("content", "embeds", "components") if asked.get(key)}
        return reply(message, headers={**ROOMY, "X-RateLimit-Bucket": "edits"})

    async def _archived(self, _: web.Request) -> web.Response:
        return reply({"threads": [], "members": [], "has_more": False})

    async def _typing(self, _: web.Request) -> web.Response:
        return web.Response(status=204, headers={**ROOMY, "X-RateLimit-Bucket": "typing"})

    async def _open(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await self.send({"op": int(Op.HELLO), "d": {"heartbeat_interval": 41_250}, "s": None, "t": None})
        async for received in socket:
            if received.type is WSMsgType.TEXT:
                await self._hear(received.json()["op"])
        self.sockets.remove(socket)
        return socket

    async def _hear(self, op: int) -> None:
        match op:
            case Op.HEARTBEAT:
                await self.send({"op": int(Op.HEARTBEAT_ACK), "s": None, "t": None, "d": None})
            case Op.IDENTIFY:
                guilds = [{"id": str(self._guild), "unavailable": True}]
                ready = {"v": 10, "user": self._world.bot, "guilds": guilds, "session_id": "bench", "shard": [0, 1]}
                application = {"id": self._world.bot["id"], "flags": 0}
                await self._tell("READY", {**ready, "application": application, "resume_gateway_url": self._gateway()})
                await self._tell("GUILD_CREATE", described_guild(self._world, self._guild))
                self.connected.release()

    async def _tell(self, event: str, told: Mapping[str, object]) -> None:
        self._told += 1
        await self.send({"op": int(Op.DISPATCH), "t": event, "s": self._told, "d": told})

    def _gateway(self) -> str:
        return f"{self.url.replace('http', 'ws')}/gateway"

    def _here(self) -> Json:
        return {"guild_id": str(self._guild)}


if __name__ == "__main__":
    main(DiscordFront, __doc__)
