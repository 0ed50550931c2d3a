"""Define the tables of what can be answered, and of how the bot is set to behave."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.manners import ReplyPlace
from bot.core.models import Audience, Mode, Origin, Status, Surface
from bot.store.columns import Table


class EntryRow(Table):
    """An entry without its phrasings."""

    __tablename__ = "entries"

    id: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    answer: Mapped[str]
    staff_note: Mapped[str | None]
    audience: Mapped[Audience]
    category: Mapped[str | None]
    region: Mapped[str | None]
    locale: Mapped[str]
    status: Mapped[Status]
    source_title: Mapped[str | None]
    source_url: Mapped[str | None]
    source_published: Mapped[date | None]
    source_updated: Mapped[date | None]
    source_views: Mapped[int | None] = mapped_column(BigInteger)
    owner: Mapped[str | None]
    review_by: Mapped[date | None]
    passages: Mapped[list[Any]]
    import_source: Mapped[str | None]
    import_digest: Mapped[str | None]
    version: Mapped[int]
    content_version: Mapped[int] = mapped_column(index=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    threshold: Mapped[float | None]
    never: Mapped[list[Any]] = mapped_column(server_default="[]")
    hours: Mapped[str | None]
    channels: Mapped[str | None]
    cooldown: Mapped[int | None]


class PhraseRow(Table):
    """A phrasing; position 0 is the question itself, and those of other locales come last.

    The audience repeats that of the entry, for the sake of the constraint; the locale is that of the entry or of one of
    its further answers.
    """

    __tablename__ = "phrases"
    __table_args__ = (UniqueConstraint("normalised", "audience", "locale"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    normalised: Mapped[str]
    audience: Mapped[Audience]
    locale: Mapped[str]
    origin: Mapped[Origin]
    approved_by: Mapped[str | None]


class AnswerRow(Table):
    """A further answer of an entry, for a locale and a region, or for any where there is none.

    Its phrasings are among those of the entry, under the same locale; `question` says which of them is the title.
    """

    __tablename__ = "answers"

    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    locale: Mapped[str | None]
    region: Mapped[str | None]
    question: Mapped[str | None]
    answer: Mapped[str]


class VectorRow(Table):
    """What a sentence encoder made of a text of an entry: of a phrasing, or of a passage of the answer.

    The text is there by its digest, and so is the model. A text has one vector for each role of a model.
    """

    __tablename__ = "vectors"

    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[bytes] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str]
    vector: Mapped[bytes]


class EntryRevisionRow(Table):
    """An earlier version of an entry, and who replaced it, when and why."""

    __tablename__ = "entry_revisions"
    __table_args__ = (UniqueConstraint("entry_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    replaced_by: Mapped[str]
    replaced_at: Mapped[datetime]
    reason: Mapped[str | None]


class MetaRow(Table):
    """Facts about the whole installation, in the one row that the first migration makes."""

    __tablename__ = "meta"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content_version: Mapped[int]
    author_key: Mapped[str]
    created_at: Mapped[datetime]


class ChannelRow(Table):
    """How the bot behaves in a channel."""

    __tablename__ = "channels"

    platform: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[Mode]
    audience: Mapped[Audience]
    locale: Mapped[str | None]
    no_answer: Mapped[str | None]
    wait_seconds: Mapped[int]
    on_call: Mapped[str | None]
    on_call_hours: Mapped[str | None]
    topics: Mapped[str | None]
    askers: Mapped[str | None]
    cooldown: Mapped[int | None]
    repeat_minutes: Mapped[int | None]
    replies_per_minute: Mapped[int | None]
    news: Mapped[str | None]
    stale_days: Mapped[int] = mapped_column(server_default="0")
    reply: Mapped[ReplyPlace] = mapped_column(server_default=ReplyPlace.THREAD)
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
