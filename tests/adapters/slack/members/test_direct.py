"""Direct messages: each is a question, and what is for staff only is for those who are known to be staff."""

import pytest

from tests.adapters.slack.bots import QUESTION, Office, StartBot
from tests.loopback.slack.server import Slack
from tests.service.samples import LIMITS


async def test_a_direct_message_is_answered_in_its_thread(office: Office) -> None:
    alice = office.slack.member("alice")

    question = await alice.says(alice.direct, QUESTION)
    (answer,) = await office.slack.posted(1)
    await alice.says(alice.direct, "where is the parrot", thread=question)

    assert (answer.channel, answer.thread_ts) == (alice.direct.id, question.ts)
    assert "moderators' list" in (await office.slack.posted(2))[1].text


@pytest.mark.parametrize(
    ("staff", "guest", "told"),
    [
        ({"members"}, False, True),
        ({"members"}, True, False),
        (set(), False, False),
        ({"S0STAFF"}, False, True),
        ({"S0STAFF"}, True, False),
    ],
)
async def test_only_staff_is_told_what_is_for_staff(
    slack: Slack, start_bot: StartBot, staff: set[str], *, guest: bool, told: bool
) -> None:
    office = await start_bot(staff=frozenset(staff))
    alice = slack.member("alice", is_restricted=guest)
    slack.space.usergroups["S0STAFF"] = [alice.id]

    await alice.says(alice.direct, LIMITS.question)
    (answer,) = await office.slack.posted(1)

    assert ("Zebra" in str(answer.blocks)) is told
    assert ("Quentin" in str(answer.blocks)) is told


async def test_moderators_are_staff(slack: Slack, start_bot: StartBot) -> None:
    alice = slack.member("alice")
    await start_bot(moderators=frozenset({alice.id}))

    await alice.says(alice.direct, LIMITS.question)

    assert "Zebra" in str((await slack.posted(1))[0].blocks)
