"""Show what moderators do to an item by its buttons: merge, dismiss, take, put off, open again, take back."""

from datetime import UTC, datetime, timedelta

from bot.core.models import DismissReason, ItemStatus
from tests.adapters.discord.bots import words
from tests.adapters.discord.moderators.staff import FERRET, PARROT, Review, labels
from tests.loopback.discord.invoking import answered, submit
from tests.service.reviews import item_of


async def test_dismiss_with_a_reason(review: Review) -> None:
    await review.unanswered()
    card = await review.filled(review.mo, "R1", "dismiss", reason="off-topic", note="not ours")
    shown = await review.until(card, "Dismissed by")
    item = await item_of(review.app, "R1")

    assert f"<@{review.mo.user_id}>" in str(shown["embeds"])
    assert item.resolution is not None
    assert (item.resolution.actor, item.resolution.reason, item.resolution.note) == (
        f"discord:{review.mo.user_id}",
        DismissReason.OFF_TOPIC,
        "not ours",
    )
    assert len(review.loopback.world.by_bot(review.staff.room)) == 1


async def test_merge_into_another_item(review: Review) -> None:
    await review.unanswered()
    await review.unanswered(FERRET)
    await review.card("R2")
    card = await review.filled(review.mo, "R1", "merge", item="R2")
    await review.until(card, "Merged by")
    await review.card("R2", "Asked 2 times")

    assert sorted((await item_of(review.app, "R2")).wordings) == sorted([FERRET, PARROT])


async def test_merge_without_another_item_says_so(review: Review) -> None:
    await review.unanswered()
    refused = await review.answer_to(await review.pressed(review.mo, "R1", "merge"))

    assert "There is no other open item" in words(refused)


async def test_take_an_item(review: Review) -> None:
    await review.unanswered()
    await review.pressed(review.mo, "R1", "assign")
    await review.card("R1", f"Assigned to: <@{review.mo.user_id}>")

    assert (await item_of(review.app, "R1")).assignee == f"discord:{review.mo.user_id}"


async def test_put_an_item_off(review: Review) -> None:
    await review.unanswered()
    before = datetime.now(UTC)
    card = await review.filled(review.mo, "R1", "snooze", hours="24")
    await review.until(card, "Snoozed until")
    item = await item_of(review.app, "R1")

    assert item.status is ItemStatus.SNOOZED
    assert item.snoozed_until is not None
    assert timedelta(hours=24) <= item.snoozed_until - before < timedelta(hours=25)


async def test_open_an_item_again(review: Review) -> None:
    await review.unanswered()
    card = await review.filled(review.mo, "R1", "dismiss", reason="spam")
    await review.until(card, "Dismissed by")
    await review.pressed(review.max, "R1", "reopen")
    again = await review.card("R1", "No answer · Open")

    assert "Answer" in labels(again)


async def test_undo_takes_back_the_entry_that_was_made(review: Review) -> None:
    await review.unanswered()
    shown = await review.filled(review.mo, "R1", "answer", answer="In its cage.")
    await review.press(review.mo, shown, "confirm")
    await review.card("R1", "Answered by")
    await review.pressed(review.max, "R1", "revert")
    await review.card("R1", "No answer · Open")
    entry = (await review.app.catalogue.show("where-is-the-parrot")).entry

    assert entry.status == "retired"
    assert (await item_of(review.app, "R1")).status is ItemStatus.OPEN


async def test_a_moderator_who_was_slower_changes_nothing(review: Review) -> None:
    await review.unanswered()
    await review.card("R1")
    await review.app.review.assign("R1", f"discord:{review.mo.user_id}", actor=f"discord:{review.mo.user_id}")
    await review.pressed(review.max, "R1", "assign")
    (said,) = await review.told(review.max)

    assert f"R1 was assigned by <@{review.mo.user_id}> meanwhile" in said
    assert (await item_of(review.app, "R1")).assignee == f"discord:{review.mo.user_id}"


async def test_a_dialog_that_was_open_too_long_changes_nothing(review: Review) -> None:
    await review.unanswered()
    opened = await review.pressed(review.mo, "R1", "dismiss")
    await answered(review.loopback, opened)
    await review.app.review.assign("R1", "ann", actor="ann")
    await submit(review.loopback, review.mo, opened, reason="spam")
    (said,) = await review.told(review.mo)

    assert "R1 was assigned by ann meanwhile" in said
    assert (await item_of(review.app, "R1")).status is ItemStatus.OPEN
