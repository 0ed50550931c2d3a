"""Show how channels are set, and that only what can be stored is let in."""

import asyncio

import pytest

from bot.core.manners import LONGEST_WAIT, NO_ANSWER_LIMIT, ChannelSettings, ReplyPlace
from bot.core.models import Audience, ChannelRef, Mode
from bot.core.searching.lexicon import Lexicon
from bot.errors import ChannelFieldError
from bot.service.app import App, assemble
from bot.store import Database, audit
from tests.service.samples import NOW

HELP = ChannelRef("slack", "T1", "C1")
ALL = {"mode": "ambient", "audience": "internal", "locale": "pt-BR", "no_answer": " Ask Ann. ", "wait_seconds": "30"}
CALLS = {"on_call": "S0614TZR7", "on_call_hours": "mon-fri 9:00-17:00 Europe/Berlin", "topics": "Fees,Account "}
MORE = {"stale_days": "7", "news": "fri 9:30", "reply": "channel", "askers": "1187 S0614TZR7,1187"}
PACE = {"cooldown": "5", "repeat_minutes": "0", "replies_per_minute": "3"}


async def test_the_bot_is_off_where_nobody_has_set_it(app: App) -> None:
    settings = await app.channels.behaviour(HELP)
    assert settings == ChannelSettings()
    assert (settings.mode, settings.audience, settings.locale) == (Mode.OFF, Audience.PUBLIC, None)
    assert (settings.no_answer, settings.wait_seconds) == (None, 0)
    assert await app.channels.list() == ()


async def test_what_is_set_counts_in_every_process(app: App, other: App) -> None:
    told = await app.channels.set(HELP, {**ALL, **CALLS, **MORE, **PACE}, actor="mod")
    assert told == ChannelSettings(
        mode=Mode.AMBIENT,
        audience=Audience.INTERNAL,
        locale="pt-BR",
        no_answer="Ask Ann.",
        wait_seconds=30,
        on_call="S0614TZR7",
        on_call_hours="Mon-Fri 09:00-17:00 Europe/Berlin",
        topics="Fees, Account",
        reply=ReplyPlace.CHANNEL,
        askers="1187, S0614TZR7",
        cooldown=5,
        repeat_minutes=0,
        replies_per_minute=3,
        stale_days=7,
        news="Fri 09:30 UTC",
    )
    assert await other.channels.behaviour(HELP) == told
    assert await other.channels.behaviour(ChannelRef("discord", "T1", "C1")) == ChannelSettings()


async def test_a_change_leaves_the_rest_and_nothing_written_is_the_default(app: App) -> None:
    await app.channels.set(HELP, ALL, actor="mod")
    after = await app.channels.set(HELP, {"mode": "shadow", "no_answer": None, "wait_seconds": None}, actor="mod")
    assert after == ChannelSettings(mode=Mode.SHADOW, audience=Audience.INTERNAL, locale="pt-BR")


async def test_channels_are_listed_by_their_names(app: App) -> None:
    for place in (ChannelRef("slack", "T1", "C2"), ChannelRef("discord", "9", "1"), HELP):
        await app.channels.set(place, {"mode": "mention"}, actor="mod")
    found = await app.channels.list()
    assert [str(channel.place) for channel in found] == ["discord/9/1", "slack/T1/C1", "slack/T1/C2"]
    assert {channel.settings for channel in found} == {ChannelSettings(mode=Mode.MENTION)}


async def test_the_audit_log_tells_who_changed_what(app: App) -> None:
    await app.channels.set(HELP, {"mode": "mention"}, actor="ann")
    await app.channels.set(HELP, {"mode": "mention"}, actor="bob")
    await app.channels.set(HELP, {"mode": "shadow", "locale": "de"}, actor="cleo")
    async with app.database.snapshot() as tx:
        first, second = await audit.read(tx, "channel:slack/T1/C1")
    assert (first.actor, first.action, first.at) == ("ann", "set", NOW)
    assert (first.before, first.after) == ({"mode": "off"}, {"mode": "mention"})
    assert second.actor == "cleo"
    assert second.before == {"mode": "mention", "locale": None}
    assert second.after == {"mode": "shadow", "locale": "de"}


async def test_moderators_at_once_lose_nothing(app: App, other: App) -> None:
    await asyncio.gather(
        app.channels.set(HELP, {"mode": "mention"}, actor="ann"),
        other.channels.set(HELP, {"locale": "de"}, actor="bob"),
        other.channels.set(HELP, {"wait_seconds": "5"}, actor="cleo"),
    )
    assert await app.channels.behaviour(HELP) == ChannelSettings(mode=Mode.MENTION, locale="de", wait_seconds=5)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mode", "loud"),
        ("mode", "Off"),
        ("audience", "everybody"),
        ("locale", "english please"),
        ("locale", "xx"),
        ("no_answer", "  "),
        ("no_answer", "x" * (NO_ANSWER_LIMIT + 1)),
        ("wait_seconds", "-1"),
        ("wait_seconds", "1.5"),
        ("wait_seconds", "²"),
        ("wait_seconds", "9" * 5_000),
        ("wait_seconds", str(LONGEST_WAIT + 1)),
        ("updated_at", "2026-01-01"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_nothing_is_written(app: App, field: str, value: str) -> None:
    with pytest.raises(ChannelFieldError) as refused:
        await app.channels.set(HELP, {"mode": "mention", field: value}, actor="mod")
    assert (refused.value.field, refused.value.value) == (field, value)
    assert await app.channels.list() == ()


async def test_values_at_their_limits_are_let_in(app: App) -> None:
    longest = {"no_answer": "x" * NO_ANSWER_LIMIT, "wait_seconds": str(LONGEST_WAIT)}
    after = await app.channels.set(HELP, longest, actor="mod")
    assert (after.no_answer, after.wait_seconds) == ("x" * NO_ANSWER_LIMIT, LONGEST_WAIT)


async def test_drafts_need_a_review_channel_of_the_platform(filled: Database) -> None:
    app = assemble(filled, lexicon=Lexicon(), reviewed=("discord",))
    with pytest.raises(ChannelFieldError) as refused:
        await app.channels.set(HELP, {"mode": "draft"}, actor="mod")
    assert "FAQBOT_SLACK_REVIEW_CHANNEL" in refused.value.expected
    assert (await app.channels.behaviour(HELP)).mode is Mode.OFF

    elsewhere = ChannelRef("discord", "9", "1")
    assert (await app.channels.set(elsewhere, {"mode": "draft"}, actor="mod")).mode is Mode.DRAFT
