"""What is shown on Discord against its own description and its limits."""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema_rs import Draft202012Validator

from bot.adapters.discord.showing.parts import DiscordMessage
from bot.chat.markdown import width
from tests.loopback.specs import Deviation, load
from tests.shared import FOLDER

_COMPONENTS = "/components/schemas/ActionRowComponentForMessageRequest"
_EMBED = "/components/schemas/RichEmbed"
_MODAL = "/components/schemas/ModalInteractionCallbackRequestData"
_NUMBERED = Deviation("*.default_values.*.id", "type", "discord.py writes ids as numbers")
_FLAGS = Deviation("flags", "additionalProperties", "discord.py sends the flags of an embed")


def fits(message: DiscordMessage) -> bool:
    """Return whether a message keeps to every limit, and to Discord's description of it where that is at hand."""
    embed = {} if message.embed is None else dict(message.embed.to_dict())
    rows = message.sent["view"].to_components() if message.items else []
    assert len(rows) <= 5
    return is_short(message) and _is_described(_EMBED, embed) and all(_is_described(_COMPONENTS, row) for row in rows)


def is_short(message: DiscordMessage) -> bool:
    """Return whether the texts of a message keep to the limits that only Discord's manual names."""
    embed = {} if message.embed is None else dict(message.embed.to_dict())
    return width(message.content) <= 2_000 and sum(map(width, _texts(embed))) <= 6_000


def modal_fits(modal: Mapping[str, Any]) -> bool:
    """Return whether a dialog keeps to Discord's description of it where that is at hand."""
    assert 1 <= len(modal["components"]) <= 5
    return _is_described(_MODAL, modal)


def texts_of(message: DiscordMessage) -> list[str]:
    """Return all texts of a message in which Discord reads formatting."""
    embed = {} if message.embed is None else dict(message.embed.to_dict())
    embed.pop("footer", None)
    return [message.content, *_texts(embed)]


def _texts(embed: Mapping[str, Any]) -> Iterator[str]:
    yield from (embed.get("title", ""), embed.get("description", ""), embed.get("footer", {}).get("text", ""))
    for field in embed.get("fields", ()):
        yield from (field["name"], field["value"])


def _is_described(pointer: str, payload: Mapping[str, Any]) -> bool:
    if not FOLDER.joinpath("specs", "discord-openapi.json").exists():
        return True
    problems = load("discord-openapi.json", Draft202012Validator).problems(
        pointer, payload, allowed=[_FLAGS, _NUMBERED]
    )
    assert not problems, problems
    return True
