"""The manifest is printed, also for plans without agents."""

import yaml

from bot.adapters.slack.identity import manifest
from tests.cli.commands import Commands


def test_the_manifest_is_what_the_bot_holds_the_app_against(empty: Commands) -> None:
    assert yaml.safe_load(empty("slack", "manifest").out) == manifest()


def test_without_agents_nothing_of_them_is_asked_for(empty: Commands) -> None:
    printed = empty("slack", "manifest", "--no-agent").out

    assert yaml.safe_load(printed)["display_information"] == manifest()["display_information"]
    assert not any(word in printed for word in ("agent", "assistant:write", "app_context_changed"))
