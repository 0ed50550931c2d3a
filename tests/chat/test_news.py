"""What a platform does not take is told again, unless that is useless."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.chat.apps import OneApp
from bot.chat.news import MonthlyNews
from bot.core.models import ChannelRef
from bot.service.app import App
from bot.service.deliveries import Fault, NotSent, Sent
from bot.store.tables import AuditRow, EntryRow
from tests.service.samples import NOW

HERE, ELSEWHERE = ChannelRef("slack", "T1", "C1"), ChannelRef("slack", "T2", "C1")
MONTH = timedelta(days=40)


@dataclass
class Posting:
    """A platform that takes nothing at first."""

    fault: Fault
    posted: list[ChannelRef] = field(default_factory=list)

    async def __call__(self, place: ChannelRef, text: str) -> Sent | NotSent:
        """Post a text."""
        assert "How much does a withdrawal cost?" in text
        self.posted.append(place)
        return NotSent(self.fault) if len(self.posted) == 1 else Sent("1")


@pytest.mark.parametrize(("fault", "tries"), [(Fault.UNREACHABLE, 2), (Fault.REFUSED, 1)])
async def test_what_was_not_taken_is_posted_again_where_that_may_help(service: App, fault: Fault, tries: int) -> None:
    for place in (HERE, ELSEWHERE, ChannelRef("discord", "T1", "1")):
        await service.channels.set(place, {"mode": "mention", "news": "Sun 09:00"}, actor="mod")
    posting = Posting(fault)
    news = MonthlyNews(OneApp(service), "slack", workspaces=lambda: {"T1"}, post=posting)
    await news.tell()
    async with service.database.transaction() as tx:
        for row in await tx.scalars(select(AuditRow).where(AuditRow.object.startswith("news:"))):
            row.at -= MONTH
        for entry in await tx.scalars(select(EntryRow)):
            entry.created_at = NOW - timedelta(days=10)
    for _ in range(3):
        await news.tell()

    assert posting.posted == [HERE] * tries
