"""Record what went over the wires, and wait for it in tests without sleeping."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tests.loopback.discord.payloads import Json

_T = TypeVar("_T")


@dataclass(frozen=True)
class Request:
    """One request: the route as the API's description writes it, and what came with and after it."""

    method: str
    route: str
    path: str
    query: dict[str, str]
    body: Any
    status: int
    response: Any
    reason: str | None = None
    files: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return method and route."""
        return f"{self.method} {self.route}"


@dataclass(frozen=True)
class Sent:
    """One payload that the gateway sent; a malformed one on purpose is not held to the description."""

    payload: Json
    checked: bool = True


@dataclass
class Log:
    """All that went over the wires, in order."""

    requests: list[Request] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    received: list[Json] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def note(self) -> None:
        """Wake everybody who waits."""
        async with self.changed:
            self.changed.notify_all()

    async def until(self, condition: Callable[[], _T | None], *, seconds: float = 30.0) -> _T:
        """Return what the condition returns as soon as that is true; fail when it never is."""
        async with asyncio.timeout(seconds), self.changed:
            found = await self.changed.wait_for(condition)
        assert found is not None
        return found

    def named(self, name: str) -> list[Request]:
        """Return the requests to one route, such as `POST /channels/{channel_id}/messages`."""
        return [request for request in self.requests if request.name == name]

    async def requested(self, name: str, *, times: int = 1) -> list[Request]:
        """Return the requests to one route, as soon as there are so many."""
        await self.until(lambda: len(self.named(name)) >= times)
        return self.named(name)

    def received_ops(self) -> list[int]:
        """Return which gateway payloads the client sent, in order."""
        return [payload["op"] for payload in self.received]
