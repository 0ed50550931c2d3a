"""Define the tables; `migrations/` makes them, and a check holds the two against each other."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, MetaData, String, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from bot.core.models import Audience, DecisionKind, IgnoreReason, Origin, Status, Surface
from bot.store.columns import Json, PlainText, UtcDateTime, Word
from bot.store.records import ResolutionKind

# Written out, since SQLite takes an index for a part of the rows only when the query has these very words.
OPEN_QUESTION = text("decision = 'unanswered' AND resolution IS NULL")
# Words of features to come; each gets its enumeration there.
_WORD = String(16)


class Table(DeclarativeBase):
    """Hold what all tables share: names for constraints, and the column type of each Python type."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: PlainText,
        datetime: UtcDateTime,
        StrEnum: Word,
        list[Any]: Json,
        dict[str, Any]: Json,
    }


class EntryRow(Table):
    """Hold an entry without its phrasings."""

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


class PhraseRow(Table):
    """Hold a phrasing; position 0 is the question itself.

    Audience and locale repeat those of the entry, for the sake of the constraint.
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


class EntryRevisionRow(Table):
    """Hold an earlier version of an entry, and who replaced it, when and why."""

    __tablename__ = "entry_revisions"
    __table_args__ = (UniqueConstraint("entry_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    version: Mapped[int]
    content: Mapped[dict[str, Any]]
    replaced_by: Mapped[str]
    replaced_at: Mapped[datetime]
    reason: Mapped[str | None]


class ChannelRow(Table):
    """Hold how the bot behaves in a channel."""

    __tablename__ = "channels"

    platform: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(_WORD)
    audience: Mapped[Audience]
    locale: Mapped[str]
    no_answer: Mapped[str | None]
    updated_at: Mapped[datetime]


class ReviewItemRow(Table):
    """Hold a group of similar questions for the moderators."""

    __tablename__ = "review_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    audience: Mapped[Audience]
    status: Mapped[str] = mapped_column(_WORD)
    assignee: Mapped[str | None]
    count: Mapped[int]
    askers: Mapped[int]
    nearest: Mapped[list[Any]]
    resolution: Mapped[ResolutionKind | None]
    resolved_by: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class QuestionRow(Table):
    """Hold a question of the log, its decision and, if it had no answer, what became of it."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("platform", "workspace_id", "message_id"),
        Index(
            "ix_questions_open",
            "asked_at",
            sqlite_where=OPEN_QUESTION,
            postgresql_where=OPEN_QUESTION,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str]
    workspace_id: Mapped[str]
    channel_id: Mapped[str]
    thread_id: Mapped[str | None]
    message_id: Mapped[str]
    author: Mapped[str]
    surface: Mapped[Surface]
    audience: Mapped[Audience]
    asked_at: Mapped[datetime]
    text: Mapped[str | None]
    normalised: Mapped[str | None]
    decision: Mapped[DecisionKind | None]
    ignore_reason: Mapped[IgnoreReason | None]
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("entries.id"))
    confidence: Mapped[float | None]
    offered: Mapped[list[Any] | None]
    candidates: Mapped[list[Any] | None]
    scorer_version: Mapped[str | None]
    content_version: Mapped[int | None]
    sent_message_id: Mapped[str | None]
    resolution: Mapped[ResolutionKind | None]
    resolved_by: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    resolved_entry_id: Mapped[str | None] = mapped_column(ForeignKey("entries.id"))
    resolution_reason: Mapped[str | None]
    review_item_id: Mapped[int | None] = mapped_column(ForeignKey("review_items.id"), index=True)


class FeedbackRow(Table):
    """Hold what one person thinks of one answer."""

    __tablename__ = "feedback"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    author: Mapped[str] = mapped_column(primary_key=True)
    verdict: Mapped[str] = mapped_column(_WORD)
    reason: Mapped[str | None]
    given_at: Mapped[datetime]


class DeliveryRow(Table):
    """Hold a message that waits to be sent, or was."""

    __tablename__ = "deliveries"
    __table_args__ = (UniqueConstraint("dedupe_key"), Index(None, "status", "next_try_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str]
    platform: Mapped[str]
    workspace_id: Mapped[str]
    channel_id: Mapped[str]
    thread_id: Mapped[str | None]
    content: Mapped[dict[str, Any]]
    status: Mapped[str] = mapped_column(_WORD)
    attempts: Mapped[int]
    next_try_at: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class AuditRow(Table):
    """Hold who did what to which object."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    action: Mapped[str]
    object: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class MetaRow(Table):
    """Hold what is true of the whole installation, in the one row that the first migration makes."""

    __tablename__ = "meta"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content_version: Mapped[int]
    author_key: Mapped[str]
    created_at: Mapped[datetime]
