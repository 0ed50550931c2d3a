"""Respect the rate limits of Discord: wait where a short wait is enough, and otherwise raise with the time to wait.

discord.py itself refuses a request while the window of its bucket ends late, however much remains in it; holds back
what a request brought until the window is over; sleeps through a 429 while others run into it; and tries a broken
server for half a minute. Discord's own words are in docs/topics/rate-limits of its documentation.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus
from types import SimpleNamespace, TracebackType
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Ratelimit, Route

LONGEST_WAIT = 8.0
"""Seconds that a request waits for its turn; what would have to wait for longer is refused, and says for how long."""
LONGEST_REQUEST = 20.0
"""Seconds after which a request is given up: replies are held for a minute by the process that sends them."""

_TRIES = 3
# Above this the library raises a 429 and leaves the waiting to us.
_AT_ONCE = 1e-6
_GLOBAL = "X-RateLimit-Global"


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


class Limits:
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
    limits = Limits(http, longest=longest, within=within)
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
