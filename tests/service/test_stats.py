"""Show which figures some time has, for whom, and that the words of a few people are not quoted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.models import Audience, Source
from bot.core.searching.lexicon import Lexicon
from bot.service.app import App, assemble
from bot.store import Database
from bot.store.figures import Counts, Gap, Waited
from tests.service.samples import FEES, KEY, LIMITS, NOW, PHONE, UNKNOWN, question
from tests.store.samples import saved

TODAY = NOW.date()
ENTRIES = (replace(FEES, category="Money", source=Source(views=900)), replace(LIMITS, category="Audits"), PHONE)


@pytest.fixture
async def database(database: Database) -> Database:
    """Return a database with three entries, one of them internal, and one with views."""
    await saved(database, *ENTRIES)
    return database


def bot(database: Database, at: datetime = NOW) -> App:
    """Return the services at some time."""
    return assemble(database, lexicon=Lexicon(), author_key=KEY, clock=lambda: at)


async def ask(
    database: Database, text: str, *authors: str, at: datetime = NOW, audience: Audience = Audience.PUBLIC
) -> str:
    """Ask the same as several people at the same time, and return the id of the last question."""
    asked = ""
    for author in authors or ("U1",):
        message = f"{text} {author} {at}"
        one = question(text, message, author=author, audience=audience)
        asked = (await bot(database, at).ask.ask(one)).question_id
    return asked


async def test_figures_are_those_since_the_start_of_a_day(database: Database) -> None:
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    await ask(database, FEES.question, at=midnight - timedelta(seconds=1))
    await ask(database, FEES.question, "U1", "U2", at=midnight)
    await ask(database, "hello", at=midnight)
    await ask(database, UNKNOWN, at=midnight)
    late = bot(database, NOW + timedelta(seconds=1)).stats

    found = await late.stats(since=TODAY, audience=Audience.PUBLIC)
    assert (found.since, found.until) == (midnight, NOW + timedelta(seconds=1))
    assert found.total.counts == Counts(asked=3, answered=2, unanswered=1, ignored=1, askers=2)
    both = await late.stats(since=TODAY - timedelta(days=1), audience=Audience.PUBLIC)
    assert [(day.day, day.counts.asked) for day in both.days] == [(TODAY - timedelta(days=1), 1), (TODAY, 3)]


async def test_a_day_without_a_question_is_there(database: Database) -> None:
    since = date(2026, 2, 26)
    found = await bot(database).stats.stats(since=since, audience=Audience.PUBLIC)
    assert [day.day for day in found.days] == [since + timedelta(days=number) for number in range(4)]
    assert {day.counts for day in found.days} == {Counts()}
    assert (found.total.counts, found.total.waited) == (Counts(), Waited())
    assert (found.platforms, found.channels, found.categories, found.gaps) == ((), (), (), ())


async def test_parts_come_with_their_names_most_questions_first(database: Database) -> None:
    await ask(database, UNKNOWN, at=NOW - timedelta(hours=1))
    await ask(database, FEES.question, "U1", "U2", at=NOW - timedelta(hours=1))
    found = await bot(database).stats.stats(since=TODAY, audience=Audience.PUBLIC)
    assert [(part.name, part.counts.asked) for part in found.categories] == [("Money", 2), (None, 1)]
    assert [(part.name, part.counts.asked) for part in found.channels] == [("slack/T1/C1", 3)]
    assert [part.name for part in found.platforms] == ["slack"]


async def test_who_waited_for_a_person_counts_when_the_answer_came(database: Database) -> None:
    asked = await ask(database, UNKNOWN, at=NOW - timedelta(days=5))
    await bot(database, NOW - timedelta(hours=1)).review.link(asked, FEES.id, actor="mod")
    found = await bot(database).stats.stats(since=TODAY, audience=Audience.PUBLIC)
    assert found.total.counts.asked == 0
    assert found.total.waited == Waited(count=1, median_seconds=timedelta(days=5, hours=-1).total_seconds())
    assert [(part.name, part.counts, part.waited.count) for part in found.categories] == [("Money", Counts(), 1)]


async def test_a_gap_of_few_people_is_counted_and_not_quoted(database: Database) -> None:
    earlier = NOW - timedelta(hours=1)
    await ask(database, "who feeds the cat", "U1", "U2", at=earlier)
    await ask(database, UNKNOWN, "U1", "U2", "U3", at=earlier)
    found = await bot(database).stats.stats(since=TODAY, audience=Audience.INTERNAL)
    assert found.gaps == (Gap(text=UNKNOWN, count=3, askers=3), Gap(text=None, count=2, askers=2))
    assert "feeds" not in repr(found)
    one = await bot(database).stats.stats(since=TODAY, audience=Audience.INTERNAL, most_gaps=1)
    assert one.gaps == found.gaps[:1]


async def test_the_public_sees_nothing_internal(database: Database) -> None:
    staff = "where is the umbrella stand"
    earlier = NOW - timedelta(hours=1)
    await ask(database, LIMITS.question, "U1", "U2", "U3", at=earlier, audience=Audience.INTERNAL)
    await ask(database, staff, "U1", "U2", "U3", at=earlier, audience=Audience.INTERNAL)

    public = await bot(database).stats.stats(since=TODAY, audience=Audience.PUBLIC)
    assert public.total.counts == Counts()
    assert {entry.id for entry in public.never_asked} == {FEES.id, PHONE.id}
    for secret in ("umbrella", "compliance", "Audits", LIMITS.id):
        assert secret not in repr(public)
    internal = await bot(database).stats.stats(since=TODAY, audience=Audience.INTERNAL)
    assert internal.total.counts.asked == 6
    assert internal.gaps == (Gap(text=staff, count=3, askers=3),)
    assert {part.name for part in internal.categories} == {None, "Audits"}


async def test_entries_nobody_asked_for_and_views_are_told(database: Database) -> None:
    await ask(database, FEES.question, at=NOW - timedelta(hours=1))
    found = await bot(database).stats.stats(since=TODAY, audience=Audience.PUBLIC)
    assert [entry.id for entry in found.never_asked] == [PHONE.id]
    assert [(entry.id, entry.asked, entry.views) for entry in found.viewed] == [(FEES.id, 1, 900)]


async def test_a_digest_has_seven_days_and_the_same_of_the_week_before(database: Database) -> None:
    for days, text in (
        (0, UNKNOWN),
        (6, FEES.question),
        (7, FEES.question),
        (8, "hello"),
        (13, UNKNOWN),
        (14, UNKNOWN),
    ):
        await ask(database, text, at=NOW - timedelta(days=days, hours=1))
    # Later in the day than now, a week ago: this week has no such hour yet.
    await ask(database, FEES.question, at=NOW - timedelta(days=7, hours=-1))
    digest = await bot(database).stats.digest(audience=Audience.PUBLIC)
    assert len(digest.week.days) == 7
    assert digest.week.days[-1].day == TODAY
    assert digest.week.total.counts.asked == 2
    assert digest.before == Counts(asked=2, answered=1, unanswered=1, ignored=1, askers=1)
