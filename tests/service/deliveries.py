"""Make questions, items and deliveries, and receivers that stand for a platform."""

from datetime import datetime, timedelta
from random import SystemRandom

from sqlalchemy import insert, select, update

from bot.core.models import Audience, ItemKind, ItemStatus
from bot.service import USUAL
from bot.service.app import App
from bot.service.deliveries import DeliveryService, NotSent, Outgoing, Sent, plan_deliveries
from bot.service.knowledge import Validity
from bot.store import Database
from bot.store.entries import get_entry
from bot.store.records import DeliveryStatus, from_question_id
from bot.store.tables import DeliveryRow, QuestionRow, ReviewItemRow
from tests.service.samples import NOW, UNKNOWN, question
from tests.store.samples import changed


class Receiver:
    """A stand-in for a platform that accepts every message, or has a fault for each of the first ones."""

    def __init__(self, *troubles: NotSent) -> None:
        self.troubles = list(troubles)
        self.taken: list[Outgoing] = []

    async def __call__(self, outgoing: Outgoing) -> Sent | NotSent:
        """Accept one message."""
        if self.troubles:
            return self.troubles.pop(0)
        self.taken.append(outgoing)
        return Sent(f"sent-{len(self.taken)}")

    @property
    def places(self) -> list[tuple[str, str | None]]:
        """Return the message and thread of each question that something was sent to."""
        return [(one.question.ref.message_id, one.question.ref.thread_id) for one in self.taken]


class Watch:
    """Show a time that stands still until it is moved on."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now

    def forward(self, by: timedelta) -> None:
        """Move the time on."""
        self.now += by


def sender(database: Database, watch: Watch) -> DeliveryService:
    """Return a service whose clock can be moved."""
    return DeliveryService(database=database, validity=Validity(watch), random=SystemRandom())


async def ask_as(app: App, author: str, message_id: str, **fields: object) -> str:
    """Ask what nobody knows, and return the id of the question."""
    asked = changed(question(UNKNOWN, message_id, author=author), **fields)
    return (await app.ask.ask(asked)).question_id


async def make_item(database: Database, *question_ids: str, audience: Audience = Audience.PUBLIC) -> int:
    """Put questions into an open review item of their own."""
    columns = {"kind": ItemKind.UNANSWERED, "audience": audience, "status": ItemStatus.OPEN, "version": 1}
    async with database.transaction() as tx:
        making = insert(ReviewItemRow).values(**columns, created_at=NOW).returning(ReviewItemRow.id)
        number = (await tx.scalars(making)).one()
        rows = [from_question_id(each) for each in question_ids]
        await tx.execute(update(QuestionRow).where(QuestionRow.id.in_(rows)).values(review_item_id=number))
    return number


async def plan(database: Database, item_id: int, entry_id: str = "fees") -> int:
    """Write the deliveries of an item in a transaction of their own."""
    async with database.transaction() as tx:
        stored = await get_entry(tx, entry_id, audience=Audience.INTERNAL)
        return await plan_deliveries(tx, item_id, stored, at=NOW, lasting=USUAL.delivery)


async def rows(database: Database) -> list[DeliveryRow]:
    """Return all deliveries, oldest first."""
    async with database.snapshot() as tx:
        return list(await tx.scalars(select(DeliveryRow).order_by(DeliveryRow.id)))


async def statuses(database: Database) -> list[DeliveryStatus]:
    """Return what became of each delivery, oldest first."""
    return [row.status for row in await rows(database)]
