"""Define how the bot behaves among people, once for all platforms."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the bot behaves among people; nothing, as a time or a number, switches a rule off.

    When a helper answers a question `helped_within` so long, the bot takes its own answer back, or marks it.
    """

    helped_within: timedelta = timedelta(minutes=10)


USUAL = Manners()
