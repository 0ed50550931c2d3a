"""Whom a message would ping: that is what its text names and its `allowed_mentions` let through."""

import re

from tests.loopback.discord.payloads import Json

_MENTION = re.compile(r"<@!?(?P<user>\d+)>|<@&(?P<role>\d+)>|@(?P<everyone>everyone|here)\b")
EVERYONE = "everyone"
UNRESTRICTED: Json = {"parse": ["users", "roles", "everyone"], "replied_user": True}
"""What counts for a message without `allowed_mentions`."""


def mentioned(text: str) -> tuple[set[str], set[str], bool]:
    """Return the users and roles that a text names, and whether it names everyone."""
    found = [match.groupdict() for match in _MENTION.finditer(text)]
    users = {match["user"] for match in found if match["user"]}
    roles = {match["role"] for match in found if match["role"]}
    return users, roles, any(match["everyone"] for match in found)


def pinged(text: str, allowed: Json, *, replied_to: str | None = None) -> frozenset[str]:
    """Return the ids of the users and roles that hear of it, and `everyone`."""
    users, roles, everyone = mentioned(text)
    kinds = allowed.get("parse") or []
    heard = users if "users" in kinds else users & set(map(str, allowed.get("users") or []))
    heard |= roles if "roles" in kinds else roles & set(map(str, allowed.get("roles") or []))
    if everyone and "everyone" in kinds:
        heard = heard | {EVERYONE}
    if replied_to and allowed.get("replied_user"):
        heard = heard | {replied_to}
    return frozenset(heard)
