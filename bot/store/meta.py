"""Store facts about the whole installation."""

from datetime import datetime

from sqlalchemy import select, update

from bot.store.database import Transaction
from bot.store.records import Change
from bot.store.tables import MetaRow


async def content_version(tx: Transaction) -> int:
    """Return the number of the last change of what can be answered."""
    return (await tx.scalars(select(MetaRow.content_version))).one()


async def lock_content(tx: Transaction) -> None:
    """Wait for everybody who is changing the content, and make the next one wait for this transaction."""
    await tx.execute(select(MetaRow.id).with_for_update())


async def begin_change(tx: Transaction, *, actor: str, at: datetime, reason: str | None = None) -> Change:
    """Return the leave to change entries, under a new content version, and with the content locked."""
    step = update(MetaRow).values(content_version=MetaRow.content_version + 1).returning(MetaRow.content_version)
    version = (await tx.scalars(step)).one()
    return Change(actor=actor, at=at, reason=reason, content_version=version)


async def author_key(tx: Transaction) -> bytes:
    """Return the secret of this installation that ids of authors are hashed with."""
    return bytes.fromhex((await tx.scalars(select(MetaRow.author_key))).one())
