"""Read the settings from the environment and from `.env` in the working directory."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource, SettingsConfigDict

from bot.config.discord import DiscordSettings
from bot.config.general import GeneralSettings, data_folder
from bot.config.slack import SlackSettings
from bot.config.wording import Wording
from bot.errors import SettingsError, UnknownSettingError, WorkspaceNameError, WorkspaceNeededError

__all__ = [
    "PREFIX",
    "WORKSPACE",
    "Settings",
    "Wording",
    "data_folder",
    "for_workspace",
    "load_settings",
    "refuse_many",
    "variable",
    "wording",
]

PREFIX = "FAQBOT_"
WORKSPACE = "{workspace}"
_WORKSPACE_NAME = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,63}", re.ASCII | re.IGNORECASE)
_FILE = ".env"
_OF_THE_TESTS = f"{PREFIX}TEST_"  # these tell the tests where a server is, and may be set while the bot runs


# Of the bases, the last one's settings come first.
class Settings(DiscordSettings, SlackSettings, GeneralSettings):
    """All settings; a field without `repr` may hold a secret and is never shown."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=_FILE, env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    @property
    def reviewed(self) -> frozenset[str]:
        """Return the platforms where moderators have a review channel."""
        channels = {"slack": self.slack_review_channel, "discord": self.discord_review_channel}
        return frozenset(platform for platform, channel in channels.items() if channel is not None)


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
