"""Follow-ups in a thread: who asked goes on without a mention, and people who talk are left alone."""

from tests.adapters.slack.bots import ASK, QUESTION, Office
from tests.loopback.slack.member import Member
from tests.loopback.slack.workspace import Channel, Message

PARROT = "where is the parrot"


async def asked(office: Office) -> tuple[Channel, Member, Member, Message]:
    """Have a question answered in a channel of two."""
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    channel = await office.channel(alice, bob)
    root = await alice.says(channel, ASK)
    await office.slack.posted(1)
    await office.quiet()
    return channel, alice, bob, root


async def test_who_asked_goes_on_without_a_mention(office: Office) -> None:
    channel, alice, _, root = await asked(office)

    await alice.says(channel, PARROT, thread=root)
    _, second = await office.slack.posted(2)

    assert second.thread_ts == root.ts
    assert "moderators' list" in second.text


async def test_the_same_entry_is_not_given_twice_in_a_thread(office: Office) -> None:
    channel, alice, _, root = await asked(office)

    await alice.says(channel, QUESTION, thread=root)
    _, second = await office.slack.posted(2)

    assert "further up in this thread" in second.text
    assert "One coin." not in str(second.blocks)


async def test_people_who_talk_with_each_other_are_left_alone(office: Office) -> None:
    channel, alice, bob, root = await asked(office)

    await bob.says(channel, "It went up lately, I think.", thread=root)
    await alice.says(channel, PARROT, thread=root)
    await alice.says(channel, f"<@{bob.id}> {PARROT}", thread=root)
    await office.quiet()

    assert len(office.slack.visible()) == 1


async def test_a_thread_without_the_bot_is_none_of_its_business(office: Office) -> None:
    alice = office.slack.member("alice")
    channel = await office.channel(alice)
    root = await alice.says(channel, "Morning all")

    await alice.says(channel, QUESTION, thread=root)
    await office.quiet()

    assert office.slack.visible() == []
