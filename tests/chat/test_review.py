"""Show that a board has a message for each item, and that what was not shown comes with the next round."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.apps import OneApp
from bot.chat.review import Board
from bot.core.models import ChannelRef
from bot.core.review import HeldReply, ReviewItem
from bot.service.app import App
from bot.service.deliveries import Fault, NotSent, Sent
from tests.service.reviews import CAT, DOG, THERE, opened

ROOM = ChannelRef("slack", "T1", "C9")


class Wall:
    """A stand-in for a channel, which stores its cards, and refuses the first ones as a test wants it."""

    def __init__(self, *refusals: NotSent) -> None:
        self.shown: list[tuple[str, str, str | None]] = []
        self.there: Sent | NotSent | None = None
        self.looked = 0
        self._refusals = list(refusals)

    async def find_card(self, board: ChannelRef, item: ReviewItem) -> Sent | NotSent | None:
        """Look for a card."""
        assert (board, item.id) == (ROOM, "R1")
        self.looked += 1
        return self.there

    async def show_card(self, board: ChannelRef, item: ReviewItem, message_id: str | None) -> Sent | NotSent:
        """Hang a card up, or exchange it."""
        assert board == ROOM
        if self._refusals:
            return self._refusals.pop(0)
        self.shown.append((item.id, item.status, message_id))
        return Sent(message_id or f"card of {item.id}")

    async def find_held(self, board: ChannelRef, held: HeldReply) -> Sent | NotSent | None:
        """Look for the card of a held reply."""
        assert board == ROOM
        del held
        self.looked += 1
        return self.there

    async def show_held(self, board: ChannelRef, held: HeldReply, message_id: str | None) -> Sent | NotSent:
        """Hang the card of a held reply up, or exchange it."""
        assert board == ROOM
        if self._refusals:
            return self._refusals.pop(0)
        self.shown.append((held.question_id, held.status, message_id))
        return Sent(message_id or f"card of {held.question_id}")


class PickyWall(Wall):
    """A channel that refuses the cards of some items, and of held replies to some questions, for good."""

    def __init__(self, *refused: str) -> None:
        super().__init__()
        self.refused, self.tried = refused, 0

    async def show_card(self, board: ChannelRef, item: ReviewItem, message_id: str | None) -> Sent | NotSent:
        """Hang a card up unless it is refused."""
        self.tried += 1
        return NotSent(Fault.REFUSED) if item.id in self.refused else await super().show_card(board, item, message_id)

    async def show_held(self, board: ChannelRef, held: HeldReply, message_id: str | None) -> Sent | NotSent:
        """Hang the card of a held reply up unless it is refused."""
        self.tried += 1
        is_refused = held.question_id in self.refused
        return NotSent(Fault.REFUSED) if is_refused else await super().show_held(board, held, message_id)


class SlowWall(Wall):
    """A channel that takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.posting, self.go_on = asyncio.Event(), asyncio.Event()

    async def show_card(self, board: ChannelRef, item: ReviewItem, message_id: str | None) -> Sent | NotSent:
        """Hang a card up once it may."""
        self.posting.set()
        await self.go_on.wait()
        return await super().show_card(board, item, message_id)


def board(app: App, wall: Wall) -> Board:
    """Return a board whose messages hang on a wall."""
    return Board(OneApp(app), wall, ROOM)


async def test_each_item_has_one_message_which_changes_with_it(service: App) -> None:
    await opened(service, CAT)
    await opened(service, DOG)
    wall = Wall()

    for _ in range(2):
        await board(service, wall).show()
    await service.review.answer("R1", THERE, actor="ann")
    await board(service, wall).show()

    assert wall.shown == [("R1", "open", None), ("R2", "open", None), ("R1", "answered", "card of R1")]


async def test_two_processes_post_a_new_card_once(service: App, elsewhere: App) -> None:
    await opened(service, CAT)
    wall = SlowWall()
    first = asyncio.create_task(board(service, wall).show())
    await wall.posting.wait()

    await board(elsewhere, wall).show()
    wall.go_on.set()
    await first
    await board(elsewhere, wall).show()

    assert wall.shown == [("R1", "open", None)]


async def test_what_was_not_taken_is_logged_and_comes_with_the_next_round(
    service: App, caplog: pytest.LogCaptureFixture
) -> None:
    await opened(service, CAT)
    await opened(service, DOG)
    wall = Wall(NotSent(Fault.BUSY, timedelta()))

    await board(service, wall).show()
    assert wall.shown == []
    assert [record.__dict__["item_id"] for record in caplog.records if record.levelname != "INFO"] == ["R1"]
    await board(service, wall).show()

    assert [item_id for item_id, _, _ in wall.shown] == ["R1", "R2"]


@pytest.mark.parametrize(
    ("there", "shown"),
    [
        (Sent("posted"), [("R1", "open", "posted")]),
        (None, [("R1", "open", None)]),
        (NotSent(Fault.BUSY), []),
        (NotSent(Fault.UNREACHABLE), []),
        (NotSent(Fault.REFUSED), [("R1", "open", None)]),
    ],
)
async def test_what_may_have_been_posted_is_looked_for_first(
    service: App, there: Sent | NotSent | None, shown: list[tuple[str, str, str | None]]
) -> None:
    await opened(service, CAT)
    wall = Wall(NotSent(Fault.UNREACHABLE))
    await board(service, wall).show()
    assert wall.looked == 0

    wall.there = there
    await board(service, wall).show()
    assert (wall.looked, wall.shown) == (1, shown)
    wall.there = Sent("posted")
    await board(service, wall).show()
    assert wall.shown == (shown or [("R1", "open", "posted")])


async def test_what_was_not_taken_for_sure_is_not_looked_for(service: App) -> None:
    await opened(service, CAT)
    wall = Wall(NotSent(Fault.BUSY))
    for _ in range(2):
        await board(service, wall).show()

    assert (wall.looked, wall.shown) == (0, [("R1", "open", None)])


async def test_a_card_that_is_refused_holds_up_no_other(service: App) -> None:
    await opened(service, CAT)
    await opened(service, DOG)
    wall = PickyWall("R1")
    await board(service, wall).show()

    assert wall.shown == [("R2", "open", None)]


async def test_a_channel_that_refuses_each_card_is_not_asked_for_all(service: App) -> None:
    for word in ("parrot", "giraffe", "submarine", "volcano", "harmonica"):
        await opened(service, f"where does the {word} live", f"m-{word}")
    wall = PickyWall(*(f"R{number}" for number in range(1, 6)))
    await board(service, wall).show()

    assert wall.tried == 3
