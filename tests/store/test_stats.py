"""Show that what was asked is counted alike on both databases."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.core.models import (
    Answered,
    Audience,
    Decision,
    Ignored,
    IgnoreReason,
    ItemKind,
    ItemStatus,
    Match,
    Rating,
    Status,
    Suggested,
    Unanswered,
)
from bot.store import Database, Transaction
from bot.store.figures import Counts, Dimension, EntryUse, Gap, Key, Scope, Waited
from bot.store.questions import claim, record_decision
from bot.store.records import DeliveryKind, DeliveryStatus
from bot.store.stats import count_questions, count_waiting, largest_gaps, use_of_entries
from bot.store.tables import DeliveryRow, FeedbackRow, QuestionRow, ReviewItemRow
from tests.store.samples import NOW, ask, entry, outcome, question, save, saved

ALL = Scope(since=NOW - timedelta(days=30), until=NOW + timedelta(days=1), audience=Audience.INTERNAL)
PUBLIC = replace(ALL, audience=Audience.PUBLIC)


def match(entry_id: str) -> Match:
    return Match(entry_id=entry_id, phrase="x", confidence=0.5)


async def log(tx: Transaction, message_id: str, decision: Decision, *, author: str = "a1", **fields: Any) -> int:  # noqa: ANN401  # the fields of a question
    """Log a decided question and return its row."""
    at = fields.pop("at", NOW)
    found = await claim(tx, question(message_id, **fields), author=author, at=at)
    await record_decision(tx, found.question_id, outcome(decision))
    return int(found.question_id[1:])


async def rate(tx: Transaction, row: int, *ratings: Rating) -> None:
    """Rate an answer as several people."""
    values = [
        {"question_id": row, "author": f"r{number}", "rating": rating, "given_at": NOW}
        for number, rating in enumerate(ratings)
    ]
    await tx.execute(insert(FeedbackRow), values)


async def item(tx: Transaction, status: ItemStatus, rows: Sequence[int], **fields: Any) -> None:  # noqa: ANN401  # the columns
    """Put questions into a review item."""
    values = {
        "kind": ItemKind.UNANSWERED,
        "audience": Audience.PUBLIC,
        "status": status,
        "version": 1,
        "created_at": NOW,
        **fields,
    }
    number = (await tx.scalars(insert(ReviewItemRow).values(values).returning(ReviewItemRow.id))).one()
    await tx.execute(update(QuestionRow).where(QuestionRow.id.in_(rows)).values(review_item_id=number))


async def join(tx: Transaction) -> None:
    """Put the unanswered questions that are in no item into one for each wording of each audience."""
    unplaced = select(QuestionRow).where(QuestionRow.decision == "unanswered", QuestionRow.review_item_id.is_(None))
    groups: defaultdict[tuple[str | None, str], list[int]] = defaultdict(list)
    for row in (await tx.scalars(unplaced.order_by(QuestionRow.id))).all():
        groups[row.normalised, row.audience].append(row.id)
    for rows in groups.values():
        await item(tx, ItemStatus.OPEN, rows)


async def counted(tx: Transaction, scope: Scope, by: Dimension = Dimension.ALL) -> Mapping[Key, Counts]:
    """Return the counts of one dimension."""
    return (await count_questions(tx, scope, by))[by]


async def waiting(tx: Transaction, scope: Scope, by: Dimension = Dimension.ALL) -> Mapping[Key, Waited]:
    """Return how long people waited, for the values of one dimension."""
    return (await count_waiting(tx, scope, by))[by]


async def entries_used(tx: Transaction, scope: Scope) -> tuple[EntryUse, ...]:
    """Return the published entries with how often they were asked for."""
    asked = await count_questions(tx, scope, Dimension.ENTRY)
    return await use_of_entries(tx, scope, asked[Dimension.ENTRY])


async def test_an_empty_log_counts_nothing(database: Database) -> None:
    async with database.snapshot() as tx:
        assert await counted(tx, ALL) == {(): Counts()}
        assert await counted(tx, ALL, Dimension.DAY) == {}
        assert await waiting(tx, ALL) == {}
        assert await largest_gaps(tx, ALL, fewest_askers=1, limit=9) == ()
        assert await entries_used(tx, ALL) == ()


async def test_each_decision_and_rating_is_counted(database: Database) -> None:
    await saved(database, entry("fees"))
    async with database.transaction() as tx:
        first = await log(tx, "m1", Answered(match("fees")))
        second = await log(tx, "m2", Suggested((match("fees"),)), author="a2")
        await log(tx, "m3", Unanswered(), author="a2")
        await log(tx, "m4", Ignored(IgnoreReason.GREETING), author="a3")
        await claim(tx, question("undecided"), author="a4", at=NOW)
        await rate(tx, first, Rating.HELPFUL, Rating.HELPFUL, Rating.WRONG)
        await rate(tx, second, Rating.WRONG)

        assert await counted(tx, ALL) == {
            (): Counts(asked=3, answered=1, suggested=1, unanswered=1, ignored=1, askers=2, helpful=2, wrong=2)
        }


async def test_what_was_decided_in_the_shadow_counts_apart(database: Database) -> None:
    await saved(database, entry("fees"))
    async with database.transaction() as tx:
        row = await log(tx, "m1", Answered(match("fees")))
        await log(tx, "m2", Unanswered())
        await rate(tx, row, Rating.WRONG)
        await tx.execute(update(QuestionRow).values(shadow=True))

        assert await counted(tx, ALL) == {(): Counts(shadow=2)}
        await join(tx)
        assert await largest_gaps(tx, ALL, fewest_askers=1, limit=9) == ()
        assert [use.asked for use in await entries_used(tx, ALL)] == [0]


async def test_days_platforms_and_channels_are_told_apart(database: Database) -> None:
    midnight = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
    async with database.transaction() as tx:
        await log(tx, "m1", Unanswered(), at=midnight)
        await log(tx, "m2", Unanswered(), at=midnight - timedelta(microseconds=1), platform="discord")
        await log(tx, "m3", Unanswered(), at=midnight - timedelta(seconds=1), channel_id="C2")
        days = await counted(tx, ALL, Dimension.DAY)
        platforms = await counted(tx, ALL, Dimension.PLATFORM)
        channels = await counted(tx, ALL, Dimension.CHANNEL)

    today, yesterday = (day.date().isoformat() for day in (midnight, midnight - timedelta(days=1)))
    assert {key: counts.asked for key, counts in days.items()} == {(today,): 1, (yesterday,): 2}
    assert {key: counts.asked for key, counts in platforms.items()} == {("slack",): 2, ("discord",): 1}
    assert {key: counts.asked for key, counts in channels.items()} == {
        ("slack", "T1", "C1"): 1,
        ("discord", "T1", "C1"): 1,
        ("slack", "T1", "C2"): 1,
    }


async def test_a_question_has_the_category_of_what_it_was_linked_with_before_what_it_got(database: Database) -> None:
    await saved(database, entry("fees", category="Money"), entry("freeze", category="Safety"), entry("none"))
    async with database.transaction() as tx:
        await log(tx, "m1", Answered(match("fees")))
        await log(tx, "m2", Suggested((match("freeze"), match("fees"))))
        await log(tx, "m3", Answered(match("none")))
        await log(tx, "m4", Unanswered())
        linked = await log(tx, "m5", Unanswered())
        await item(tx, ItemStatus.LINKED, [linked], resolved_entry_id="freeze", resolved_at=NOW)
        rated = await log(tx, "m6", Answered(match("fees")))
        await item(tx, ItemStatus.LINKED, [rated], resolved_entry_id="freeze", resolved_at=NOW)
        categories = await counted(tx, ALL, Dimension.CATEGORY)
        used = await entries_used(tx, ALL)

    assert {key: counts.asked for key, counts in categories.items()} == {("Money",): 1, ("Safety",): 3, (None,): 2}
    assert {use.id: use.asked for use in used} == {"freeze": 3, "fees": 1, "none": 1}


async def test_only_the_time_of_the_scope_counts(database: Database) -> None:
    hour = Scope(since=NOW, until=NOW + timedelta(hours=1), audience=Audience.PUBLIC)
    async with database.transaction() as tx:
        for message, at in (("before", NOW - timedelta(microseconds=1)), ("at", NOW), ("after", hour.until)):
            await log(tx, message, Unanswered(), at=at)
        assert (await counted(tx, hour))[()].asked == 1
        await join(tx)
        assert [gap.count for gap in await largest_gaps(tx, hour, fewest_askers=1, limit=9)] == [1]


@pytest.mark.parametrize(("scope", "asked", "categories"), [(ALL, 2, {"Secret", None}), (PUBLIC, 1, {None})])
async def test_what_is_internal_stays_out(
    database: Database, scope: Scope, asked: int, categories: set[str | None]
) -> None:
    hidden = entry("salaries", audience=Audience.INTERNAL, category="Secret")
    await saved(database, hidden, entry("fees"))
    async with database.transaction() as tx:
        await log(tx, "m1", Unanswered(), audience=Audience.INTERNAL)
        # The entry was public when it answered.
        await log(tx, "m2", Answered(match("salaries")))
        found = await counted(tx, scope, Dimension.CATEGORY)
        used = {use.id for use in await entries_used(tx, scope)}
        await join(tx)
        gaps = await largest_gaps(tx, scope, fewest_askers=1, limit=9)

    assert sum(counts.asked for counts in found.values()) == asked
    assert {key[0] for key in found} == categories
    assert used == ({"salaries", "fees"} if scope is ALL else {"fees"})
    assert len(gaps) == asked - 1


@pytest.mark.parametrize(("minutes", "median"), [([5], 300), ([1, 9], 300), ([1, 4, 60], 240), ([1, 2, 4, 60], 180)])
async def test_the_wait_is_the_median_of_the_answers_of_moderators(
    database: Database, minutes: list[int], median: float
) -> None:
    await saved(database, entry("fees"))
    async with database.transaction() as tx:
        for number, each in enumerate(minutes):
            row = await log(tx, f"m{number}", Unanswered(), at=NOW - timedelta(minutes=each))
            await item(tx, (ItemStatus.ANSWERED, ItemStatus.LINKED)[number % 2], [row], resolved_at=NOW)
        spam = await log(tx, "spam", Unanswered(), at=NOW - timedelta(days=9))
        await item(tx, ItemStatus.DISMISSED, [spam], resolved_at=NOW)
        await log(tx, "open", Unanswered())

        expected = Waited(count=len(minutes), median_seconds=median)
        assert await waiting(tx, ALL) == {(): expected}
        assert await waiting(tx, ALL, Dimension.PLATFORM) == {("slack",): expected}


async def test_each_part_has_a_median_of_its_own_by_the_time_of_the_answer(database: Database) -> None:
    async with database.transaction() as tx:
        for platform, days in (("slack", 40), ("discord", 2), ("email", 3)):
            at = NOW - timedelta(days=days)
            row = await log(tx, "m", Unanswered(), platform=platform, at=at)
            answered = NOW if platform != "email" else ALL.until
            await item(tx, ItemStatus.ANSWERED, [row], resolved_at=answered)
        found = await waiting(tx, ALL, Dimension.PLATFORM)

    assert found == {
        ("slack",): Waited(count=1, median_seconds=40 * 86_400),
        ("discord",): Waited(count=1, median_seconds=2 * 86_400),
    }


async def test_gaps_are_items_most_askers_first(database: Database) -> None:
    async with database.transaction() as tx:
        for number, (words, author) in enumerate(
            [("how much", "a1"), ("where", "a1"), ("How much?", "a2"), ("costs", "a3"), ("where", "a1"), ("done", "a4")]
        ):
            await ask(tx, question(f"m{number}"), words, author=author)
        await item(tx, ItemStatus.OPEN, [1, 3, 4])
        await item(tx, ItemStatus.DISMISSED, [6])

        await join(tx)
        assert await largest_gaps(tx, ALL, fewest_askers=1, limit=9) == (
            Gap(text="costs", count=3, askers=3),
            Gap(text="where", count=2, askers=1),
        )
        assert [gap.text for gap in await largest_gaps(tx, ALL, fewest_askers=3, limit=9)] == ["costs", None]
        assert len(await largest_gaps(tx, ALL, fewest_askers=1, limit=1)) == 1


async def test_a_deleted_text_is_not_quoted_and_an_earlier_one_is(database: Database) -> None:
    async with database.transaction() as tx:
        await ask(tx, question("m1"), "how much")
        await ask(tx, question("m2"), "How MUCH?")
        await tx.execute(update(QuestionRow).where(QuestionRow.id == 2).values(text=None))
        await join(tx)
        assert [gap.text for gap in await largest_gaps(tx, ALL, fewest_askers=1, limit=9)] == ["how much"]


async def test_published_entries_come_with_their_views(database: Database) -> None:
    fees = entry("fees")
    fees = replace(fees, source=replace(fees.source, views=70))
    async with database.transaction() as tx:
        await save(tx, fees, entry("draft", status=Status.DRAFT), entry("Zoo"), entry("ant"))
        await log(tx, "m1", Answered(match("fees")))
        found = await entries_used(tx, ALL)

    assert found[0] == EntryUse(id="fees", question="Where is fees", asked=1, views=70, shown=1)
    assert [(use.id, use.asked, use.views) for use in found[1:]] == [("Zoo", 0, None), ("ant", 0, None)]


async def test_ratings_and_corrections_count_for_the_entry(database: Database) -> None:
    async with database.transaction() as tx:
        await save(tx, entry("fees"), entry("ant"))
        await rate(tx, await log(tx, "m1", Answered(match("fees"))), Rating.WRONG, Rating.HELPFUL, Rating.WRONG)
        await log(tx, "m2", Answered(match("fees")))
        long_ago = NOW - timedelta(days=40)
        sent = ((1, DeliveryStatus.SENT, NOW), (2, DeliveryStatus.SENT, long_ago), (2, DeliveryStatus.WAITING, None))
        for number, status, at in sent:
            values = {"kind": DeliveryKind.CORRECTION, "question_id": number, "entry_id": "fees", "entry_version": 2}
            values |= {"status": status, "sent_at": at, "dedupe_key": f"{number}{status}{at}", "attempts": 1}
            await tx.execute(insert(DeliveryRow).values(**values, next_try_at=NOW, expires_at=NOW, created_at=NOW))
        fees, ant = await entries_used(tx, ALL)

    assert (fees.shown, fees.helpful, fees.wrong, fees.corrected) == (2, 1, 2, 1)
    assert fees.has_feedback
    assert not ant.has_feedback


async def test_most_people_come_before_most_questions_then_the_latest(database: Database) -> None:
    asked = [
        ("often", "a1"),
        ("often", "a1"),
        ("often", "a1"),
        ("many", "a1"),
        ("many", "a2"),
        ("old", "a1"),
        ("new", "a1"),
    ]
    async with database.transaction() as tx:
        for number, (words, author) in enumerate(asked):
            await ask(tx, question(f"m{number}"), words, author=author)
        await join(tx)
        found = await largest_gaps(tx, ALL, fewest_askers=1, limit=9)

    assert [gap.text for gap in found] == ["many", "often", "new", "old"]


async def test_the_same_words_of_two_audiences_are_two_gaps(database: Database) -> None:
    async with database.transaction() as tx:
        await ask(tx, question("m1"), "how much")
        await ask(tx, question("m2", audience=Audience.INTERNAL), "how much", author="a2")
        await join(tx)
        assert [gap.askers for gap in await largest_gaps(tx, ALL, fewest_askers=1, limit=9)] == [1, 1]


async def test_nobody_waited_who_was_never_answered_aloud_or_is_not_to_be_seen(database: Database) -> None:
    async with database.transaction() as tx:
        silent = await log(tx, "m1", Unanswered())
        staff = await log(tx, "m2", Unanswered(), audience=Audience.INTERNAL)
        await tx.execute(update(QuestionRow).where(QuestionRow.id == silent).values(shadow=True))
        await item(tx, ItemStatus.ANSWERED, [silent, staff], resolved_at=NOW)

        assert await waiting(tx, PUBLIC) == {}
        assert await waiting(tx, ALL) == {(): Waited(count=1, median_seconds=0)}
