"""Make calls go wrong on demand, the way Slack does."""

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.slack.workspace import Json


@dataclass(frozen=True)
class Fault:
    """How one call goes wrong: before its work, or after it so that only the answer is lost."""

    status: int = 200
    body: Json | str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    drops: bool = False
    after_work: bool = False
    release: asyncio.Event | None = None


def refused(code: str, **extra: Any) -> Fault:  # noqa: ANN401  # fields of the answer
    """Refuse with an error code such as `is_archived`; `missing_scope` also takes `needed` and `provided`."""
    return Fault(body={"ok": False, "error": code, **extra})


def limited(retry_after: int) -> Fault:
    """Refuse with 429 and the seconds to wait."""
    return Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(retry_after)})


def broken(status: int = 503, *, after_work: bool = False) -> Fault:
    """Answer with a server error that is no JSON."""
    return Fault(status, "<html>upstream trouble</html>", after_work=after_work)


def dropped(*, after_work: bool = False) -> Fault:
    """Close the connection without an answer."""
    return Fault(drops=True, after_work=after_work)


def held(release: asyncio.Event, *, after_work: bool = False) -> Fault:
    """Delay the call, or its answer, until the event is set; it succeeds then."""
    return Fault(release=release, after_work=after_work)


class Faults:
    """The faults to come, by method; `response_url` stands for the addresses that interactions carry."""

    def __init__(self) -> None:
        self._coming: defaultdict[str, deque[Fault]] = defaultdict(deque)

    def add(self, method: str, fault: Fault, *, times: int = 1) -> None:
        """Make the next calls of the method fail."""
        self._coming[method].extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """Return the fault that this call meets, if any."""
        coming = self._coming[method]
        return coming.popleft() if coming else None
