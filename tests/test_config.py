"""Settings: where they come from, what a wrong one says, and that the README lists them all."""

import os
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from bot.config import Settings, default_model, load_settings, variable, wording
from bot.errors import SettingsError, UnknownSettingError

README = Path(__file__).parents[1] / "README.md"
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
    assert settings.model_dir is None
    assert settings.log_level is None
    assert settings.log_format == "auto"
    assert settings.busy_timeout == 10


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    synonyms = folder / "own.txt"
    synonyms.touch()
    values = {
        "FAQBOT_DATABASE_URL": " sqlite:///faq.db ",
        "FAQBOT_BUSY_TIMEOUT": "2.5",
        "FAQBOT_AUTHOR_KEY": "0123456789abcdef",
        "FAQBOT_SYNONYMS": str(synonyms),
        "FAQBOT_MODEL_DIR": "missing/model",
        "FAQBOT_LOG_LEVEL": "DEBUG",
        "FAQBOT_LOG_FORMAT": "json",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert settings.author_key is not None
    assert settings.author_key.get_secret_value() == "0123456789abcdef"
    assert settings.model_dump(exclude={"author_key"}) == {
        "database_url": "sqlite:///faq.db",
        "busy_timeout": 2.5,
        "synonyms": synonyms,
        "model_dir": Path("missing/model"),
        "log_level": "debug",
        "log_format": "json",
    }


def test_a_model_that_was_installed_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    default_model().mkdir(parents=True)
    assert load_settings().model_dir == default_model()


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
        ("FAQBOT_SYNONYMS", ""),
        ("FAQBOT_SYNONYMS", "missing.txt"),
        ("FAQBOT_SYNONYMS", "."),
        ("FAQBOT_MODEL_DIR", ""),
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


def test_importing_reads_no_environment() -> None:
    environment = {**os.environ, "FAQBOT_LOG_LEVEL": "loud"}
    subprocess.run([sys.executable, "-c", "import bot.config"], env=environment, check=True)


def test_the_readme_lists_every_setting() -> None:
    text = README.read_text(encoding="utf-8")
    table = text[text.index(OPEN) + len(OPEN) : text.index(CLOSE)].strip()
    assert table == settings_table(), f"between the settings marks of the README this should stand:\n{settings_table()}"


def settings_table() -> str:
    """Return the table of all settings as the README has it."""
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
    if field.default_factory is None and field.default is not None:
        shown = f"{field.default:g}" if isinstance(field.default, float) else field.default
        assert wording(field).default == f"`{shown}`"
