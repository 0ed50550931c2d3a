"""Call Slack, pause posting for as long as Slack asks for it, and show that the bot is at work."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, Generic, TypeVar

from aiohttp import ClientError, ClientSession, ClientTimeout
from cachetools import TLRUCache, TTLCache
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.adapters.slack.options import SlackOptions
from bot.chat.tasks import comes, watched
from bot.core.models import MessageRef
from bot.core.wording.outcomes import THINKING
from bot.service.deliveries import Fault, NotSent

_log = logging.getLogger(__name__)
_PATIENCE = timedelta(seconds=10)
_USUAL_WAIT = timedelta(seconds=1)
FAULTS = (SlackApiError, ClientError, TimeoutError)
"""What a call may raise."""

_ONCE_ONLY = ("chat.postMessage", "chat.postEphemeral", "views.open")
OUTAGES = frozenset({"fatal_error", "internal_error", "request_timeout", "service_unavailable"})
"""The codes with which Slack says that it is not well itself."""

_BUSY = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_GONE = frozenset({
    "channel_not_found",
    "is_archived",
    "message_not_found",
    "not_in_channel",
    "thread_not_found",
    "user_not_found",
    "user_not_in_channel",
})  # fmt: skip
# These come right when somebody sets them right, which takes longer than a moment.
_TO_BE_SEEN_TO = frozenset({
    "accesslimited",
    "account_inactive",
    "ekm_access_denied",
    "invalid_auth",
    "missing_scope",
    "not_authed",
    "org_login_required",
    "team_added_to_org",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
})  # fmt: skip
_SEEN_TO = timedelta(seconds=30)
T = TypeVar("T")
Timer = Callable[[], float]
_LIMIT = 10_000


class _Resend(AsyncConnectionErrorRetryHandler):
    """Call again when a connection broke, but for what Slack would then show twice."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if request.url.endswith(_ONCE_ONLY):
            return False
        return await super()._can_retry_async(state=state, request=request, response=response, error=error)


def http_session() -> ClientSession:
    """Return the connections to Slack, which stay open between calls."""
    return ClientSession(timeout=ClientTimeout(total=_PATIENCE.total_seconds()))


def web_client(options: SlackOptions, session: ClientSession) -> AsyncWebClient:
    """Return the client for all calls."""
    return AsyncWebClient(
        token=options.bot_token, base_url=options.api_url, session=session, retry_handlers=[_Resend()]
    )


async def pages(call: Callable[[str | None], Awaitable[AsyncSlackResponse]]) -> AsyncIterator[AsyncSlackResponse]:
    """Yield the answers of a call that takes a cursor, until there are no more."""
    cursor = None
    while cursor != "":
        page = await call(cursor)
        yield page
        following: dict[str, str] = page.get("response_metadata") or {}
        cursor = following.get("next_cursor", "")


def error_code(error: Exception) -> str | None:
    """Return the code with which Slack refused a call; None where it did not get to that."""
    code = _answer(error).get("error")
    return code if isinstance(code, str) else None


def needed_scope(error: Exception) -> str | None:
    """Return the scope that Slack misses."""
    answer = _answer(error)
    return str(answer.get("needed")) if answer.get("error") == "missing_scope" else None


def trouble(error: Exception) -> NotSent:
    """Return what a failed call means for a message."""
    code = error_code(error)
    if (scope := needed_scope(error)) is not None:
        _log.error("slack.scope.missing", extra={"needed": scope})
    if code in _BUSY or _status(error) == 429:  # noqa: PLR2004  # too many requests
        return NotSent(Fault.BUSY, _retry_after(error))
    if code in _TO_BE_SEEN_TO:
        return NotSent(Fault.UNREACHABLE, _SEEN_TO)
    if code is None or code in OUTAGES:
        return NotSent(Fault.UNREACHABLE)
    return NotSent(Fault.GONE if code in _GONE else Fault.REFUSED)


def _response(error: Exception) -> AsyncSlackResponse | None:
    """Return the answer of Slack, if it was one that could be read."""
    response = error.response if isinstance(error, SlackApiError) else None
    return response if isinstance(response, AsyncSlackResponse) else None


def _answer(error: Exception) -> dict[str, Any]:
    response = _response(error)
    return response.data if response is not None and isinstance(response.data, dict) else {}


def _status(error: Exception) -> int | None:
    response = _response(error)
    return None if response is None else response.status_code


def _retry_after(error: Exception) -> timedelta:
    response = _response(error)
    headers = {} if response is None else {name.lower(): value for name, value in response.headers.items()}
    written = str(headers.get("retry-after", ""))
    return timedelta(seconds=int(written)) if written.isdecimal() and len(written) < 6 else _USUAL_WAIT  # noqa: PLR2004  # a day at most


class Lookups(Generic[T]):
    """Cache answers by key for a time; errors of `load` are raised and not cached."""

    def __init__(
        self, load: Callable[[str], Awaitable[T]], *, lifetime: timedelta, clock: Timer = time.monotonic
    ) -> None:
        self._load = load
        self._known: TTLCache[str, T] = TTLCache(_LIMIT, lifetime.total_seconds(), clock)

    async def get(self, key: str) -> T:
        """Return the answer for a key, loaded unless it is cached."""
        with suppress(KeyError):
            return self._known[key]
        found = self._known[key] = await self._load(key)
        return found

    def put(self, key: str, value: T) -> None:
        """Cache an answer that came from elsewhere."""
        self._known[key] = value

    def has(self, key: str) -> bool:
        """Return whether the answer for a key is cached."""
        return key in self._known

    def forget(self, key: str) -> None:
        """Drop the answer for a key, so that it is loaded the next time."""
        self._known.pop(key, None)


REACTION = "eyes"
PATIENCE = timedelta(milliseconds=300)
"""What is answered sooner shows nothing: Slack takes fewer reactions in a minute than the bot has answers."""


_AT_THE_END = timedelta(seconds=1)
_HARMLESS = frozenset({"already_reacted", "no_reaction", "message_not_found"})


class SlackThinking:
    """Show it beside the work, which does not wait for it."""

    def __init__(self, client: AsyncWebClient, *, agent: bool, patience: timedelta = PATIENCE) -> None:
        self._client = client
        self._agent = agent
        self._patience = patience
        self._over: dict[tuple[str, str], asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, place: MessageRef, *, thread: str) -> None:
        """Show at a message before long that it is being worked on."""
        self.end(place)
        over = self._over[_key(place)] = asyncio.Event()
        self._start(self._show(place, thread, over))

    def clear(self, place: MessageRef, *, thread: str) -> None:
        """Show no longer what another process showed, which did not live to end it."""
        self._start(self._set(place, thread, ""))

    def end(self, place: MessageRef) -> None:
        """Show it no longer."""
        if (over := self._over.pop(_key(place), None)) is not None:
            over.set()

    async def finish(self) -> None:
        """Wait a moment until all is shown as it is."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_AT_THE_END.total_seconds())

    def _start(self, step: Coroutine[Any, Any, None]) -> None:
        task = watched(step, name="thinking")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _show(self, place: MessageRef, thread: str, over: asyncio.Event) -> None:
        if not await comes(over, within=self._patience):
            await self._set(place, thread, str(THINKING))
            await over.wait()
            await self._set(place, thread, "")

    async def _set(self, place: MessageRef, thread: str, status: str) -> None:
        at = {"channel": place.channel_id, "timestamp": place.message_id}
        try:
            if self._agent and place.channel_id.startswith("D"):
                await self._client.assistant_threads_setStatus(
                    channel_id=place.channel_id, thread_ts=thread, status=status
                )
            elif status:
                await self._client.reactions_add(**at, name=REACTION)
            else:
                await self._client.reactions_remove(**at, name=REACTION)
        except FAULTS as error:
            if error_code(error) not in _HARMLESS:
                _log.info("slack.status.failed", extra={"fault": error_code(error)})


def _key(place: MessageRef) -> tuple[str, str]:
    return place.channel_id, place.message_id


class ChannelPauses:
    """Store until when nothing is to be posted in a channel."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: TLRUCache[str, float] = TLRUCache(_LIMIT, lambda _channel_id, until, _now: until, clock)

    def pause(self, channel_id: str, wait: timedelta) -> None:
        """Post nothing in a channel for a while."""
        self._until[channel_id] = self._clock() + wait.total_seconds()

    def left(self, channel_id: str) -> timedelta:
        """Return for how long nothing is to be posted in a channel."""
        now = self._clock()
        return timedelta(seconds=max(0.0, self._until.get(channel_id, now) - now))
