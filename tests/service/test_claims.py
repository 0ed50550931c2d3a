"""What several processes are asked for is done by one of them, once, and again where that one died."""

import asyncio

import pytest

from bot.service.app import App
from bot.service.claims import LEASE
from tests.service.leases import elapse

SHARE = ("share", "T1", "C1", "Q1 fees")


async def test_of_many_one_gets_it(talk: App, talk_elsewhere: App) -> None:
    claims = await asyncio.gather(*(app.claims.take(*SHARE) for app in (talk, talk_elsewhere) * 4))

    assert len([claim for claim in claims if claim is not None]) == 1


@pytest.mark.parametrize("days", [0, 29])
async def test_what_is_done_is_done_by_nobody_else(talk: App, talk_elsewhere: App, days: int) -> None:
    claim = await talk.claims.take(*SHARE)
    assert claim is not None
    await talk.claims.finish(claim)

    await elapse(talk.database, LEASE + days * 24 * 60 * LEASE)

    assert await talk_elsewhere.claims.take(*SHARE) is None
    assert await talk_elsewhere.claims.take("share", "T1", "C2", "Q1 fees") is not None


async def test_what_was_given_back_anybody_may_take(talk: App, talk_elsewhere: App) -> None:
    claim = await talk.claims.take(*SHARE)
    assert claim is not None
    await talk.claims.give_back(claim)

    assert await talk_elsewhere.claims.take(*SHARE) is not None


async def test_what_a_crash_left_is_taken_up_and_not_given_away_by_who_was_late(talk: App, talk_elsewhere: App) -> None:
    late = await talk.claims.take(*SHARE)
    assert late is not None
    await elapse(talk.database, LEASE)
    assert await talk_elsewhere.claims.take(*SHARE) is not None

    await talk.claims.give_back(late)

    assert await talk.claims.take(*SHARE) is None
