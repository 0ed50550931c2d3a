"""Define how much the bot says in a channel."""

from typing import NamedTuple


class Pace(NamedTuple):
    """How much the bot says in a channel; where a number is None, the settings for all channels count.

    That is minutes between two answers that nobody asked it for, minutes until it repeats one, and replies a minute.
    """

    cooldown: int | None
    repeat_minutes: int | None
    replies_per_minute: int | None
