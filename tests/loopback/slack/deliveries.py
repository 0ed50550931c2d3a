"""What was sent to the app, and what it said to it."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from tests.loopback.slack.watching import PATIENCE
from tests.loopback.slack.workspace import Json

DEADLINE = 3.0


@dataclass(frozen=True)
class Retry:
    """A payload comes again, and why."""

    number: int
    reason: str = "timeout"


@dataclass
class Delivery:
    """A payload on its way: the answer with which the app acknowledged it, and after how many seconds."""

    kind: str
    payload: Json
    retry: Retry | None = None
    at: float = 0.0
    """When it was sent, by the clock of the test."""
    started: float = field(default_factory=time.monotonic)
    seconds: float | None = None
    status: int | None = None
    answer: Json = field(default_factory=dict)
    is_lost: bool = False
    """Whether the connection that it went over was closed before it was acknowledged."""
    _done: asyncio.Event = field(default_factory=asyncio.Event)

    def acknowledge(self, answer: Json, status: int = 200) -> None:
        """Accept the app's acknowledgement."""
        self.seconds = time.monotonic() - self.started
        self.status = status
        self.answer = answer
        self._done.set()

    def lose(self) -> None:
        """Store that its connection is gone."""
        self.is_lost = True
        self._done.set()

    async def settled(self) -> None:
        """Wait until it is acknowledged or lost."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._done.wait(), PATIENCE)

    async def acknowledged(self) -> "Delivery":
        """Wait for the app's word."""
        await self.settled()
        if self.status is None:
            pytest.fail(f"{self.kind} was not acknowledged: {self.payload}")
        return self


def kind_of(payload: Json) -> str:
    """Return the type of the envelope in which Socket Mode sends a payload."""
    if "command" in payload:
        return "slash_commands"
    return "events_api" if payload["type"] == "event_callback" else "interactive"
