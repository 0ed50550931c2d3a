"""Wait in a test for what it expects, without sleeping."""

import asyncio
from collections.abc import Callable

import pytest

PATIENCE = 20.0


class Watch:
    """Wake everybody who waits, each time something happened."""

    def __init__(self) -> None:
        self._condition = asyncio.Condition()

    async def tell(self) -> None:
        """Signal that something happened."""
        async with self._condition:
            self._condition.notify_all()

    async def until(
        self,
        met: Callable[[], bool],
        expected: Callable[[], str],
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109  # the wait is all it does
    ) -> None:
        """Return as soon as it is met; say what was expected when it is not in time."""
        async with self._condition:
            try:
                await asyncio.wait_for(self._condition.wait_for(met), timeout)
            except TimeoutError:
                pytest.fail(expected())
