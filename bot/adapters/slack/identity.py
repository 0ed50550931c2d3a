"""Find out who the bot is in Slack, whether it may do there what it has to, and where messages stand."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.permalinks import DOMAINS, SLACK, on_slack
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.sending import FAULTS, OUTAGES, error_code, needed_scope, trouble
from bot.chat.markdown import host_of
from bot.core.models import MessageRef, Permalink
from bot.errors import PlatformUnreachableError, ScopesMissingError, TokenRefusedError
from bot.service.deliveries import Fault

BOT_TOKEN, APP_TOKEN = "slack_bot_token", "slack_app_token"  # the names of settings
_AGENT_ONLY = frozenset({"assistant:write"})


@dataclass(frozen=True, slots=True)
class Identity:
    """The ids of the bot and of the workspace that it is installed in, and the address of that workspace.

    `organisation_id` is that of an organisation for the whole of which the app is installed, and otherwise None.
    """

    workspace_id: str
    user_id: str
    bot_id: str
    organisation_id: str | None = None
    url: str = SLACK


def manifest() -> Mapping[str, Any]:
    """Return the manifest from which the app is made in Slack."""
    text = files("bot.adapters.slack").joinpath("manifest.yaml").read_text("utf-8")
    read: Mapping[str, Any] = yaml.safe_load(text)
    return read


async def identify(client: AsyncWebClient, *, agent: bool) -> Identity:
    """Return who the bot is; refuse a token that is none, or that lacks what the manifest asks for."""
    with _checked(client, BOT_TOKEN):
        answer = await client.auth_test()
    _refuse_missing_scopes(answer.headers, agent=agent)
    organisation = str(answer["enterprise_id"]) if answer.get("is_enterprise_install") else None
    host = host_of(str(answer.get("url")))
    return Identity(
        str(answer["team_id"]),
        str(answer["user_id"]),
        str(answer.get("bot_id")),
        organisation,
        SLACK if host is None else f"https://{host}/",
    )


async def socket_address(client: AsyncWebClient, token: str) -> str:
    """Return where to open a socket; refuse a token with which none can be opened."""
    with _checked(client, APP_TOKEN):
        return str((await client.apps_connections_open(app_token=token))["url"])


@contextmanager
def _checked(client: AsyncWebClient, setting: str) -> Iterator[None]:
    """Raise different errors for a token that Slack refuses and for a Slack that does not answer."""
    try:
        yield
    except FAULTS as error:
        code = error_code(error)
        if code is None or trouble(error).fault is Fault.BUSY or code in OUTAGES:
            raise PlatformUnreachableError(client.base_url, code or type(error).__name__) from error
        needed = needed_scope(error)
        if needed is not None:
            raise ScopesMissingError(PLATFORM, (needed,)) from error
        raise TokenRefusedError(setting, code) from error


@cache
def _scopes() -> frozenset[str]:
    return frozenset(manifest()["oauth_config"]["scopes"]["bot"])


def _refuse_missing_scopes(headers: Mapping[str, str], *, agent: bool) -> None:
    granted = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    if granted is None:
        return
    wanted = _scopes() - (set() if agent else _AGENT_ONLY)
    if missing := sorted(wanted - {scope.strip() for scope in granted.split(",")}):
        raise ScopesMissingError(platform=PLATFORM, scopes=tuple(missing))


def domains_with(me: Identity) -> frozenset[str]:
    """Return the domains at which messages stand: those of the platforms, and the workspace's own."""
    return DOMAINS | {host_of(me.url) or ""}


def permalinks(me: Identity, elsewhere: Permalink) -> Permalink:
    """Return what builds permalinks: to messages of the own workspace at its domain, else as `elsewhere` does."""

    def of(ref: MessageRef) -> str | None:
        own = (ref.platform, ref.workspace_id) == (PLATFORM, me.workspace_id)
        return on_slack(ref, at=me.url) if own else elsewhere(ref)

    return of
