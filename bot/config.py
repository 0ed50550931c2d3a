"""Read the settings from the environment and from `.env` in the working directory."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import BeforeValidator, Field, FilePath, SecretStr, StringConstraints, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict

from bot.errors import SettingsError, UnknownSettingError, WorkspaceNameError, WorkspaceNeededError

PREFIX = "FAQBOT_"
WORKSPACE = "{workspace}"
_WORKSPACE_NAME = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,63}", re.ASCII | re.IGNORECASE)
_FILE = ".env"
_OF_THE_TESTS = f"{PREFIX}TEST_"  # these tell the tests where a server is, and may be set while the bot runs


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold what people are told of a setting: which values it takes, and what it is when nobody sets it."""

    expected: str
    default: str


def data_folder() -> Path:
    """Return the folder that is the bot's own when nothing is set."""
    return user_data_path("faqbot", appauthor=False)


def default_model() -> Path:
    """Return the folder that `faqbot model install` fills when nothing is set."""
    return data_folder() / "model"


def _default_database() -> str:
    return f"sqlite:///{data_folder() / 'faq.db'}"


def _installed_model() -> Path | None:
    return default_model() if default_model().is_dir() else None


def _filled(value: object) -> object:
    if value == "":
        raise ValueError
    return value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Hold everything that can be set; a field without `repr` may hold a secret and is never shown."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    database_url: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1),
        Field(
            repr=False,
            description="Where entries and questions are kept: `sqlite:///file.db` or "
            "`postgresql://user@host/database`; `{workspace}` in the name stands for each workspace.",
        ),
        Wording("a URL such as sqlite:///faq.db or postgresql://user@host/database", "`faq.db` in your data directory"),
    ] = Field(default_factory=_default_database)

    open_workspaces: Annotated[
        int,
        Field(
            ge=1, le=100_000, description="Most workspaces to hold in memory; others are loaded when they are asked."
        ),
        Wording("a whole number from 1 to 100000", "`100`"),
    ] = 100

    busy_timeout: Annotated[
        float,
        Field(ge=0, le=600, allow_inf_nan=False, description="Seconds to wait while another process writes to SQLite."),
        Wording("a number of seconds from 0 to 600", "`10`"),
    ] = 10.0

    author_key: Annotated[
        SecretStr | None,
        Field(
            min_length=16,
            repr=False,
            description="Key that turns the ids of authors into pseudonyms before they are kept.",
        ),
        Wording("at least 16 characters", "made once and kept in the database"),
    ] = None

    delivery_days: Annotated[
        int,
        Field(ge=1, le=365, description="Days to try to tell people about an answer that came later."),
        Wording("a whole number of days from 1 to 365", "`7`"),
    ] = 7

    correction_days: Annotated[
        int,
        Field(ge=1, le=3650, description="Days back to tell people that an answer they were given has changed."),
        Wording("a whole number of days from 1 to 3650", "`30`"),
    ] = 30

    retention_days: Annotated[
        int,
        Field(ge=1, le=36500, description="Days to keep what people wrote; `faqbot privacy purge` removes the rest."),
        Wording("a whole number of days from 1 to 36500", "`365`"),
    ] = 365

    replay_questions: Annotated[
        int,
        Field(ge=0, le=100_000, description="Most past questions to try a change of entries on before it is made."),
        Wording("a whole number from 0 to 100000", "`1000`"),
    ] = 1_000

    labelled: Annotated[
        FilePath | None,
        Field(
            description="File of more questions to try changes on, with their right entries, as `faqbot eval` reads."
        ),
        Wording("the path of a file that exists", "none"),
    ] = None

    synonyms: Annotated[
        FilePath | None,
        Field(description="File with synonyms of your own, read after the built-in ones."),
        Wording("the path of a file that exists", "none"),
    ] = None

    model_dir: Annotated[
        Path | None,
        BeforeValidator(_filled),
        Field(description="Folder of a sentence encoder, with `model.onnx` and `tokenizer.json`."),
        Wording("the path of a folder", "what `faqbot model install` brought"),
    ] = Field(default_factory=_installed_model)

    log_level: Annotated[
        Literal["debug", "info", "warning", "error"] | None,
        BeforeValidator(_lower),
        Field(description="Least important lines to log: `debug`, `info`, `warning` or `error`."),
        Wording("debug, info, warning or error", "`warning` for text, `info` for JSON"),
    ] = None

    log_format: Annotated[
        Literal["auto", "text", "json"],
        BeforeValidator(_lower),
        Field(description="How log lines look: `text`, `json`, or `auto`, which is text on a terminal."),
        Wording("auto, text or json", "`auto`"),
    ] = "auto"


def load_settings() -> Settings:
    """Return the settings, or raise an error that names the first variable that is wrong."""
    _refuse_unknown(_names_in_use())
    try:
        return Settings()
    except ValidationError as error:
        # Without its cause, which quotes the value.
        raise _settings_error(error) from None


def for_workspace(settings: Settings, name: str) -> Settings:
    """Return the settings with the database of one workspace.

    No name leads out of the folder, and names that differ in case alone are one, as on file systems that ignore it.
    """
    if _WORKSPACE_NAME.fullmatch(name) is None:
        raise WorkspaceNameError(name)
    folder, slash, file = settings.database_url.rpartition("/")
    if WORKSPACE in folder or file.count(WORKSPACE) != 1:
        expected = f"a URL with {WORKSPACE} once, in the name of the file or database, since a workspace was named"
        raise SettingsError(variable("database_url"), expected)
    return settings.model_copy(update={"database_url": folder + slash + file.replace(WORKSPACE, name.lower())})


def refuse_many(settings: Settings) -> None:
    """Raise an error when the settings lead to a database for each workspace and not to a single one."""
    if WORKSPACE in settings.database_url:
        raise WorkspaceNeededError(variable("database_url"))


def variable(name: str) -> str:
    """Return the name that a setting has in the environment."""
    return f"{PREFIX}{name}".upper()


def _names_in_use() -> list[str]:
    try:
        in_file = DotEnvSettingsSource(Settings).env_vars
    except (OSError, UnicodeDecodeError):
        raise SettingsError(_FILE, "a readable file in UTF-8") from None
    return sorted(name.upper() for name in {*in_file, *EnvSettingsSource(Settings).env_vars})


def _refuse_unknown(names: Iterable[str]) -> None:
    known = [variable(name) for name in Settings.model_fields]
    for name in names:
        if name.startswith(PREFIX) and name not in known and not name.startswith(_OF_THE_TESTS):
            raise UnknownSettingError(name, get_close_matches(name, known, n=1, cutoff=0)[0])


def _settings_error(error: ValidationError) -> SettingsError:
    first = error.errors(include_url=False, include_context=False)[0]
    name = str(first["loc"][0])
    field = Settings.model_fields[name]
    return SettingsError(variable(name), wording(field).expected, str(first["input"]) if field.repr else None)


def wording(field: FieldInfo) -> Wording:
    """Return what people are told of a setting."""
    return next(item for item in field.metadata if isinstance(item, Wording))
