"""Buttons under an answer: what people say of it, and who may do what."""

import asyncio

import pytest

from bot.adapters.slack.showing.ids import SlackAction, choice_id
from bot.core.wording.replies import CALLED, LISTED
from bot.service.feedback import CALLS_PER_CHANNEL
from tests.adapters.slack.bots import ASK, FREEZE, UNKNOWN, Office, StartBot
from tests.loopback.slack.faults import broken, refused
from tests.loopback.slack.member import Member
from tests.loopback.slack.server import Slack
from tests.loopback.slack.workspace import BOT_USER, Message


async def replied(office: Office, text: str) -> tuple[Message, Member, Member]:
    """Have a question answered, and return the reply, who asked, and somebody else."""
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    await alice.says(await office.channel(alice, bob), text)
    (reply,) = await office.slack.posted(1)
    await office.quiet()
    return reply, alice, bob


async def test_who_was_helped_is_thanked_in_private(office: Office) -> None:
    reply, alice, _ = await replied(office, ASK)

    delivery = await alice.clicks(reply, SlackAction.HELPFUL)

    (thanks,) = await office.slack.told(alice)
    assert (thanks.text, thanks.thread_ts) == ("Thank you for telling me.", reply.thread_ts)
    assert delivery.seconds is not None
    assert delivery.seconds < 3


async def test_who_asked_something_else_gives_a_reason_and_gets_other_candidates(office: Office) -> None:
    reply, alice, _ = await replied(office, FREEZE)
    await alice.clicks(reply, SlackAction.NOT_THIS)
    await office.slack.called("views.open")

    await alice.submits(alice.modal(), faqbot_value="I lost my phone.")

    (told,) = await office.slack.told(alice)
    assert told.text == "Thank you for telling me. Your question is on the moderators' list."
    review = await office.app.review.show("R1")
    assert [question.text for question in review.item.questions] == ["How do I freeze my account?"]


async def test_whoever_was_answered_wrongly_gets_the_next_candidates_and_takes_one(office: Office) -> None:
    reply, alice, _ = await replied(office, f"<@{BOT_USER}> How do I freeze my account (web)?")
    assert "Click freeze." in str(reply.blocks)
    await alice.clicks(reply, SlackAction.NOT_THIS)
    await office.slack.called("views.open")

    await alice.submits(alice.modal())
    (offered,) = await office.slack.told(alice)
    next_one = next(element for _, element in offered.elements() if element["value"] == "freeze-app")
    await alice.clicks(offered, next_one["action_id"])
    await office.quiet()

    assert "Tap freeze." in str(offered.blocks)
    assert "Click freeze." in str(reply.blocks)


async def test_who_wants_a_person_after_an_answer_is_put_into_the_review(office: Office) -> None:
    reply, alice, _ = await replied(office, ASK)
    assert await office.app.review.list() == ()

    await alice.clicks(reply, SlackAction.HUMAN)

    (told,) = await office.slack.told(alice)
    assert told.text == str(LISTED)
    assert [item.id for item in await office.app.review.list()] == ["R1"]


async def test_nobody_is_told_of_a_call_that_slack_did_not_take(slack: Slack, start_bot: StartBot) -> None:
    slack.space.usergroups["S0ONCALL"] = ["U0ONCALL"]
    office = await start_bot(on_call="S0ONCALL")
    reply, alice, _ = await replied(office, UNKNOWN)
    slack.fail("chat.postMessage", refused("restricted_action"))

    await alice.clicks(reply, SlackAction.HUMAN)

    assert (await slack.told(alice))[0].text == str(LISTED)


async def test_in_one_channel_those_on_call_are_not_mentioned_without_end(slack: Slack, start_bot: StartBot) -> None:
    slack.space.usergroups["S0ONCALL"] = ["U0ONCALL"]
    office = await start_bot(on_call="S0ONCALL")
    alice = slack.member("alice")
    channel = await office.channel(alice)
    for number, text in enumerate(
        ("where is the parrot", "who feeds the cat", "what is for lunch", "why is it red"), 1
    ):
        asked = await alice.says(channel, f"<@{BOT_USER}> {text}")
        await office.quiet()
        (reply,) = [message for message in slack.visible() if message.thread_ts == asked.ts]
        await alice.clicks(reply, SlackAction.HUMAN)
        await slack.told(alice, number)
        await office.quiet()

    calls = [message for message in slack.visible() if "<!subteam^S0ONCALL>" in str(message.blocks)]
    assert len(calls) == CALLS_PER_CHANNEL
    assert len(await office.app.review.list()) == 4


async def test_the_asker_takes_a_choice_in_the_place_of_the_choices(office: Office) -> None:
    reply, alice, _ = await replied(office, FREEZE)
    chosen = next(element for _, element in reply.elements() if element["value"] == "freeze-app")

    await alice.clicks(reply, chosen["action_id"])
    await office.slack.called("chat.update")
    await office.quiet()

    assert "Tap freeze." in str(reply.blocks)
    assert office.slack.private(alice) == []


async def test_somebody_else_takes_a_choice_in_private(office: Office) -> None:
    reply, _, bob = await replied(office, FREEZE)

    await bob.clicks(reply, choice_id(0))
    (told,) = await office.slack.told(bob)

    assert "freeze." in str(told.blocks)
    assert "Which of these" in reply.text


async def test_who_wants_a_person_has_those_on_call_mentioned_once(slack: Slack, start_bot: StartBot) -> None:
    slack.space.usergroups["S0ONCALL"] = ["U0ONCALL"]
    office = await start_bot(on_call="S0ONCALL")
    reply, alice, bob = await replied(office, UNKNOWN)

    await alice.clicks(reply, SlackAction.HUMAN)
    await office.slack.told(alice)
    await bob.clicks(reply, SlackAction.HUMAN)
    await office.slack.told(bob)
    await office.quiet()

    calls = [message for message in slack.visible() if "<!subteam^S0ONCALL>" in str(message.blocks)]
    assert [call.thread_ts for call in calls] == [reply.thread_ts]


@pytest.mark.parametrize("code", ["missing_scope", "no_such_subteam"])
async def test_those_on_call_are_mentioned_unless_slack_tells_that_they_are_gone(
    slack: Slack, start_bot: StartBot, code: str
) -> None:
    slack.space.usergroups["S0ONCALL"] = ["U0ONCALL"]
    office = await start_bot(on_call="S0ONCALL")
    reply, alice, _ = await replied(office, UNKNOWN)
    slack.fail("usergroups.users.list", refused(code))

    await alice.clicks(reply, SlackAction.HUMAN)
    (told,) = await office.slack.told(alice)
    await office.quiet()

    is_called = code == "missing_scope"
    assert any("S0ONCALL" in str(message.blocks) for message in slack.visible()) is is_called
    assert str(CALLED if is_called else LISTED) in told.text


async def test_only_the_asker_and_moderators_remove_a_reply(slack: Slack, start_bot: StartBot) -> None:
    moderator = slack.member("mia")
    office = await start_bot(moderators=frozenset({moderator.id}))
    first, alice, bob = await replied(office, ASK)

    await bob.clicks(first, SlackAction.REMOVE)
    assert "only whoever asked" in (await slack.told(bob))[0].text
    assert slack.visible() == [first]
    await alice.clicks(first, SlackAction.REMOVE)
    await slack.called("chat.delete")
    assert slack.visible() == []

    await alice.says(slack.space.channels[first.channel], ASK)
    (second,) = await slack.posted(1)
    await office.quiet()
    await moderator.clicks(second, SlackAction.REMOVE)
    await slack.called("chat.delete", 2)
    await office.quiet()
    assert slack.visible() == []


async def test_an_expired_address_for_responses_leads_to_the_direct_messages(office: Office) -> None:
    reply, alice, _ = await replied(office, ASK)
    office.slack.fail("response_url", broken(404))

    await alice.clicks(reply, SlackAction.HELPFUL)

    (thanks,) = await office.slack.posted(1, alice.direct)
    assert thanks.text == "Thank you for telling me."


async def test_an_expired_trigger_is_told(office: Office) -> None:
    reply, alice, _ = await replied(office, ASK)
    office.slack.fail("views.open", refused("expired_trigger_id"))

    await alice.clicks(reply, SlackAction.NOT_THIS)

    assert "took too long" in (await office.slack.told(alice))[0].text


async def test_a_button_of_a_question_that_is_gone_is_told(office: Office) -> None:
    reply, alice, _ = await replied(office, ASK)
    for _, element in reply.elements():
        element["value"] = "Q999"

    await alice.clicks(reply, SlackAction.HELPFUL)

    assert "I know nothing of a question" in (await office.slack.told(alice))[0].text


async def test_two_quick_clicks_do_no_harm(office: Office) -> None:
    reply, alice, _ = await replied(office, ASK)

    await asyncio.gather(*(alice.clicks(reply, SlackAction.REMOVE) for _ in range(2)))
    await office.slack.called("chat.delete", 2)
    await office.quiet()

    assert reply.deleted
