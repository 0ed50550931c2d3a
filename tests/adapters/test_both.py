"""Slack and Discord in one process over one store: one review, and a moderator's answer reaches both."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.models import ItemStatus
from bot.service.app import App
from tests.adapters.discord.bots import behave, replies, running_bot, words
from tests.adapters.discord.moderators.staff import Review, staff_of
from tests.adapters.slack.bots import offices
from tests.adapters.slack.moderators.desks import PARROT, Desk, open_desk, texts
from tests.loopback.discord import checking
from tests.loopback.discord.people import Who
from tests.loopback.discord.server import running
from tests.loopback.slack.server import running_slack

ANSWER = "Behind the door."


@dataclass(frozen=True)
class Both:
    """The bot at work in a Slack and on a Discord, each with a channel for its moderators."""

    slack: Desk
    discord: Review

    @property
    def app(self) -> App:
        """Return the services of both."""
        return self.slack.app

    async def asked(self) -> tuple[tuple[str, str], int]:
        """Ask the same in Slack and on Discord, and return the places of both questions."""
        there = await self.slack.asks(PARROT)
        return (there.channel, there.ts), await self.discord.unanswered(PARROT)

    async def told(self, in_slack: tuple[str, str], on_discord: int) -> None:
        """Check that both threads got the answer once, with the asker mentioned once, and nobody else."""
        await self.slack.office.bot.responder.deliver()
        self.discord.bot.rounds.ask()
        told = await replies(self.discord.loopback, on_discord, times=2)
        for _ in range(2):  # and not again
            await self.slack.office.bot.responder.deliver()
            await self.discord.bot.responder.deliver()

        said = [message for message in self.slack.slack.visible() if (message.channel, message.thread_ts) == in_slack]
        assert [ANSWER in texts(message) for message in said] == [False, True]
        assert texts(said[1]).count("<@") == texts(said[1]).count(f"<@{self.slack.mel.id}>") == 1
        assert [ANSWER in words(message) for message in told] == [False, True]
        world, asker = self.discord.loopback.world, str(self.discord.asker.user_id)
        assert words(told[1]).count("<@") == words(told[1]).count(f"<@{asker}>") == 1
        assert world.pinged[int(told[1]["id"])] == {asker}
        assert len(world.by_bot(on_discord)) == 2


@pytest.fixture
async def both(sqlite_url: str) -> AsyncIterator[Both]:
    """Return the bot in a Slack and on a Discord, over one file."""
    async with running_slack() as slack, running() as loopback, offices(slack, "socket", sqlite_url) as start:
        desk = await open_desk(slack, start)
        desk.office.watch.now = datetime.now(UTC)  # as ids of messages on Discord have it
        guild = loopback.world.add_guild()
        asker = Who(loopback.world.add_channel(guild), loopback.world.add_member(guild, "ana"))
        staff = staff_of(loopback.world, guild)
        await behave(desk.app, loopback, asker.channel_id, mode="mention")
        async with running_bot(loopback, desk.app, review_channel=staff.room) as bot:
            yield Both(desk, Review(loopback, desk.app, bot, staff, asker))
    assert slack.take_problems() == []
    assert checking.told(loopback.log) == []


async def test_the_same_question_is_one_item_with_a_card_on_each(both: Both) -> None:
    await both.asked()

    (item,) = await both.app.review.list()
    assert (item.count, item.askers, sorted(item.platforms)) == (2, 2, ["discord", "slack"])
    assert PARROT in texts(await both.slack.card())
    await both.discord.card("R1", "Asked 2 times by 2 people")


async def test_what_a_moderator_answers_in_slack_reaches_both(both: Both) -> None:
    in_slack, on_discord = await both.asked()
    dialog = await both.slack.opens(both.slack.ann, await both.slack.card(), SlackAction.ANSWER)
    for _ in range(2):
        await both.slack.sends(both.slack.ann, dialog, answer=ANSWER)

    await both.told(in_slack, on_discord)

    assert (await both.app.review.show("R1")).item.status is ItemStatus.ANSWERED
    await both.discord.card("R1", f"Answered by slack:{both.slack.ann.id}")


async def test_what_a_moderator_answers_on_discord_reaches_both(both: Both) -> None:
    in_slack, on_discord = await both.asked()
    card = await both.slack.card()
    shown = await both.discord.filled(both.discord.mo, "R1", "answer", answer=ANSWER)
    await both.discord.press(both.discord.mo, shown, "confirm")
    await both.discord.until(shown, "2 people are told")

    await both.told(in_slack, on_discord)

    assert await both.slack.card() is card
    assert f"Answered by discord:{both.discord.mo.user_id}" in texts(card)
