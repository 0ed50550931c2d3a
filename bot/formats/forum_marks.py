"""Find the reactions that mark a reply as the solution of a thread, and by whom they count."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Item = Mapping[str, Any]

_CHECKS = frozenset({"\u2705", "white_check_mark", "heavy_check_mark", "\u2714", "\u2714\ufe0f", "solution", "solved"})
_TEAM = re.compile(
    r"\b(?:moderat(?:ors?|ion)|mods?|admins?|administrators?|staff|support(?:\s+team)?|helpers?)\b", re.IGNORECASE
)
_TEAM_FLAGS = (
    "moderator",
    "is_moderator",
    "isModerator",
    "admin",
    "is_admin",
    "isAdmin",
    "staff",
    "is_staff",
    "isStaff",
)


def checks_of(message: Item) -> Iterator[object]:
    """Yield the reactions to a message that mark it as the solution."""
    reactions = message.get("reactions")
    for each in reactions if isinstance(reactions, list) else []:
        emoji = each.get("emoji", each.get("name")) if isinstance(each, dict) else each
        name = emoji.get("name") if isinstance(emoji, dict) else emoji
        if name in _CHECKS:
            yield each


def judges_of(thread: Item, messages: Sequence[Item]) -> frozenset[str]:
    """Return the names and ids of who asked and of moderators, empty where nothing says who asked."""
    asker = _names_of(messages[0]) if messages else frozenset()
    owner = thread.get("owner_id", thread.get("ownerId"))
    asker |= {str(owner)} if owner else frozenset()
    team = (_names_of(each) for each in messages if _is_team(each.get("author", each.get("user"))))
    return asker.union(*team) if asker else asker


def counts(check: object, judges: frozenset[str]) -> bool:
    """Return whether a mark is by somebody who can tell, or nothing says by whom it is."""
    users = check.get("users", check.get("user_ids")) if isinstance(check, dict) else None
    if not judges or not isinstance(users, list) or not users:
        return True
    return any(_is_team(user) or _names_of({"author": user}) & judges for user in users)


def _is_team(person: object) -> bool:
    """Return whether a person is marked as a moderator, or has a role that is called like one."""
    if not isinstance(person, dict):
        return False
    return any(person.get(name) is True for name in _TEAM_FLAGS) or any(
        _TEAM.search(name) for name in names_in(person.get("roles"))
    )


def _names_of(message: Item) -> frozenset[str]:
    author = message.get("author", message.get("user", message.get("username")))
    given = [author.get(key) for key in ("id", "name", "username")] if isinstance(author, dict) else [author]
    return frozenset(str(each) for each in (*given, message.get("author_id"), message.get("user_id")) if each)


def names_in(given: object) -> Iterator[str]:
    """Yield the names in a list of names, or of objects that have one."""
    for each in given if isinstance(given, list) else []:
        name = each.get("name") if isinstance(each, dict) else each
        if isinstance(name, str):
            yield name
