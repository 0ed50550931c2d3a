"""Serve the Web API and the addresses for responses over HTTP."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from aiohttp import web

from tests.loopback.slack import schemas
from tests.loopback.slack.faults import Fault, Faults, limited
from tests.loopback.slack.methods import METHODS, SCOPES
from tests.loopback.slack.rates import Rates
from tests.loopback.slack.responding import respond
from tests.loopback.slack.watching import Watch
from tests.loopback.slack.workspace import Json, RefusedError, Workspace, refuse
from tests.loopback.specs import Spec

BOT_TOKEN = "xoxb-loopback"  # noqa: S105  # a word that only the loopback knows
APP_TOKEN = "xapp-loopback"  # noqa: S105  # as above
CONNECT = "apps.connections.open"
RESPONSE = "response_url"
Work: TypeAlias = Callable[[Json], Json]


@dataclass
class Call:
    """One request of the app, and how it ended: `ok`, an error code, a status or `dropped`."""

    method: str
    arguments: Json
    at: float
    outcome: str = "pending"


class Arguments(dict[str, object]):
    """Refuse a call when an argument is read that it does not have."""

    def __missing__(self, name: str) -> object:
        refuse("invalid_arguments", f"the argument {name} is missing")


class WebApi:
    """Answer calls from the workspace, in turn with the faults to come, and keep a log of them."""

    def __init__(self, space: Workspace, watch: Watch, spec: Spec | None, socket_url: Callable[[], str]) -> None:
        self.faults = Faults()
        self.calls: list[Call] = []
        self.problems: list[str] = []
        self.scopes = set(SCOPES)
        self.spec = spec
        self.rates = Rates(space.clock)
        self.revoked = False
        self._space = space
        self._watch = watch
        self._socket_url = socket_url

    def routes(self) -> list[web.RouteDef]:
        """Return the routes to serve."""
        return [
            web.route("*", "/api/{method}", self._method),
            web.post("/responses/{id}", self._response),
        ]

    async def _method(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        arguments = await _arguments(request)
        return await self._answered(request, name, arguments, lambda given: self._worked(request, name, given))

    async def _response(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["id"]
        return await self._answered(
            request, RESPONSE, await _arguments(request), lambda given: respond(self._space, number, given)
        )

    async def _answered(self, request: web.Request, name: str, arguments: Json, work: Work) -> web.StreamResponse:
        call = Call(name, arguments, time.monotonic())
        self.calls.append(call)
        await self._watch.tell()
        fault = limited(wait) if (wait := self.rates.wait(name, arguments)) else self.faults.take(name)
        try:
            if fault and not fault.after_work and (spoilt := await self._spoilt(request, call, fault)):
                return spoilt
            answer = self._written(call, self._done(call, work))
            spoilt = await self._spoilt(request, call, fault) if fault and fault.after_work else None
            return spoilt or answer
        finally:
            await self._watch.tell()

    def _done(self, call: Call, work: Work) -> Json:
        try:
            body = work(Arguments(call.arguments))
        except RefusedError as refusal:
            body = {"ok": False, "error": refusal.code, **refusal.extra}
            if refusal.problem:
                self.problems.append(f"{call.method}: {refusal.problem}")
        call.outcome = body.get("error", "ok")
        return body

    def _written(self, call: Call, body: Json) -> web.Response:
        if call.method != RESPONSE:
            return web.json_response(body, headers=self._headers())
        return web.Response(text="ok") if body["ok"] else web.Response(status=404, text=body["error"])

    def _worked(self, request: web.Request, name: str, arguments: Json) -> Json:
        _authorise(request, APP_TOKEN if name == CONNECT else BOT_TOKEN)
        if name == CONNECT:
            return self._checked(name, {"ok": True, "url": self._socket_url()})
        if self.revoked:
            refuse("account_inactive")
        if name not in METHODS:
            refuse("unknown_method", f"the loopback does not know {name}")
        scope = METHODS[name].wanted(self._space, dict(arguments))
        if scope and scope not in self.scopes:
            refuse("missing_scope", needed=scope, provided=",".join(sorted(self.scopes)))
        if self.spec:
            self.problems += schemas.request_problems(self.spec, name, dict(arguments))
        return self._checked(name, METHODS[name].work(self._space, arguments))

    def _checked(self, name: str, body: Json) -> Json:
        if self.spec:
            self.problems += schemas.response_problems(self.spec, name, body)
        return body

    async def _spoilt(self, request: web.Request, call: Call, fault: Fault) -> web.StreamResponse | None:
        if fault.release:
            await fault.release.wait()
            return None
        if fault.drops:
            call.outcome = "dropped"
            if request.transport:
                request.transport.abort()
            return web.Response()
        if isinstance(fault.body, str):
            call.outcome = str(fault.status)
            return web.Response(status=fault.status, text=fault.body, content_type="text/html")
        call.outcome = fault.body["error"] if fault.body else str(fault.status)
        return web.json_response(fault.body, status=fault.status, headers={**self._headers(), **fault.headers})

    def _headers(self) -> dict[str, str]:
        return {"X-OAuth-Scopes": ",".join(sorted(self.scopes))}


def _authorise(request: web.Request, token: str) -> None:
    given = request.headers.get("Authorization")
    if given is None:
        refuse("not_authed")
    if given != f"Bearer {token}":
        refuse("invalid_auth")


async def _arguments(request: web.Request) -> Json:
    given: Json = schemas.read_back(dict(request.query))
    if request.content_type == "application/json":
        body: Json = json.loads(await request.text() or "{}")
        return given | body
    form = await request.post()
    return given | schemas.read_back({name: value for name, value in form.items() if isinstance(value, str)})
