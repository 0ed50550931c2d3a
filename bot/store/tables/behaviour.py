"""Define the tables of how the bot is set to behave."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bot.core.models import Audience, Mode, Surface
from bot.store.columns import Table


class ChannelRow(Table):
    """How the bot behaves in a channel."""

    __tablename__ = "channels"

    platform: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[Mode]
    audience: Mapped[Audience]
    locale: Mapped[str]
    no_answer: Mapped[str | None]
    wait_seconds: Mapped[int]
    updated_at: Mapped[datetime]


class ThresholdsRow(Table):
    """Thresholds that a moderator applied; for each surface the last ones count."""

    __tablename__ = "thresholds"

    id: Mapped[int] = mapped_column(primary_key=True)
    surface: Mapped[Surface]
    answer: Mapped[float]
    suggest: Mapped[float]
    ambiguity: Mapped[float]
    # NOTHING is a word of SQLite that nobody quotes.
    nothing: Mapped[float] = mapped_column("nothing_shift", default=0.0, server_default="0")
    scorer_version: Mapped[str]
    applied_by: Mapped[str]
    applied_at: Mapped[datetime]
