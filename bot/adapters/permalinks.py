"""Build permalinks to messages of any platform."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.adapters.discord import permalinks as discord
from bot.adapters.slack import permalinks as slack
from bot.core.models import MessageRef, Permalink

_OF_PLATFORM: Mapping[str, Permalink] = MappingProxyType({"discord": discord.permalink, "slack": slack.permalink})


def permalink(ref: MessageRef) -> str | None:
    """Return the address of a message, None where its platform has none."""
    of_platform = _OF_PLATFORM.get(ref.platform)
    return None if of_platform is None else of_platform(ref)
