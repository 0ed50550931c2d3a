"""Settings of the bot in Slack: how lists are written, and what is refused."""

import os

import pytest

from bot.config import load_settings
from bot.errors import SettingsError


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper().startswith("FAQBOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_everything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {
        "FAQBOT_SLACK_BOT_TOKEN": "xoxb-1",
        "FAQBOT_SLACK_APP_TOKEN": "xapp-1",
        "FAQBOT_SLACK_SIGNING_SECRET": "s3cret",
        "FAQBOT_SLACK_MODE": "HTTP",
        "FAQBOT_SLACK_HOST": "0.0.0.0",  # noqa: S104  # read, and not listened at
        "FAQBOT_SLACK_PORT": "8080",
        "FAQBOT_SLACK_API_URL": "http://127.0.0.1:9/api/",
        "FAQBOT_SLACK_MODERATORS": "U024BE7LH, S0614TZR7,",
        "FAQBOT_SLACK_STAFF": "members,W024BE7LH",
        "FAQBOT_SLACK_TRUSTED": "S0614TZR9",
        "FAQBOT_SLACK_ON_CALL": "S0614TZR8",
        "FAQBOT_SLACK_REVIEW_CHANNEL": "C024BE91L",
        "FAQBOT_SLACK_BOTS": "B024BE7LH",
        "FAQBOT_SLACK_REGIONS": "C024BE91L=EU",
        "FAQBOT_SLACK_SOLVED_REACTION": "white_check_mark",
        "FAQBOT_SLACK_AGENT": "false",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)

    settings = load_settings()

    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert (settings.slack_mode, settings.slack_port, settings.slack_agent) == ("http", 8080, False)
    assert settings.slack_moderators == {"U024BE7LH", "S0614TZR7"}
    assert settings.slack_staff == {"members", "W024BE7LH"}
    assert (settings.slack_on_call, settings.slack_review_channel) == ("S0614TZR8", "C024BE91L")
    assert settings.slack_bots == {"B024BE7LH"}
    assert settings.slack_regions == {"C024BE91L": "EU"}
    assert settings.slack_trusted == {"S0614TZR9"}
    assert settings.slack_solved_reaction == "white_check_mark"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FAQBOT_SLACK_MODE", "carrier pigeon"),
        ("FAQBOT_SLACK_PORT", "65536"),
        ("FAQBOT_SLACK_API_URL", "slack.com"),
        ("FAQBOT_SLACK_MODERATORS", "@alice"),
        ("FAQBOT_SLACK_STAFF", "everybody"),
        ("FAQBOT_SLACK_ON_CALL", ""),
        ("FAQBOT_SLACK_REVIEW_CHANNEL", "#reviews"),
        ("FAQBOT_SLACK_BOTS", "other-bot"),
        ("FAQBOT_SLACK_REGIONS", "C024BE91L"),
        ("FAQBOT_SLACK_REGIONS", "#europe=EU"),
        ("FAQBOT_SLACK_SOLVED_REACTION", ":white_check_mark:"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert refused.value.variable == name


@pytest.mark.parametrize("name", ["BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET"])
def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"FAQBOT_SLACK_{name}", "xoxb-hunter2")
    assert "hunter2" not in f"{load_settings()!r}"
    monkeypatch.setenv(f"FAQBOT_SLACK_{name}", "")
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert refused.value.got is None
