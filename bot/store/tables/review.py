"""Define the tables of the review, and of the work that follows from it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.core.models import Audience, DismissReason, ItemKind, ItemStatus
from bot.core.review import HeldStatus
from bot.store.columns import Table
from bot.store.records import DeliveryKind, DeliveryStatus, SuggestionStatus

_SENT = text("sent_message_id IS NOT NULL")
_OF_MESSAGE = text("message_id IS NOT NULL")
_WAITING = text("waits_until IS NOT NULL")
_OUTDATED = text("shown <> version")


class ReviewItemRow(Table):
    """An item that waits for a moderator, or was resolved by one.

    `entry_id` is the entry that an item is about: the answer that was rated badly, or expired, or in whose
    `entry_version` a check found something, the `finding`. `version` is that of the queue at the moderators' last
    change of the item. `reminded_at` is when moderators were reminded that somebody waits for a person.
    """

    __tablename__ = "review_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ItemKind]
    audience: Mapped[Audience]
    status: Mapped[ItemStatus] = mapped_column(index=True)
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("entries.id"))
    assignee: Mapped[str | None]
    snoozed_until: Mapped[datetime | None]
    resolved_by: Mapped[str | None]
    resolved_at: Mapped[datetime | None]
    resolved_entry_id: Mapped[str | None] = mapped_column(ForeignKey("entries.id"))
    reason: Mapped[DismissReason | None]
    note: Mapped[str | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("review_items.id"))
    version: Mapped[int] = mapped_column(index=True)
    created_at: Mapped[datetime]
    finding: Mapped[str | None]
    entry_version: Mapped[int | None]
    reminded_at: Mapped[datetime | None]


class SuggestionRow(Table):
    """A suggested answer, or a suggested entry to link, for an item; the moderator who resolves it decides.

    One that is made of a message names it. It was `learned` when the bot took it up by itself, and it `solves` what
    was asked when its asker or a moderator marked the message. Its author `consented` that it becomes public FAQ.
    """

    __tablename__ = "suggestions"
    __table_args__ = (
        Index(
            "ix_suggestions_message",
            *("message_id", "workspace_id", "platform"),
            unique=True,
            sqlite_where=_OF_MESSAGE,
            postgresql_where=_OF_MESSAGE,
        ),
        # SQLite would give the id of the last one again once that was removed, and who was shown that means another.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("review_items.id"), index=True)
    question: Mapped[str | None]
    answer: Mapped[str | None]
    entry_id: Mapped[str | None] = mapped_column(ForeignKey("entries.id"))
    status: Mapped[SuggestionStatus]
    suggested_by: Mapped[str]
    suggested_at: Mapped[datetime]
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    platform: Mapped[str | None]
    workspace_id: Mapped[str | None]
    message_id: Mapped[str | None]
    learned: Mapped[bool] = mapped_column(default=False, server_default=false())
    solves: Mapped[bool] = mapped_column(default=False, server_default=false())
    consented: Mapped[bool] = mapped_column(default=False, server_default=false())


class CardRow(Table):
    """The message that shows an item in a channel, and the version of the queue that it shows."""

    __tablename__ = "cards"

    platform: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    channel_id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("review_items.id"), primary_key=True, index=True)
    message_id: Mapped[str]
    version: Mapped[int]


class ReviewQueueRow(Table):
    """The number of the last change of the queue, in one row; a transaction that raises it changes the queue alone."""

    __tablename__ = "review_queue"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]


class DeliveryRow(Table):
    """A message for the thread of a question, sent or not.

    What it says is read from the entry when it is sent; `entry_version` is the version that it gave, or corrects.
    A sender leases it by moving `next_try_at` on.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("dedupe_key"),
        Index(None, "status", "next_try_at"),
        Index("ix_deliveries_sent", "sent_message_id", sqlite_where=_SENT, postgresql_where=_SENT),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dedupe_key: Mapped[str]
    kind: Mapped[DeliveryKind]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("review_items.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    entry_id: Mapped[str] = mapped_column(ForeignKey("entries.id"), index=True)
    entry_version: Mapped[int]
    status: Mapped[DeliveryStatus]
    attempts: Mapped[int]
    next_try_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_error: Mapped[str | None]
    sent_message_id: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class ClaimRow(Table):
    """A claim on work: until a time it belongs to its process, and without one the work was done."""

    __tablename__ = "claims"

    key: Mapped[str] = mapped_column(primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime | None]


class DraftRow(Table):
    """What a moderator wrote and has not saved yet, under a key that only its author's press makes."""

    __tablename__ = "drafts"

    key: Mapped[str] = mapped_column(primary_key=True)
    written_at: Mapped[datetime] = mapped_column(index=True)
    content: Mapped[str]


class HeldReplyRow(Table):
    """A reply that waits for a moderator, or waited; `answer` is what one wrote in its place.

    It expires at `waits_until`. `card_id` is the message that shows it in the moderators' channel, as of the version
    that is `shown`.
    """

    __tablename__ = "held_replies"
    __table_args__ = (
        Index("ix_held_replies_waiting", "waits_until", sqlite_where=_WAITING, postgresql_where=_WAITING),
        Index("ix_held_replies_outdated", "question_id", sqlite_where=_OUTDATED, postgresql_where=_OUTDATED),
    )

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    status: Mapped[HeldStatus]
    version: Mapped[int]
    shown: Mapped[int]
    waits_until: Mapped[datetime | None]
    answer: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    card_id: Mapped[str | None]


class ThreadNameRow(Table):
    """A thread that is to lose its name until a time, since the question that it was made from was erased."""

    __tablename__ = "thread_names"

    id: Mapped[int] = mapped_column(primary_key=True)
    platform: Mapped[str]
    workspace_id: Mapped[str]
    channel_id: Mapped[str]
    message_id: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
