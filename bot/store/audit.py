"""Store who did what."""

from sqlalchemy import select

from bot.store.database import Transaction
from bot.store.records import AuditRecord
from bot.store.tables import AuditRow


async def append(tx: Transaction, record: AuditRecord) -> None:
    """Add one line to the log."""
    row = AuditRow(at=record.at, actor=record.actor, action=record.action, object=record.object, reason=record.reason)
    row.before = None if record.before is None else dict(record.before)
    row.after = None if record.after is None else dict(record.after)
    tx.add(row)


async def read(tx: Transaction, name: str) -> tuple[AuditRecord, ...]:
    """Return what was done to an object, oldest first."""
    rows = await tx.scalars(select(AuditRow).where(AuditRow.object == name).order_by(AuditRow.id))
    return tuple(
        AuditRecord(
            actor=row.actor,
            action=row.action,
            object=row.object,
            at=row.at,
            reason=row.reason,
            before=row.before,
            after=row.after,
        )
        for row in rows
    )
