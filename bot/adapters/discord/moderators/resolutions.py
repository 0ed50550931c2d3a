"""Answer and link review items after a look at what that would change."""

from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.confirmation import propose
from bot.adapters.discord.moderators.permission import audience_for, is_refused, open_review, review_of
from bot.adapters.discord.private import ask, defer, whisper
from bot.adapters.discord.showing.dialogs import Field, Filled, Form, FormModal, answer_modal, link_modal
from bot.adapters.discord.showing.parts import Action, Press, number_in
from bot.chat.outcomes import NOTHING_FOUND, resolved
from bot.chat.previews import preview
from bot.core.deciding.ranking import rank
from bot.core.models import Audience
from bot.service.app import App
from bot.service.resolutions import NewAnswer


def register(bot: DiscordBot) -> None:
    """Listen to the two buttons and their dialogs."""
    bot.presses[Action.ANSWER] = partial(_open, bot)
    bot.presses[Action.LINK] = partial(_open, bot)
    bot.forms[Form.ANSWER] = partial(_answer, bot)
    bot.forms[Form.LINK] = partial(_link, bot)


async def _open(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if not await is_refused(bot, interaction):
        await ask(interaction, _form(bot, interaction, press))


async def _form(bot: DiscordBot, interaction: Interaction, press: Press) -> FormModal:
    """Return the dialog; that for answers begins with what somebody suggested first."""
    async with bot.services(interaction) as app:
        item, found = await open_review(app, press, audience=await audience_for(bot, app, interaction))
    if press.action is Action.LINK:
        return link_modal(item)
    suggested = [each.answer for each in found.suggestions if each.answer]
    return answer_modal(item, answer=suggested[0] if suggested else "")


async def _answer(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Show what an answer would change."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        await review_of(app, form.subject, audience=audience)  # refused where they may not read it
        wanted = NewAnswer(
            answer=form.values[Field.ANSWER],
            question=form.values.get(Field.QUESTION),
            category=form.values.get(Field.CATEGORY),
        )
        entry = await app.review.draft_answer(form.subject, wanted)
        lines = await preview(app, entry, audience=audience)

    async def save(app: App, who: str) -> str:
        return resolved(await app.review.answer(form.subject, wanted, actor=who, seen=number_in(form.detail)))

    await propose(bot, interaction, form, lines=lines, save=save)


async def _link(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Show what a link would change."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        found = await review_of(app, form.subject, audience=audience)
        entry_id = await _chosen(app, form, found.item.audience)
        if entry_id is None:
            await whisper(interaction, NOTHING_FOUND)
            return
        entry = await app.review.draft_link(form.subject, entry_id)
        lines = await preview(app, entry, audience=audience)

    async def save(app: App, who: str) -> str:
        return resolved(await app.review.link(form.subject, entry_id, actor=who, seen=number_in(form.detail)))

    named = f"{form.subject} is answered by {entry.id}: {entry.question}"
    await propose(bot, interaction, form, lines=(named, *lines), save=save)


async def _chosen(app: App, form: Filled, audience: Audience) -> str | None:
    """Return the entry that a moderator means: by its id, else by the words that they typed, else from the menu."""
    typed = form.values.get(Field.ENTRY_ID)
    if typed is None:
        return form.values.get(Field.ENTRY)
    known = (await app.knowledge.index(audience)).entries
    if typed in known:
        return typed
    matches = rank(known, typed, limit=1).matches
    return matches[0].entry_id if matches else None
