"""Sync the commands to Discord, only when they changed, in all languages that the bot speaks."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import cache
from typing import Any, cast

import discord
from discord import app_commands
from discord.http import Route

from bot.adapters.discord.calls import FAULTS, trouble
from bot.core.wording.labels import Words
from bot.core.wording.languages import ENGLISH, language_for, speaking
from bot.service.deliveries import FOR_GOOD

_log = logging.getLogger(__name__)
_COUNTED = ("name", "type", "description", "required", "autocomplete", "default_member_permissions", "nsfw")
_LISTS = ("contexts", "integration_types")
_LOCALISED = ("name_localizations", "description_localizations")
_WORDS = "words"
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)

Pause = Callable[[float], Awaitable[None]]


class Translator(app_commands.Translator):
    """Translate the commands, which Discord shows in the language of each user."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return a name or a description in a language; None where it is the same as in English."""
        del context
        words = string.extras.get(_WORDS)
        return None if words is None else _said(words, locale.value)


@cache
def _said(words: Words, locale: str) -> str | None:
    if language_for(locale) == ENGLISH:
        return None
    with speaking(locale):
        return str(words)


def localised(words: Words) -> app_commands.locale_str:
    """Return what names or describes a command, to be translated."""
    return app_commands.locale_str(str(words), **{_WORDS: words})


async def sync_in_time(tree: app_commands.CommandTree[Any], *, pause: Pause = asyncio.sleep) -> None:
    """Replace the commands that Discord has by the bot's own, as soon as it takes them.

    The bot does not wait for it: mentions are answered meanwhile. What Discord refuses for good stays as it
    was until the next start.
    """
    usual = _FIRST_PAUSE
    while True:
        try:
            await sync(tree)
        except FAULTS as error:
            fault = trouble(error)
            facts = {"fault": fault.fault, "reason": str(error)}
        else:
            return
        if fault.fault in FOR_GOOD:
            _log.error("discord.commands.refused", extra=facts)
            return
        wait = fault.wait or usual
        _log.warning("discord.commands.sync_failed", extra={**facts, "wait": wait})
        await pause(wait.total_seconds())
        usual = min(2 * usual, _LONGEST_PAUSE)


async def sync(tree: app_commands.CommandTree[Any]) -> bool:
    """Replace the commands that Discord has by the bot's own; return whether they differed."""
    http, client = tree._http, tree.client  # noqa: SLF001  # what Discord has is read as it is written
    route = Route("GET", "/applications/{application_id}/commands", application_id=client.application_id)
    there = await http.request(route, params={"with_localizations": "true"})
    here = await _written(tree)
    if signature(list(there)) == signature(here):
        return False
    await tree.sync()
    _log.info("discord.commands.synced", extra={"commands": len(here)})
    return True


async def _written(tree: app_commands.CommandTree[Any]) -> list[Any]:
    """Return the commands as they are written to Discord."""
    translator = cast("app_commands.Translator", tree.translator)  # the bot has one
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]


def signature(commands: list[Any]) -> list[Any]:
    """Return what counts of commands as they are written to Discord, in a fixed order."""
    return sorted((_counted(command) for command in commands), key=lambda one: (one["name"], one["type"]))


def _counted(command: dict[str, Any]) -> dict[str, Any]:
    counted: dict[str, Any] = {name: _plain(command.get(name)) for name in _COUNTED}
    counted |= {name: sorted(command.get(name) or ()) for name in _LISTS}
    counted |= {name: sorted((command.get(name) or {}).items()) for name in _LOCALISED}
    counted["options"] = [_counted(option) for option in command.get("options") or ()]
    counted["choices"] = [(choice["name"], choice["value"]) for choice in command.get("choices") or ()]
    return counted


def _plain(value: Any) -> str:  # noqa: ANN401  # whatever stands in a command
    """Return a value so that what is left out and what says nothing are the same; Discord sends numbers as text."""
    return str(value or "")
