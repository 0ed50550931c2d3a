"""What is new in the FAQ is told once a month in channels that are set so, on both platforms."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.core.hours import TimeOfWeek
from bot.core.models import Entry
from bot.core.wording.news import MOST_ASKED, NEW
from bot.store.tables import AuditRow, EntryRow, QuestionRow
from tests.contract.sides import BOT, Side

WHEN = TimeOfWeek(0, 9 * 60, "UTC")
FEES, LIMITS = "How much does a withdrawal cost?", "When does compliance raise a deposit ceiling?"
MASTS = "Where are the masts @here?"


@pytest.fixture
async def telling(side: Side) -> Side:
    """Return a platform on which a channel was told a month ago, and two entries were added since."""
    await side.set_channel(news="Mon 09:00")
    await side.app.catalogue.add(Entry(id="masts", question=MASTS, answer="On deck."), actor="mod")
    await side.tells_news()
    async with side.app.database.transaction() as tx:
        (awaited,) = await tx.scalars(select(AuditRow).where(AuditRow.object.startswith("news:")))
        before = WHEN.first_before(WHEN.first_before(awaited.at) - timedelta(seconds=1))
        awaited.at = before
        await tx.execute(update(EntryRow).values(created_at=before - timedelta(days=1)))
        new = EntryRow.id.in_(("masts", "limits"))
        await tx.execute(update(EntryRow).where(new).values(created_at=before + timedelta(days=1)))
    return side


async def test_it_is_told_once_with_what_was_asked_for_most(telling: Side) -> None:
    await telling.says("ana", FEES, to=(BOT,))
    await telling.settle()
    async with telling.app.database.transaction() as tx:
        for asked in await tx.scalars(select(QuestionRow)):
            asked.asked_at -= timedelta(hours=1)
    for _ in range(2):
        await telling.tells_news()

    (told,) = telling.beside()
    assert str(NEW).strip("*") in told
    assert "Where are the masts" in told
    assert "@here" not in told
    assert str(MOST_ASKED).strip("*") in told
    assert FEES in told
    assert LIMITS not in told


async def test_nothing_is_said_where_nothing_is_new(telling: Side) -> None:
    await telling.app.catalogue.edit("masts", {"audience": "internal"}, actor="mod")
    for _ in range(2):
        await telling.tells_news()

    assert telling.spoken() == []


@pytest.mark.parametrize("change", [{"mode": "shadow"}, {"topics": "Fees"}, {"news": ""}])
async def test_it_is_told_as_the_channel_is_set(telling: Side, change: dict[str, str]) -> None:
    await telling.app.channels.set(telling.place, {name: value or None for name, value in change.items()}, actor="mod")
    await telling.tells_news()

    assert telling.spoken() == []


async def test_the_first_comes_when_a_month_is_over(side: Side) -> None:
    await side.set_channel(news="Mon 09:00")
    await side.tells_news()

    assert side.spoken() == []
