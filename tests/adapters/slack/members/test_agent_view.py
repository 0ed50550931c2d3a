"""The agent view: questions are proposed, and a status shows that the bot is at work."""

import asyncio
from datetime import timedelta

from tests.adapters.slack.bots import QUESTION, Office, StartBot
from tests.loopback.slack.faults import held, refused
from tests.loopback.slack.server import Slack
from tests.service.samples import WEB


async def test_what_is_asked_most_is_proposed(slack: Slack, start_bot: StartBot) -> None:
    office = await start_bot(agent=True)
    alice = slack.member("alice")
    for text in (QUESTION, WEB.question, WEB.question):
        await alice.says(alice.direct, text)
    await office.quiet()
    office.watch.forward(timedelta(seconds=1))

    await alice.opens_home("messages")
    (call,) = await slack.called("assistant.threads.setSuggestedPrompts")

    assert [prompt["message"] for prompt in call.arguments["prompts"]][:2] == [WEB.question, QUESTION]
    assert "compliance" not in str(call.arguments["prompts"])


async def test_a_status_comes_and_goes(slack: Slack, start_bot: StartBot) -> None:
    office = await start_bot(agent=True)
    alice = slack.member("alice")

    sent = asyncio.Event()
    slack.fail("chat.postMessage", held(sent))

    await alice.says(alice.direct, QUESTION)
    await slack.called("assistant.threads.setStatus")
    sent.set()
    await slack.posted(1)
    await slack.called("assistant.threads.setStatus", 2)
    await office.quiet()

    statuses = [call.arguments["status"] for call in slack.calls_of("assistant.threads.setStatus")]
    assert statuses[-1] == ""
    assert len(statuses) == 2
    assert slack.calls_of("reactions.add") == []


async def test_a_plan_without_agents_is_no_trouble(slack: Slack, start_bot: StartBot) -> None:
    office = await start_bot(agent=True)
    alice = slack.member("alice")
    for method in ("assistant.threads.setStatus", "assistant.threads.setSuggestedPrompts"):
        slack.fail(method, refused("feature_not_enabled"), times=2)

    await alice.opens_home("messages")
    await alice.says(alice.direct, QUESTION)

    assert "One coin." in str((await slack.posted(1))[0].blocks)
    await office.quiet()


async def test_without_the_agent_nothing_is_proposed(office: Office) -> None:
    alice = office.slack.member("alice")

    await alice.opens_home("messages")
    await office.quiet()

    assert office.slack.calls_of("assistant.threads.setSuggestedPrompts") == []
