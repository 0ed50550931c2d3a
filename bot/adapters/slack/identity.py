"""Find out who the bot is in Slack, and whether it may do there what it has to."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.calls import FAULTS, error_code
from bot.adapters.slack.options import PLATFORM
from bot.errors import PlatformUnreachableError, ScopesMissingError, TokenRefusedError

BOT_TOKEN = "slack_bot_token"  # noqa: S105  # the name of a setting
_AGENT_ONLY = frozenset({"assistant:write"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Hold the ids of the bot and of the workspace that it is installed in."""

    workspace_id: str
    user_id: str
    bot_id: str


def manifest() -> Mapping[str, Any]:
    """Return the manifest from which the app is made in Slack."""
    text = files("bot.adapters.slack").joinpath("manifest.yaml").read_text("utf-8")
    read: Mapping[str, Any] = yaml.safe_load(text)
    return read


async def identify(client: AsyncWebClient, *, agent: bool) -> Identity:
    """Return who the bot is; refuse a token that is none, or that lacks what the manifest asks for."""
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = error_code(error)
        if code is None:
            raise PlatformUnreachableError(client.base_url, str(error.response.status_code)) from error
        raise TokenRefusedError(setting=BOT_TOKEN, reason=code) from error
    except FAULTS as error:
        raise PlatformUnreachableError(client.base_url, type(error).__name__) from error
    _refuse_missing_scopes(answer.headers, agent=agent)
    return Identity(str(answer["team_id"]), str(answer["user_id"]), str(answer.get("bot_id")))


def _refuse_missing_scopes(headers: Mapping[str, str], *, agent: bool) -> None:
    granted = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    if granted is None:
        return
    wanted = set(manifest()["oauth_config"]["scopes"]["bot"]) - (set() if agent else _AGENT_ONLY)
    if missing := sorted(wanted - {scope.strip() for scope in granted.split(",")}):
        raise ScopesMissingError(platform=PLATFORM, scopes=tuple(missing))
