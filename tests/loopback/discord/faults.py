"""Make requests fail: refused, rate limited, broken servers and broken wires."""

import math
from dataclasses import dataclass, field
from enum import Enum

from aiohttp import web

from tests.loopback.discord.errors import Refusal
from tests.loopback.discord.replying import reply


class Broken(Enum):
    """When the wire breaks."""

    BEFORE = "nothing has happened yet"
    AFTER = "all is done, and nobody is told"


@dataclass(frozen=True)
class TooMany:
    """Answer 429: for this route, or for everything."""

    retry_after: float = 0.01
    everywhere: bool = False

    def response(self) -> web.Response:
        """Return what Discord says."""
        body = {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": self.everywhere}
        headers = {"Via": "1.1 loopback", "Retry-After": str(math.ceil(self.retry_after)), "X-RateLimit-Scope": "user"}
        if self.everywhere:
            headers |= {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
        return reply(body, status=429, headers=headers)


@dataclass(frozen=True)
class ServerError:
    """Answer that the server is broken; discord.py itself tries 500, 502 and 504 again after a second."""

    status: int = 503

    def response(self) -> web.Response:
        """Return what a broken server says."""
        return reply({"message": f"{self.status}: broken", "code": 0}, status=self.status)


Fault = Refusal | Broken | TooMany | ServerError


@dataclass
class Faults:
    """What goes wrong next, by route."""

    planned: dict[str, list[Fault]] = field(default_factory=dict)

    def plan(self, name: str, fault: Fault, *, times: int = 1) -> None:
        """Make the next requests to a route fail, such as `GET /users/@me`."""
        self.planned.setdefault(name, []).extend([fault] * times)

    def take(self, name: str) -> Fault | None:
        """Return what goes wrong with a request to a route now."""
        waiting = self.planned.get(name)
        return waiting.pop(0) if waiting else None
