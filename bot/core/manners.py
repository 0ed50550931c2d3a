"""Define how the bot behaves among people, once for all platforms."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the bot behaves among people; nothing, as a time or a number, switches a rule off.

    When a helper answers a question `helped_within` so long, the bot takes its own answer back, or marks it. An author,
    a channel and a workspace get so many replies a minute. An entry stays `unrepeated_for` so long in a channel.
    What one person writes `in_a_row`, so long after each other, is one question.
    """

    helped_within: timedelta = timedelta(minutes=10)
    per_author: int = 0
    per_channel: int = 0
    per_workspace: int = 0
    unrepeated_for: timedelta = timedelta()
    in_a_row: timedelta = timedelta()

    @property
    def limited(self) -> bool:
        """Return whether there is a limit."""
        return bool(self.per_author or self.per_channel or self.per_workspace)


USUAL = Manners()
