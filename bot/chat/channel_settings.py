"""Describe the settings of a channel in dialogs: each field, what it shows, and what was changed in it.

- A dialog comes back with marks of what it showed, and only what differs from them is set.
- Values are checked by the service, as those from the command line are.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import Any

from bot.chat.markdown import cut
from bot.core.hours import HOURS_LIMIT
from bot.core.manners import ASKERS_LIMIT, NO_ANSWER_LIMIT, TOPICS_LIMIT, ChannelSettings
from bot.core.models import Audience
from bot.core.wording.expected import OF_CHANNEL
from bot.core.wording.labels import (
    AUDIENCES,
    MODES,
    OF_SETTING,
    OWN,
    REPLY_PLACES,
    UNSET,
    Label,
    Words,
    chosen_locale,
    locales,
)
from bot.core.wording.outcomes import also_set, set_to
from bot.core.wording.visible import lines_in_a_field, visible

_MARK = 6
_IDS = 500
_ID = 31
_DIGITS = 5
_APART = " · "
_TOLD_ALWAYS = ("mode", "audience", "wait_seconds")


class SettingsPart(StrEnum):
    """Name the parts of the settings, each of which is a dialog where not all fit into one."""

    MODE = "mode"
    PEOPLE = "people"
    PACE = "pace"


class SettingKind(StrEnum):
    """How a value is given."""

    CHOICE = "choice"
    MENU = "menu"
    LINE = "line"
    TEXT = "text"
    IDS = "ids"


@dataclass(frozen=True, slots=True)
class SettingField:
    """A setting in a dialog, by its name in `ChannelSettings`; what is typed has a longest length.

    Ids are those of roles or user groups, `most` of them.
    """

    name: str
    kind: SettingKind = SettingKind.LINE
    longest: int = 0
    most: int = 1
    choices: Mapping[str, Words] = field(default_factory=dict)

    @property
    def label(self) -> Label:
        """Return what stands above it."""
        return OF_SETTING[self.name]

    @property
    def hint(self) -> str:
        """Return what may be typed."""
        return str(OF_CHANNEL[self.name])

    @property
    def unset(self) -> Words:
        """Return what counts where nothing is typed."""
        return UNSET.get(self.name, "")

    def options(self, settings: ChannelSettings) -> dict[str, str]:
        """Return what can be chosen, and what each of it is called."""
        if self.kind is SettingKind.MENU:
            return locales(settings.locale)
        return {value: str(words) for value, words in self.choices.items()}

    def shown(self, settings: ChannelSettings) -> str:
        """Return what the field holds as the dialog opens."""
        value = getattr(settings, self.name)
        if value is None:
            return OWN if self.kind is SettingKind.MENU else ""
        return cut(visible(str(value)), self.longest) if self.longest else str(value)

    def written(self, typed: str) -> str | None:
        """Return a value as it is set, None for the default."""
        return chosen_locale(typed) if self.kind is SettingKind.MENU else typed or None

    def mark(self, text: str) -> str:
        """Return what is the same for what reads the same; ids may come in another order."""
        if self.kind is SettingKind.IDS:
            text = " ".join(sorted(text.replace(",", " ").split()))
        return hashlib.sha256("\n".join(lines_in_a_field(text)).encode()).hexdigest()[:_MARK]


def _choice(name: str, choices: Mapping[Any, Words]) -> SettingField:
    return SettingField(name, SettingKind.CHOICE, choices={str(value): words for value, words in choices.items()})


def _number(name: str) -> SettingField:
    return SettingField(name, longest=_DIGITS)


PARTS: Mapping[str, tuple[SettingField, ...]] = MappingProxyType({
    SettingsPart.MODE: (
        _choice("mode", MODES),
        _choice("audience", AUDIENCES),
        SettingField("no_answer", SettingKind.TEXT, NO_ANSWER_LIMIT),
        _number("wait_seconds"),
        SettingField("locale", SettingKind.MENU),
    ),
    SettingsPart.PEOPLE: (
        SettingField("topics", longest=TOPICS_LIMIT),
        _choice("reply", REPLY_PLACES),
        SettingField("askers", SettingKind.IDS, _IDS, ASKERS_LIMIT),
        SettingField("on_call", SettingKind.IDS, _ID),
        SettingField("on_call_hours", longest=HOURS_LIMIT),
    ),
    SettingsPart.PACE: (
        _number("cooldown"),
        _number("repeat_minutes"),
        _number("replies_per_minute"),
        _number("stale_days"),
        SettingField("news", longest=HOURS_LIMIT),
    ),
})  # fmt: skip
"""The fields of each part; five at most, which is what a dialog on Discord has room for."""

TITLES: Mapping[str, Label] = MappingProxyType({
    SettingsPart.MODE: Label.MODE_PART,
    SettingsPart.PEOPLE: Label.PEOPLE_PART,
    SettingsPart.PACE: Label.PACE_PART,
})  # fmt: skip

ALL: tuple[SettingField, ...] = tuple(chain.from_iterable(PARTS.values()))
"""The fields of all parts, one after the other."""


def marks(fields: Sequence[SettingField], settings: ChannelSettings) -> str:
    """Return marks of what a dialog shows, which are to come back with what was typed."""
    return "".join(each.mark(each.shown(settings)) for each in fields)


def changes(fields: Sequence[SettingField], typed: Mapping[str, str], seen: str) -> dict[str, str | None] | None:
    """Return what somebody changed in a dialog, None where its marks are not those of these fields."""
    if not fields or len(seen) != _MARK * len(fields):
        return None
    values = [(each, typed.get(each.name, ""), seen[_MARK * at :][:_MARK]) for at, each in enumerate(fields)]
    return {each.name: each.written(value) for each, value, mark in values if each.mark(value) != mark}


def told(settings: ChannelSettings, *, audience: Audience) -> str:
    """Return how the bot behaves in a channel now, with all that is not as usual; not made safe."""
    usual = ChannelSettings()
    more = [each for each in ALL if getattr(settings, each.name) != getattr(usual, each.name)]
    lines = [also_set(each.label, _value(each, settings)) for each in more if each.name not in _TOLD_ALWAYS]
    return " ".join(filter(None, [set_to(settings, audience=audience), _APART.join(lines)]))


def _value(each: SettingField, settings: ChannelSettings) -> str:
    shown = each.shown(settings)
    return each.options(settings).get(shown, shown)
