"""Slack sends things again: one question has one answer."""

import pytest

from tests.adapters.slack.bots import ASK, Office
from tests.loopback.slack.deliveries import Retry
from tests.loopback.slack.ways import both_ways


@both_ways
@pytest.mark.parametrize("reason", ["http_timeout", "http_error"])
async def test_a_retry_is_not_answered_again(office: Office, reason: str) -> None:
    alice = office.slack.member("alice")
    await alice.says(await office.channel(alice), ASK)
    await office.slack.posted(1)
    await office.quiet()

    for number, delivery in enumerate(list(office.slack.deliveries), 1):
        again = await office.slack.deliver(delivery.payload, retry=Retry(number, reason))
        assert again.seconds is not None
        assert again.seconds < 3
    await office.quiet()

    assert len(office.slack.calls_of("chat.postMessage")) == 1
