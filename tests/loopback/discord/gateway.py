"""Speak Discord's gateway: identify, resume with replay, heartbeats, and the events in between."""

import secrets
from dataclasses import dataclass, field

from aiohttp import web

from tests.loopback.discord.constants import PRIVILEGED, Intent, Op, Permission
from tests.loopback.discord.filtering import wants, without_content
from tests.loopback.discord.guilds import described_guild
from tests.loopback.discord.payloads import Json
from tests.loopback.discord.recording import Log
from tests.loopback.discord.sockets import GatewaySocket
from tests.loopback.discord.world import TOKEN, World

HEARTBEAT_MS = 41_250
AUTHENTICATION_FAILED, DISALLOWED_INTENTS, INVALID_SHARD = 4004, 4014, 4010


@dataclass
class Session:
    """What one shard was told, so that it can be told again."""

    id: str
    shard: tuple[int, int]
    intents: int
    socket: GatewaySocket | None = None
    told: list[tuple[Json, bool]] = field(default_factory=list)

    async def dispatch(self, event: str, told: Json, *, checked: bool = True) -> None:
        """Send an event, now or when the client has resumed."""
        payload: Json = {"op": int(Op.DISPATCH), "t": event, "s": len(self.told) + 1, "d": told}
        self.told.append((payload, checked))
        if self.socket:
            await self.socket.send(payload, checked=checked)


class Gateway:
    """The sessions of the clients."""

    def __init__(self, world: World, log: Log) -> None:
        self.world = world
        self.log = log
        self.url = ""
        self.shards = 1
        self.approved = Intent.MESSAGE_CONTENT
        """The privileged intents that are switched on for the application."""
        self.sessions: dict[str, Session] = {}
        self.refusals: list[int] = []
        """Close codes for the next ones that identify."""
        self._sockets: set[GatewaySocket] = set()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Speak with one connection until it ends."""
        ws = web.WebSocketResponse()
        await ws.prepare(request)
        socket = GatewaySocket(ws, request, self.log)
        self._sockets.add(socket)
        try:
            await socket.send(_plain(Op.HELLO, {"heartbeat_interval": HEARTBEAT_MS}))
            while payload := await socket.receive():
                await self._answer(socket, payload)
        finally:
            self._sockets.discard(socket)
            self._leave(socket)
        return ws

    async def dispatch(
        self, event: str, told: Json, *, guild_id: int | None, channel_id: int | None = None, checked: bool = True
    ) -> None:
        """Send an event to the sessions of its shard that want it, if the bot sees where it happened."""
        if guild_id in self.world.unavailable or (channel_id is not None and not self._sees(channel_id)):
            return
        for session in list(self.sessions.values()):
            number, count = session.shard
            if (0 if guild_id is None else (guild_id >> 22) % count) != number:
                continue
            if wants(session.intents, event, guild_id=guild_id):
                told_here = without_content(session.intents, event, told, bot_id=self.world.bot["id"])
                await session.dispatch(event, told_here, checked=checked)

    async def lose_guild(self, guild_id: int) -> None:
        """Make a server unavailable: it sends no events until it comes back."""
        await self.dispatch("GUILD_DELETE", {"id": str(guild_id), "unavailable": True}, guild_id=guild_id)
        self.world.unavailable.add(guild_id)

    async def restore_guild(self, guild_id: int) -> None:
        """Make a server available again."""
        self.world.unavailable.discard(guild_id)
        await self.dispatch("GUILD_CREATE", described_guild(self.world, guild_id), guild_id=guild_id)

    async def ask_to_reconnect(self) -> None:
        """Request the clients to reconnect and resume (op 7)."""
        await self._send_all(_plain(Op.RECONNECT, None))

    async def invalidate(self, *, resumable: bool = False) -> None:
        """Invalidate the sessions of the clients (op 9)."""
        connected = [session for session in self.sessions.values() if session.socket]
        if not resumable:
            for session in connected:
                del self.sessions[session.id]
        for session in connected:
            if session.socket:
                await session.socket.send(_invalid(resumable=resumable))

    async def ask_for_heartbeat(self) -> None:
        """Ask the clients whether they live (op 1)."""
        await self._send_all(_plain(Op.HEARTBEAT, None))

    async def heard(self) -> None:
        """Wait until the clients have read all events so far: events come in order, and a beat is asked for last."""
        await self.log.until(lambda: self.sessions and all(session.socket for session in self.sessions.values()))
        beats = self._beats() + len(self.sessions)
        await self.ask_for_heartbeat()
        await self.log.until(lambda: self._beats() >= beats)

    def _beats(self) -> int:
        return self.log.received_ops().count(Op.HEARTBEAT)

    async def close(self, code: int) -> None:
        """Close all connections with a code."""
        for socket in list(self._sockets):
            await socket.close(code)

    def break_off(self) -> None:
        """Break all connections; the sessions can be resumed."""
        for socket in list(self._sockets):
            socket.break_off()
            self._leave(socket, lost=True)

    def forget(self) -> None:
        """Forget all sessions, so that none can be resumed."""
        self.sessions.clear()

    async def _answer(self, socket: GatewaySocket, payload: Json) -> None:
        match payload["op"]:
            case Op.HEARTBEAT:
                await socket.send({"op": int(Op.HEARTBEAT_ACK), "s": None, "t": None})
            case Op.IDENTIFY:
                await self._identify(socket, payload["d"])
            case Op.RESUME:
                await self._resume(socket, payload["d"])

    async def _identify(self, socket: GatewaySocket, asked: Json) -> None:
        if refused := self._refused(asked):
            await socket.close(refused)
            return
        number, count = asked.get("shard", (0, 1))
        session = Session(secrets.token_hex(8), (number, count), asked["intents"], socket)
        self.sessions[session.id] = session
        here = [one for one in self.world.guilds if (one >> 22) % count == number]
        await session.dispatch("READY", self._ready(session, here) | _shard(asked))
        for guild_id in here:
            if session.intents & Intent.GUILDS and guild_id not in self.world.unavailable:
                await session.dispatch("GUILD_CREATE", described_guild(self.world, guild_id))

    def _refused(self, asked: Json) -> int | None:
        if self.refusals:
            return self.refusals.pop(0)
        if asked["token"] != TOKEN:
            return AUTHENTICATION_FAILED
        number, count = asked.get("shard", (0, 1))
        if number >= count:
            return INVALID_SHARD
        return DISALLOWED_INTENTS if asked["intents"] & PRIVILEGED & ~self.approved else None

    def _ready(self, session: Session, guilds: list[int]) -> Json:
        told: Json = {
            "v": 10,
            "user": self.world.bot | {"verified": True, "mfa_enabled": False, "email": None, "flags": 0},
            "guilds": [{"id": str(guild_id), "unavailable": True} for guild_id in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "application": {"id": self.world.bot["id"], "flags": 0, "flags_new": "0"},
        }
        return told

    async def _resume(self, socket: GatewaySocket, asked: Json) -> None:
        session = self.sessions.get(asked["session_id"] or "")
        if session is None or asked["token"] != TOKEN:
            await socket.send(_invalid(resumable=False))
            return
        session.socket = socket
        for payload, checked in session.told[asked["seq"] :]:
            await socket.send(payload, checked=checked)
        await session.dispatch("RESUMED", {})

    def _leave(self, socket: GatewaySocket, *, lost: bool = False) -> None:
        for session in list(self.sessions.values()):
            if session.socket is socket:
                session.socket = None
                if socket.ended_by_client and not lost:
                    del self.sessions[session.id]

    def _sees(self, channel_id: int) -> bool:
        allowed = self.world.permissions(channel_id, self.world.application_id)
        return bool(allowed & Permission.VIEW_CHANNEL)

    async def _send_all(self, payload: Json) -> None:
        for session in self.sessions.values():
            if session.socket:
                await session.socket.send(payload)


def _shard(asked: Json) -> Json:
    """Return what is said of shards to a client that asked for one, which is nothing to one that did not."""
    return {"shard": list(asked["shard"])} if "shard" in asked else {}


def _plain(op: Op, told: Json | None) -> Json:
    return {"op": int(op), "d": told, "s": None, "t": None}


def _invalid(*, resumable: bool) -> Json:
    return {"op": int(Op.INVALID_SESSION), "d": resumable, "s": None, "t": None}
