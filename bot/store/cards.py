"""Store which message shows which review item."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select

from bot.core.models import ChannelRef, ItemStatus
from bot.core.review import ReviewItem
from bot.store.database import Transaction, insert_into
from bot.store.items import read_items
from bot.store.tables import CardRow, QuestionRow, ReviewItemRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleCard:
    """An item, the message that shows an older state of it, if one does, and the version of the present one."""

    item: ReviewItem
    message_id: str | None
    version: int


async def stale_cards(tx: Transaction, board: ChannelRef, *, at: datetime, limit: int) -> tuple[StaleCard, ...]:
    """Return open items that no message of a channel shows, and shown ones that changed since, oldest change first."""
    moved = func.max(QuestionRow.review_version)
    joined = func.coalesce(
        select(moved).where(QuestionRow.review_item_id == ReviewItemRow.id).correlate(ReviewItemRow).scalar_subquery(),
        0,
    )
    here = (CardRow.platform == board.platform, CardRow.workspace_id == board.workspace_id)
    mine = and_(CardRow.item_id == ReviewItemRow.id, *here, CardRow.channel_id == board.channel_id)
    shown = (
        select(ReviewItemRow.id, CardRow.message_id, CardRow.version.label("shown"))
        .add_columns(ReviewItemRow.version.label("changed"), joined.label("joined"))
        .outerjoin(CardRow, mine)
        .where(or_(ReviewItemRow.status == ItemStatus.OPEN, CardRow.message_id.is_not(None)))
        .subquery()
    )
    version = case((shown.c.joined > shown.c.changed, shown.c.joined), else_=shown.c.changed)
    query = (
        select(shown.c.id, shown.c.message_id, version)
        .where(or_(shown.c.message_id.is_(None), shown.c.shown < version))
        .order_by(version, shown.c.id)
        .limit(limit)
    )
    found = (await tx.execute(query)).all()
    items = await read_items(tx, [number for number, _, _ in found], at=at)
    return tuple(StaleCard(item=items[number], message_id=shown, version=now) for number, shown, now in found)


async def put_card(tx: Transaction, board: ChannelRef, item: int, *, message_id: str, version: int) -> None:
    """Store which message shows an item, and which version of it."""
    where = {"platform": board.platform, "workspace_id": board.workspace_id, "channel_id": board.channel_id}
    what = {"message_id": message_id, "version": version}
    step = insert_into(tx, CardRow).values(**where, item_id=item, **what)
    await tx.execute(step.on_conflict_do_update(index_elements=[*where, "item_id"], set_=what))
