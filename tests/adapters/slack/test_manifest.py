"""The manifest, the listeners and the calls fit each other, and Slack's own schemas."""

import json
import re
from collections import defaultdict
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.identity import Identity, manifest
from bot.adapters.slack.options import SlackOptions
from bot.adapters.slack.serving import build
from bot.chat.apps import OneApp
from bot.service.claims import Spool
from bot.store import Database
from tests.loopback.slack.methods import METHODS
from tests.service.samples import services
from tests.shared import shared

# What Slack wants of an app for each event, as its documentation says.
EVENT_SCOPES = {
    "app_context_changed": set(),
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "app_uninstalled": set(),
    "channel_shared": {"channels:read", "groups:read"},
    "member_joined_channel": {"channels:read", "groups:read"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "reaction_added": {"reactions:read"},
    "reaction_removed": {"reactions:read"},
    "tokens_revoked": set(),
}
# Some methods want another scope for each kind of conversation.
KINDS = {
    "conversations.history": {"channels:history", "groups:history", "im:history", "metadata.message:read"},
    "conversations.info": {"channels:read", "groups:read", "im:read"},
    "conversations.members": {"channels:read", "groups:read", "im:read"},
    "conversations.replies": {"channels:history", "groups:history", "im:history", "metadata.message:read"},
}


@pytest.fixture
async def listened(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """Return what the bot listens to, by kind."""
    found: defaultdict[str, set[str]] = defaultdict(set)

    def noting(kind: str) -> Any:  # noqa: ANN401  # a method in the place of another
        real = getattr(AsyncApp, kind)

        def method(self: AsyncApp, constraints: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401  # as above
            name = constraints["callback_id"] if isinstance(constraints, dict) else constraints
            found[kind].add(str(name))
            return real(self, constraints, *rest, **more)

        return method

    for kind in ("event", "command", "shortcut"):
        monkeypatch.setattr(AsyncApp, kind, noting(kind))
    database = Database(sqlite_url)
    options = SlackOptions(bot_token="xoxb-1", signing_secret="s", spool=tmp_path)  # noqa: S106  # words of the test
    apps, client = OneApp(services(database)), AsyncWebClient(token="xoxb-1")  # noqa: S106  # as above
    with closing(Spool(tmp_path, "slack")) as spool:
        build(options, apps, spool, client=client, me=Identity("T1", "U1", "B1"))
    await database.aclose()
    return found


@pytest.mark.parametrize("number", [1, 2])
def test_slack_takes_the_manifest(number: int) -> None:
    schema = json.loads(shared("specs", f"slack-manifest-{number}.schema.json").read_text("utf-8"))
    # Both versions are described, and the first knows fewer fields; what is wrong is told with its place.
    wrong = [f"{error.json_path}: {error.message}" for error in Draft7Validator(schema).iter_errors(manifest())]
    assert wrong == []


def test_each_event_is_listened_to(listened: dict[str, set[str]]) -> None:
    subscribed = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert {name.split(".")[0] for name in subscribed} == listened["event"]
    assert subscribed == sorted(set(EVENT_SCOPES))


def test_each_command_and_shortcut_is_listened_to(listened: dict[str, set[str]]) -> None:
    features = manifest()["features"]
    assert {command["command"] for command in features["slash_commands"]} == listened["command"]
    assert {shortcut["callback_id"] for shortcut in features["shortcuts"]} == listened["shortcut"]


def test_the_scopes_are_those_that_are_needed() -> None:
    wanted = {"commands"}.union(*EVENT_SCOPES.values())
    for method in called():
        scope = METHODS[method].scope
        wanted |= KINDS.get(method, {scope} if scope else set())
    assert set(manifest()["oauth_config"]["scopes"]["bot"]) == wanted


def called() -> set[str]:
    """Return the methods of the Web API that the bot calls."""
    names = {name.replace(".", "_"): name for name in METHODS}
    sources = [path.read_text("utf-8") for path in Path(str(files("bot.adapters.slack"))).rglob("*.py")]
    found = {name for source in sources for name in re.findall(r"client\.([a-z]+_\w+)", source)}
    return {names[name] for name in found & set(names)}


def test_the_methods_are_found() -> None:
    assert {"chat.postMessage", "reactions.add", "users.list", "usergroups.users.list"} <= called()
