"""Run a small Discord on this machine: REST and gateway on a free port."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.loopback.discord.faults import Faults
from tests.loopback.discord.gateway import Gateway
from tests.loopback.discord.limits import Buckets
from tests.loopback.discord.recording import Log
from tests.loopback.discord.serving import API, rest_application
from tests.loopback.discord.telling import tell_channel
from tests.loopback.discord.world import World


@dataclass(frozen=True)
class Loopback:
    """The parts of a running Discord."""

    world: World
    gateway: Gateway
    log: Log
    faults: Faults
    buckets: Buckets
    api_url: str

    @property
    def gateway_url(self) -> str:
        """Return where clients find the gateway."""
        return self.gateway.url

    async def later(self, seconds: float) -> None:
        """Move the time; threads that nobody writes in are archived."""
        self.world.clock.forward(seconds)
        for thread in self.world.archive_idle():
            await tell_channel(self.gateway, "THREAD_UPDATE", thread)


@asynccontextmanager
async def running() -> AsyncIterator[Loopback]:
    """Yield a Discord that listens on a free port."""
    world, log = World(), Log()
    gateway, faults, buckets = Gateway(world, log), Faults(), Buckets()
    app = web.Application()
    app.router.add_get("/gateway", gateway.serve)
    app.router.add_get("/gateway/", gateway.serve)
    app.add_subapp(API, rest_application(world, gateway, log, faults, buckets))
    async with TestServer(app) as server:
        gateway.url = str(server.make_url("/gateway").with_scheme("ws"))
        yield Loopback(world, gateway, log, faults, buckets, str(server.make_url(API)))
        gateway.break_off()
