"""Show what is made of what Discord answers, and what is not tried again."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.adapters.discord.calls import trouble
from bot.service.deliveries import Fault, NotSent


def refused(status: int, code: int) -> discord.HTTPException:
    """Return what the library makes of a response."""
    response = cast("Any", SimpleNamespace(status=status, reason="no", headers={"Retry-After": "30"}))
    return discord.HTTPException(response, {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (refused(404, 10003), Fault.GONE),
        (refused(404, 10004), Fault.GONE),
        (refused(404, 10008), Fault.GONE),
        (refused(403, 50001), Fault.REFUSED),
        (refused(403, 50013), Fault.REFUSED),
        (refused(400, 50035), Fault.REFUSED),
        (refused(400, 40058), Fault.BUSY),
        (refused(400, 20028), Fault.BUSY),
        (refused(400, 130000), Fault.BUSY),
        (refused(400, 160006), Fault.BUSY),
        (refused(429, 0), Fault.BUSY),
        (refused(401, 0), Fault.UNREACHABLE),
        (refused(403, 0), Fault.UNREACHABLE),
        (refused(404, 0), Fault.UNREACHABLE),
        (refused(405, 0), Fault.UNREACHABLE),
        (refused(500, 0), Fault.UNREACHABLE),
        (refused(503, 10008), Fault.UNREACHABLE),
        (OSError("no route"), Fault.UNREACHABLE),
        (TimeoutError(), Fault.UNREACHABLE),
    ],
)
def test_what_is_tried_again(error: Exception, fault: Fault) -> None:
    assert trouble(error).fault is fault


def test_discord_says_how_long_to_wait() -> None:
    assert trouble(discord.RateLimited(40.0)) == NotSent(Fault.BUSY, timedelta(seconds=40))
    assert trouble(refused(429, 0)) == NotSent(Fault.BUSY, timedelta(seconds=30))
