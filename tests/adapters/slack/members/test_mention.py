"""A mention in a channel: one answer in its thread, however often Slack tells of it."""

import asyncio

from tests.adapters.slack.bots import ASK, FREEZE, UNKNOWN, Office
from tests.loopback.slack.faults import held
from tests.loopback.slack.workspace import BOT_USER


async def test_a_mention_is_answered_once_in_its_thread(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)

    question = await alice.says(channel, ASK)
    (answer,) = await office.slack.posted(1)
    await office.quiet()

    assert answer.thread_ts == question.ts
    assert "One coin." in str(answer.blocks)
    assert [delivery.payload["event"]["type"] for delivery in office.slack.deliveries] == ["app_mention", "message"]
    assert len(office.slack.calls_of("chat.postMessage")) == 1
    assert answer.metadata is not None
    assert answer.metadata["event_payload"] == {"question": "Q1", "entry": "fees", "asked": question.ts}


async def test_a_reaction_is_there_while_an_answer_takes_long(office: Office) -> None:
    alice, sent = office.slack.member("alice"), asyncio.Event()
    office.slack.fail("chat.postMessage", held(sent))

    question = await alice.says(await office.channel(alice), ASK)
    await office.slack.called("reactions.add")
    assert question.reactions == {"eyes": [BOT_USER]}

    sent.set()
    await office.slack.posted(1)
    await office.slack.called("reactions.remove")
    assert question.reactions == {"eyes": []}


async def test_a_quick_answer_has_no_reaction(office: Office) -> None:
    alice = office.slack.member("alice")

    await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.quiet()

    assert office.slack.calls_of("reactions.add") == []
    assert office.slack.calls_of("reactions.remove") == []


async def test_likely_entries_are_offered(office: Office) -> None:
    alice = office.slack.member("alice")

    await alice.says(await office.channel(alice), FREEZE)
    (offered,) = await office.slack.posted(1)

    assert {"freeze-web", "freeze-app"} <= {element["value"] for _, element in offered.elements()}


async def test_where_nothing_fits_the_channel_has_its_own_words(office: Office) -> None:
    alice = office.slack.member("alice")
    plain, worded = await office.channel(alice), await office.channel(alice, no_answer="Ask Polly.")

    await alice.says(plain, UNKNOWN)
    await alice.says(worded, UNKNOWN)

    assert "moderators' list" in (await office.slack.posted(1, plain))[0].text
    assert (await office.slack.posted(1, worded))[0].text == "Ask Polly."


async def test_a_channel_that_is_off_or_in_the_shadow_hears_nothing(office: Office) -> None:
    alice = office.slack.member("alice")
    off, shadow = await office.channel(alice, mode="off"), await office.channel(alice, mode="shadow")

    await alice.says(off, ASK)
    await alice.says(shadow, ASK)
    await office.quiet()

    assert office.slack.visible() == []
    assert office.slack.calls_of("reactions.add") == []


async def test_a_mention_in_a_thread_is_answered_there(office: Office) -> None:
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    channel = await office.channel(alice, bob)
    root = await bob.says(channel, "Morning all")

    await alice.says(channel, ASK, thread=root)
    (answer,) = await office.slack.posted(1)

    assert answer.thread_ts == root.ts
