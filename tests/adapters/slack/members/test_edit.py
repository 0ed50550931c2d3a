"""An edited question is decided again, and its reply changes."""

from tests.adapters.slack.bots import ASK, FREEZE, UNKNOWN, Office


async def test_the_same_reply_shows_the_answer_to_the_new_words(office: Office) -> None:
    alice = office.slack.member("alice")
    question = await alice.says(await office.channel(alice), UNKNOWN)
    (reply,) = await office.slack.posted(1)
    await office.quiet()

    await alice.edits(question, ASK)
    await office.slack.called("chat.update")
    await office.quiet()

    assert office.slack.visible() == [reply]
    assert "One coin." in str(reply.blocks)


async def test_an_edit_that_comes_twice_changes_it_once(office: Office) -> None:
    alice = office.slack.member("alice")
    question = await alice.says(await office.channel(alice), UNKNOWN)
    await office.slack.posted(1)
    await office.quiet()

    delivery = await alice.edits(question, ASK)
    await office.quiet()
    await office.slack.deliver(delivery.payload)
    await office.quiet()

    assert len(office.slack.calls_of("chat.update")) == 1


async def test_a_question_is_decided_again_once_however_often_it_is_edited(office: Office) -> None:
    alice = office.slack.member("alice")
    question = await alice.says(await office.channel(alice), UNKNOWN)
    (reply,) = await office.slack.posted(1)
    await office.quiet()

    for text in (ASK, FREEZE, UNKNOWN):
        await alice.edits(question, text)
        await office.quiet()

    assert len(office.slack.calls_of("chat.update")) == 1
    assert "One coin." in str(reply.blocks)


async def test_an_edit_that_leaves_the_words_changes_nothing(office: Office) -> None:
    alice = office.slack.member("alice")
    question = await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.quiet()

    await alice.edits(question, question.text)
    await office.quiet()

    assert office.slack.calls_of("chat.update") == []


async def test_a_message_that_was_no_question_is_asked_by_adding_a_mention(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    message = await alice.says(channel, "How much does a withdrawal cost?")

    await alice.edits(message, ASK)
    for event in alice.events_of(message)[:1]:
        await office.slack.event(event, channel)

    assert (await office.slack.posted(1))[0].thread_ts == message.ts
