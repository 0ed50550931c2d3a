"""Name what is wrong with settings, an installation or the name of a workspace."""

from dataclasses import dataclass

from bot.errors.families import InputError, NotFoundError, SetupError


@dataclass(eq=False)
class SettingsError(SetupError):
    """A setting has a wrong value; `got` is left out where it may hold a secret."""

    variable: str
    expected: str
    got: str | None = None


@dataclass(eq=False)
class UnknownSettingError(SetupError):
    """A variable names no setting; the nearest one is given."""

    variable: str
    nearest: str


@dataclass(eq=False)
class UnsupportedDatabaseError(SetupError):
    """A URL names a kind of database that the bot cannot use."""

    url: str
    reason: str


@dataclass(eq=False)
class EncoderError(SetupError):
    """A sentence encoder cannot be used: where, why, and what to do about it."""

    where: str
    what: str
    remedy: str


@dataclass(eq=False)
class WorkspaceNameError(InputError):
    """A workspace cannot have this name."""

    workspace: str


@dataclass(eq=False)
class WorkspaceNeededError(InputError):
    """A setting leads to a database for each workspace, and no workspace was named."""

    variable: str


@dataclass(eq=False)
class WorkspaceNotFoundError(NotFoundError):
    """A workspace has no database yet."""

    workspace: str
    place: str


@dataclass(eq=False)
class ChannelFieldError(InputError):
    """A setting of a channel cannot have this value."""

    field: str
    value: str
    expected: str
