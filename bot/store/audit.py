"""Store who did what."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select

from bot.core.models import fields_of
from bot.store.database import Transaction
from bot.store.records import AuditRecord
from bot.store.tables import AuditRow


async def append(tx: Transaction, record: AuditRecord) -> None:
    """Add one line to the log."""
    tx.add(AuditRow(**_columns(record)))


async def append_all(tx: Transaction, records: Sequence[AuditRecord]) -> None:
    """Add lines to the log in one statement."""
    if records:
        await tx.execute(insert(AuditRow), [_columns(record) for record in records])


def _columns(record: AuditRecord) -> dict[str, Any]:
    sides = {"before": record.before, "after": record.after}
    return fields_of(record) | {name: None if side is None else dict(side) for name, side in sides.items()}


async def read(tx: Transaction, name: str) -> tuple[AuditRecord, ...]:
    """Return what was done to an object, oldest first."""
    rows = await tx.scalars(select(AuditRow).where(AuditRow.object == name).order_by(AuditRow.id))
    return tuple(map(_record, rows))


async def read_last(tx: Transaction, name: str) -> AuditRecord | None:
    """Return what was done to an object last."""
    row = await tx.scalar(select(AuditRow).where(AuditRow.object == name).order_by(AuditRow.id.desc()).limit(1))
    return None if row is None else _record(row)


def _record(row: AuditRow) -> AuditRecord:
    return AuditRecord(
        actor=row.actor,
        action=row.action,
        object=row.object,
        at=row.at,
        reason=row.reason,
        before=row.before,
        after=row.after,
    )
