"""Handle the changes of an entry where it was answered with: from what **Why?** shows, and from review items.

Of the five commands that an app may have in the menu of a message none is left for this.
"""

from functools import partial

from bot.adapters.discord.bot import DiscordBot, Interaction
from bot.adapters.discord.moderators.permission import (
    audience_for,
    is_refused,
    propose,
    review_of,
)
from bot.adapters.discord.moderators.review import chosen_entry
from bot.adapters.discord.people import PLATFORM, workspace_of
from bot.adapters.discord.sending import ask, defer, whisper
from bot.adapters.discord.showing.dialogs import DiscordField, Filled, Form, FormModal
from bot.adapters.discord.showing.entries import (
    ANSWERS,
    ROOM,
    change_in,
    change_modal,
    edit_modal,
    entry_message,
    subject_of,
)
from bot.adapters.discord.showing.parts import DiscordAction, Press, number_in
from bot.chat.entries import CHANGES, ShownEntry, edited_values, entry_at, entry_of_item, shown_entry
from bot.chat.moderators import effect
from bot.core.deciding.ranking import rank
from bot.core.models import Audience, Match, MessageRef
from bot.core.wording.labels import Words
from bot.core.wording.outcomes import LOST, NO_ENTRY, NOTHING_FOUND
from bot.errors import EntryNotFoundError, EntryUnchangedError
from bot.service.app import App
from bot.service.drafts import DraftKind, ModeratorDraft

_NEAREST = 10


def register(bot: DiscordBot) -> None:
    """Listen to the buttons and the dialog."""
    bot.presses[DiscordAction.ENTRY_OF_MESSAGE] = partial(_open_of_message, bot)
    bot.presses[DiscordAction.ENTRY_OF_ITEM] = partial(_open_of_item, bot)
    bot.presses[DiscordAction.OTHER_ENTRY] = partial(_turn, bot)
    for kind in CHANGES:
        bot.presses[DiscordAction(kind)] = partial(_ask, bot)
    bot.presses[DiscordAction.EDIT_ANSWER] = partial(_ask, bot)
    bot.forms[Form.CHANGE] = partial(_submit, bot)


async def _open_of_message(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        shown = await entry_at(app, _ref(interaction, press.subject), audience=audience)
    await whisper(interaction, NO_ENTRY if shown is None else entry_message(shown, message_id=press.subject))


async def _open_of_item(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        item = (await review_of(app, press.subject, audience=audience)).item
        shown = await entry_of_item(app, item, audience=audience)
    await whisper(interaction, NO_ENTRY if shown is None else entry_message(shown))


async def _turn(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show another one of the entries that a message offers, in the place of this one."""
    if await is_refused(bot, interaction):
        return
    await interaction.response.defer()
    ref, wanted = _ref(interaction, press.subject), "".join(press.values[:1])
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        shown = await entry_at(app, ref, audience=audience, wanted=wanted)
    if shown is not None:
        await interaction.edit_original_response(**entry_message(shown, message_id=press.subject).changed)


async def _ask(bot: DiscordBot, interaction: Interaction, press: Press) -> None:
    """Show the dialog for a change, with the entry as it is now."""
    if not await is_refused(bot, interaction):
        await ask(interaction, _form(bot, interaction, press))


async def _form(bot: DiscordBot, interaction: Interaction, press: Press) -> FormModal | Words:
    is_alone = press.action is DiscordAction.EDIT_ANSWER
    kind = DraftKind.EDIT if is_alone else DraftKind(press.action)
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        entry_id = await _entry_id(app, press.subject, audience=audience)
        shown = await shown_entry(app, entry_id, press.detail or None, audience=audience)
        if kind not in shown.changes:  # it was retired or lost its last phrasing meanwhile
            raise EntryUnchangedError(entry_id)
        near = await _near(app, shown) if kind is DraftKind.CORRECT else ()
    if kind is not DraftKind.EDIT:
        return change_modal(kind, shown, near=near)
    form = edit_modal(shown, number_in("".join(press.values[:1])) if is_alone else None)
    if form is None:  # the answer is gone meanwhile
        raise EntryUnchangedError(entry_id)
    return form


async def _submit(bot: DiscordBot, interaction: Interaction, form: Filled) -> None:
    """Show what a change would do."""
    if await is_refused(bot, interaction):
        return
    await defer(interaction)
    change = change_in(form.detail)
    if change is None:
        await whisper(interaction, LOST)
        return
    values = {name.value: value for name, value in form.values.items()}
    async with bot.services(interaction) as app:
        audience = await audience_for(bot, app, interaction)
        if change.kind is DraftKind.CORRECT and form.values.keys() & {DiscordField.ENTRY, DiscordField.ENTRY_ID}:
            right = await chosen_entry(app, form, await _asked_by(app, change.question_id))
            if right is None:
                await whisper(interaction, NOTHING_FOUND)
                return
            values["entry"] = right
        entry_id = await _entry_id(app, form.subject, audience=audience)
        if change.kind is DraftKind.EDIT:
            stored = await app.catalogue.show(entry_id, audience=audience)
            values = edited_values(stored, change.of, values, room=ROOM, names=ANSWERS)
        draft = ModeratorDraft(
            kind=change.kind,
            values=values,
            entry_id=entry_id,
            question_id=change.question_id,
            seen=change.version,
        )
        lines = await effect(app, draft, audience=audience)
    await propose(bot, interaction, form, lines=lines, draft=draft)


async def _near(app: App, shown: ShownEntry) -> tuple[Match, ...]:
    """Return the entries beside a wrong one that come nearest to what was asked."""
    known = (await app.knowledge.index(await _asked_by(app, shown.question_id))).entries
    found = rank(known, shown.asked or "", limit=_NEAREST + 1).matches
    return tuple(match for match in found if match.entry_id != shown.entry.id)[:_NEAREST]


async def _asked_by(app: App, question_id: str | None) -> Audience:
    """Return the audience of those who asked a question."""
    return (await app.conversations.question(question_id or "")).audience


async def _entry_id(app: App, subject: str, *, audience: Audience) -> str:
    """Return the id of the entry that a button or a dialog names."""
    if not subject.startswith("~"):
        return subject
    entries = await app.catalogue.list(audience=audience)
    found = next((each.entry.id for each in entries if subject_of(each.entry.id) == subject), None)
    if found is None:
        raise EntryNotFoundError(subject)
    return found


def _ref(interaction: Interaction, message_id: str) -> MessageRef:
    return MessageRef(platform=PLATFORM, workspace_id=workspace_of(interaction.guild_id), message_id=message_id)
