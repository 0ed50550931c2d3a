"""Show that a held reply has one message, and that what was not posted comes with the next round."""

import pytest

from bot.chat.apps import OneApp
from bot.chat.review import Reminders
from bot.core.manners import USUAL
from bot.service.app import App
from bot.service.deliveries import Fault, NotSent, Sent
from bot.service.privacy import Person
from bot.store import Database
from tests.chat.test_review import ROOM, PickyWall, Wall, board
from tests.service.conversations import message
from tests.service.deliveries import Watch
from tests.service.reviews import CAT, opened
from tests.service.samples import FEES, services


async def held(app: App, message_id: str = "m1") -> str:
    """Have somebody ask where a moderator sends what the bot would answer."""
    return (await app.ask.ask(message(FEES.question, message_id, held=True, author_id=message_id))).question_id


@pytest.mark.parametrize(
    ("there", "shown"),
    [
        (Sent("posted"), [("Q1", "waiting", "posted")]),
        (None, [("Q1", "waiting", None)]),
        (NotSent(Fault.BUSY), []),
        (NotSent(Fault.REFUSED), [("Q1", "waiting", None)]),
    ],
)
async def test_what_may_have_been_posted_is_looked_for_first(
    service: App, there: Sent | NotSent | None, shown: list[tuple[str, str, str | None]]
) -> None:
    await held(service)
    wall = Wall(NotSent(Fault.UNREACHABLE))
    await board(service, wall).show()
    assert wall.looked == 0

    wall.there = there
    await board(service, wall).show()
    assert (wall.looked, wall.shown) == (1, shown)
    wall.there = Sent("posted")
    await board(service, wall).show()
    assert wall.shown == (shown or [("Q1", "waiting", "posted")])


async def test_a_held_reply_that_is_refused_holds_up_no_other(service: App) -> None:
    refused, other = await held(service), await held(service, "m2")
    wall = PickyWall(refused)
    await board(service, wall).show()

    assert wall.shown == [(other, "waiting", None)]


async def test_a_channel_that_refuses_each_held_reply_is_not_asked_for_all(service: App) -> None:
    wall = PickyWall(*[await held(service, f"m{number}") for number in range(5)])
    await board(service, wall).show()

    assert wall.tried == 3


async def test_what_was_decided_before_anybody_saw_it_is_not_shown(service: App) -> None:
    question_id = await held(service)
    await service.held.drop(question_id, actor="ann", seen=None)
    wall = Wall()
    await board(service, wall).show()

    assert wall.shown == []
    assert await service.held.due(ROOM) == ()


@pytest.mark.parametrize(("fault", "times"), [(Fault.BUSY, 2), (Fault.REFUSED, 1)])
async def test_a_reminder_that_was_not_sent_is_sent_later_unless_that_is_useless(
    sqlite_url: str, fault: Fault, times: int
) -> None:
    database, watch = Database(sqlite_url), Watch()
    app, posted = services(database, clock=watch), list[str]()
    await opened(app, CAT, "m1")
    await app.feedback.ask_human("Q1", Person("slack", "U1"))
    await board(app, Wall()).show()
    watch.forward(2 * USUAL.reminded_after)

    async def post(card: str, text: str) -> Sent | NotSent:
        assert card == "card of R1"
        posted.append(text)
        return Sent("m9") if len(posted) > 1 else NotSent(fault)

    for _ in range(3):
        await Reminders(OneApp(app), ROOM, post).remind()
    await database.aclose()

    assert len(posted) == times
