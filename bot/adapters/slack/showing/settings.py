"""Show the settings of a channel in Slack, where all of them fit into one dialog."""

from collections.abc import Iterator, Mapping

from bot.adapters.slack.showing.dialogs import dialog
from bot.adapters.slack.showing.ids import Dialog, SlackField
from bot.adapters.slack.showing.parts import Part, header, menu, question_of, text_field
from bot.chat.channel_settings import ALL, PARTS, TITLES, SettingField, SettingKind, changes, marks
from bot.core.manners import ChannelSettings
from bot.core.wording.labels import Label

_SEEN = "seen"


def settings_dialog(settings: ChannelSettings, *, about: Mapping[str, str]) -> Part:
    """Return the dialog to set how the bot behaves in a channel."""
    shown = {**about, _SEEN: marks(ALL, settings)}
    return dialog(Dialog.SETTINGS, Label.SETTINGS, list(_blocks(settings)), about=shown, submit=Label.SAVE)


def settings_in(typed: Mapping[SlackField, str], about: Mapping[str, str]) -> dict[str, str | None] | None:
    """Return what was changed in the dialog, None where it is none of this version of the bot."""
    return changes(ALL, {name.value: value for name, value in typed.items()}, about.get(_SEEN, ""))


def _blocks(settings: ChannelSettings) -> Iterator[Part]:
    for part, fields in PARTS.items():
        yield header(TITLES[part])
        for field in fields:
            yield _block(field, settings)


def _block(field: SettingField, settings: ChannelSettings) -> Part:
    name, now = SlackField(field.name), field.shown(settings)
    if field.kind in {SettingKind.CHOICE, SettingKind.MENU}:
        return question_of(name, field.label, menu(field.options(settings), chosen=now))
    entry = text_field(now, multiline=field.kind is SettingKind.TEXT, longest=field.longest, placeholder=field.unset)
    return question_of(name, field.label, entry, optional=True, hint=field.hint)
