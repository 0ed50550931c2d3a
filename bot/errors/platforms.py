"""Name what a platform does not do for the bot."""

from dataclasses import dataclass

from bot.errors.families import SetupError, UnavailableError


@dataclass(eq=False)
class TokenRefusedError(SetupError):
    """A platform refuses a token: the setting that has it, and the platform's reason."""

    setting: str
    reason: str


@dataclass(eq=False)
class ScopesMissingError(SetupError):
    """The app lacks these permissions on its platform."""

    platform: str
    scopes: tuple[str, ...]


@dataclass(eq=False)
class PlatformUnreachableError(UnavailableError):
    """A platform did not answer at this address."""

    place: str
    reason: str


@dataclass(eq=False)
class PlatformRefusedError(SetupError):
    """A platform does not let the bot in: why, and what to do about it."""

    platform: str
    reason: str
    remedy: str


@dataclass(eq=False)
class ServersUnclearError(SetupError):
    """The bot is in several servers of a platform, and that nothing tells which of them to serve."""

    servers: tuple[int, ...]
