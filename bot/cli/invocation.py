"""The options that were typed before the name of a command."""

from dataclasses import dataclass


@dataclass
class Invocation:
    """The options that were typed before the name of the command."""

    debug: bool = False
    database: str | None = None
    workspace: str | None = None
