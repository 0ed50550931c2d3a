"""Name what a platform does not do for the bot."""

from dataclasses import dataclass

from bot.errors.families import SetupError, UnavailableError


@dataclass(eq=False)
class TokenRefusedError(SetupError):
    """Say that a platform does not take a token, which setting holds it, and the platform's word for why."""

    setting: str
    reason: str


@dataclass(eq=False)
class ScopesMissingError(SetupError):
    """Say which permissions an app lacks on its platform."""

    platform: str
    scopes: tuple[str, ...]


@dataclass(eq=False)
class PlatformUnreachableError(UnavailableError):
    """Say that a platform did not answer at this address."""

    place: str
    reason: str


@dataclass(eq=False)
class PlatformRefusedError(SetupError):
    """Say that a platform does not let the bot in: why, and what to do about it."""

    platform: str
    reason: str
    remedy: str


@dataclass(eq=False)
class ServersUnclearError(SetupError):
    """Say that the bot is in several servers of a platform, and that nothing tells which of them to serve."""

    servers: tuple[int, ...]
