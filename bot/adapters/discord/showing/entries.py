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
from bot.chat.answer_fields import AnswerForm, AnswerRoom, answer_form, editable_alone, too_long
from bot.chat.entries import CHANGES, ShownEntry
from bot.core.fields import QUESTION_LIMIT
from bot.core.models import Match
from bot.core.wording.cards import about_entry
from bot.core.wording.edits import not_in_a_dialog
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
ANSWERS = (
    DiscordField.ANSWER,
    DiscordField.ANSWER_2,
    DiscordField.ANSWER_3,
    DiscordField.ANSWER_4,
    DiscordField.ANSWER_5,
)
"""The fields of one answer, in order."""

ROOM = AnswerRoom(units=parts.TEXT_INPUT, fields=len(ANSWERS), beside_question=parts.MODAL_FIELDS - 3)
"""Beside a question go whom to tell, and why."""

_NO_QUESTION = "none"
_CHANGE = re.compile(
    rf"(?P<kind>{'|'.join(CHANGES)})\.(?P<question>Q\d+|{_NO_QUESTION})\.(?P<version>\d{{1,9}})(?:\.(?P<of>\d{{1,9}}))?"
)


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What a dialog is to change: how, the question that the entry was given for, and the version that was seen.

    It is one answer alone where there is a number `of` it.
    """

    kind: DraftKind
    question_id: str | None
    version: int
    of: int | None = None

    @property
    def detail(self) -> str:
        """Return what the id of the dialog says of it."""
        alone = "" if self.of is None else f".{self.of}"
        return f"{self.kind}.{self.question_id or _NO_QUESTION}.{self.version}{alone}"


def change_in(detail: str) -> EntryChange | None:
    """Return the change that a dialog was shown for, None for any other detail."""
    found = _CHANGE.fullmatch(detail)
    if found is None:
        return None
    question_id = None if found["question"] == _NO_QUESTION else found["question"]
    of = None if found["of"] is None else int(found["of"])
    return EntryChange(DraftKind(found["kind"]), question_id, int(found["version"]), of)


def subject_of(entry_id: str) -> str:
    """Return what buttons and dialogs name an entry by: its id, or a key where that is too long."""
    return entry_id if len(entry_id) <= _SUBJECT else f"~{key_of('entry', entry_id)}"


def entry_message(shown: ShownEntry, *, message_id: str = "") -> DiscordMessage:
    """Return an entry with a button for each thing to do about it, and the other entries that a message offers."""
    entry = shown.entry
    alone = editable_alone(entry, ROOM)
    notes = not_in_a_dialog(entry, too_long(entry, ROOM), all_listed=len(alone) <= parts.OPTIONS)
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
    if alone:
        press = Press(DiscordAction.EDIT_ANSWER, subject, shown.question_id or "")
        answers = {str(number): text for number, text in alone.items()}
        buttons.append(PressMenu(press, options=answers, text=Label.OTHER_ANSWER, row=2))
    return DiscordMessage(embed=embed, items=tuple(buttons))


def change_modal(kind: DraftKind, shown: ShownEntry, *, near: Sequence[Match] = ()) -> FormModal:
    """Return the dialog to change an entry, with what stands in it; in the place of a wrong one others are `near`."""
    change = EntryChange(kind, shown.question_id, shown.stored.version)
    fields = _correction(near) if kind is DraftKind.CORRECT else _fields(kind, shown)
    return FormModal(Form.CHANGE, subject_of(shown.entry.id), change.detail, title=_LABELS[kind], fields=fields)


def edit_modal(shown: ShownEntry, of: int | None = None) -> FormModal | None:
    """Return the dialog to edit an entry, or one of its answers alone; None where it has no such answer."""
    form = answer_form(shown.entry, of, ROOM)
    if form is None:
        return None
    change = EntryChange(DraftKind.EDIT, shown.question_id, shown.stored.version, of)
    title = f"{Label.EDIT}: {form.label}" if form.label else Label.EDIT
    return FormModal(Form.CHANGE, subject_of(shown.entry.id), change.detail, title=title, fields=_texts(form))


def _texts(form: AnswerForm) -> list[ui.Item[Any]]:
    """Return the fields of a question and an answer, and as many of the others as there is room for."""
    fields: list[ui.Item[Any]] = []
    if form.question is not None:
        fields.append(text_field(DiscordField.QUESTION, Label.QUESTION, longest=QUESTION_LIMIT, default=form.question))
    for name, piece in zip(ANSWERS, form.pieces, strict=False):
        needed = len(form.pieces) == 1
        fields.append(text_field(name, Label.ANSWER_TEXT, default=piece, multiline=True, required=needed))
    return [*fields, _telling(), _why()][: parts.MODAL_FIELDS]


def _fields(kind: DraftKind, shown: ShownEntry) -> list[ui.Item[Any]]:
    match kind:
        case DraftKind.ADD_PHRASING:
            asked = shown.asked or ""
            return [text_field(DiscordField.PHRASING, Label.PHRASING, longest=QUESTION_LIMIT, default=asked)]
        case DraftKind.REMOVE_PHRASING:
            return _phrasings(shown.entry.aliases)
    return [_why(required=True), _telling()]


def _why(*, required: bool = False) -> ui.Item[Any]:
    return text_field(DiscordField.REASON, Label.REASON, longest=_REASON, multiline=True, required=required)


def _telling() -> ui.Item[Any]:
    options = {name: str(words) for name, words in TELLING.items()}
    return choice_field(DiscordField.TELL, Label.TELL, options, default="no")


def _correction(near: Sequence[Match]) -> list[ui.Item[Any]]:
    lines = {match.entry_id: match.phrase for match in near}
    menu = [menu_field(DiscordField.ENTRY, Label.RIGHT_ENTRY, lines, required=False)] if lines else []
    by_id = text_field(DiscordField.ENTRY_ID, Label.ENTRY, longest=ENTRY_ID, required=False)
    return [*menu, by_id, _why()]


def _phrasings(aliases: Sequence[str]) -> list[ui.Item[Any]]:
    """Return a menu of phrasings by their places, and a field to type one that it has no room for."""
    is_whole = len(aliases) <= parts.OPTIONS
    lines = {str(place): alias for place, alias in enumerate(aliases[: parts.OPTIONS])}
    field = menu_field(DiscordField.PHRASING, Label.PHRASING, lines, required=is_whole)
    if is_whole:
        return [field]
    return [field, text_field(DiscordField.TYPED, Label.PHRASING, longest=QUESTION_LIMIT, required=False)]
