"""What a member may do in a channel, by Discord's rules: roles first, then the channel's overwrites."""

from collections.abc import Iterable

from tests.loopback.discord.constants import Permission
from tests.loopback.discord.payloads import Json

EVERYTHING = (1 << 53) - 1


def permissions(guild_id: int, roles: dict[int, Json], member: Json, overwrites: Iterable[Json]) -> int:
    """Return the permissions of a member in a channel with these overwrites."""
    own = {guild_id, *(int(role) for role in member["roles"])}
    allowed = 0
    for role in own:
        allowed |= int(roles[role]["permissions"])
    if allowed & Permission.ADMINISTRATOR:
        return EVERYTHING
    by_id = {int(overwrite["id"]): overwrite for overwrite in overwrites}
    for group in ({guild_id}, own - {guild_id}, {int(member["user"]["id"])}):
        found = [by_id[one] for one in group if one in by_id]
        for overwrite in found:
            allowed &= ~int(overwrite["deny"])
        for overwrite in found:
            allowed |= int(overwrite["allow"])
    return allowed
