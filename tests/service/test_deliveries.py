"""Show that everybody who asked is told once, where they asked, and for how long that is tried."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.core.models import Audience, Surface
from bot.core.wording.outcomes import LATER
from bot.service import USUAL
from bot.service.app import App
from bot.service.deliveries import LEASE, Fault, NotSent, withdraw_deliveries
from bot.store.records import DeliveryStatus, from_question_id
from bot.store.tables import OptOutRow, QuestionRow
from tests.service.deliveries import Receiver, Watch, ask_as, make_item, plan, rows, sender, statuses
from tests.service.leases import elapse
from tests.service.samples import NOW

SLACK = "slack"
A_TICK = timedelta(milliseconds=1)  # SQLite counts in these
A_WHILE = LEASE / 2  # more than any test takes


@pytest.fixture
def watch() -> Watch:
    """Return a clock that can be moved."""
    return Watch()


async def one_delivery(app: App) -> int:
    """Return an item of one question, whose delivery waits."""
    item = await make_item(app.database, await ask_as(app, "ann", "m1"))
    assert await plan(app.database, item) == 1
    return item


async def test_each_asker_is_told_once_where_they_asked_last(app: App) -> None:
    asked = [
        await ask_as(app, "ann", "m1", thread_id="t1"),
        await ask_as(app, "ben", "m2", thread_id="t2"),
        await ask_as(app, "ann", "m3", thread_id="t3"),
    ]
    assert await plan(app.database, await make_item(app.database, *asked)) == 2
    receiver = Receiver()
    assert await app.deliveries.send_due(SLACK, receiver) == 2

    assert sorted(receiver.places) == [("m2", "t2"), ("m3", "t3")]
    for one in receiver.taken:
        assert one.follow_up.lead == str(LATER)
        assert one.follow_up.reply is not None
        assert (one.follow_up.reply.text, one.follow_up.reply.staff_note) == ("One coin.", None)
    assert [row.sent_message_id for row in await rows(app.database)] == ["sent-1", "sent-2"]
    assert await app.deliveries.send_due(SLACK, receiver) == 0


async def test_a_platform_gets_its_own_only(app: App) -> None:
    asked = [await ask_as(app, "ann", "m1"), await ask_as(app, "ann", "m2", platform="discord")]
    assert await plan(app.database, await make_item(app.database, *asked)) == 2
    slack, discord = Receiver(), Receiver()
    await app.deliveries.send_due(SLACK, slack)
    await app.deliveries.send_due("discord", discord)

    assert [one.question.ref.platform for one in slack.taken] == ["slack"]
    assert [one.question.ref.platform for one in discord.taken] == ["discord"]


async def test_two_items_of_one_asker_are_two_messages(app: App) -> None:
    for message in ("m1", "m2"):
        await plan(app.database, await make_item(app.database, await ask_as(app, "ann", message)))

    assert len({row.dedupe_key for row in await rows(app.database)}) == 2


async def test_who_is_not_told(app: App) -> None:
    quiet: dict[str, dict[str, Any]] = {
        "deleted": {"deleted_at": NOW},
        "shadow": {"shadow": True},
        "console": {"surface": Surface.CONSOLE},
    }
    asked = [await ask_as(app, name, name) for name in (*quiet, "left", "told")]
    async with app.database.transaction() as tx:
        for question_id, values in zip(asked, quiet.values(), strict=False):
            number = from_question_id(question_id)
            await tx.execute(update(QuestionRow).where(QuestionRow.id == number).values(values))
        left = await tx.get_one(QuestionRow, from_question_id(asked[3]))
        await tx.execute(insert(OptOutRow).values(author=left.author, opted_out_at=NOW))
    item = await make_item(app.database, *asked)

    assert await plan(app.database, item) == 1
    receiver = Receiver()
    await app.deliveries.send_due(SLACK, receiver)
    assert receiver.places == [("told", "t1")]


async def test_a_deleted_message_leaves_the_earlier_one_of_its_asker(app: App) -> None:
    asked = [await ask_as(app, "ann", "m1"), await ask_as(app, "ann", "m2")]
    async with app.database.transaction() as tx:
        gone = QuestionRow.id == from_question_id(asked[1])
        await tx.execute(update(QuestionRow).where(gone).values(deleted_at=NOW))
    await plan(app.database, await make_item(app.database, *asked))
    receiver = Receiver()
    await app.deliveries.send_due(SLACK, receiver)

    assert receiver.places == [("m1", "t1")]


@pytest.mark.parametrize("change", ["opted out", "deleted"])
async def test_who_wants_nothing_any_more_gets_nothing(app: App, change: str) -> None:
    await one_delivery(app)
    async with app.database.transaction() as tx:
        asked = await tx.get_one(QuestionRow, 1)
        if change == "deleted":
            asked.deleted_at = NOW
        else:
            tx.add(OptOutRow(author=asked.author, opted_out_at=NOW))

    assert await app.deliveries.claim(SLACK) is None
    assert await statuses(app.database) == [DeliveryStatus.CANCELLED]


async def test_nobody_is_told_what_is_no_answer_any_more(app: App) -> None:
    await one_delivery(app)
    await app.catalogue.edit("fees", {"audience": Audience.INTERNAL}, actor="mod")

    assert await app.deliveries.claim(SLACK) is None
    assert await statuses(app.database) == [DeliveryStatus.CANCELLED]


async def test_what_is_told_is_what_the_entry_says_now(app: App) -> None:
    await one_delivery(app)
    await app.catalogue.edit("fees", {"answer": "Two coins."}, actor="mod")
    outgoing = await app.deliveries.claim(SLACK)

    assert outgoing is not None
    assert outgoing.follow_up.reply is not None
    assert outgoing.follow_up.reply.text == "Two coins."
    assert [row.entry_version for row in await rows(app.database)] == [2]


async def test_what_one_has_taken_is_nobody_elses_until_its_time_is_up(app: App, other: App, watch: Watch) -> None:
    await one_delivery(app)
    first = await sender(app.database, watch).claim(SLACK)
    await elapse(app.database, LEASE - A_WHILE)
    assert await sender(other.database, watch).claim(SLACK) is None
    await elapse(app.database, A_WHILE)
    second = await sender(other.database, watch).claim(SLACK)

    assert first is not None
    assert second is not None
    assert (first.key, first.delivery.attempts) == (second.key, 1)
    assert second.delivery.attempts == 2


async def test_who_was_too_slow_changes_nothing(app: App, watch: Watch) -> None:
    await one_delivery(app)
    service = sender(app.database, watch)
    slow = await service.claim(SLACK)
    await elapse(app.database, LEASE)
    quick = await service.claim(SLACK)
    assert slow is not None
    assert quick is not None
    await service.postpone(slow, NotSent(Fault.GONE))
    assert await statuses(app.database) == [DeliveryStatus.WAITING]
    await service.confirm(quick, "first")
    await service.confirm(slow, "second")

    assert [(row.status, row.sent_message_id) for row in await rows(app.database)] == [(DeliveryStatus.SENT, "first")]


async def test_a_try_that_failed_is_made_again_later_with_the_same_key(app: App, watch: Watch) -> None:
    await one_delivery(app)
    service, receiver = sender(app.database, watch), Receiver(NotSent(Fault.UNREACHABLE), NotSent(Fault.BUSY))
    (key,) = {row.dedupe_key for row in await rows(app.database)}
    for longest in (timedelta(seconds=5), timedelta(seconds=10)):
        before = datetime.now(UTC)
        assert await service.send_due(SLACK, receiver) == 1
        (row,) = await rows(app.database)
        assert before + longest / 2 - A_TICK <= row.next_try_at <= datetime.now(UTC) + longest
        await elapse(app.database, longest - A_WHILE)
        assert await service.send_due(SLACK, receiver) == 0
        await elapse(app.database, A_WHILE)
    await service.send_due(SLACK, receiver)

    assert ([one.key for one in receiver.taken], len(key)) == ([key], 24)


async def test_a_platform_that_asks_for_patience_gets_it(app: App, watch: Watch) -> None:
    await one_delivery(app)
    wait = timedelta(minutes=9)
    before = datetime.now(UTC)
    await sender(app.database, watch).send_due(SLACK, Receiver(NotSent(Fault.BUSY, wait)))

    (row,) = await rows(app.database)
    assert before + wait - A_TICK <= row.next_try_at <= datetime.now(UTC) + wait
    assert row.last_error == "busy"


@pytest.mark.parametrize("fault", [Fault.REFUSED, Fault.GONE])
async def test_what_no_try_can_mend_is_given_up(app: App, fault: Fault) -> None:
    await one_delivery(app)
    await app.deliveries.send_due(SLACK, Receiver(NotSent(fault)))

    assert [(row.status, row.last_error) for row in await rows(app.database)] == [(DeliveryStatus.FAILED, fault)]
    assert await app.deliveries.claim(SLACK) is None


async def test_what_could_not_be_sent_for_a_week_is_given_up(app: App, watch: Watch) -> None:
    await one_delivery(app)
    service = sender(app.database, watch)
    for _ in range(3):
        await service.send_due(SLACK, Receiver(NotSent(Fault.UNREACHABLE)))
        await elapse(app.database, USUAL.delivery / 3)
    receiver = Receiver()

    assert await service.send_due(SLACK, receiver) == 0
    assert await statuses(app.database) == [DeliveryStatus.EXPIRED]


async def test_an_item_that_is_opened_again_tells_nobody_until_it_is_resolved(app: App) -> None:
    item = await one_delivery(app)
    async with app.database.transaction() as tx:
        assert await withdraw_deliveries(tx, item) == 1
    assert await app.deliveries.claim(SLACK) is None
    assert await plan(app.database, item, "freeze-web") == 1
    receiver = Receiver()
    await app.deliveries.send_due(SLACK, receiver)

    assert [one.follow_up.reply and one.follow_up.reply.text for one in receiver.taken] == ["Click freeze."]


async def test_who_was_told_is_not_told_again_of_the_same_item(app: App) -> None:
    item = await one_delivery(app)
    await app.deliveries.send_due(SLACK, Receiver())
    async with app.database.transaction() as tx:
        assert await withdraw_deliveries(tx, item) == 0

    assert await plan(app.database, item, "freeze-web") == 0
    assert await app.deliveries.claim(SLACK) is None


async def test_the_log_names_nobody_and_no_place(app: App, caplog: pytest.LogCaptureFixture) -> None:
    asked = [await ask_as(app, "member-0815", f"message-{number}", channel_id="channel-7") for number in range(2)]
    for question_id in asked:
        await plan(app.database, await make_item(app.database, question_id))
    caplog.clear()
    with caplog.at_level("DEBUG", logger="bot"):
        await app.deliveries.send_due(SLACK, Receiver(NotSent(Fault.BUSY)))

    told = [record.getMessage() for record in caplog.records if record.name == "bot.service.deliveries"]
    assert told == ["delivery.failed", "delivery.sent"]
    written = " ".join(str(vars(record)) for record in caplog.records)
    (author,) = {row.author for row in await questions(app)}
    for trace in ("member-0815", "message-", "channel-7", author, "sent-1"):
        assert trace not in written, trace


async def questions(app: App) -> list[QuestionRow]:
    """Return the log."""
    async with app.database.snapshot() as tx:
        return list(await tx.scalars(select(QuestionRow)))
