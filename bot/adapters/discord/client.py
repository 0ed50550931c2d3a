"""Connect discord.py to other addresses than Discord's own, as a proxy or a test needs, and keep it fast."""

import time
from collections.abc import Callable

import aiohttp
import discord
from aiohttp.hdrs import HOST
from yarl import URL

from bot.adapters.discord.options import API_URL, GATEWAY_URL

_SELDOM = 10.0
# The library doubles its pause this often, from one second on; by itself it would go to 17 minutes.
_DOUBLED = 5


class AddressedConnector(aiohttp.TCPConnector):
    """Connect to other addresses whatever a client asks of Discord's own.

    Everything that discord.py sends passes its connector: routes, answers to interactions and the gateway. So the
    addresses of one client change and those of no other. Where Discord itself names an address, as that for resuming
    a session, it is used as it stands.
    """

    def __init__(self, *, api_url: str = API_URL, gateway_url: str = GATEWAY_URL) -> None:
        super().__init__(limit=0)  # as discord.py sets its own: it queues by rate limits, not by sockets
        self._addresses = ((API_URL, api_url.rstrip("/")), (GATEWAY_URL, gateway_url.rstrip("/")))

    def address(self, url: URL) -> URL:
        """Return where a request for this URL goes."""
        asked = str(url)
        for ours, theirs in self._addresses:
            if asked == ours or asked.startswith(f"{ours}/"):
                return URL(theirs + asked.removeprefix(ours), encoded=True)
        return url

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[aiohttp.tracing.Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109  # what aiohttp calls with
    ) -> aiohttp.connector.Connection:
        """Return a connection for a request, which is sent to the address that is set for it."""
        req.url = self.address(req.url)
        req.headers[HOST] = req.url.host_port_subcomponent or ""
        return await super().connect(req, traces, timeout)


def reconnect_soon(client: discord.AutoShardedClient, shard_id: int) -> None:
    """Limit the reconnect delay of a shard to half a minute."""
    shard = client.get_shard(shard_id)
    if shard is not None:
        shard._parent._backoff._max = _DOUBLED  # noqa: SLF001  # the library has no other way in


def drop_limits_seldom(client: discord.Client, *, clock: Callable[[], float] = time.monotonic) -> None:
    """Remove unused rate limits every few seconds only.

    The library looks at all of them whenever it meets a new one, and each thread that the bot makes has its own.
    """
    http, looked = client.http, clock()
    look = http._try_clear_expired_ratelimits  # noqa: SLF001  # the library has no other way in

    def look_seldom() -> None:
        nonlocal looked
        if clock() - looked >= _SELDOM:
            look()
            looked = clock()

    http._try_clear_expired_ratelimits = look_seldom  # type: ignore[method-assign]  # noqa: SLF001  # as above
