"""Count calls as Slack does: so many a minute for each method, and one message a second in each channel."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tests.loopback.clocks import Clock
from tests.loopback.slack.workspace import Json

POST: Final = "chat.postMessage"
MINUTE: Final = 60.0
TIERS: Final[Mapping[int, int]] = {1: 1, 2: 20, 3: 50, 4: 100}
# As each method's own page says; what is not listed has a limit of its own, which no test comes near.
TIER_OF: Final[Mapping[str, int]] = {
    "apps.connections.open": 1,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "reactions.add": 3,
    "reactions.remove": 2,
    "usergroups.users.list": 2,
    "users.info": 4,
    "users.list": 2,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}


@dataclass
class _Window:
    ends: float = 0.0
    used: int = 0


class Rates:
    """Refuse what comes too fast, as soon as a test wants that."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._burst: int | None = None
        self._limits = {method: TIERS[tier] for method, tier in TIER_OF.items()}
        self._windows: dict[str, _Window] = {}
        self._free: dict[str, float] = {}

    def enforce(self, *, burst: int = 1, **limits: int) -> None:
        """Begin to count; a burst is how many messages a channel takes at once, of which Slack names no number.

        A limit of a method's own, such as `conversations_history=1`, is so many calls a minute.
        """
        self._burst = burst
        self._limits |= {name.replace("_", "."): limit for name, limit in limits.items()}

    def wait(self, method: str, arguments: Json) -> int | None:
        """Return for how many seconds the call comes too early; None where it does not."""
        if self._burst is None:
            return None
        left = self._post(str(arguments.get("channel")), self._burst) if method == POST else self._called(method)
        return None if left <= 0 else math.ceil(left)

    def _post(self, channel: str, burst: int) -> float:
        now = self._clock.running()
        free = max(self._free.get(channel, 0.0), now)
        if (left := free - now - (burst - 1)) > 0:
            return left
        self._free[channel] = free + 1
        return 0.0

    def _called(self, method: str) -> float:
        if method not in self._limits:
            return 0.0
        now, window = self._clock.running(), self._windows.setdefault(method, _Window())
        if now >= window.ends:
            window.ends, window.used = now + MINUTE, 0
        if window.used >= self._limits[method]:
            return window.ends - now
        window.used += 1
        return 0.0
