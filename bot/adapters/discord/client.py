"""Connect discord.py to other addresses than Discord's own, keep it fast, and respect the rate limits of Discord.

We wait where a short wait is enough, and otherwise raise with the time to wait. discord.py itself refuses a request
while the window of its bucket ends late, however much remains in it; holds back what a request brought until the window
is over; sleeps through a 429 while others run into it; and tries a broken server for half a minute. Discord's own words
are in docs/topics/rate-limits of its documentation.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from types import SimpleNamespace, TracebackType
from typing import Any

import aiohttp
import discord
from aiohttp.hdrs import HOST
from discord.http import HTTPClient, Ratelimit, Route
from yarl import URL

from bot.adapters.discord.options import API_URL, GATEWAY_URL

_SELDOM = 10.0
# The library doubles its pause this often, from one second on; by itself it would go to 17 minutes.
_DOUBLED = 5
LONGEST_WAIT = 8.0
"""Seconds that a request waits for its turn; what would have to wait for longer is refused, and says for how long."""
LONGEST_REQUEST = 20.0
"""Seconds after which a request is given up: replies are held for a minute by the process that sends them."""

_TRIES = 3
# Above this the library raises a 429 and leaves the waiting to us.
_AT_ONCE = 1e-6
_GLOBAL = "X-RateLimit-Global"


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
    client.shards[shard_id]._parent._backoff._max = _DOUBLED  # noqa: SLF001  # the library has no other way in


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


class Bucket(Ratelimit):
    """Count what remains of one bucket; requests get their turns in the order in which they came."""

    __slots__ = ("_changed", "_length", "_longest", "_shut_until", "_turn", "_waiting")

    def __init__(self, *, longest: float = LONGEST_WAIT) -> None:
        super().__init__(None)
        self._longest = longest
        self._length = 0.0
        self._turn = asyncio.Lock()
        self._changed = asyncio.Event()
        self._waiting = 0
        self._shut_until = 0.0

    async def acquire(self) -> None:
        """Wait for a turn; raise `RateLimited` at once where that would take too long."""
        self._last_request = self._loop.time()
        if (wait := self._expected(ahead=self._waiting)) > self._longest:
            raise discord.RateLimited(wait)
        self._waiting += 1
        try:
            async with self._turn:
                while not self._is_free():
                    await self._change()
                self.remaining -= 1
                self.outgoing += 1
        finally:
            self._waiting -= 1

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.outgoing -= 1
        if self.expires is None:  # Discord said nothing of a window
            self.remaining = self.limit - self.outgoing
        if (wait := wait_of(fault)) is not None:
            self._shut_until = self._loop.time() + wait
        self._changed.set()

    def update(self, response: aiohttp.ClientResponse, *, use_clock: bool = False) -> None:
        """Update from a response; other running requests are unknown to it, so within a window the count only falls."""
        mine, ends = self.remaining - self.limit, self.expires
        super().update(response, use_clock=use_clock)
        self._length = max(self._length, self.reset_after)
        is_next = ends is not None and self.expires is not None and self.expires - ends > self._length / 2
        mine = self.limit + (-self.outgoing if is_next else mine)
        self.remaining = min(mine, int(response.headers["X-Ratelimit-Remaining"]))

    def is_inactive(self) -> bool:
        """Return whether nobody has to know of this bucket any more."""
        return super().is_inactive() and not self._waiting and self._loop.time() >= self._shut_until

    def _is_free(self) -> bool:
        if self.is_expired():
            self.reset()  # type: ignore[no-untyped-call]  # the library has no type here
        return self.remaining > 0 and self._loop.time() >= self._shut_until

    def _expected(self, *, ahead: int) -> float:
        """Return the seconds until it is the turn of one more, as far as that is known."""
        if self._is_free() and ahead < self.remaining:
            return 0.0
        shut, late = self._shut_until - self._loop.time(), ahead - max(self.remaining, 0)
        if late < 0:
            return shut
        left = 0.0 if self.expires is None else self.expires - self._loop.time()
        return max(left, shut) + late // self.limit * self._length

    async def _change(self) -> None:
        """Wait until a request ended, or until the time is over that is to be waited for."""
        ends = self._shut_until if self._shut_until > self._loop.time() else self.expires
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout_at(ends):
                await self._changed.wait()


class RateLimits:
    """The buckets of one client, and until when Discord wants no request at all."""

    def __init__(self, http: HTTPClient, *, longest: float = LONGEST_WAIT, within: float = LONGEST_REQUEST) -> None:
        self._http = http
        self._request: Callable[..., Awaitable[Any]] = http.request
        self._longest = longest
        self._within = within
        self._shut_until = 0.0

    def bucket(self, key: str) -> Ratelimit:
        """Return the bucket with this name."""
        known = self._http._buckets  # noqa: SLF001  # where the library looks for it too
        if key not in known:
            known[key] = Bucket(longest=self._longest)
            self._http._try_clear_expired_ratelimits()  # noqa: SLF001  # as the library does
        return known[key]

    async def request(self, route: Route, **arguments: Any) -> Any:  # noqa: ANN401  # as the library has it
        """Send a request, again where Discord wants to wait for it, but not for long."""
        async with asyncio.timeout(self._within):
            for _ in range(_TRIES - 1):
                await self._pass()
                try:
                    return await self._request(route, **arguments)
                except discord.RateLimited as busy:
                    if busy.retry_after > self._longest:
                        raise
                for file in arguments.get("files") or ():
                    file.reset(seek=True)
            await self._pass()
            return await self._request(route, **arguments)

    async def note(self, _session: object, _context: SimpleNamespace, ended: aiohttp.TraceRequestEndParams) -> None:
        """Store that Discord refuses all requests of the client."""
        headers = ended.response.headers
        if ended.response.status == HTTPStatus.TOO_MANY_REQUESTS and _GLOBAL in headers:
            wait = seconds(headers.get("Retry-After"))
            self._shut_until = max(self._shut_until, asyncio.get_running_loop().time() + wait)

    async def _pass(self) -> None:
        left = self._shut_until - asyncio.get_running_loop().time()
        if left > self._longest:
            raise discord.RateLimited(left)
        await asyncio.sleep(max(left, 0))


def keep_to_limits(client: discord.Client, *, longest: float = LONGEST_WAIT, within: float = LONGEST_REQUEST) -> None:
    """Install these limits in a client that was not started yet."""
    http = client.http
    limits = RateLimits(http, longest=longest, within=within)
    http.max_ratelimit_timeout = _AT_ONCE
    http.http_trace = trace = aiohttp.TraceConfig()
    trace.on_request_end.append(limits.note)
    http.get_ratelimit = limits.bucket  # type: ignore[method-assign]  # the library has no other way in
    http.request = limits.request  # type: ignore[method-assign]  # as above


def wait_of(fault: BaseException | None) -> float | None:
    """Return how many seconds Discord wants to be left alone, None where it is not that."""
    if isinstance(fault, discord.RateLimited):
        return fault.retry_after
    if isinstance(fault, discord.HTTPException) and fault.status == HTTPStatus.TOO_MANY_REQUESTS:
        return seconds(fault.response.headers.get("Retry-After"))
    return None


def seconds(written: str | None) -> float:
    """Return what a header says of a time to wait, a second where it says nothing."""
    try:
        return min(max(float(written or ""), 0.0), 86_400.0)
    except ValueError:
        return 1.0
