"""List the Web API methods that the loopback answers, with the scope and the arguments of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.loopback.slack import history, messages, views
from tests.loopback.slack.workspace import BOT, BOT_USER, DOMAIN, TEAM, Json, Workspace, refuse

KINDS = {"channel": "channels", "group": "groups", "im": "im"}
Work: TypeAlias = Callable[[Workspace, Json], Json]


@dataclass(frozen=True)
class Method:
    """What a method does, the scope it needs, and its arguments where Slack publishes no schema of them."""

    work: Work
    scope: str | None = None
    kinds: bool = False
    """Whether the scope is another one for each kind of channel; the one here is that of public ones."""
    arguments: frozenset[str] | None = None
    schema: str | None = None

    def wanted(self, space: Workspace, arguments: Json) -> str | None:
        """Return the scope that a call needs."""
        if not self.kinds or self.scope is None:
            return self.scope
        channel, named = str(arguments.get("channel")), self.scope.partition(":")[2]
        if channel in space.users:
            return f"im:{named}"
        found = space.channels.get(channel)
        return f"{KINDS[found.kind] if found else KINDS['channel']}:{named}"


def auth_test(space: Workspace, arguments: Json) -> Json:
    """Return who the bot is."""
    ours = {"team": "Acme", "team_id": TEAM, "user": "faqbot", "user_id": BOT_USER, "bot_id": BOT}
    return {"ok": True, "url": f"https://{DOMAIN}.slack.example/", **ours, "is_enterprise_install": False}


def conversations_info(space: Workspace, arguments: Json) -> Json:
    """Describe a channel."""
    return {"ok": True, "channel": messages.known(space, arguments["channel"]).shown()}


def conversations_open(space: Workspace, arguments: Json) -> Json:
    """Open the direct messages with a user."""
    if arguments["users"] not in space.users:
        refuse("user_not_found", f"there was never a user {arguments['users']}")
    return {"ok": True, "channel": {"id": space.direct(arguments["users"]).id}}


def conversations_members(space: Workspace, arguments: Json) -> Json:
    """List who is in a channel."""
    members = sorted(messages.known(space, arguments["channel"]).members)
    return {"ok": True, "members": members, "response_metadata": {"next_cursor": ""}}


def users_info(space: Workspace, arguments: Json) -> Json:
    """Describe a user."""
    if arguments["user"] not in space.users:
        refuse("user_not_found")
    return {"ok": True, "user": space.users[arguments["user"]].shown()}


def users_list(space: Workspace, arguments: Json) -> Json:
    """List everybody."""
    members = [user.shown() for user in space.users.values()]
    return {"ok": True, "members": members, "response_metadata": {"next_cursor": ""}}


def usergroup_members(space: Workspace, arguments: Json) -> Json:
    """List who is in a user group."""
    if arguments["usergroup"] not in space.usergroups:
        refuse("no_such_subteam")
    return {"ok": True, "users": space.usergroups[arguments["usergroup"]]}


METHODS = {
    "auth.test": Method(auth_test, arguments=frozenset()),
    "chat.postMessage": Method(messages.post, "chat:write"),
    "chat.postEphemeral": Method(messages.post_ephemeral, "chat:write"),
    "chat.update": Method(messages.update, "chat:write"),
    "chat.delete": Method(messages.delete, "chat:write"),
    "chat.getPermalink": Method(messages.permalink),
    "reactions.add": Method(messages.react, "reactions:write"),
    "reactions.remove": Method(messages.unreact, "reactions:write", schema="Reactions_add"),
    "conversations.history": Method(history.history, "channels:history", kinds=True),
    "conversations.replies": Method(history.replies, "channels:history", kinds=True),
    "conversations.info": Method(conversations_info, "channels:read", kinds=True),
    "conversations.members": Method(
        conversations_members, "channels:read", kinds=True, arguments=frozenset({"channel", "cursor", "limit"})
    ),
    "conversations.open": Method(
        conversations_open, "im:write", arguments=frozenset({"users", "return_im", "prevent_creation"})
    ),
    "users.info": Method(users_info, "users:read"),
    "users.list": Method(
        users_list, "users:read", arguments=frozenset({"cursor", "limit", "include_locale", "team_id"})
    ),
    "usergroups.users.list": Method(
        usergroup_members, "usergroups:read", arguments=frozenset({"usergroup", "include_disabled", "team_id"})
    ),
    "views.open": Method(views.open_view),
    "views.push": Method(views.push),
    "views.update": Method(views.update),
    "views.publish": Method(views.publish),
    "assistant.threads.setStatus": Method(views.set_status, "assistant:write"),
    "assistant.threads.setSuggestedPrompts": Method(
        views.set_prompts, "assistant:write", arguments=frozenset({"channel_id", "thread_ts", "title", "prompts"})
    ),
}
_OF_EVENTS = {
    "app_mentions:read",
    "commands",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "reactions:read",
}
_OF_METADATA = {"metadata.message:read"}
SCOPES = frozenset(method.scope for method in METHODS.values() if method.scope) | _OF_EVENTS | _OF_METADATA
