"""Compose for those who read a channel each month what is new in the FAQ, and what was asked for most."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from bot.core.hours import TimeOfWeek, read_time_of_week
from bot.core.manners import ChannelSettings
from bot.core.models import Audience, ChannelRef, Status, Surface
from bot.core.wording.news import news
from bot.service.knowledge import Validity
from bot.service.occasions import Occasions
from bot.service.review_channel import quotable
from bot.service.stats import StatsService
from bot.store import Database
from bot.store.entries import added_between, list_entries
from bot.store.records import EntryFilter

_MOST_NEW, _MOST_ASKED = 10, 5
_DAYS = 31
_MOMENT = timedelta(seconds=1)


class NewsService:
    """Return what a channel is told, of what everybody may read there."""

    def __init__(self, *, database: Database, stats: StatsService, validity: Validity) -> None:
        self._database = database
        self._stats = stats
        self._validity = validity
        self._occasions = Occasions(database=database, clock=validity.clock, name="news")

    async def take(self, place: ChannelRef, settings: ChannelSettings) -> str | None:
        """Return what to tell in a channel, as Markdown; None when it is not due, or nothing is new."""
        due = read_time_of_week(settings.news or "")
        if due is None:
            return None
        return await self._occasions.take(place, due.first_before, partial(self._text, place, settings, due))

    async def give_back(self, place: ChannelRef) -> None:
        """Allow it to be sent again, since it was not sent."""
        await self._occasions.give_back(place)

    async def _text(self, place: ChannelRef, settings: ChannelSettings, due: TimeOfWeek) -> str | None:
        until = due.first_before(self._validity.clock())
        since = due.first_before(until - _MOMENT)
        async with self._database.snapshot() as tx:
            added = await added_between(tx, since, until)
            published = EntryFilter(status=Status.PUBLISHED)
            stored = await list_entries(tx, audience=Audience.PUBLIC, wanted=published) if added else ()
        reader = self._validity.reader(Audience.PUBLIC, locale=settings.locale)
        reader = replace(reader, place=place, topics=settings.topics_of(Surface.AMBIENT))
        titles = {one.entry.id: visible.question for one in stored if (visible := reader.entry(one.entry)) is not None}
        new = [quotable(titles[each]) for each in added if each in titles]
        if not new:
            return None
        used = await self._stats.use(audience=Audience.PUBLIC, days=_DAYS)
        asked = [quotable(titles[each.id]) for each in used if each.asked and each.id in titles]
        return news(new[:_MOST_NEW], max(0, len(new) - _MOST_NEW), asked[:_MOST_ASKED])
