"""Reject events that another workspace received, and notice that the app was removed."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

from slack_bolt.response import BoltResponse

from bot.adapters.slack.bot import SlackBot
from bot.adapters.slack.identity import Identity
from bot.chat.backlog import Recent

_log = logging.getLogger(__name__)
_NONE = "none"


def register_gate(bot: SlackBot) -> None:
    """Register the gate before all listeners; rejected events are acknowledged, and logged once for each workspace."""
    told = Recent()

    async def let_in(body: dict[str, Any], next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # noqa: A002  # Bolt passes it by this name
        if is_received_here(body, bot.me):
            await next()
            return None
        _note(body, told)
        return BoltResponse(status=200, body="")

    bot.app.middleware(let_in)


def is_received_here(body: Mapping[str, Any], me: Identity) -> bool:
    """Return whether an event is for the installation of the bot, no matter who caused it.

    Guests and people of other organisations are in channels of the workspace, too: nothing here looks at the team of a
    user. A dialog that one of them opened names their own team, and apart from that where the app is installed. An app
    that is installed for a whole organisation is one installation, in all workspaces of it.
    """
    if me.organisation_id is not None and me.organisation_id in _organisations(body):
        return True
    installed = _part(body, "view").get("app_installed_team_id")
    return me.workspace_id in ({installed} if installed else set(_workspaces(body)))


def _note(body: Mapping[str, Any], told: Recent) -> None:
    workspace = next(_workspaces(body), _NONE)
    if told.is_new(workspace):
        _log.warning("slack.workspace.not_served", extra={"workspace": workspace})


def _workspaces(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield where something was received; of a channel that is shared, `authorizations` names but one of several."""
    found = [each.get("team_id") for each in _authorizations(body)]
    found += [body.get("context_team_id"), body.get("team_id"), _part(body, "team").get("id"), body.get("team")]
    yield from (each for each in found if isinstance(each, str))


def _organisations(body: Mapping[str, Any]) -> Iterator[str]:
    found = [each.get("enterprise_id") for each in _authorizations(body)]
    found += [body.get("context_enterprise_id"), body.get("enterprise_id"), _part(body, "enterprise").get("id")]
    yield from (each for each in found if isinstance(each, str))


def _authorizations(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = body.get("authorizations")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}


def register_removal(bot: SlackBot) -> None:
    """Register the events; whether the token still serves is asked of Slack, which may send an old event again."""

    async def uninstalled() -> None:
        bot.token_doubted.set()

    async def revoked(event: dict[str, Any]) -> None:
        # Members may revoke tokens of their own, of which the bot has none.
        if bot.me.user_id in (event.get("tokens") or {}).get("bot", ()):
            bot.token_doubted.set()

    bot.app.event("app_uninstalled")(uninstalled)
    bot.app.event("tokens_revoked")(revoked)
