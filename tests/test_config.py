"""Settings: where they come from, what a wrong one says, and that they are all described."""

import os
import re
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import Settings, for_workspace, load_settings, refuse_many, variable, wording
from bot.config.slack import SlackSettings
from bot.core.hours import read_hours, read_time_of_week
from bot.errors import SettingsError, UnknownSettingError, WorkspaceNameError, WorkspaceNeededError
from bot.resources import MODEL

TABLE = Path(__file__).parents[1] / "docs" / "settings.md"
OPEN, CLOSE = "<!-- settings -->", "<!-- /settings -->"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working directory in an environment without settings."""
    for name in os.environ:
        if name.upper().startswith("FAQBOT_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_nothing_needs_to_be_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    settings = load_settings()
    assert settings.database_url == f"sqlite:///{platformdirs.user_data_path('faqbot', appauthor=False) / 'faq.db'}"
    assert settings.author_key is None
    assert settings.synonyms is None
    assert settings.model_dir == MODEL
    assert settings.log_level is None
    assert settings.log_format == "auto"
    assert settings.busy_timeout == 10


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    synonyms = folder / "own.txt"
    synonyms.touch()
    values = {
        "FAQBOT_DATABASE_URL": " sqlite:///faq.db ",
        "FAQBOT_SPOOL": "kept/spool",
        "FAQBOT_OPEN_WORKSPACES": "7",
        "FAQBOT_BUSY_TIMEOUT": "2.5",
        "FAQBOT_AUTHOR_KEY": "0123456789abcdef",
        "FAQBOT_DELIVERY_DAYS": "3",
        "FAQBOT_CORRECTION_DAYS": "14",
        "FAQBOT_RETENTION_DAYS": "90",
        "FAQBOT_REPLIES_PER_AUTHOR": "1",
        "FAQBOT_REPLIES_PER_CHANNEL": "2",
        "FAQBOT_REPLIES_PER_WORKSPACE": "3",
        "FAQBOT_REPEAT_MINUTES": "4",
        "FAQBOT_BURST_SECONDS": "5.5",
        "FAQBOT_HELPER_MINUTES": "3",
        "FAQBOT_CAUTION_CATEGORIES": "Account, Money",
        "FAQBOT_FLAG_LINKS": "false",
        "FAQBOT_RELATED": "false",
        "FAQBOT_REMINDER_HOURS": "5",
        "FAQBOT_DIGEST": "fri 16:30 Europe/Berlin",
        "FAQBOT_ON_CALL_HOURS": "mon-fri 9:00-17:00 Europe/Berlin",
        "FAQBOT_DRAFT_HOURS": "6",
        "FAQBOT_FEWEST_ASKERS": "5",
        "FAQBOT_REPLAY_QUESTIONS": "50",
        "FAQBOT_LABELLED": str(synonyms),
        "FAQBOT_EXPIRED": "Hedge",
        "FAQBOT_SYNONYMS": str(synonyms),
        "FAQBOT_MODEL_DIR": "missing/model",
        "FAQBOT_LINK_DOMAINS": "example.org, example.com",
        "FAQBOT_LOG_LEVEL": "DEBUG",
        "FAQBOT_LOG_FORMAT": "json",
        "FAQBOT_DISCORD_TOKEN": "a.bot.token",
        "FAQBOT_DISCORD_API_URL": "http://127.0.0.1:8080/api",
        "FAQBOT_DISCORD_GATEWAY_URL": "ws://127.0.0.1:8080",
        "FAQBOT_DISCORD_MESSAGE_CONTENT": "false",
        "FAQBOT_DISCORD_SERVERS": "10",
        "FAQBOT_DISCORD_MODERATOR_ROLES": "11,12",
        "FAQBOT_DISCORD_HELPER_ROLES": "16",
        "FAQBOT_DISCORD_TRUSTED_ROLES": "18",
        "FAQBOT_DISCORD_ON_CALL_ROLE": "13",
        "FAQBOT_DISCORD_REVIEW_CHANNEL": "14",
        "FAQBOT_DISCORD_BOTS": "15",
        "FAQBOT_DISCORD_REGIONS": "16=EU, 17 = US,",
        "FAQBOT_DISCORD_DELETE_SECRETS": "true",
        "FAQBOT_DISCORD_SOLVED_TAG": "solved",
        "FAQBOT_DISCORD_CLOSE_SOLVED": "true",
        "FAQBOT_DISCORD_SHARD_COUNT": "4",
        "FAQBOT_DISCORD_SHARD_IDS": "0, 1",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.author_key is not None
    assert settings.author_key.get_secret_value() == "0123456789abcdef"
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == "a.bot.token"
    assert settings.digest == read_time_of_week("Fri 16:30 Europe/Berlin")
    assert settings.on_call_hours == read_hours("Mon-Fri 09:00-17:00 Europe/Berlin")
    assert settings.model_dump(
        exclude={"author_key", "discord_token", "on_call_hours", "digest", *SlackSettings.model_fields}
    ) == {
        "database_url": "sqlite:///faq.db",
        "spool": Path("kept/spool"),
        "open_workspaces": 7,
        "busy_timeout": 2.5,
        "delivery_days": 3,
        "correction_days": 14,
        "retention_days": 90,
        "replies_per_author": 1,
        "replies_per_channel": 2,
        "replies_per_workspace": 3,
        "repeat_minutes": 4,
        "burst_seconds": 5.5,
        "helper_minutes": 3,
        "caution_categories": {"account", "money"},
        "flag_links": False,
        "related": False,
        "reminder_hours": 5,
        "draft_hours": 6,
        "fewest_askers": 5,
        "replay_questions": 50,
        "labelled": synonyms,
        "expired": "hedge",
        "synonyms": synonyms,
        "model_dir": Path("missing/model"),
        "link_domains": {"example.org", "example.com"},
        "log_level": "debug",
        "log_format": "json",
        "discord_api_url": "http://127.0.0.1:8080/api",
        "discord_gateway_url": "ws://127.0.0.1:8080",
        "discord_message_content": False,
        "discord_servers": {10},
        "discord_moderator_roles": {11, 12},
        "discord_helper_roles": {16},
        "discord_trusted_roles": {18},
        "discord_on_call_role": 13,
        "discord_review_channel": 14,
        "discord_bots": {15},
        "discord_regions": {16: "EU", 17: "US"},
        "discord_delete_secrets": True,
        "discord_solved_tag": "solved",
        "discord_close_solved": True,
        "discord_shard_count": 4,
        "discord_shard_ids": (0, 1),
    }


def test_the_digest_can_be_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_DIGEST", "off")
    assert load_settings().digest is None


@pytest.mark.parametrize("value", ["off", "OFF"])
def test_the_encoder_can_be_off(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FAQBOT_MODEL_DIR", value)
    assert load_settings().model_dir is None


def test_the_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    lines = ["# ours", "FAQBOT_DATABASE_URL='sqlite:///file.db'", "FAQBOT_LOG_FORMAT=json", "OTHER=1"]
    (folder / ".env").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("FAQBOT_LOG_FORMAT", "text")
    settings = load_settings()
    assert (settings.database_url, settings.log_format) == ("sqlite:///file.db", "text")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FAQBOT_LOG_LEVEL", "loud"),
        ("FAQBOT_LOG_LEVEL", ""),
        ("FAQBOT_LOG_FORMAT", "xml"),
        ("FAQBOT_BUSY_TIMEOUT", "soon"),
        ("FAQBOT_BUSY_TIMEOUT", "-1"),
        ("FAQBOT_BUSY_TIMEOUT", "601"),
        ("FAQBOT_BUSY_TIMEOUT", "nan"),
        ("FAQBOT_OPEN_WORKSPACES", "0"),
        ("FAQBOT_OPEN_WORKSPACES", "many"),
        ("FAQBOT_DELIVERY_DAYS", "0"),
        ("FAQBOT_CORRECTION_DAYS", "a month"),
        ("FAQBOT_RETENTION_DAYS", "36501"),
        ("FAQBOT_ON_CALL_HOURS", "9-5"),
        ("FAQBOT_ON_CALL_HOURS", ""),
        ("FAQBOT_DIGEST", "Mondays"),
        ("FAQBOT_SYNONYMS", ""),
        ("FAQBOT_SYNONYMS", "missing.txt"),
        ("FAQBOT_SYNONYMS", "."),
        ("FAQBOT_MODEL_DIR", ""),
        ("FAQBOT_DISCORD_MESSAGE_CONTENT", "perhaps"),
        ("FAQBOT_DISCORD_API_URL", "discord.com"),
        ("FAQBOT_DISCORD_GATEWAY_URL", "https://discord.com"),
        ("FAQBOT_DISCORD_REVIEW_CHANNEL", "general"),
    ],
)
@pytest.mark.parametrize("in_file", [False, True])
def test_a_wrong_value_is_named(
    monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, value: str, *, in_file: bool
) -> None:
    if in_file:
        (folder / ".env").write_text(f"{name}={value}\n", encoding="utf-8")
    else:
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert (caught.value.variable, caught.value.got) == (name, value)
    assert caught.value.expected


@pytest.mark.parametrize(("name", "value"), [("FAQBOT_AUTHOR_KEY", "too-short"), ("FAQBOT_DATABASE_URL", "  ")])
def test_what_may_be_a_secret_is_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert (caught.value.variable, caught.value.got) == (name, None)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("FAQBOT_LOGLEVEL", "FAQBOT_LOG_LEVEL"),
        ("FAQBOT_DATABASE", "FAQBOT_DATABASE_URL"),
        ("faqbot_sinonyms", "FAQBOT_SYNONYMS"),
    ],
)
@pytest.mark.parametrize("in_file", [False, True])
def test_an_unknown_variable_is_refused(
    monkeypatch: pytest.MonkeyPatch, folder: Path, name: str, nearest: str, *, in_file: bool
) -> None:
    if in_file:
        (folder / ".env").write_text(f"{name}=1\n", encoding="utf-8")
    else:
        monkeypatch.setenv(name, "1")
    with pytest.raises(UnknownSettingError) as caught:
        load_settings()
    assert (caught.value.variable, caught.value.nearest) == (name.upper(), nearest)


def test_the_variables_of_the_tests_and_of_others_are_no_concern(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_TEST_POSTGRES_URL", "postgresql://localhost/test")
    monkeypatch.setenv("FAQ_BOT", "1")
    load_settings()


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / ".env").write_text("FAQBOT_LOG_LEVEL=info\n", encoding="utf-16")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert caught.value.variable == ".env"


def test_settings_never_show_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAQBOT_AUTHOR_KEY", "hunter2-hunter2-hunter2")
    monkeypatch.setenv("FAQBOT_DATABASE_URL", "postgresql://bob:hunter2@host/db")
    settings = load_settings()
    assert "hunter2" not in f"{settings!r} {settings}"


def placed(name: str, url: str = "sqlite:///faqs/{workspace}.db") -> str:
    """Return the URL of a workspace."""
    return for_workspace(Settings(database_url=url), name).database_url


def test_a_workspace_has_a_database_of_its_own() -> None:
    assert placed("T024BE7LD") == placed("t024be7ld") == "sqlite:///faqs/t024be7ld.db"
    server = "postgresql://bot@host/faq_{workspace}?sslmode=require"
    assert placed("81384788765712384", server) == "postgresql://bot@host/faq_81384788765712384?sslmode=require"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the empty environment stays empty
@given(st.text() | st.from_regex(r"[./\\w-]{1,70}"))
def test_no_workspace_lies_elsewhere(name: str) -> None:
    try:
        path = Path(placed(name).removeprefix("sqlite:///"))
    except WorkspaceNameError:
        assert re.fullmatch("[A-Za-z0-9][A-Za-z0-9_-]{0,63}", name) is None
    else:
        assert path == Path("faqs", f"{name.lower()}.db")
        assert path.resolve().parent == Path("faqs").resolve()


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../t1", "a/b", "a\\b", "a\0", "-a", "_a", "a\n", "\u0130", "\u017f", "\u212a", "a" * 65, "a.b"],
)
def test_names_that_no_platform_gives_are_refused(name: str) -> None:
    with pytest.raises(WorkspaceNameError) as refused:
        placed(name)
    assert refused.value.workspace == name


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///faq.db",
        "sqlite:///{workspace}/faq.db",
        "sqlite:///{workspace}-{workspace}.db",
        "sqlite:///{workspace}/{workspace}.db",
    ],
)
def test_a_url_without_one_place_for_a_workspace_is_refused(url: str) -> None:
    with pytest.raises(SettingsError) as refused:
        placed("t1", url)
    assert (refused.value.variable, refused.value.got) == ("FAQBOT_DATABASE_URL", None)


def test_a_url_for_many_leads_to_no_single_database() -> None:
    with pytest.raises(WorkspaceNeededError):
        refuse_many(Settings(database_url="sqlite:///{workspace}.db"))
    refuse_many(Settings(database_url=placed("t1")))


def test_importing_reads_no_environment() -> None:
    environment = {**os.environ, "FAQBOT_LOG_LEVEL": "loud"}
    subprocess.run([sys.executable, "-c", "import bot.config"], env=environment, check=True)


def test_the_readme_lists_every_setting() -> None:
    text = TABLE.read_text(encoding="utf-8")
    table = text[text.index(OPEN) + len(OPEN) : text.index(CLOSE)].strip()
    assert table == settings_table(), (
        f"between the settings marks of docs/settings.md this should stand:\n{settings_table()}"
    )


def settings_table() -> str:
    """Return the table of all settings as the document has it."""
    rows = [
        f"| `{variable(name)}` | {wording(field).default} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| Variable | Default | Meaning |", "|---|---|---|", *rows])


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_explained_in_one_sentence(name: str) -> None:
    field = Settings.model_fields[name]
    description = field.description or ""
    assert description.endswith(".")
    assert description.count(". ") == 0
    if field.default_factory is None and field.default not in (None, (), frozenset()):
        shown = f"{field.default:g}" if isinstance(field.default, float) else str(field.default)
        assert wording(field).default == f"`{shown}`"
