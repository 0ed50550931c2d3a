"""Show what the FAQ holds, by category: /faq browse."""

from functools import partial
from itertools import groupby

import discord
from discord import app_commands

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.places import audience_here
from bot.adapters.discord.private import defer, whisper
from bot.adapters.discord.showing.answers import categories_message, category_key, entries_message, reply_message
from bot.adapters.discord.showing.parts import Action, Message, Press, number_in
from bot.chat.outcomes import IN_SERVERS_ONLY
from bot.core.models import Entry, Status
from bot.core.wording.replies import Choice, gone
from bot.service.catalogue import EntryFilter

FAQ, BROWSE = "faq", "browse"
_PUBLISHED = EntryFilter(status=Status.PUBLISHED)
_NO_CATEGORY = "Everything else"


def register(bot: DiscordBot) -> None:
    """Offer the command, and listen to its menus and pages."""
    group = app_commands.Group(name=FAQ, description="Look around in the FAQ")

    @group.command(name=BROWSE, description="Show the FAQ by category; only you see it")
    async def browse(interaction: discord.Interaction[DiscordBot]) -> None:
        bot.carry_out(interaction, partial(_browse, bot, interaction), name="browse")

    bot.tree.add_command(group)
    bot.presses[Action.CATEGORY] = partial(_open_category, bot)
    bot.presses[Action.BROWSE] = partial(_turn, bot)
    bot.presses[Action.ENTRY] = partial(_open_entry, bot)


async def _browse(bot: DiscordBot, interaction: Interaction) -> None:
    await defer(interaction)
    if not bot.has_store(interaction.guild_id):
        await whisper(interaction, IN_SERVERS_ONLY)
        return
    await whisper(interaction, categories_message(list(await _shelves(bot, interaction))))


async def _open_category(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show a category that was chosen, or another page of them."""
    await interaction.response.defer()
    shelves = await _shelves(bot, interaction)
    if press.values:
        message = _entries(shelves, press.values[0], 0)
    else:
        message = categories_message(list(shelves), page=number_in(press.detail) or 0)
    await interaction.edit_original_response(**message.changed)


async def _turn(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    await interaction.response.defer()
    message = _entries(await _shelves(bot, interaction), press.subject, number_in(press.detail) or 0)
    await interaction.edit_original_response(**message.changed)


async def _open_entry(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show the answer of an entry, if the user may still read it here."""
    await defer(interaction)
    wanted = press.values[0] if press.values else ""
    async with bot.services(interaction) as app:
        reply = await app.ask.choose(wanted, audience=await audience_here(app, interaction))
    await whisper(interaction, reply_message(reply or gone(), question_id=None, domains=bot.options.domains))


async def _shelves(bot: DiscordBot, interaction: Interaction) -> dict[str, list[Choice]]:
    """Return what those who can read the place may look up, by category."""
    async with bot.services(interaction) as app:
        stored = await app.catalogue.list(_PUBLISHED, audience=await audience_here(app, interaction))
    by_category = sorted((each.entry for each in stored), key=_order)
    return {
        name: [Choice(entry.id, entry.question) for entry in shelf] for name, shelf in groupby(by_category, _category)
    }


def _entries(shelves: dict[str, list[Choice]], key: str, page: int) -> Message:
    category = next((each for each in shelves if category_key(each) == key), "")
    return entries_message(category, shelves.get(category, []), page=page)


def _category(entry: Entry) -> str:
    return entry.category or _NO_CATEGORY


def _order(entry: Entry) -> tuple[bool, str, str]:
    return entry.category is None, _category(entry), entry.question
