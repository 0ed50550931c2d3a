"""Send deliveries in processes that kill themselves: `python -m tests.service.senders URL PORT`.

Every step of sending is a statement to the database, a commit, or a part of the talk with the platform. The first
process is killed before its first step, the second before its second one, and so on, until one gets through; a last
one runs when all leases are over. What is printed is how many were killed, as JSON.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from itertools import count
from typing import Any

from sqlalchemy import Engine, event

from bot.service.deliveries import LEASE, Outgoing, Sent
from bot.store import Database
from tests.service.deliveries import Watch, sender
from tests.service.leases import elapse

PLATFORM = "slack"


class Life:
    """Count the steps of a process, and kill it before one of them."""

    def __init__(self, steps: int | None) -> None:
        self.left = steps

    def step(self, *_: object) -> None:
        """Go on, or be killed."""
        if self.left is not None:
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self.left -= 1


Work = Callable[[str, int, Life, Watch], Coroutine[Any, Any, None]]


async def work(url: str, port: int, life: Life, watch: Watch) -> None:
    """Send what is due."""
    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(Engine, name, life.step)

    async def send(outgoing: Outgoing) -> Sent:
        return await post(outgoing.key, port, life)

    database = Database(url)
    await sender(database, watch).send_due(PLATFORM, send)
    await database.aclose()


async def post(key: str, port: int, life: Life) -> Sent:
    """Post a message under its key, and return what the platform made of it."""
    life.step()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    life.step()
    writer.write(f"{key}\n".encode())
    await writer.drain()
    life.step()
    message_id = (await reader.readline()).decode().strip()
    life.step()
    writer.close()
    await writer.wait_closed()
    return Sent(message_id)


def survives(work: Work, url: str, port: int, life: Life, watch: Watch) -> bool:
    """Return whether a process of its own came through."""
    child = os.fork()
    if child == 0:
        asyncio.run(work(url, port, life, watch))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    if os.waitstatus_to_exitcode(status):
        sys.exit("a sender failed by itself")
    return True


def killed(work: Work, url: str, port: int, watch: Watch) -> Iterator[int]:
    """Yield the step of each process that was killed."""
    for steps in count():
        if survives(work, url, port, Life(steps), watch):
            return
        yield steps


async def end_leases(url: str) -> None:
    """Advance the clock past the lease of what was taken."""
    database = Database(url)
    await elapse(database, LEASE)
    await database.aclose()


def run(work: Work, url: str, port: str) -> None:
    """Get all done, whatever it takes."""
    watch = Watch()
    steps = list(killed(work, url, int(port), watch))
    asyncio.run(end_leases(url))
    survives(work, url, int(port), Life(None), watch)
    sys.stdout.write(json.dumps(len(steps)))


if __name__ == "__main__":
    run(work, *sys.argv[1:])
