"""Moderators set all of how the bot behaves in a channel in dialogs, on both platforms."""

from dataclasses import replace

import pytest

from bot.chat.channel_settings import PARTS, SettingsPart
from bot.core.manners import ChannelSettings, ReplyPlace
from bot.core.models import Audience, Mode
from bot.store import audit
from tests.contract.setting import setting
from tests.contract.sides import BOT, MODERATOR, Side

TYPED = {
    "mode": "ambient",
    "audience": "internal",
    "no_answer": "Ask Mo.",
    "wait_seconds": "30",
    "locale": "de",
    "topics": "Fees,Account",
    "reply": "channel",
    "on_call_hours": "mon-fri 9:00-17:00 Europe/Berlin",
    "cooldown": "15",
    "repeat_minutes": "0",
    "replies_per_minute": "3",
    "stale_days": "7",
    "news": "mon 9:00",
}
SET = ChannelSettings(
    mode=Mode.AMBIENT,
    audience=Audience.INTERNAL,
    no_answer="Ask Mo.",
    wait_seconds=30,
    locale="de",
    topics="Fees, Account",
    reply=ReplyPlace.CHANNEL,
    on_call_hours="Mon-Fri 09:00-17:00 Europe/Berlin",
    cooldown=15,
    repeat_minutes=0,
    replies_per_minute=3,
    stale_days=7,
    news="Mon 09:00 UTC",
)
OTHER = {SettingsPart.MODE: "no_answer", SettingsPart.PEOPLE: "topics", SettingsPart.PACE: "cooldown"}
"""What else is filled in."""


async def _now(side: Side) -> ChannelSettings:
    return await side.app.channels.behaviour(side.place)


async def test_every_setting_is_set_in_a_dialog_and_shown_by_the_next(side: Side) -> None:
    people = {"askers": side.group_of("ana"), "on_call": side.on_call}
    typed, wanted = TYPED | people, replace(SET, askers=people["askers"], on_call=people["on_call"])
    for part, fields in PARTS.items():
        dialog = setting(side)
        await dialog.opens(MODERATOR, part)
        await dialog.fills_in(**{field.name: typed[field.name] for field in fields})
    assert await _now(side) == wanted

    for part, fields in PARTS.items():
        held = await setting(side).opens(MODERATOR, part)
        assert held == {field.name: field.shown(wanted) for field in fields}


async def test_a_dialog_changes_what_was_changed_in_it(side: Side) -> None:
    dialog = setting(side)
    await dialog.opens(MODERATOR, SettingsPart.PEOPLE)
    await side.set_channel(askers="1187", cooldown="5")
    assert "Fees" in await dialog.fills_in(topics="Fees")

    assert await _now(side) == ChannelSettings(mode=Mode.MENTION, topics="Fees", askers="1187", cooldown=5)
    async with side.app.database.snapshot() as tx:
        *_, last = await audit.read(tx, f"channel:{side.place}")
    assert (last.before, last.after) == ({"topics": None}, {"topics": "Fees"})
    moderator = side.person(await side.says(MODERATOR, "done"))
    assert last.actor == f"{moderator.platform}:{moderator.user_id}"


async def test_what_is_emptied_is_as_usual(side: Side) -> None:
    await side.set_channel(topics="Fees", on_call="1187")
    dialog = setting(side)
    await dialog.opens(MODERATOR, SettingsPart.PEOPLE)
    await dialog.fills_in(topics="")
    assert await _now(side) == ChannelSettings(mode=Mode.MENTION, on_call="1187")


@pytest.mark.parametrize(
    ("part", "name", "wrong", "said"),
    [
        (SettingsPart.MODE, "wait_seconds", "601", "Wait (seconds): please give a whole number from 0 to 600."),
        (SettingsPart.PEOPLE, "topics", ",", "Topics: please give categories with commas between them, in at most 500"),
        (SettingsPart.PEOPLE, "on_call_hours", "9-5", "Hours on call: please give hours such as Mon-Fri 09:00-17:00"),
        (SettingsPart.PACE, "cooldown", "10081", "Cooldown (minutes): please give a whole number from 0 to 10080."),
        (SettingsPart.PACE, "repeat_minutes", "soon", "Repeat after (minutes): please give a whole number from 0 to"),
        (
            SettingsPart.PACE,
            "replies_per_minute",
            "-1",
            "Replies a minute: please give a whole number from 0 to 10000.",
        ),
        (SettingsPart.PACE, "stale_days", "61", "Ask after (quiet days): please give a whole number from 0 to 60."),
        (SettingsPart.PACE, "news", "soon", "Monthly news at: please give a time of the week such as"),
    ],
)
async def test_a_value_that_cannot_be_is_refused_and_what_was_typed_is_kept(
    side: Side, part: SettingsPart, name: str, wrong: str, said: str
) -> None:
    other = OTHER[part]
    more = {} if other == name else {other: TYPED[other]}
    dialog = setting(side)
    before = await dialog.opens(MODERATOR, part)
    assert said in (await dialog.fills_in(**{name: wrong}, **more)).replace("\\", "")
    assert await _now(side) == ChannelSettings(mode=Mode.MENTION)

    assert await dialog.returns(part) == before | {name: wrong} | more
    await dialog.fills_in(**{name: TYPED[name]})
    held = {field: getattr(SET, field) for field in (name, *more)}
    assert await _now(side) == replace(ChannelSettings(mode=Mode.MENTION), **held)


async def test_what_was_set_in_a_dialog_counts_with_the_next_message(side: Side) -> None:
    dialog = setting(side)
    await dialog.opens(MODERATOR, SettingsPart.PACE)
    await dialog.fills_in(replies_per_minute="1")
    asked = [await side.says(who, "where is the parrot", to=(BOT,)) for who in ("ana", "ben")]
    await side.settle()
    assert sum(len(side.replies(one)) for one in asked) == 1
