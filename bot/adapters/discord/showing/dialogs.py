"""Show dialogs on Discord, in which members give reasons and moderators do their work, and read what was typed.

They work after a restart too: the id of a dialog says what it is about.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.markup import label
from bot.adapters.discord.showing.parts import menu_options
from bot.chat.markdown import cut
from bot.core.models import Audience, Match
from bot.core.review import HeldReply, ReviewItem
from bot.core.talk.titles import title_of
from bot.core.wording.cards import nearest
from bot.core.wording.labels import AUDIENCES, REASONS, SNOOZES, Label, Words

_PATIENCE = 15 * 60  # what the dialog came from can be answered for so long
_LABEL_TYPE = 18
_REASON = 500
_QUESTION = 300
_SHORT = 100
ENTRY_ID = 80
"""The longest that somebody may type to name an entry: an id, or words."""


class Form(StrEnum):
    """Name the dialogs."""

    REASON = "reason"
    ANSWER = "answer"
    LINK = "link"
    MERGE = "merge"
    DISMISS = "dismiss"
    SNOOZE = "snooze"
    DRAFT = "draft"
    SETTINGS = "settings"
    CHANGE = "change"
    HELD = "held"
    GRADE = "grade"


class DiscordField(StrEnum):
    """Name the fields of dialogs."""

    REASON = "reason"
    QUESTION = "question"
    ANSWER = "answer"
    ANSWER_2 = "answer_2"
    ANSWER_3 = "answer_3"
    ANSWER_4 = "answer_4"
    ANSWER_5 = "answer_5"
    CATEGORY = "category"
    STAFF_NOTE = "staff_note"
    AUDIENCE = "audience"
    ENTRY = "entry"
    ENTRY_ID = "entry_id"
    ITEM = "item"
    NOTE = "note"
    HOURS = "hours"
    MODE = "mode"
    NO_ANSWER = "no_answer"
    WAIT = "wait_seconds"
    LOCALE = "locale"
    TOPICS = "topics"
    REPLY = "reply"
    ASKERS = "askers"
    ON_CALL = "on_call"
    ON_CALL_HOURS = "on_call_hours"
    COOLDOWN = "cooldown"
    REPEAT = "repeat_minutes"
    REPLIES = "replies_per_minute"
    STALE = "stale_days"
    NEWS = "news"
    PHRASING = "phrasing"
    TYPED = "typed"
    TELL = "tell"


_FORM = re.compile(rf"faq-form:(?P<form>{'|'.join(Form)}):(?P<subject>[^:]{{1,60}})(?::(?P<detail>.+))?")


@dataclass(frozen=True, slots=True)
class Filled:
    """A submitted dialog: what it was about, and the values of its fields without empty ones."""

    form: Form
    subject: str
    detail: str = ""
    values: Mapping[DiscordField, str] = field(default_factory=dict)


class FormModal(ui.Modal):
    """A dialog whose submission the client reads."""

    def __init__(
        self, form: Form, subject: str, detail: str = "", *, title: Words, fields: Sequence[ui.Item[Any]]
    ) -> None:
        custom_id = ":".join(filter(None, ("faq-form", form, subject, detail)))
        super().__init__(title=label(title, parts.MODAL_TITLE), timeout=_PATIENCE, custom_id=custom_id)
        for each in fields:
            self.add_item(each)


def filled(data: Mapping[str, Any]) -> Filled | None:
    """Return what somebody filled in, None when the dialog is none of ours."""
    found = _FORM.fullmatch(str(data.get("custom_id", "")))
    if found is None:
        return None
    values = {name: value for name, value in _values(data.get("components", ())) if value}
    return Filled(Form(found["form"]), found["subject"], found["detail"] or "", values)


def text_field(  # noqa: PLR0913  # what a field can be
    name: DiscordField,
    text: Words,
    *,
    longest: int = parts.TEXT_INPUT,
    default: str = "",
    multiline: bool = False,
    required: bool = True,
    hint: str = "",
    unset: Words = "",
) -> ui.Label[Any]:
    """Return a field to write in; a default that is too long for it is cut, and `unset` shows where it is empty."""
    longest = min(longest, parts.TEXT_INPUT)
    entry: ui.TextInput[Any] = ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph if multiline else discord.TextStyle.short,
        default=cut(default, longest) or None,
        max_length=longest,
        required=required,
        placeholder=str(unset) or None,
    )
    return _labelled(text, entry, hint=hint)


def menu_field(
    name: DiscordField, text: Words, options: Mapping[str, Words], *, default: str | None = None, required: bool = True
) -> ui.Label[Any]:
    """Return a menu of what each value stands for; more than fits is left out."""
    shown = menu_options(options)
    for each in shown:
        each.default = each.value == default
    menu: ui.Select[Any] = ui.Select(custom_id=name, options=shown, required=required, min_values=int(required))
    return _labelled(text, menu)


def choice_field(
    name: DiscordField, text: Words, options: Mapping[str, Words], *, default: str | None = None
) -> ui.Label[Any]:
    """Return a few things to choose one of, all of them in sight."""
    group: ui.RadioGroup[Any] = ui.RadioGroup(custom_id=name)
    for value, words in options.items():
        group.add_option(label=label(words, parts.OPTION), value=value, default=value == default)
    return _labelled(text, group)


def role_field(
    name: DiscordField, text: Words, chosen: Sequence[str], *, most: int, unset: Words = ""
) -> ui.Label[Any]:
    """Return a menu of the roles of the server, of which `most` can be chosen, or none."""
    defaults = [discord.SelectDefaultValue(id=int(each), type=discord.SelectDefaultValueType.role) for each in chosen]
    menu: ui.RoleSelect[Any] = ui.RoleSelect(
        custom_id=name,
        placeholder=label(unset, parts.PLACEHOLDER),
        default_values=defaults[:most],
        required=False,
        min_values=0,
        max_values=most,
    )
    return _labelled(text, menu)


def _labelled(text: Words, component: ui.Item[Any], *, hint: str = "") -> ui.Label[Any]:
    below = label(hint, parts.MODAL_HINT) if hint else None
    return ui.Label(text=label(text, parts.MODAL_LABEL), description=below, component=component)


def _values(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[DiscordField, str]]:
    for part in components:
        component = part.get("component", {}) if part.get("type") == _LABEL_TYPE else {}
        name = component.get("custom_id")
        if name in list(DiscordField):
            chosen = component.get("values") or [component.get("value") or ""]
            yield DiscordField(name), " ".join(map(str, chosen)).strip()


def reason_modal(question_id: str) -> FormModal:
    """Return the dialog to say what somebody meant whom an answer did not help; the text is optional."""
    field = text_field(DiscordField.REASON, Label.WHY_NOT_THIS, longest=_REASON, multiline=True, required=False)
    return FormModal(Form.REASON, question_id, title=Label.NOT_THIS, fields=[field])


def answer_modal(item: ReviewItem, *, answer: str = "") -> FormModal:
    """Return the dialog to answer an item, for the audience that asked."""
    return _of_item(Form.ANSWER, Label.ANSWER, item, _entry_fields(title_of(item.text), answer))


def held_modal(held: HeldReply) -> FormModal:
    """Return the dialog to send other words than those of a held reply, which stand there already."""
    answer = text_field(DiscordField.ANSWER, Label.ANSWER_TEXT, default=held.answer, multiline=True)
    title = f"{Label.EDIT}: {held.question_id}"
    return FormModal(Form.HELD, held.question_id, str(held.version), title=title, fields=[answer])


def link_modal(item: ReviewItem) -> FormModal:
    """Return the dialog to link an item to an entry: one of the nearest, or any by its id."""
    return _of_item(Form.LINK, Label.LINK, item, _entry_choice(nearest(item)))


def naming_modal(question_id: str, sitting: str, near: Sequence[Match]) -> FormModal:
    """Return the dialog to name the right entry for a question: one of the nearest, or any by its id."""
    return FormModal(Form.GRADE, question_id, sitting, title=Label.OTHER_ENTRY, fields=_entry_choice(near))


def _entry_choice(near: Sequence[Match]) -> list[ui.Item[Any]]:
    lines = {each.entry_id: each.phrase for each in near}
    menu = [menu_field(DiscordField.ENTRY, Label.NEAREST, lines, required=False)] if lines else []
    return [*menu, text_field(DiscordField.ENTRY_ID, Label.ENTRY, longest=ENTRY_ID, required=not lines)]


def merge_modal(item: ReviewItem, others: Sequence[ReviewItem]) -> FormModal | None:
    """Return the dialog to merge an item into one of the others; None when there are no others."""
    lines = {other.id: f"{other.id} {other.text}" for other in others if other.id != item.id}
    return (
        _of_item(Form.MERGE, Label.MERGE, item, [menu_field(DiscordField.ITEM, Label.ITEM, lines)]) if lines else None
    )


def dismiss_modal(item: ReviewItem) -> FormModal:
    """Return the dialog to dismiss an item with a reason."""
    note = text_field(DiscordField.NOTE, Label.COMMENT, longest=_REASON, multiline=True, required=False)
    return _of_item(
        Form.DISMISS, Label.DISMISS, item, [choice_field(DiscordField.REASON, Label.REASON, _by_value(REASONS)), note]
    )


def snooze_modal(item: ReviewItem) -> FormModal:
    """Return the dialog to snooze an item for some hours."""
    hours = {str(each): words for each, words in SNOOZES.items()}
    return _of_item(Form.SNOOZE, Label.SNOOZE, item, [choice_field(DiscordField.HOURS, Label.SNOOZE_FOR, hours)])


def draft_modal(message_id: str, *, question: str, answer: str, audience: Audience = Audience.PUBLIC) -> FormModal:
    """Return the dialog to make an entry of what somebody answered to a member."""
    fields = [
        *_entry_fields(question, answer),
        text_field(DiscordField.STAFF_NOTE, Label.NOTE_TEXT, multiline=True, required=False),
        choice_field(DiscordField.AUDIENCE, Label.AUDIENCE, _by_value(AUDIENCES), default=audience),
    ]
    return FormModal(Form.DRAFT, message_id, title=Label.ADD_TO_FAQ, fields=fields)


def _entry_fields(question: str, answer: str) -> list[ui.Item[Any]]:
    return [
        text_field(DiscordField.QUESTION, Label.QUESTION, longest=_QUESTION, default=question),
        text_field(DiscordField.ANSWER, Label.ANSWER_TEXT, longest=parts.TEXT_INPUT, default=answer, multiline=True),
        text_field(DiscordField.CATEGORY, Label.CATEGORY, longest=_SHORT, required=False),
    ]


def _of_item(form: Form, title: Words, item: ReviewItem, fields: Sequence[ui.Item[Any]]) -> FormModal:
    return FormModal(form, item.id, str(item.version), title=f"{title}: {item.id}", fields=fields)


def _by_value(words: Mapping[Any, Words]) -> dict[str, str]:
    return {str(value): str(text) for value, text in words.items()}
