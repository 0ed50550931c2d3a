"""The command: a private answer, which can be shared."""

import pytest

from bot.adapters.slack.showing.ids import SlackAction
from bot.core.wording.refusals import NOT_NOW
from tests.adapters.slack.bots import QUESTION, Office, StartBot
from tests.loopback.slack.faults import refused
from tests.loopback.slack.server import Slack
from tests.loopback.slack.ways import both_ways
from tests.service.samples import LIMITS


@both_ways
async def test_only_who_asked_sees_the_answer(office: Office) -> None:
    alice = office.slack.member("alice")

    delivery = await alice.commands(await office.channel(alice), f"/faq {QUESTION}")

    (told,) = await office.slack.told(alice)
    assert "One coin." in str(told.blocks)
    assert office.slack.visible() == []
    assert delivery.seconds is not None
    assert delivery.seconds < 3


@pytest.mark.parametrize(
    ("behaving", "typed", "said"), [("mention", "", "Ask me a question"), ("off", "x y", "switched off")]
)
async def test_there_is_always_a_word(office: Office, behaving: str, typed: str, said: str) -> None:
    alice = office.slack.member("alice")

    await alice.commands(await office.channel(alice, mode=behaving), f"/faq {typed}")

    assert said in (await office.slack.told(alice))[0].text


async def test_an_answer_is_shared_once(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    await alice.commands(channel, f"/faq {QUESTION}")
    (told,) = await office.slack.told(alice)

    await alice.clicks(told, SlackAction.SHARE)
    await office.slack.posted(1, channel)
    await office.quiet()
    assert told.text == "Shared."

    assert "One coin." in str(office.slack.visible(channel)[0].blocks)


async def test_where_the_bot_is_not_it_is_shared_all_the_same(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    await alice.commands(channel, f"/faq {QUESTION}")
    (told,) = await office.slack.told(alice)
    office.slack.fail("chat.postMessage", refused("not_in_channel"))

    await alice.clicks(told, SlackAction.SHARE)

    assert "One coin." in str((await office.slack.posted(1, channel))[0].blocks)


async def test_what_slack_does_not_take_may_be_shared_again(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    await alice.commands(channel, f"/faq {QUESTION}")
    (told,) = await office.slack.told(alice)
    office.slack.fail("chat.postMessage", refused("internal_error"))

    await alice.clicks(told, SlackAction.SHARE)
    assert (await office.slack.told(alice, 2))[1].text == str(NOT_NOW)
    assert "One coin." in str(told.blocks)
    await office.quiet()
    await alice.clicks(told, SlackAction.SHARE)

    await office.slack.posted(1, channel)
    await office.quiet()
    assert told.text == "Shared."


async def test_what_is_for_staff_is_not_shared_with_others(slack: Slack, start_bot: StartBot) -> None:
    office = await start_bot(staff=frozenset({"members"}))
    alice = slack.member("alice")
    channel = await office.channel(alice)
    await alice.commands(channel, f"/faq {LIMITS.question}")
    (told,) = await slack.told(alice)
    assert "Zebra" in str(told.blocks)

    await alice.clicks(told, SlackAction.SHARE)
    _, refusal = await slack.told(alice, 2)

    assert "for staff only" in refusal.text
    assert slack.visible() == []
