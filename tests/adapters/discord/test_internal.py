"""Show which places on Discord are for staff only."""

from typing import Any

import discord
import pytest

from bot.adapters.discord.people import audience_of
from bot.core.models import Audience

VIEW = 1 << 10
ADMINISTRATOR = 1 << 3
EVERYONE, STAFF = "1", "9"


def guild_with(*, base: int, overwrites: list[tuple[str, int, int]]) -> discord.Guild:
    """Return a server with one channel and a thread in it."""
    client = discord.Client(intents=discord.Intents.none())
    channel = {
        "id": "2",
        "type": 0,
        "name": "desk",
        "position": 0,
        "permission_overwrites": [
            {"id": target, "type": 0, "allow": str(allow), "deny": str(deny)} for target, allow, deny in overwrites
        ],
    }
    roles = [_role(EVERYONE, base), _role(STAFF, VIEW)]
    thread = {
        "id": "3",
        "type": 12,
        "parent_id": "2",
        "owner_id": "4",
        "name": "private",
        "message_count": 0,
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 60,
            "archive_timestamp": "2026-03-04T05:06:07+00:00",
        },
    }
    data: Any = {"id": EVERYONE, "name": "Server", "roles": roles, "channels": [channel], "threads": [thread]}
    state = client._connection  # noqa: SLF001  # the library has no public way to read a payload
    return discord.Guild(data=data, state=state)


def _role(role_id: str, permissions: int) -> dict[str, Any]:
    return {
        "id": role_id,
        "name": role_id,
        "permissions": str(permissions),
        "position": 0,
        "colors": {"primary_color": 0},
    }


@pytest.mark.parametrize(
    ("base", "overwrites", "audience"),
    [
        (VIEW, [], Audience.PUBLIC),
        (VIEW, [(EVERYONE, 0, VIEW)], Audience.INTERNAL),
        (VIEW, [(EVERYONE, 0, VIEW), (STAFF, VIEW, 0)], Audience.INTERNAL),
        (VIEW, [(STAFF, 0, VIEW)], Audience.PUBLIC),
        (0, [], Audience.INTERNAL),
        (0, [(EVERYONE, VIEW, 0)], Audience.PUBLIC),
        (ADMINISTRATOR, [(EVERYONE, 0, VIEW)], Audience.PUBLIC),
    ],
)
@pytest.mark.parametrize("place", [2, 3])
def test_a_place_is_internal_when_it_is_marked_and_hidden(
    base: int,
    overwrites: list[tuple[str, int, int]],
    audience: Audience,
    place: int,
) -> None:
    channel = guild_with(base=base, overwrites=overwrites).get_channel_or_thread(place)
    assert channel is not None
    assert audience_of(channel, marked=Audience.INTERNAL) is audience
    assert audience_of(channel, marked=Audience.PUBLIC) is Audience.PUBLIC


def test_a_place_without_permissions_is_public() -> None:
    assert audience_of(None, marked=Audience.INTERNAL) is Audience.PUBLIC
