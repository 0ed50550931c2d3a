"""Show an entry that a moderator wants to change on Discord, what can be done about it, and the dialogs for that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.dialogs import (
    ENTRY_ID,
    DiscordField,
    Form,
    FormModal,
    choice_field,
    menu_field,
    text_field,
)
from bot.adapters.discord.showing.markup import line, plain, shortened
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, PressButton, PressMenu
from bot.chat.entries import CHANGES, ShownEntry, is_editable
from bot.core.fields import QUESTION_LIMIT
from bot.core.models import Match
from bot.core.wording.cards import about_entry, not_in_a_dialog
from bot.core.wording.labels import TELLING, Label
from bot.service.deliveries import key_of
from bot.service.drafts import DraftKind

_LINE = 300
_REASON = 500
_SUBJECT = 60
"""As long as the subject of a button or a dialog may be; only an id that somebody made up by hand is longer."""

_LABELS: Mapping[DraftKind, Label] = {
    DraftKind.EDIT: Label.EDIT,
    DraftKind.CORRECT: Label.CORRECT,
    DraftKind.ADD_PHRASING: Label.ADD_PHRASING,
    DraftKind.REMOVE_PHRASING: Label.REMOVE_PHRASING,
    DraftKind.RETIRE: Label.RETIRE,
}
_NO_QUESTION = "none"
_CHANGE = re.compile(rf"(?P<kind>{'|'.join(CHANGES)})\.(?P<question>Q\d+|{_NO_QUESTION})\.(?P<version>\d+)")


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What a dialog is to change: how, the question that the entry was given for, and the version that was seen."""

    kind: DraftKind
    question_id: str | None
    version: int

    @property
    def detail(self) -> str:
        """Return what the id of the dialog says of it."""
        return f"{self.kind}.{self.question_id or _NO_QUESTION}.{self.version}"


def change_in(detail: str) -> EntryChange | None:
    """Return the change that a dialog was shown for, None for any other detail."""
    found = _CHANGE.fullmatch(detail)
    if found is None:
        return None
    question_id = None if found["question"] == _NO_QUESTION else found["question"]
    return EntryChange(DraftKind(found["kind"]), question_id, int(found["version"]))


def subject_of(entry_id: str) -> str:
    """Return what buttons and dialogs name an entry by: its id, or a key where that is too long."""
    return entry_id if len(entry_id) <= _SUBJECT else f"~{key_of('entry', entry_id)}"


def entry_message(shown: ShownEntry, *, message_id: str = "") -> DiscordMessage:
    """Return an entry with a button for each thing to do about it, and the other entries that a message offers."""
    entry = shown.entry
    notes = not_in_a_dialog(entry, too_long=not is_editable(entry.answer))
    below = [*([f"{Label.QUESTION}: {shown.asked}"] if shown.asked else []), *notes]
    embed = discord.Embed(title=line(entry.question, parts.EMBED_TITLE))
    lines = "\n".join(line(each, _LINE) for each in (about_entry(entry), *below))
    room = parts.EMBED_DESCRIPTION - len(lines) - 2
    embed.description = f"{shortened(plain(entry.answer), room)}\n\n{lines}"
    subject, buttons = subject_of(entry.id), list[ui.Item[Any]]()
    for kind in shown.changes:
        press = Press(DiscordAction(kind), subject, shown.question_id or "")
        buttons.append(PressButton(press, text=_LABELS[kind], row=0))
    if shown.others:
        others = {each.entry_id: each.label for each in shown.others}
        other = Press(DiscordAction.OTHER_ENTRY, message_id)
        buttons.append(PressMenu(other, options=others, text=Label.OTHER_ENTRY, row=1))
    return DiscordMessage(embed=embed, items=tuple(buttons))


def change_modal(kind: DraftKind, shown: ShownEntry, *, near: Sequence[Match] = ()) -> FormModal:
    """Return the dialog to change an entry, with what stands in it; in the place of a wrong one others are `near`."""
    change = EntryChange(kind, shown.question_id, shown.stored.version)
    fields = _correction(near) if kind is DraftKind.CORRECT else _fields(kind, shown)
    return FormModal(Form.CHANGE, subject_of(shown.entry.id), change.detail, title=_LABELS[kind], fields=fields)


def _fields(kind: DraftKind, shown: ShownEntry) -> list[ui.Item[Any]]:
    entry, needed = shown.entry, kind is DraftKind.RETIRE
    why = text_field(DiscordField.REASON, Label.REASON, longest=_REASON, multiline=True, required=needed)
    tell = choice_field(
        DiscordField.TELL, Label.TELL, {name: str(words) for name, words in TELLING.items()}, default="no"
    )
    match kind:
        case DraftKind.EDIT:
            question = text_field(DiscordField.QUESTION, Label.QUESTION, longest=QUESTION_LIMIT, default=entry.question)
            answer = text_field(DiscordField.ANSWER, Label.ANSWER_TEXT, default=entry.answer, multiline=True)
            return [question, *([answer] if is_editable(entry.answer) else []), tell, why]
        case DraftKind.ADD_PHRASING:
            asked = shown.asked or ""
            return [text_field(DiscordField.PHRASING, Label.PHRASING, longest=QUESTION_LIMIT, default=asked)]
        case DraftKind.REMOVE_PHRASING:
            return _phrasings(entry.aliases)
    return [why, tell]


def _correction(near: Sequence[Match]) -> list[ui.Item[Any]]:
    lines = {match.entry_id: match.phrase for match in near}
    menu = [menu_field(DiscordField.ENTRY, Label.RIGHT_ENTRY, lines, required=False)] if lines else []
    by_id = text_field(DiscordField.ENTRY_ID, Label.ENTRY, longest=ENTRY_ID, required=False)
    why = text_field(DiscordField.REASON, Label.REASON, longest=_REASON, multiline=True, required=False)
    return [*menu, by_id, why]


def _phrasings(aliases: Sequence[str]) -> list[ui.Item[Any]]:
    """Return a menu of phrasings by their places, and a field to type one that it has no room for."""
    is_whole = len(aliases) <= parts.OPTIONS
    lines = {str(place): alias for place, alias in enumerate(aliases[: parts.OPTIONS])}
    field = menu_field(DiscordField.PHRASING, Label.PHRASING, lines, required=is_whole)
    if is_whole:
        return [field]
    return [field, text_field(DiscordField.TYPED, Label.PHRASING, longest=QUESTION_LIMIT, required=False)]
