"""Shortcuts: have a message answered, look an entry up by typing."""

import pytest

from bot.adapters.slack.members.commands import ANSWER_MESSAGE, SEARCH
from bot.adapters.slack.showing.ids import SlackAction
from tests.adapters.slack.bots import QUESTION, Office
from tests.loopback.slack.faults import refused


@pytest.mark.parametrize("in_thread", [False, True])
async def test_somebody_else_has_a_message_answered_in_its_thread(office: Office, *, in_thread: bool) -> None:
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    channel = await office.channel(alice, bob)
    root = await alice.says(channel, "Morning all")
    message = await alice.says(channel, QUESTION, thread=root if in_thread else None)

    await bob.uses_message_shortcut(ANSWER_MESSAGE, message)

    (answer,) = await office.slack.posted(1)
    assert answer.thread_ts == (root.ts if in_thread else message.ts)


async def test_a_message_that_was_answered_is_answered_once_more_in_private(office: Office) -> None:
    alice, bob = office.slack.member("alice"), office.slack.member("bob")
    message = await alice.says(await office.channel(alice, bob), QUESTION)
    await bob.uses_message_shortcut(ANSWER_MESSAGE, message)
    await office.slack.posted(1)
    await office.quiet()

    await bob.uses_message_shortcut(ANSWER_MESSAGE, message)

    assert "One coin." in str((await office.slack.told(bob))[0].blocks)
    assert len(office.slack.visible()) == 1


@pytest.mark.parametrize(
    ("behaving", "text", "said"), [("off", QUESTION, "switched off"), ("mention", "", "no question")]
)
async def test_what_cannot_be_answered_is_told(office: Office, behaving: str, text: str, said: str) -> None:
    alice = office.slack.member("alice")
    message = await alice.says(await office.channel(alice, mode=behaving), text)

    await alice.uses_message_shortcut(ANSWER_MESSAGE, message)

    assert said in (await office.slack.told(alice))[0].text


@pytest.mark.parametrize("shadow", [False, True])
async def test_where_nothing_may_be_posted_the_answer_is_private(office: Office, *, shadow: bool) -> None:
    alice = office.slack.member("alice")
    message = alice.writes(await office.channel(alice, mode="shadow" if shadow else "mention"), QUESTION)
    if not shadow:
        office.slack.fail("chat.postMessage", refused("not_in_channel"))

    await alice.uses_message_shortcut(ANSWER_MESSAGE, message)

    assert "One coin." in str((await office.slack.told(alice))[0].blocks)


async def test_an_entry_is_looked_up_by_typing(office: Office) -> None:
    alice = office.slack.member("alice")
    await alice.uses_shortcut(SEARCH)
    await office.slack.called("views.open")

    offered = await alice.types(alice.modal(), SlackAction.ENTRY, "withdr")
    assert offered[0]["value"] == "fees"
    await alice.submits(alice.modal(), **{SlackAction.ENTRY: offered[0]})

    assert "One coin." in str(alice.modal().arguments["blocks"])


async def test_nobody_finds_what_is_for_staff_by_typing(office: Office) -> None:
    alice = office.slack.member("alice")
    await alice.uses_shortcut(SEARCH)
    await office.slack.called("views.open")

    offered = await alice.types(alice.modal(), SlackAction.ENTRY, "compliance")

    assert "limits" not in [option["value"] for option in offered]
