"""Name what is wrong with settings, an installation or the name of a workspace."""

from dataclasses import dataclass

from bot.errors.families import InputError, NotFoundError, SetupError


@dataclass(eq=False)
class SettingsError(SetupError):
    """Say that a setting has a wrong value; `got` is left out where it may hold a secret."""

    variable: str
    expected: str
    got: str | None = None


@dataclass(eq=False)
class UnknownSettingError(SetupError):
    """Say that a variable names no setting, and which one comes nearest."""

    variable: str
    nearest: str


@dataclass(eq=False)
class UnsupportedDatabaseError(SetupError):
    """Say that a URL names a kind of database that the bot cannot use."""

    url: str
    reason: str


@dataclass(eq=False)
class EncoderError(SetupError):
    """Say that a sentence encoder cannot be used: where, why, and what to do about it."""

    where: str
    what: str
    remedy: str


@dataclass(eq=False)
class ModelInstallError(SetupError):
    """Say that a model was not installed, and that nothing has changed: where it failed, why, and what to do."""

    where: str
    what: str
    remedy: str


@dataclass(eq=False)
class WorkspaceNameError(InputError):
    """Say that a workspace cannot have this name."""

    workspace: str


@dataclass(eq=False)
class WorkspaceNeededError(InputError):
    """Say that a setting leads to a database for each workspace, and that none was named."""

    variable: str


@dataclass(eq=False)
class WorkspaceNotFoundError(NotFoundError):
    """Say that a workspace has no database yet."""

    workspace: str
    place: str


@dataclass(eq=False)
class ChannelFieldError(InputError):
    """Say that a setting of a channel cannot have this value."""

    field: str
    value: str
    expected: str
