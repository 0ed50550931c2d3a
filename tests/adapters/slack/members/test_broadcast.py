"""A reply that is also sent to the channel stays in its thread for the bot."""

from tests.adapters.slack.bots import ASK, Office


async def test_it_is_answered_once_and_in_its_thread(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    root = await alice.says(channel, "Morning all")

    await alice.says(channel, ASK, thread=root, subtype="thread_broadcast")
    (answer,) = await office.slack.posted(1)
    await office.quiet()

    assert answer.thread_ts == root.ts
    assert answer.subtype is None
    assert len(office.slack.visible()) == 1
