"""What a platform refuses for a while is done later, and what it refuses otherwise holds nobody up, on both of them."""

from datetime import timedelta

import pytest

from bot.chat import posting
from tests.contract.refusing import refuse
from tests.contract.sides import BOT, Side
from tests.service.leases import elapse

FEES, ANSWER = "How much does a withdrawal cost?", "One coin."
A_WHILE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "AGAIN", (0.0, 0.0))


@pytest.mark.parametrize("refusals", [("to post for now",), ("to post, being cut off",), ("to post", "to read")])
async def test_a_reply_that_is_refused_for_now_is_sent_later(side: Side, refusals: tuple[str, ...]) -> None:
    for each in refusals:
        refuse(side, each)
    asked = await side.says("ana", FEES, to=(BOT,))
    await side.settle()
    assert side.replies(asked) == []

    await elapse(side.app.database, A_WHILE)
    await side.recovers()
    (reply,) = side.replies(asked)
    assert ANSWER in reply
