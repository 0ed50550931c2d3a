"""Claim work that one of many processes must do once, and name this process."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import ColumnElement, delete, select, update

from bot.store.columns import from_now, now
from bot.store.database import Transaction, insert_into
from bot.store.tables import ClaimRow

PROCESS = token_hex(8)
"""What no other process is called."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on work, and until when it belongs to its process."""

    key: str
    until: datetime


async def take(tx: Transaction, key: str, *, lasting: timedelta) -> Claim | None:
    """Claim work for a while; None where it was done, or belongs to another process.

    While another transaction takes the same this one waits for its end.
    """
    insertion = insert_into(tx, ClaimRow).values(key=key, taken_at=from_now(timedelta()), until=from_now(lasting))
    step = insertion.on_conflict_do_update(
        index_elements=(ClaimRow.key,),
        set_={"taken_at": insertion.excluded.taken_at, "until": insertion.excluded.until},
        where=ClaimRow.until <= now(),
    )
    until = (await tx.scalars(step.returning(ClaimRow.until))).one_or_none()
    return None if until is None else Claim(key, until)


async def is_left(tx: Transaction, key: str) -> bool:
    """Return whether somebody claimed work and did not say what became of it while they had the time."""
    left = select(ClaimRow.key).where(ClaimRow.key == key, ClaimRow.until <= now())
    return bool(await tx.scalar(select(left.exists())))


async def let_lapse(tx: Transaction, claim: Claim) -> None:
    """End a claim at once, and keep that nobody knows what became of it."""
    await tx.execute(update(ClaimRow).where(*_mine(claim)).values(until=now()))


async def finish(tx: Transaction, claim: Claim) -> None:
    """Store that the work was done, even when another process has claimed it meanwhile."""
    await tx.execute(update(ClaimRow).where(ClaimRow.key == claim.key).values(until=None))


async def give_back(tx: Transaction, claim: Claim) -> None:
    """Release a claim, unless somebody has claimed it since, or it was done."""
    await tx.execute(delete(ClaimRow).where(*_mine(claim)))


async def drop(tx: Transaction, *, older: timedelta) -> None:
    """Forget what was taken longer ago than that."""
    await tx.execute(delete(ClaimRow).where(ClaimRow.taken_at < from_now(-older)))


def _mine(claim: Claim) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return ClaimRow.key == claim.key, ClaimRow.until == claim.until
