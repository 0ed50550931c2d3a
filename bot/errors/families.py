"""Sort errors into families: what a person can do about one depends on its family."""

from dataclasses import dataclass


class FaqbotError(Exception):
    """The root of every error that this project raises on purpose."""


class NotFoundError(FaqbotError):
    """Root of the errors about something named that does not exist."""


class ConflictError(FaqbotError):
    """Root of the errors about a change that does not fit what is stored."""


class InputError(FaqbotError):
    """Root of the errors about input that cannot be used."""


class SetupError(FaqbotError):
    """Root of the errors that somebody fixes in the settings, the installation or a platform."""


class UnavailableError(FaqbotError):
    """Root of the errors about something that does not work for now, and may later."""


@dataclass(eq=False)
class BrokenOffError(FaqbotError):
    """A person aborted an input, so that nothing may be written."""
