"""The rounds of the bot show cards by themselves, and look whether the digest is due."""

import asyncio
from contextlib import suppress

from bot.store import audit
from tests.adapters.slack.moderators.desks import PARROT, Desk, texts


async def test_cards_come_and_the_digest_is_looked_after(desk: Desk) -> None:
    await desk.asks()
    going = asyncio.create_task(desk.office.bot.rounds.run())
    try:
        (card,) = await desk.slack.posted(1, desk.review)
        async with asyncio.timeout(30):
            while not await actions(desk):  # noqa: ASYNC110  # nothing tells when the round is over
                await asyncio.sleep(0)
    finally:
        going.cancel()
        with suppress(asyncio.CancelledError):
            await going

    assert PARROT in texts(card)
    assert await actions(desk) == ["awaited"]


async def actions(desk: Desk) -> list[str]:
    """Return what became of the digests so far."""
    async with desk.app.database.snapshot() as tx:
        found = await audit.read(tx, f"digest:{desk.office.bot.place(desk.review.id)}")
    return [record.action for record in found]
