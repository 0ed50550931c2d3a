"""Handle the changes of an entry where it was answered with: from the menu of a message, and from review items."""

from collections.abc import Mapping
from functools import partial

from bot.adapters.slack.bot import SlackBot, tell
from bot.adapters.slack.interactions import ADDRESS, Interaction, Submission, moderated, pressed, submitted, tell_sender
from bot.adapters.slack.moderators.review import HOME, again, home_of, refresh, was_shown
from bot.adapters.slack.options import PLATFORM
from bot.adapters.slack.showing.dialogs import unpacked
from bot.adapters.slack.showing.entries import ANSWERS, ROOM, change_dialog, entry_view
from bot.adapters.slack.showing.ids import Dialog, SlackAction, SlackField
from bot.adapters.slack.showing.parts import Part
from bot.chat.entries import ShownEntry, edited_values, entry_at, entry_of_item, shown_entry
from bot.chat.moderators import effect, saved
from bot.core.models import Audience, MessageRef
from bot.core.wording.outcomes import NO_ENTRY
from bot.errors import EntryUnchangedError
from bot.service.app import App
from bot.service.drafts import DraftKind, ModeratorDraft

FAQ_ENTRY = "faqbot_entry_of_message"
_MESSAGE, _ENTRY, _QUESTION, _VERSION, _KIND, _OF = "message", "entry", "question", "version", "kind", "of"
_KINDS: Mapping[SlackAction, DraftKind] = {
    SlackAction.EDIT: DraftKind.EDIT,
    SlackAction.CORRECT: DraftKind.CORRECT,
    SlackAction.ADD_PHRASING: DraftKind.ADD_PHRASING,
    SlackAction.REMOVE_PHRASING: DraftKind.REMOVE_PHRASING,
    SlackAction.RETIRE: DraftKind.RETIRE,
}
# Moderators are staff, and alone with a dialog.
_READER = Audience.INTERNAL


def register(bot: SlackBot) -> None:
    """Listen to the shortcut, the buttons and the dialog."""
    listener = pressed(bot, _open, by=moderated, name="show an entry")
    bot.app.shortcut({"type": "message_action", "callback_id": FAQ_ENTRY})(listener)
    bot.app.action(SlackAction.ENTRY_OF_ITEM.value)(pressed(bot, _open_of_item, by=moderated, name="show an entry"))
    bot.app.action(SlackAction.OTHER_ENTRY.value)(pressed(bot, _turn, by=moderated, name="show an entry"))
    for action, kind in _KINDS.items():
        bot.app.action(action.value)(pressed(bot, partial(_ask, kind), by=moderated, name="change an entry"))
    ask = pressed(bot, _ask_answer, by=moderated, name="change an answer")
    bot.app.action(SlackAction.EDIT_ANSWER.value)(ask)
    bot.app.view(Dialog.CHANGE.value)(submitted(bot, _submit))


async def _open(interaction: Interaction) -> None:
    message_id = interaction.body["message"]["ts"]
    shown = await entry_at(interaction.app, _ref(interaction, message_id), audience=_READER)
    await _show(interaction, shown, message_id=message_id)


async def _open_of_item(interaction: Interaction) -> None:
    item = (await interaction.app.review.show(interaction.item[0])).item
    await _show(interaction, await entry_of_item(interaction.app, item, audience=_READER))


async def _show(interaction: Interaction, shown: ShownEntry | None, *, message_id: str = "") -> None:
    if shown is None:
        await tell(interaction.bot, interaction.body, NO_ENTRY)
        return
    about = {_MESSAGE: message_id, ADDRESS: interaction.body.get("response_url") or ""}
    if home := home_of(interaction):
        about[HOME] = home
    await interaction.show(entry_view(shown, about={**about, **_about(shown)}))


async def _turn(interaction: Interaction) -> None:
    """Show another one of the entries that a message offers, in the place of this one."""
    view, wanted = interaction.body["view"], interaction.action["selected_option"]["value"]
    about = unpacked(view["private_metadata"])
    ref = _ref(interaction, about.get(_MESSAGE, ""))
    shown = await entry_at(interaction.app, ref, audience=_READER, wanted=wanted)
    if shown is not None:
        changed = entry_view(shown, about={**about, **_about(shown)})
        await interaction.bot.client.views_update(view_id=view["id"], hash=view["hash"], view=changed)


async def _ask(kind: DraftKind, interaction: Interaction, *, of: str = "") -> None:
    """Show the dialog for a change, with the entry as it is now."""
    about = unpacked(interaction.body["view"]["private_metadata"])
    shown = await _shown(interaction.app, about)
    if kind not in shown.changes:  # it was retired or lost its last phrasing meanwhile
        raise EntryUnchangedError(shown.entry.id)
    seen = {**about, _VERSION: str(shown.stored.version), _KIND: kind.value, _OF: of}
    await interaction.show(change_dialog(kind, shown, about=seen, of=_number(seen)))


async def _ask_answer(interaction: Interaction) -> None:
    """Show the dialog for one of the answers."""
    await _ask(DraftKind.EDIT, interaction, of=interaction.action["selected_option"]["value"])


async def _submit(sent: Submission) -> Part | None:
    """Show what a change would do, and make it when that was seen."""
    kind, shown = DraftKind(sent.about[_KIND]), await _shown(sent.app, sent.about)
    values = {name.value: value for name, value in sent.typed.items()}
    of = _number(sent.about)
    if kind is DraftKind.EDIT:
        values = edited_values(shown.stored, of, values, room=ROOM, names=ANSWERS)
    draft = ModeratorDraft(
        kind=kind,
        values=values,
        entry_id=sent.about[_ENTRY],
        question_id=sent.about[_QUESTION] or None,
        seen=sent.seen,
    )
    if not was_shown(sent):
        replay = "\n".join(await effect(sent.app, draft, audience=_READER))
        right = None
        if kind is DraftKind.CORRECT and (entry_id := sent.typed.get(SlackField.ENTRY)) is not None:
            right = ((await sent.app.catalogue.show(entry_id)).entry.question, entry_id)
        return change_dialog(kind, shown, about=again(sent), typed=sent.typed, right=right, replay=replay, of=of)
    told = await saved(sent.app, draft, actor=sent.actor)
    await refresh(sent)
    await tell_sender(sent, told)
    return None


def _number(about: Mapping[str, str]) -> int | None:
    """Return the number of the answer that a dialog is about alone, None where it is about none."""
    of = about.get(_OF, "")
    return int(of) if of.isascii() and of.isdecimal() else None


async def _shown(app: App, about: Mapping[str, str]) -> ShownEntry:
    return await shown_entry(app, about[_ENTRY], about[_QUESTION] or None, audience=_READER)


def _about(shown: ShownEntry) -> dict[str, str]:
    return {_ENTRY: shown.entry.id, _QUESTION: shown.question_id or ""}


def _ref(interaction: Interaction, message_id: str) -> MessageRef:
    return MessageRef(platform=PLATFORM, workspace_id=interaction.bot.me.workspace_id, message_id=message_id)
