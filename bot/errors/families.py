"""Sort errors into families: what a person can do about one depends on its family."""

from dataclasses import dataclass


class FaqbotError(Exception):
    """Stand above every error that this project raises on purpose."""


class NotFoundError(FaqbotError):
    """Stand above what says that something named does not exist."""


class ConflictError(FaqbotError):
    """Stand above what says that a change does not fit what is stored by now."""


class InputError(FaqbotError):
    """Stand above what says that something typed or read cannot be used."""


class SetupError(FaqbotError):
    """Stand above what says that somebody has to change settings, an installation or a platform."""


class UnavailableError(FaqbotError):
    """Stand above what says that something does not work for now, and may later."""


@dataclass(eq=False)
class BrokenOffError(FaqbotError):
    """Say that a person broke off where something was to be typed, so that nothing may be written."""
