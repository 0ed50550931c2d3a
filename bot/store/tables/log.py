"""Define the tables of what was asked, and what people and moderators think of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.manners import OptOut
from bot.core.models import Audience, DecisionKind, Grade, IgnoreReason, Rating, Surface
from bot.core.review import Consent
from bot.store.columns import PackedJson, Table
from bot.store.records import ReplyState

# Written out, since SQLite takes an index for a part of the rows only when the query has these very words.
_DUE = text("reply_until IS NOT NULL")
_CALLED = text("called_at IS NOT NULL")
_IN_THREAD = text("thread_id IS NOT NULL")
_REPLIED = text("sent_message_id IS NOT NULL")
_PART = text("part_of IS NOT NULL")
_KEPT = text("text IS NOT NULL")
_WAITS = text("due_at IS NOT NULL")
_REVIEWED = text("review_item_id IS NOT NULL")
_POINTS = text("source_message_id IS NOT NULL")


class QuestionRow(Table):
    """A question of the log, its decision, and its review item, which has the outcome.

    Until `reply_until` its reply is to be sent by the process `reply_owner`; `called_at` is when the people on call
    were mentioned for it.
    `helped_at` is when a helper answered it.
    `heard_at` is when it, or its last edit, came to the bot by the database's clock; `asked_at` goes by the process's.
    A message that is a `part_of` a question was written in a row with it.
    A reply that `points_above` says that the answer was given in the thread before.
    One that is `beside` its question stands in the channel itself.
    Where the words are those of a message that this one points at, `source_message_id` and `source_author` name it.

    Each index has all that its query asks for equality of, so that SQLite takes it also without statistics.
    """

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("platform", "workspace_id", "message_id"),
        Index("ix_questions_author", "author", "id"),
        Index("ix_questions_due", "platform", "reply_until", sqlite_where=_DUE, postgresql_where=_DUE),
        Index("ix_questions_called", "called_at", sqlite_where=_CALLED, postgresql_where=_CALLED),
        Index(
            "ix_questions_thread",
            *("thread_id", "channel_id", "workspace_id", "platform"),
            sqlite_where=_IN_THREAD,
            postgresql_where=_IN_THREAD,
        ),
        Index(
            "ix_questions_sent",
            *("sent_message_id", "workspace_id", "platform"),
            sqlite_where=_REPLIED,
            postgresql_where=_REPLIED,
        ),
        Index(
            "ix_questions_channel",
            *("channel_id", "workspace_id", "platform", "id"),
            sqlite_where=_KEPT,
            postgresql_where=_KEPT,
        ),
        Index("ix_questions_part", "part_of", sqlite_where=_PART, postgresql_where=_PART),
        Index("ix_questions_item", "review_item_id", "id", sqlite_where=_REVIEWED, postgresql_where=_REVIEWED),
        Index(
            "ix_questions_asker",
            *("review_item_id", "author", "platform", "id"),
            sqlite_where=_REVIEWED,
            postgresql_where=_REVIEWED,
        ),
        Index(
            "ix_questions_moved",
            *("review_item_id", "review_version"),
            sqlite_where=_REVIEWED,
            postgresql_where=_REVIEWED,
        ),
        Index(
            "ix_questions_source",
            *("source_message_id", "workspace_id", "platform"),
            sqlite_where=_POINTS,
            postgresql_where=_POINTS,
        ),
        Index("ix_questions_source_author", "source_author", sqlite_where=_POINTS, postgresql_where=_POINTS),
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
    asked_at: Mapped[datetime] = mapped_column(index=True)
    heard_at: Mapped[datetime | None]
    text: Mapped[str | None]
    normalised: Mapped[str | None]
    decision: Mapped[DecisionKind | None]
    ignore_reason: Mapped[IgnoreReason | None]
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("entries.id"), index=True)
    confidence: Mapped[float | None]
    offered: Mapped[list[Any] | None]
    candidates: Mapped[list[Any] | None] = mapped_column(PackedJson)
    scorer_version: Mapped[str | None]
    content_version: Mapped[int | None]
    sent_message_id: Mapped[str | None]
    review_item_id: Mapped[int | None] = mapped_column(ForeignKey("review_items.id"))
    review_version: Mapped[int | None] = mapped_column(index=True)
    shadow: Mapped[bool]
    deleted_at: Mapped[datetime | None]
    thresholds: Mapped[list[Any] | None]
    reply_state: Mapped[ReplyState | None]
    reply_until: Mapped[datetime | None]
    reply_owner: Mapped[str | None]
    edited_at: Mapped[datetime | None]
    human_asked_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    points_above: Mapped[bool] = mapped_column(default=False)
    helped_at: Mapped[datetime | None]
    part_of: Mapped[int | None]
    source_message_id: Mapped[str | None]
    source_author: Mapped[str | None]
    beside: Mapped[bool] = mapped_column(default=False, server_default=false())


class FeedbackRow(Table):
    """One person's rating of one answer, and whether they are a moderator."""

    __tablename__ = "feedback"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    author: Mapped[str] = mapped_column(primary_key=True)
    rating: Mapped[Rating]
    reason: Mapped[str | None]
    given_at: Mapped[datetime]
    moderator: Mapped[bool] = mapped_column(default=False)


class ChoiceRow(Table):
    """The entry that a person chose of those offered."""

    __tablename__ = "choices"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    author: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    chosen_at: Mapped[datetime]


class GradeRow(Table):
    """A moderator's grade of a decision; without an entry, the right one was to answer with none."""

    __tablename__ = "grades"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    grade: Mapped[Grade]
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("entries.id"))
    graded_by: Mapped[str]
    graded_at: Mapped[datetime]


class VisitRow(Table):
    """When a helper last wrote in a thread, or in a channel itself, which has an empty `thread_id`."""

    __tablename__ = "visits"

    platform: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    thread_id: Mapped[str] = mapped_column(primary_key=True)
    visited_at: Mapped[datetime] = mapped_column(index=True)


class SolutionRow(Table):
    """A message that solved a question, as its asker or a moderator marked it."""

    __tablename__ = "solutions"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    message_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    author: Mapped[str] = mapped_column(primary_key=True)
    marked_at: Mapped[datetime]


class StaleThreadRow(Table):
    """A question whose thread fell silent, with the message that asked whether it is still open.

    At `due_at` it is looked at again; one without is seen to, and was closed at `closed_at`, or stays as it is.
    """

    __tablename__ = "stale_threads"
    __table_args__ = (Index("ix_stale_threads_due", "due_at", sqlite_where=_WAITS, postgresql_where=_WAITS),)

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    due_at: Mapped[datetime | None]
    message_id: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class ConsentRow(Table):
    """What a person last said when they were asked whether their words may become public FAQ; nothing yet is null."""

    __tablename__ = "consents"

    author: Mapped[str] = mapped_column(primary_key=True)
    consent: Mapped[Consent | None]
    asked_at: Mapped[datetime]


class OptOutRow(Table):
    """A person who wants no messages about later answers, or is not to be answered unasked either."""

    __tablename__ = "opt_outs"

    author: Mapped[str] = mapped_column(primary_key=True)
    opted_out_at: Mapped[datetime]
    extent: Mapped[OptOut] = mapped_column(default=OptOut.FOLLOW_UPS, server_default=OptOut.FOLLOW_UPS)


class RegionRow(Table):
    """The region that a person chose, empty where it is none of those that were offered."""

    __tablename__ = "regions"

    author: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str]
    chosen_at: Mapped[datetime]


class AuditRow(Table):
    """Who did what to which object."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str]
    action: Mapped[str]
    object: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
