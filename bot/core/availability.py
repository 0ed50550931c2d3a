"""Define when and where a single entry counts: at hours of the week, and in channels."""

import re
from datetime import datetime
from functools import lru_cache

from bot.core.hours import Hours, read_hours
from bot.core.models import ChannelRef

CHANNELS_EXAMPLE = "slack/T024BE7LH/C061EG9SL, discord"
PLATFORMS = ("slack", "discord")
_PLACE = re.compile(rf"(?:{'|'.join(PLATFORMS)})(?:/[A-Za-z0-9_-]+){{0,2}}")


def are_hours(written: str, at: datetime) -> bool:
    """Return whether an aware time is within hours; it is not where this machine does not know their time zone."""
    hours = _hours(written)
    return hours is not None and hours.include(at)


@lru_cache(1_000)
def _hours(written: str) -> Hours | None:
    return read_hours(written)


def read_channels(written: str) -> tuple[str, ...] | None:
    """Return the channels that are named, each once, None where one is none.

    They have commas or blanks between them. Each is named as in the settings of channels; one that ends after the
    workspace or the platform stands for all channels there.
    """
    names = tuple(dict.fromkeys(re.split(r"[\s,]+", written.strip(" \t\n,"))))
    return names if all(map(_PLACE.fullmatch, names)) else None


def are_channels(written: str, place: ChannelRef) -> bool:
    """Return whether a channel is among those that are named; what is on no platform, as the console is, always is."""
    return place.platform not in PLATFORMS or any(f"{place}/".startswith(f"{name}/") for name in written.split(", "))
