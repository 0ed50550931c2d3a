"""Handle the list, the buttons and the dialogs of review items."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.permission import audience_for, is_refused, offer, open_review, propose, review_of
from bot.adapters.discord.people import PLATFORM, actor
from bot.adapters.discord.sending import ask, defer, whisper
from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.cards import QUEUE_PAGE, card_message, queue_message
from bot.adapters.discord.showing.dialogs import (
    DiscordField,
    Filled,
    Form,
    FormModal,
    answer_modal,
    dismiss_modal,
    link_modal,
    merge_modal,
    snooze_modal,
)
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, number_in
from bot.chat.moderators import drafted, preview
from bot.chat.review import ItemPress, act_on_item
from bot.core.deciding.ranking import rank
from bot.core.models import Audience, DismissReason
from bot.core.wording import labels
from bot.core.wording.labels import SNOOZES, Words
from bot.core.wording.outcomes import NO_OTHERS, NOTHING_FOUND, answered_by
from bot.errors import EntryNotFoundError
from bot.service.app import App
from bot.service.drafts import DraftKind, ModeratorDraft
from bot.service.review import OPEN_ITEMS
from bot.service.review_queue import Reviewed

REVIEW = "review"
Act = Callable[[App, str], Awaitable[Reviewed]]


def register(bot: DiscordBot) -> None:
    """Offer the list, and listen to the buttons and dialogs of items."""
    _register_list(bot)
    _register_buttons(bot)
    _register_resolutions(bot)


def _register_list(bot: DiscordBot) -> None:
    """Offer the command, and listen to its pages and its menu."""
    offer(bot, REVIEW, labels.REVIEW, _list)
    bot.presses[DiscordAction.QUEUE] = partial(_turn, bot)
    bot.presses[DiscordAction.SHOW] = partial(_show, bot)


async def _list(bot: DiscordBot, interaction: Interaction) -> None:
    await defer(interaction)
    await whisper(interaction, await _page(bot, interaction, 0))


async def _page(bot: DiscordBot, interaction: Interaction, page: int) -> DiscordMessage:
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        only = None if audience is Audience.INTERNAL else audience
        wanted = replace(OPEN_ITEMS, audience=only, first=page * QUEUE_PAGE, limit=QUEUE_PAGE)
        found = await app.review.page(wanted)
        held = await app.held.waiting(PLATFORM, audience=audience, limit=parts.OPTIONS)
        return queue_message(found.items, total=found.total, page=page, held=held)


async def _turn(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if not await is_refused(bot, interaction):
        await interaction.response.defer()
        message = await _page(bot, interaction, number_in(press.detail) or 0)
        await interaction.edit_original_response(**message.changed)


async def _show(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show an item of the list with its buttons."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        found = await review_of(app, "".join(press.values[:1]), audience=audience)
    await whisper(interaction, card_message(found.item, permalink=bot.options.permalink))


def _register_buttons(bot: DiscordBot) -> None:
    """Listen to the buttons and dialogs of review items."""
    for press in ItemPress:
        bot.presses[DiscordAction(press)] = partial(_press, bot)
    bot.presses[DiscordAction.DISMISS] = partial(_open, bot)
    bot.presses[DiscordAction.SNOOZE] = partial(_open, bot)
    bot.presses[DiscordAction.MERGE] = partial(_open, bot)
    bot.forms[Form.DISMISS] = partial(_dismiss, bot)
    bot.forms[Form.SNOOZE] = partial(_snooze, bot)
    bot.forms[Form.MERGE] = partial(_merge, bot)


async def _press(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    async def act(app: App, who: str) -> Reviewed:
        wanted = ItemPress(press.action)
        return await act_on_item(app.review, wanted, press.subject, actor=who, seen=number_in(press.detail))

    await _act(bot, interaction, press.subject, act)


async def _dismiss(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    reason, note = DismissReason(form.values[DiscordField.REASON]), form.values.get(DiscordField.NOTE)

    async def act(app: App, who: str) -> Reviewed:
        return await app.review.dismiss(form.subject, reason=reason, note=note, actor=who, seen=number_in(form.detail))

    await _act(bot, interaction, form.subject, act)


async def _snooze(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    hours = int(form.values[DiscordField.HOURS])
    until = datetime.now(UTC) + timedelta(hours=hours if hours in SNOOZES else min(SNOOZES))

    async def act(app: App, who: str) -> Reviewed:
        return await app.review.snooze(form.subject, until, actor=who, seen=number_in(form.detail))

    await _act(bot, interaction, form.subject, act)


async def _merge(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    async def act(app: App, who: str) -> Reviewed:
        into = form.values[DiscordField.ITEM]
        return await app.review.merge(form.subject, into, actor=who, seen=number_in(form.detail))

    await _act(bot, interaction, form.subject, act)


async def _act(bot: DiscordBot, interaction: Interaction, item_id: str, act: Act) -> None:
    """Run an action on an item, and refresh the message of its button; refusals are sent in private."""
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        await review_of(app, item_id, audience=audience)
        await act(app, actor(interaction.user))
        item = (await review_of(app, item_id, audience=audience)).item
    await interaction.edit_original_response(**card_message(item, permalink=bot.options.permalink).changed)
    bot.rounds.ask()


async def _open(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show the dialog to dismiss, snooze or merge an item."""
    if not await is_refused(bot, interaction):
        await ask(interaction, _form(bot, interaction, press))


async def _form(bot: DiscordBot, interaction: Interaction, press: Press) -> FormModal | Words:
    async with bot.services(interaction) as app:
        item, _ = await open_review(app, press, audience=await audience_for(bot, app, interaction))
        match press.action:
            case DiscordAction.DISMISS:
                return dismiss_modal(item)
            case DiscordAction.SNOOZE:
                return snooze_modal(item)
        alike = await app.review.list(replace(OPEN_ITEMS, audience=item.audience))
        return merge_modal(item, alike) or NO_OTHERS


def _register_resolutions(bot: DiscordBot) -> None:
    """Listen to the two buttons and their dialogs."""
    bot.presses[DiscordAction.ANSWER] = partial(_open_preview, bot)
    bot.presses[DiscordAction.LINK] = partial(_open_preview, bot)
    bot.forms[Form.ANSWER] = partial(_answer, bot)
    bot.forms[Form.LINK] = partial(_link, bot)


async def _open_preview(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if not await is_refused(bot, interaction):
        await ask(interaction, _preview_form(bot, interaction, press))


async def _preview_form(bot: DiscordBot, interaction: Interaction, press: Press) -> FormModal:
    """Return the dialog; that for answers begins with what somebody suggested first."""
    async with bot.services(interaction) as app:
        item, found = await open_review(app, press, audience=await audience_for(bot, app, interaction))
    if press.action is DiscordAction.LINK:
        return link_modal(item)
    suggested = [each.answer for each in found.suggestions if each.answer and found.may_publish(each)]
    return answer_modal(item, answer=suggested[0] if suggested else "")


async def _answer(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Show what an answer would change."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        await review_of(app, form.subject, audience=audience)  # refused where they may not read it
        draft = _draft(DraftKind.ANSWER, form)
        lines = await preview(app, await drafted(app, draft), audience=audience)
    await propose(bot, interaction, form, lines=lines, draft=draft)


async def _link(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Show what a link would change."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        found = await review_of(app, form.subject, audience=audience)
        entry_id = await chosen_entry(app, form, found.item.audience)
        if entry_id is None:
            await whisper(interaction, NOTHING_FOUND)
            return
        draft = _draft(DraftKind.LINK, form, entry=entry_id)
        proposal = await drafted(app, draft)
        lines = await preview(app, proposal, audience=audience)
    lines = (answered_by(form.subject, proposal.entry.id, proposal.entry.question), *lines)
    await propose(bot, interaction, form, lines=lines, draft=draft)


def _draft(kind: DraftKind, form: Filled, **chosen: str) -> ModeratorDraft:
    """Return what a moderator filled in about an item in the version that they saw."""
    values = {name.value: value for name, value in form.values.items()} | chosen
    return ModeratorDraft(kind=kind, values=values, item_id=form.subject, seen=number_in(form.detail))


async def chosen_entry(app: App, form: Filled, audience: Audience) -> str | None:
    """Return the entry that a moderator means: by its id, else by the words that they typed, else from the menu."""
    typed = form.values.get(DiscordField.ENTRY_ID)
    if typed is None:
        return form.values.get(DiscordField.ENTRY)
    known = (await app.knowledge.index(audience)).entries
    if typed in known:
        return typed
    with suppress(EntryNotFoundError):
        await app.catalogue.show(typed, audience=audience)
        return None  # it answers nothing any more, and they mean no other
    matches = rank(known, typed, limit=1).matches
    return matches[0].entry_id if matches else None
