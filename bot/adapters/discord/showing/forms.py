"""Build dialogs and read what people fill in, after a restart too: the id of a dialog says what it is about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import discord
from discord import ui

from bot.adapters.discord.showing import limits
from bot.adapters.discord.showing.buttons import menu_options
from bot.adapters.discord.showing.markup import label
from bot.chat.truncation import cut

_PATIENCE = 15 * 60  # what the dialog came from can be answered for so long
_LABEL_TYPE = 18


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


class Field(StrEnum):
    """Name the fields of dialogs."""

    REASON = "reason"
    QUESTION = "question"
    ANSWER = "answer"
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


_FORM = re.compile(rf"faq-form:(?P<form>{'|'.join(Form)}):(?P<subject>[^:]{{1,60}})(?::(?P<detail>.+))?")


@dataclass(frozen=True, slots=True)
class Filled:
    """A submitted dialog: what it was about, and the values of its fields without empty ones."""

    form: Form
    subject: str
    detail: str = ""
    values: Mapping[Field, str] = field(default_factory=dict)


class FormModal(ui.Modal):
    """A dialog whose submission the client reads."""

    def __init__(
        self, form: Form, subject: str, detail: str = "", *, title: str, fields: Sequence[ui.Item[Any]]
    ) -> None:
        custom_id = ":".join(filter(None, ("faq-form", form, subject, detail)))
        super().__init__(title=label(title, limits.MODAL_TITLE), timeout=_PATIENCE, custom_id=custom_id)
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
    name: Field,
    text: str,
    *,
    longest: int = limits.TEXT_INPUT,
    default: str = "",
    multiline: bool = False,
    required: bool = True,
) -> ui.Label[Any]:
    """Return a field to write in; a default that is too long for it is cut."""
    longest = min(longest, limits.TEXT_INPUT)
    entry: ui.TextInput[Any] = ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph if multiline else discord.TextStyle.short,
        default=cut(default, longest) or None,
        max_length=longest,
        required=required,
    )
    return _labelled(text, entry)


def menu_field(
    name: Field, text: str, options: Mapping[str, str], *, default: str | None = None, required: bool = True
) -> ui.Label[Any]:
    """Return a menu of what each value stands for; more than fits is left out."""
    shown = menu_options(options)
    for each in shown:
        each.default = each.value == default
    menu: ui.Select[Any] = ui.Select(custom_id=name, options=shown, required=required, min_values=int(required))
    return _labelled(text, menu)


def choice_field(name: Field, text: str, options: Mapping[str, str], *, default: str | None = None) -> ui.Label[Any]:
    """Return a few things to choose one of, all of them in sight."""
    group: ui.RadioGroup[Any] = ui.RadioGroup(custom_id=name)
    for value, words in options.items():
        group.add_option(label=label(words, limits.OPTION), value=value, default=value == default)
    return _labelled(text, group)


def _labelled(text: str, component: ui.Item[Any]) -> ui.Label[Any]:
    return ui.Label(text=label(text, limits.MODAL_LABEL), component=component)


def _values(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Field, str]]:
    for part in components:
        component = part.get("component", {}) if part.get("type") == _LABEL_TYPE else {}
        name = component.get("custom_id")
        if name in list(Field):
            chosen = component.get("values") or [component.get("value")]
            yield Field(name), str(chosen[0] or "").strip()
