"""Build the payloads of events, commands and interactions as Slack sends them."""

import time
from typing import Any

from tests.loopback.slack.workspace import APP, BOT_USER, DOMAIN, TEAM, Channel, Json, Message, User, View

VERIFICATION = "verification"


def envelope(event: Json, event_id: str, channel: Channel | None = None) -> Json:
    """Wrap an event."""
    authorization = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True}
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(time.time()),
        "authorizations": [{**authorization, "is_enterprise_install": False}],
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
    }


def message(said: Message, channel: Channel, root: Message | None = None) -> Json:
    """Return the event of a new message, with the author of the first one of its thread."""
    return {
        **_content(said),
        **({} if root is None else {"parent_user_id": root.user}),
        "type": "message",
        "channel": channel.id,
        "channel_type": channel.kind,
        "event_ts": said.ts,
    }


def mention(said: Message) -> Json:
    """Return the event of a message that mentions the bot."""
    content = {name: value for name, value in _content(said).items() if name not in {"parent_user_id", "subtype"}}
    return {**content, "type": "app_mention", "channel": said.channel, "event_ts": said.ts}


def changed(now: Message, before: Json, channel: Channel, ts: str, *, tombstone: bool = False) -> Json:
    """Return the event of a message that was edited, or of the root of a thread that was deleted."""
    shown = now.shown()
    if tombstone:
        shown = {**shown, "subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT"}
    return {
        **_hidden("message_changed", channel, ts),
        "message": shown,
        "previous_message": before,
    }


def deleted(before: Message, channel: Channel, ts: str) -> Json:
    """Return the event of a message that was deleted."""
    return {
        **_hidden("message_deleted", channel, ts),
        "deleted_ts": before.ts,
        "previous_message": before.shown(),
    }


def reaction(user: User, name: str, on: Message, ts: str, *, added: bool = True) -> Json:
    """Return the event of a reaction."""
    return {
        "type": "reaction_added" if added else "reaction_removed",
        "user": user.id,
        "reaction": name,
        "item_user": on.user,
        "item": {"type": "message", "channel": on.channel, "ts": on.ts},
        "event_ts": ts,
    }


def home_opened(user: User, channel: Channel, tab: str, ts: str) -> Json:
    """Return the event of an opened home."""
    return {"type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab, "event_ts": ts}


def uninstalled() -> Json:
    """Return the event of an app that was uninstalled."""
    return {"type": "app_uninstalled"}


def revoked() -> Json:
    """Return the event of revoked tokens."""
    return {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}


def command(user: User, channel: Channel, typed: str, *, trigger: str, response_url: str) -> Json:
    """Return the payload of a slash command."""
    name, _, text = typed.partition(" ")
    return {
        "token": VERIFICATION,
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": channel.id,
        "channel_name": "privategroup" if channel.is_private else channel.name,
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def interaction(kind: str, user: User, trigger: str | None = None, **more: Any) -> Json:  # noqa: ANN401  # fields of the kind
    """Return the payload of a shortcut, an element or a view that somebody used."""
    payload = {
        "type": kind,
        "token": VERIFICATION,
        "team": {"id": TEAM, "domain": DOMAIN},
        "user": {"id": user.id, "name": user.name, "username": user.name, "team_id": user.team_id},
        "is_enterprise_install": False,
        **({"trigger_id": trigger} if trigger else {}),
        **more,
    }
    if kind == "view_submission":
        del payload["user"]["username"]
    return payload


def channel_of(channel: Channel) -> Json:
    """Return a channel as interactions name it."""
    return {"id": channel.id, "name": "privategroup" if channel.is_private else channel.name}


def container(on: Message | View) -> Json:
    """Return where an element stands."""
    if isinstance(on, View):
        return {"type": "view", "view_id": on.id}
    return {
        "type": "message",
        "message_ts": on.ts,
        "channel_id": on.channel,
        "is_ephemeral": on.visible_to is not None,
        **({"thread_ts": on.thread_ts} if on.thread_ts else {}),
    }


def _content(said: Message) -> Json:
    shown = said.shown()
    return {name: shown[name] for name in shown if name not in {"app_id", "reactions", "edited"}}


def _hidden(subtype: str, channel: Channel, ts: str) -> Json:
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.kind,
        "ts": ts,
        "event_ts": ts,
    }
