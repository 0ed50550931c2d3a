"""Answer the calls of Slack's Web API from a workspace, some of them with a fault."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from enum import Enum
from typing import Final

from aiohttp import web

from bench.chaos.plan import Deck, Journal
from tests.loopback.slack import messages
from tests.loopback.slack.methods import METHODS, SCOPES
from tests.loopback.slack.schemas import read_back
from tests.loopback.slack.web import APP_TOKEN, BOT_TOKEN, CONNECT
from tests.loopback.slack.workspace import Json, Message, RefusedError, Workspace, refuse

POST: Final = "chat.postMessage"
HISTORY: Final = "conversations.history"
_HEADERS = {"X-OAuth-Scopes": ",".join(sorted(SCOPES))}
_POST_FAULTS = 0.12
_CALL_FAULTS = 0.03


class Fault(Enum):
    """How a call goes wrong."""

    LIMITED = "429"
    BROKEN = "503"
    BEFORE = "cut before its work"
    AFTER = "cut after its work"


class Web:
    """Serve API calls from the workspace."""

    def __init__(self, space: Workspace, chance: random.Random, journal: Journal, *, limits: bool) -> None:
        self.calls: Counter[str] = Counter()
        self.problems: list[str] = []
        self.calm = False
        self._space = space
        self._chance = chance
        self._journal = journal
        self._limits = limits
        self._posted: dict[str, float] = {}
        cards = (Fault.LIMITED, Fault.LIMITED, Fault.BROKEN, Fault.BEFORE, Fault.AFTER)
        self._post_faults, self._call_faults = Deck(cards, chance), Deck(cards, chance)

    async def answer(self, request: web.Request, socket_url: Callable[[], str]) -> web.StreamResponse:
        """Answer one call."""
        name, arguments = request.match_info["method"], await _arguments(request)
        self.calls[name] += 1
        fault = self._fault(name)
        if fault is Fault.LIMITED or (name == POST and self._is_too_soon(str(arguments.get("channel")))):
            return web.json_response(
                {"ok": False, "error": "ratelimited"}, status=429, headers={"Retry-After": "1", **_HEADERS}
            )
        if fault is Fault.BROKEN:
            return web.Response(status=503, text="<html>upstream trouble</html>", content_type="text/html")
        if fault is not Fault.BEFORE:
            body = self._done(request, name, arguments, socket_url)
            if fault is None:
                return web.json_response(body, headers=_HEADERS)
        if request.transport:
            request.transport.abort()
        return web.Response()

    def _fault(self, name: str) -> Fault | None:
        likely, faults = (_POST_FAULTS, self._post_faults) if name == POST else (_CALL_FAULTS, self._call_faults)
        if self.calm or self._chance.random() >= likely:
            return None
        fault = faults.deal()
        self._journal.fault(f"Slack {'posts' if name == POST else 'other calls'}: {fault.value}")
        return fault

    def _is_too_soon(self, channel: str) -> bool:
        now = time.monotonic()
        if self._limits and now - self._posted.get(channel, 0.0) < 1:
            return True
        self._posted[channel] = now
        return False

    def _done(self, request: web.Request, name: str, arguments: Json, socket_url: Callable[[], str]) -> Json:
        try:
            _authorise(request, APP_TOKEN if name == CONNECT else BOT_TOKEN)
            if name == CONNECT:
                return {"ok": True, "url": socket_url()}
            return self._worked(name, arguments)
        except RefusedError as refusal:
            if refusal.problem:
                self.problems.append(f"{name}: {refusal.problem}")
            return {"ok": False, "error": refusal.code, **refusal.extra}
        except KeyError as missing:
            self.problems.append(f"{name}: the argument {missing} is missing")
            return {"ok": False, "error": "invalid_arguments"}

    def _worked(self, name: str, arguments: Json) -> Json:
        if name not in METHODS and name != HISTORY:
            refuse("unknown_method", "nobody here knows it")
        return METHODS[name].work(self._space, arguments) if name in METHODS else history(self._space, arguments)


def history(space: Workspace, arguments: Json) -> Json:
    """Return a page of a channel without what stands in its threads, the newest first."""
    channel = messages.known(space, arguments["channel"])
    oldest, latest = float(arguments.get("oldest") or 0), float(arguments.get("latest") or "inf")
    inclusive = arguments.get("inclusive") in {True, "true", "1"}

    def is_within(message: Message) -> bool:
        at = float(message.ts)
        return oldest < at < latest or (inclusive and at in {oldest, latest})

    there = [one for one in reversed(space.messages) if one.channel == channel.id and _in_channel(one)]
    found = [one for one in there if is_within(one)]
    begin, size = int(arguments.get("cursor") or 0), int(arguments.get("limit") or 100)
    page, more = found[begin : begin + size], begin + size < len(found)
    shown = [one.shown(metadata=arguments.get("include_all_metadata", False)) for one in page]
    following = {"response_metadata": {"next_cursor": str(begin + size)}} if more else {}
    return {"ok": True, "messages": shown, "has_more": more, **following}


def _in_channel(message: Message) -> bool:
    if message.deleted or message.visible_to is not None:
        return False
    return message.thread_ts in {None, message.ts} or message.subtype == "thread_broadcast"


def _authorise(request: web.Request, token: str) -> None:
    if request.headers.get("Authorization") != f"Bearer {token}":
        refuse("invalid_auth")


async def _arguments(request: web.Request) -> Json:
    given: Json = read_back(dict(request.query))
    if request.content_type == "application/json":
        body: Json = json.loads(await request.text() or "{}")
        return given | body
    form = await request.post()
    return given | read_back({name: value for name, value in form.items() if isinstance(value, str)})
