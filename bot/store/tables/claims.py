"""Define the table of what is done once, whichever process does it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.store.columns import Table


class ClaimRow(Table):
    """A claim on work: until a time it belongs to its process, and without one the work was done."""

    __tablename__ = "claims"

    key: Mapped[str] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime | None]
