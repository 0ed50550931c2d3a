"""Show that each item gets one message for moderators, which follows it."""

from bot.adapters.permalinks import permalink
from bot.core.models import Audience, ChannelRef, DismissReason, ItemStatus, Surface
from bot.core.wording.cards import nearest, quoted
from bot.service.app import App
from bot.service.cards import LEASE, StaleCard
from tests.service.leases import elapse
from tests.service.reviews import CAT, opened
from tests.service.samples import UNKNOWN, ask

BOARD, ELSEWHERE = ChannelRef("slack", "T1", "C9"), ChannelRef("discord", "1", "9")


async def show(app: App, board: ChannelRef = BOARD) -> list[StaleCard]:
    """Show everything that is due, and return it."""
    due = await app.cards.due(board)
    for one in due:
        card = await app.cards.lease(board, one)
        assert card is not None
        await app.cards.shown(board, card, one.message_id or f"message of {one.item.id}")
    return list(due)


async def test_each_open_item_is_shown_once_in_each_channel(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    await opened(app, CAT)

    first = await show(app)
    assert [(one.item.id, one.item.text, one.message_id) for one in first] == [("R1", UNKNOWN, None), ("R2", CAT, None)]
    assert await show(other) == []
    assert [one.item.id for one in await show(other, ELSEWHERE)] == ["R1", "R2"]


async def test_a_card_is_due_again_whenever_its_item_changes(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    await show(app)
    await ask(other, UNKNOWN, "m2")
    (joined,) = await show(app)
    assert (joined.item.count, joined.message_id) == (2, "message of R1")
    await other.review.assign("R1", "slack:U7", actor="slack:U7")
    (assigned,) = await show(app)
    assert assigned.item.assignee == "slack:U7"
    await other.review.link("R1", "fees", actor="discord:5")
    (done,) = await show(app)
    assert (done.item.status, done.item.is_open) == (ItemStatus.LINKED, False)
    assert done.item.resolution is not None
    assert (done.item.resolution.actor, done.item.resolution.entry_id) == ("discord:5", "fees")
    assert await show(app) == []


async def test_what_was_closed_before_it_was_shown_is_not_shown(app: App) -> None:
    await opened(app, UNKNOWN)
    await app.review.dismiss("R1", reason=DismissReason.SPAM, actor="mod")
    assert await show(app) == []
    await app.review.reopen("R1", actor="mod")
    assert [one.item.id for one in await show(app)] == ["R1"]


async def test_a_card_links_to_the_messages_and_names_what_is_near(app: App) -> None:
    asked = await ask(app, UNKNOWN, "1700000000.000100")
    (due,) = await show(app)

    assert [(one.text, permalink(one.ref)) for one in quoted(due.item)] == [
        (UNKNOWN, "https://slack.com/archives/C1/p1700000000000100?thread_ts=t1&cid=C1")
    ]
    assert asked.item_id == due.item.id
    found = await app.ask.explain(UNKNOWN, audience=Audience.PUBLIC, surface=Surface.MENTION)
    near = [(match.entry_id, match.phrase, match.confidence) for match in found.ranking.matches]
    assert [(each.entry_id, each.phrase, each.confidence) for each in nearest(due.item)] == near[:5]


async def test_what_changed_after_it_was_read_is_due_again(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (due,) = await app.cards.due(BOARD)
    card = await app.cards.lease(BOARD, due)
    assert card is not None
    await ask(other, UNKNOWN, "m2")
    await app.cards.shown(BOARD, card, "message")

    assert [one.item.count for one in await show(app)] == [2]


async def test_of_two_processes_that_find_a_card_due_one_may_show_it(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (here,), (there,) = await app.cards.due(BOARD), await other.cards.due(BOARD)

    card = await app.cards.lease(BOARD, here)
    assert card is not None
    assert await other.cards.lease(BOARD, there) is None
    assert await other.cards.lease(ELSEWHERE, there) is not None
    await app.cards.shown(BOARD, card, "message")
    assert await other.cards.lease(BOARD, there) is None
    assert await show(other) == []


async def test_a_card_that_was_not_shown_anybody_may_show(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (due,) = await app.cards.due(BOARD)
    card = await app.cards.lease(BOARD, due)
    assert card is not None
    await app.cards.give_back(card, may_be_there=False)

    again = await other.cards.lease(BOARD, due)
    assert again is not None
    assert not again.may_be_there


async def test_a_card_that_may_be_there_anybody_may_show_who_looks_for_it(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (due,) = await app.cards.due(BOARD)
    card = await app.cards.lease(BOARD, due)
    assert card is not None
    assert not card.may_be_there
    await app.cards.give_back(card, may_be_there=True)

    again = await other.cards.lease(BOARD, due)
    assert again is not None
    assert again.may_be_there
    await other.cards.shown(BOARD, again, "message")
    await ask(app, UNKNOWN, "m2")
    (changed,) = await app.cards.due(BOARD)
    later = await app.cards.lease(BOARD, changed)
    assert later is not None
    assert not later.may_be_there


async def test_a_card_that_a_crash_left_is_shown_by_another_process_later(app: App, other: App) -> None:
    await opened(app, UNKNOWN)
    (due,) = await app.cards.due(BOARD)
    assert await app.cards.lease(BOARD, due) is not None
    await elapse(app.database, LEASE)

    card = await other.cards.lease(BOARD, due)
    assert card is not None
    assert card.may_be_there
