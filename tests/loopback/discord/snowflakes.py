"""Number things as Discord does: the time comes first, so that a later id is a larger one."""

import time
from datetime import UTC, datetime

_EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    """Generate a unique id for each thing."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, *, at: datetime | None = None) -> int:
        """Return a new id, of this moment or of the one given."""
        milliseconds = int((at.timestamp() if at else time.time()) * 1000)
        first = (milliseconds - _EPOCH_MS) << 22
        if at:
            self._last += 1
            return first | (self._last & 0x3FFFFF)
        self._last = max(first, self._last + 1)
        return self._last


def moment(snowflake: int) -> str:
    """Return the time in an id as Discord writes times."""
    return datetime.fromtimestamp(((snowflake >> 22) + _EPOCH_MS) / 1000, UTC).isoformat()
