"""Show the settings of a channel on Discord: a dialog for each part of them, and what is set now."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from discord import ui

from bot.adapters.discord.showing import parts
from bot.adapters.discord.showing.dialogs import (
    DiscordField,
    Filled,
    Form,
    FormModal,
    choice_field,
    menu_field,
    role_field,
    text_field,
)
from bot.adapters.discord.showing.markup import line, named
from bot.adapters.discord.showing.parts import DiscordAction, DiscordMessage, Press, PressButton
from bot.chat.channel_settings import PARTS, TITLES, SettingField, SettingKind, changes, marks
from bot.core.manners import ChannelSettings
from bot.core.wording.labels import Label


def settings_modal(
    channel_id: str,
    settings: ChannelSettings,
    about: str,
    *,
    roles: Collection[str] = (),
    typed: Mapping[str, str] | None = None,
) -> FormModal:
    """Return the dialog for a part of the settings of a channel, of which `about` is the name.

    Marks of an earlier dialog come after the name where it is opened again with what was typed. Roles are picked, as
    long as all that are set are among those of the server.
    """
    part, _, seen = about.partition(":")
    fields = PARTS[part]
    now = {field.name: field.shown(settings) for field in fields} if typed is None else typed
    known = marks(fields, settings) if typed is None else seen
    items = [_item(field, settings, now.get(field.name, ""), roles) for field in fields]
    return FormModal(Form.SETTINGS, channel_id, f"{part}:{known}", title=TITLES[part], fields=items)


def part_in(about: str) -> str | None:
    """Return the part that a dialog or a button is about, None where there is no such part."""
    part = about.partition(":")[0]
    return part if part in PARTS else None


def settings_in(form: Filled) -> dict[str, str | None] | None:
    """Return what was changed in the dialog, None where it is none of this version of the bot."""
    part, _, seen = form.detail.partition(":")
    return changes(PARTS.get(part, ()), typed_in(form), seen)


def typed_in(form: Filled) -> dict[str, str]:
    """Return what was typed and chosen, by the names of the settings."""
    return {name.value: value for name, value in form.values.items()}


def settings_message(words: str, form: Filled) -> DiscordMessage:
    """Return what is set now, with buttons for the parts that the dialog did not show."""
    other = {part: title for part, title in TITLES.items() if part != part_in(form.detail)}
    buttons = [
        PressButton(Press(DiscordAction.SETTINGS, form.subject, part), text=text) for part, text in other.items()
    ]
    return _message(words, buttons)


def refused_message(words: str, form: Filled) -> DiscordMessage:
    """Return why a value was refused, with a button that leads back to the dialog as it was filled in."""
    return _message(words, [PressButton(Press(DiscordAction.SETTINGS, form.subject, form.detail), text=Label.EDIT)])


def _message(words: str, buttons: Sequence[PressButton]) -> DiscordMessage:
    return DiscordMessage(content=named(line(words, parts.CONTENT)), items=tuple(buttons))


def _item(field: SettingField, settings: ChannelSettings, now: str, roles: Collection[str]) -> ui.Item[Any]:
    name, ids = DiscordField(field.name), now.replace(",", " ").split()
    if field.kind is SettingKind.IDS and all(each in roles for each in ids):
        return role_field(name, field.label, ids, most=field.most, unset=field.unset)
    match field.kind:
        case SettingKind.CHOICE:
            return choice_field(name, field.label, field.options(settings), default=now)
        case SettingKind.MENU:
            return menu_field(name, field.label, field.options(settings), default=now)
    return text_field(
        name,
        field.label,
        longest=field.longest,
        default=now,
        multiline=field.kind is SettingKind.TEXT,
        required=False,
        hint=field.hint,
        unset=field.unset,
    )
