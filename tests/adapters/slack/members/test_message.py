"""Messages that mention nobody: answered in ambient channels, if that is certain and no person was faster."""

from datetime import timedelta

from tests.adapters.slack.bots import FREEZE, QUESTION, Office
from tests.loopback.slack.workspace import BOT_USER
from tests.service.leases import elapse


async def test_an_ambient_channel_answers_what_is_certain(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, mode="ambient")

    question = await alice.says(channel, QUESTION)
    (answer,) = await office.slack.posted(1)

    assert answer.thread_ts == question.ts


async def test_an_ambient_channel_is_silent_otherwise(office: Office) -> None:
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    channel = await office.channel(alice, bob, mode="ambient")

    for text in ("where is the parrot", "Good morning!", f"<@{bob.id}> {QUESTION}", "<!channel> lunch", ""):
        await alice.says(channel, text)
    await office.quiet()

    assert office.slack.visible() == []


async def test_what_is_offered_to_a_mention_is_not_certain_enough_otherwise(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, mode="ambient")

    await alice.says(channel, FREEZE.removeprefix(f"<@{BOT_USER}> "))
    await office.quiet()
    assert office.slack.visible() == []

    await alice.says(channel, FREEZE)
    (offered,) = await office.slack.posted(1)
    assert {"freeze-web", "freeze-app"} <= {element["value"] for _, element in offered.elements()}


async def test_a_channel_that_waits_for_a_mention_is_silent(office: Office) -> None:
    alice = office.slack.member("alice")

    await alice.says(await office.channel(alice), QUESTION)
    await office.quiet()

    assert office.slack.visible() == []


async def test_a_person_who_answers_first_has_the_word(office: Office) -> None:
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    channel = await office.channel(alice, bob, mode="ambient", wait_seconds="600")
    question = await alice.says(channel, QUESTION)
    await office.logged(question)
    own = await alice.says(channel, "It is about coins.", thread=question)
    await office.logged(own)
    assert len(office.bot.work) > 0

    await bob.says(channel, "One coin, as ever.", thread=question)
    await office.quiet()

    assert office.slack.visible() == []


async def test_the_wait_is_over_when_nobody_answers(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice, mode="ambient", wait_seconds="1")

    question = await alice.says(channel, QUESTION)
    (answer,) = await office.slack.posted(1)

    assert answer.thread_ts == question.ts


async def test_a_person_whom_another_process_heard_has_the_word_too(office: Office) -> None:
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    channel = await office.channel(alice, bob, mode="ambient", wait_seconds="1")
    question = await alice.says(channel, QUESTION)
    alice.writes(channel, "It is about coins.", thread=question)
    bob.writes(channel, "One coin, as ever.", thread=question)
    await office.quiet()

    assert office.slack.visible() == []


async def test_a_person_who_answered_while_the_bot_was_away_has_the_word_too(office: Office) -> None:
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    channel = await office.channel(alice, bob, mode="ambient", wait_seconds="300")
    helped, alone = await alice.says(channel, QUESTION), await alice.says(channel, f"{QUESTION}!")
    await office.logged(helped)
    await office.logged(alone)
    await office.bot.work.finish(within=timedelta())
    bob.writes(channel, "One coin, as ever.", thread=helped)

    await elapse(office.app.database, timedelta(minutes=10))
    await office.bot.responder.recover()

    assert [message.thread_ts for message in office.slack.visible()] == [alone.ts]
