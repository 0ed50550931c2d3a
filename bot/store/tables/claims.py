"""Define the table of what is done once, whichever process does it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.table import Table


class ClaimRow(Table):
    """Hold what somebody took in hand: until a time it is nobody else's, and without one it was done."""

    __tablename__ = "claims"

    key: Mapped[str] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime | None]
