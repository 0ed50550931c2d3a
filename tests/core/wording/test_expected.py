"""Of each field and setting it is told what it may hold."""

from dataclasses import fields

from bot.core.fields import SCALARS
from bot.core.manners import ChannelSettings
from bot.core.wording import expected


def test_of_each_field_it_is_known_what_is_expected() -> None:
    assert set(expected.OF_ENTRY) == {*SCALARS, "aliases"}


def test_of_each_setting_it_is_known_what_is_expected() -> None:
    assert set(expected.OF_CHANNEL) == {field.name for field in fields(ChannelSettings)}
