"""Make an entry of what somebody replied."""

from dataclasses import replace
from functools import partial

import discord

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.members.replied_question import asked_before, text_of_reply
from bot.adapters.discord.moderators.commands import offer_on_messages
from bot.adapters.discord.moderators.confirmation import propose
from bot.adapters.discord.moderators.permission import audience_for, is_refused
from bot.adapters.discord.private import ask, defer
from bot.adapters.discord.showing.dialogs import Field, Filled, Form, FormModal, answer_modal, draft_modal
from bot.chat.outcomes import NO_TEXT, added
from bot.chat.previews import preview
from bot.core.models import Audience, Entry
from bot.service.app import App

USE_AS_ANSWER = "Use as FAQ answer"


def register(bot: DiscordBot) -> None:
    """Offer the command in the menu of messages, and listen to its dialog."""
    offer_on_messages(bot, USE_AS_ANSWER, _open)
    bot.forms[Form.DRAFT] = partial(_draft, bot)


async def _open(bot: DiscordBot, interaction: Interaction, message: discord.Message) -> None:
    await ask(interaction, _form(bot, interaction, message))


async def _form(bot: DiscordBot, interaction: Interaction, message: discord.Message) -> FormModal | str:
    """Return the dialog: that of the review item where the reply answers an open one, so that the askers are told."""
    text = text_of_reply(message)
    if text is None:
        return NO_TEXT
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        asked = await asked_before(app, interaction, message, audience=audience)
        item = None
        if asked is not None and asked.item_id is not None:
            item = (await app.review.show(asked.item_id)).item
    question = "" if asked is None else asked.outcome.text or ""
    if item is not None and item.is_open:
        return answer_modal(replace(item, text=question or item.text), answer=text)
    return draft_modal(str(message.id), question=question, answer=text, audience=audience)


async def _draft(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Show what an entry would change."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    entry = Entry(
        id="",
        question=form.values[Field.QUESTION],
        answer=form.values[Field.ANSWER],
        category=form.values.get(Field.CATEGORY),
        staff_note=form.values.get(Field.STAFF_NOTE),
        audience=Audience(form.values[Field.AUDIENCE]),
    )
    async with bot.services(interaction) as app:
        lines = await preview(app, entry, audience=await audience_for(bot, app, interaction))

    async def save(app: App, who: str) -> str:
        return added((await app.catalogue.add(entry, actor=who)).entry.id)

    await propose(bot, interaction, form, lines=lines, save=save)
