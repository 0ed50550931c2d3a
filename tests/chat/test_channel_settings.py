"""Show that dialogs offer every setting of a channel, and change what somebody changed in them."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from bot.adapters.discord.showing.dialogs import DiscordField
from bot.adapters.slack.showing.ids import SlackField
from bot.chat.channel_settings import ALL, PARTS, SettingsPart, changes, marks, told
from bot.core.manners import ChannelSettings, ReplyPlace
from bot.core.models import Audience, Mode
from bot.core.wording.outcomes import READ_BY_ALL

PEOPLE = PARTS[SettingsPart.PEOPLE]
SET = ChannelSettings(
    mode=Mode.MENTION, topics="Fees, Account", reply=ReplyPlace.CHANNEL, locale="de", repeat_minutes=0, no_answer="a\nb"
)


def typed(settings: ChannelSettings) -> dict[str, str]:
    """Return what a dialog comes back with that nobody changed; empty fields do not come back."""
    return {field.name: shown for field in ALL if (shown := field.shown(settings))}


def test_every_setting_is_in_one_part_and_known_to_both_platforms() -> None:
    names = [field.name for field in ALL]
    assert sorted(names) == sorted(field.name for field in fields(ChannelSettings))
    assert set(names) <= set(SlackField)
    assert set(names) <= set(DiscordField)
    assert all(1 <= len(part) <= 5 for part in PARTS.values())


def test_what_nobody_changed_is_left_alone() -> None:
    assert changes(ALL, typed(SET), marks(ALL, SET)) == {}
    assert changes(ALL, typed(SET) | {"no_answer": "a \r\nb\n"}, marks(ALL, SET)) == {}


def test_what_was_changed_is_named_and_what_was_emptied_is_the_default() -> None:
    seen = typed(SET)
    del seen["topics"]
    seen |= {"reply": "thread", "locale": "own", "cooldown": "5", "mode": "ambient"}
    wanted = {"mode": "ambient", "reply": "thread", "locale": None, "topics": None, "cooldown": "5"}
    assert changes(ALL, seen, marks(ALL, SET)) == wanted


def test_a_text_that_is_too_long_for_its_field_is_not_cut_by_looking_at_it() -> None:
    long = replace(SET, no_answer="\N{GRINNING FACE}" * 400)
    assert len(typed(long)["no_answer"]) < 400
    assert changes(ALL, typed(long), marks(ALL, long)) == {}


@pytest.mark.parametrize("seen", ["", "0" * 29, marks(ALL, SET)])
def test_marks_of_another_dialog_change_nothing(seen: str) -> None:
    assert changes(PEOPLE, {"topics": "Fees"}, seen) is None
    assert changes((), {}, "") is None


def test_what_is_not_as_usual_is_told() -> None:
    assert told(ChannelSettings(), audience=Audience.PUBLIC) == (
        "Settings of the channel: off, public, a wait of 0 seconds."
    )
    assert told(replace(SET, audience=Audience.INTERNAL), audience=Audience.PUBLIC) == (
        f"Settings of the channel: mention, internal, a wait of 0 seconds. {READ_BY_ALL} When nothing fits: a b"
        " · Language of the bot: Deutsch · Topics: Fees, Account · Where replies stand: In the channel"
        " · Repeat after (minutes): 0"
    )


def test_the_docs_list_every_field() -> None:
    lines = (Path(__file__).parents[2] / "docs" / "manners.md").read_text(encoding="utf-8").splitlines()
    listed = [line for line in lines if line.startswith("| ")]
    for each in ALL:
        assert any(line.startswith(f"| {each.label} | `{each.name}` |") for line in listed), each.name


def test_ids_in_another_order_are_no_change() -> None:
    asked = ChannelSettings(askers="1187, 1188")
    assert changes(PEOPLE, {"askers": "1188 1187", "reply": "thread"}, marks(PEOPLE, asked)) == {}
