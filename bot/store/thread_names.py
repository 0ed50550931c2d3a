"""Store which threads are to lose their names, since what these were made of was erased."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, insert, select, update

from bot.core.models import MessageRef, Surface
from bot.store.columns import from_now, now
from bot.store.database import Transaction
from bot.store.tables import QuestionRow, ThreadNameRow

# Where threads have names, they are made from messages that people wrote in channels.
_PLATFORMS = ("discord",)
_WRITTEN = (Surface.MENTION, Surface.AMBIENT)
_LASTING = timedelta(days=7)  # so long it is tried
_PLACE = ("platform", "workspace_id", "channel_id", "message_id")


async def rename_later(tx: Transaction, which: ColumnElement[bool]) -> None:
    """Store the threads of questions that are about to be erased."""
    place = [getattr(QuestionRow, name) for name in _PLACE]
    found = select(*place, from_now(timedelta()), from_now(_LASTING)).where(
        which,
        QuestionRow.platform.in_(_PLATFORMS),
        QuestionRow.surface.in_(_WRITTEN),
        QuestionRow.text.is_not(None),
        QuestionRow.thread_id.is_(None),
        QuestionRow.reply_state.is_not(None),
    )
    await tx.execute(insert(ThreadNameRow).from_select([*_PLACE, "due_at", "expires_at"], found))


async def take_names(
    tx: Transaction, platform: str, workspaces: Collection[str], *, again: timedelta, limit: int
) -> tuple[MessageRef, ...]:
    """Return some threads that are to be renamed, by the messages that they were made from; they are due `again`."""
    await tx.execute(delete(ThreadNameRow).where(ThreadNameRow.expires_at <= now()))
    due = select(ThreadNameRow).where(
        ThreadNameRow.due_at <= now(),
        ThreadNameRow.platform == platform,
        ThreadNameRow.workspace_id.in_(workspaces),
    )
    mine = due.order_by(ThreadNameRow.due_at, ThreadNameRow.id).limit(limit).with_for_update(skip_locked=True)
    rows = (await tx.scalars(mine)).all()
    taken = ThreadNameRow.id.in_([row.id for row in rows])
    places = tuple(MessageRef(**{name: getattr(row, name) for name in _PLACE}) for row in rows)
    await tx.execute(update(ThreadNameRow).where(taken).values(due_at=from_now(again)))
    return places


async def drop_name(tx: Transaction, ref: MessageRef) -> None:
    """Remove a thread that was renamed."""
    here = (ThreadNameRow.platform == ref.platform, ThreadNameRow.workspace_id == ref.workspace_id)
    await tx.execute(delete(ThreadNameRow).where(*here, ThreadNameRow.message_id == ref.message_id))
