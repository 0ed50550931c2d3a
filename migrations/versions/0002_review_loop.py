"""Make room for the review: items with their history, grades, deliveries, opt-outs, thresholds, dates of validity."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Word = sa.String(16)
Time = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(JSONB(), "postgresql")
ITEM_OF_QUESTION = "fk_questions_review_item_id_review_items"

QUESTIONS = sa.table(
    "questions",
    sa.column("id", sa.Integer),
    sa.column("audience", sa.String),
    sa.column("normalised", sa.Text),
    sa.column("decision", sa.String),
    sa.column("asked_at", Time),
    sa.column("resolution", sa.String),
    sa.column("resolved_by", sa.Text),
    sa.column("resolved_at", Time),
    sa.column("resolved_entry_id", sa.Text),
    sa.column("resolution_reason", sa.Text),
    sa.column("review_item_id", sa.Integer),
    sa.column("review_version", sa.Integer),
)
ITEMS = sa.table(
    "review_items",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("audience", sa.String),
    sa.column("status", sa.String),
    sa.column("resolved_by", sa.Text),
    sa.column("resolved_at", Time),
    sa.column("resolved_entry_id", sa.Text),
    sa.column("reason", sa.String),
    sa.column("note", sa.Text),
    sa.column("version", sa.Integer),
    sa.column("created_at", Time),
)


def upgrade() -> None:
    """Add what is missing; the tables of channels, items and deliveries, which nothing wrote to, are made again."""
    op.add_column("entries", sa.Column("valid_until", sa.Date))
    with op.batch_alter_table("questions") as table:
        table.drop_constraint(ITEM_OF_QUESTION, type_="foreignkey")
    for name in ("channels", "review_items", "deliveries"):
        op.drop_table(name)
    channels()
    review_items()
    review_queue()
    questions()
    deliveries()
    grades()
    opt_outs()
    thresholds()
    open_items()


def downgrade() -> None:
    """Remove it again; items, grades, deliveries, opt-outs, channels and thresholds are lost."""
    for name in ("thresholds", "opt_outs", "grades", "deliveries", "review_queue", "channels"):
        op.drop_table(name)
    with op.batch_alter_table("questions") as table:
        for index in ("author", "asked_at", "entry_id", "review_version"):
            table.drop_index(f"ix_questions_{index}")
        table.drop_constraint(ITEM_OF_QUESTION, type_="foreignkey")
        for column in ("review_version", "shadow", "deleted_at"):
            table.drop_column(column)
    op.execute(QUESTIONS.update().values(review_item_id=None))
    op.drop_table("review_items")
    first_channels()
    first_review_items()
    first_deliveries()
    with op.batch_alter_table("questions") as table:
        table.create_foreign_key(ITEM_OF_QUESTION, "review_items", ["review_item_id"], ["id"])
    with op.batch_alter_table("entries") as table:
        table.drop_column("valid_until")


def channels() -> None:
    """Make the table of how the bot behaves where."""
    op.create_table(
        "channels",
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("mode", Word, nullable=False),
        sa.Column("audience", Word, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("no_answer", sa.Text),
        sa.Column("wait_seconds", sa.Integer, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace_id", "channel_id", name="pk_channels"),
    )


def review_items() -> None:
    """Make the table of what moderators work on."""
    op.create_table(
        "review_items",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("audience", Word, nullable=False),
        sa.Column("status", Word, nullable=False),
        sa.Column("entry_id", sa.Text),
        sa.Column("assignee", sa.Text),
        sa.Column("snoozed_until", Time),
        sa.Column("resolved_by", sa.Text),
        sa.Column("resolved_at", Time),
        sa.Column("resolved_entry_id", sa.Text),
        sa.Column("reason", Word),
        sa.Column("note", sa.Text),
        sa.Column("merged_into", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_items"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_review_items_entry_id_entries"),
        sa.ForeignKeyConstraint(
            ["resolved_entry_id"], ["entries.id"], name="fk_review_items_resolved_entry_id_entries"
        ),
        sa.ForeignKeyConstraint(["merged_into"], ["review_items.id"], name="fk_review_items_merged_into_review_items"),
    )
    op.create_index("ix_review_items_status", "review_items", ["status"])
    op.create_index("ix_review_items_version", "review_items", ["version"])


def review_queue() -> None:
    """Make the one row that numbers the changes of the queue."""
    table = op.create_table(
        "review_queue",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_queue"),
        sa.CheckConstraint("id = 1", name=op.f("ck_review_queue_one_row")),
    )
    op.bulk_insert(table, [{"id": 1, "version": 1}])


def questions() -> None:
    """Add columns for the item of a question, for whether it was answered at all, and for whether it is still there."""
    with op.batch_alter_table("questions") as table:
        table.add_column(sa.Column("review_version", sa.Integer))
        table.add_column(sa.Column("shadow", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("deleted_at", Time))
        table.create_foreign_key(ITEM_OF_QUESTION, "review_items", ["review_item_id"], ["id"])
    with op.batch_alter_table("questions") as table:
        table.alter_column("shadow", existing_type=sa.Boolean, server_default=None)
    for column in ("author", "asked_at", "entry_id", "review_version"):
        op.create_index(f"ix_questions_{column}", "questions", [column])


def deliveries() -> None:
    """Make the table of messages to be sent, once each."""
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dedupe_key", sa.Text, nullable=False),
        sa.Column("kind", Word, nullable=False),
        sa.Column("item_id", sa.Integer),
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("entry_version", sa.Integer, nullable=False),
        sa.Column("status", Word, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try_at", Time, nullable=False),
        sa.Column("expires_at", Time, nullable=False),
        sa.Column("last_error", sa.Text),
        sa.Column("sent_message_id", sa.Text),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("sent_at", Time),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name="fk_deliveries_item_id_review_items"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_deliveries_question_id_questions", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_deliveries_entry_id_entries"),
        sa.UniqueConstraint("dedupe_key", name="uq_deliveries_dedupe_key"),
    )
    op.create_index("ix_deliveries_status_next_try_at", "deliveries", ["status", "next_try_at"])
    for column in ("item_id", "question_id", "entry_id"):
        op.create_index(f"ix_deliveries_{column}", "deliveries", [column])


def grades() -> None:
    """Make the table of what moderators say of decisions."""
    op.create_table(
        "grades",
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("grade", Word, nullable=False),
        sa.Column("entry_id", sa.Text),
        sa.Column("graded_by", sa.Text, nullable=False),
        sa.Column("graded_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("question_id", name="pk_grades"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_grades_question_id_questions", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_grades_entry_id_entries"),
    )


def opt_outs() -> None:
    """Make the table of who wants no follow-up."""
    op.create_table(
        "opt_outs",
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("opted_out_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("author", name="pk_opt_outs"),
    )


def thresholds() -> None:
    """Make the table of applied thresholds."""
    op.create_table(
        "thresholds",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("surface", Word, nullable=False),
        sa.Column("answer", sa.Double, nullable=False),
        sa.Column("suggest", sa.Double, nullable=False),
        sa.Column("ambiguity", sa.Double, nullable=False),
        sa.Column("scorer_version", sa.Text, nullable=False),
        sa.Column("applied_by", sa.Text, nullable=False),
        sa.Column("applied_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_thresholds"),
    )


def open_items() -> None:
    """Put every question that had no answer into an item, together with those that say and became the same."""
    c = QUESTIONS.c
    of_group = (c.audience, c.normalised, c.resolution, c.resolved_by, c.resolved_at, c.resolved_entry_id)
    columns = (*of_group, c.resolution_reason, c.id, c.asked_at)
    found = op.get_bind().execute(sa.select(*columns).where(c.decision == "unanswered").order_by(c.id)).all()
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in found:
        groups.setdefault(tuple(row[: len(of_group) + 1]), []).append(row)
    belonging = QUESTIONS.update().where(c.id == sa.bindparam("row")).values(review_item_id=sa.bindparam("item"))
    for number, rows in enumerate(groups.values(), 1):
        op.get_bind().execute(ITEMS.insert().values(item(number, rows)))
        members = [{"row": row.id, "item": number} for row in rows]
        op.get_bind().execute(belonging.values(review_version=1), members)
    if op.get_bind().dialect.name == "postgresql" and groups:
        op.execute(f"ALTER SEQUENCE review_items_id_seq RESTART WITH {len(groups) + 1}")


def item(number: int, rows: Sequence[Any]) -> dict[str, Any]:
    """Return the item of questions that say the same and were resolved together, if they were."""
    first = rows[0]
    return {
        "id": number,
        "kind": "unanswered",
        "audience": first.audience,
        "status": first.resolution or "open",
        "resolved_by": first.resolved_by,
        "resolved_at": first.resolved_at,
        "resolved_entry_id": first.resolved_entry_id,
        "reason": "other" if first.resolution == "dismissed" else None,
        "note": first.resolution_reason,
        "version": 1,
        "created_at": first.asked_at,
    }


def first_channels() -> None:
    """Make the table of channels as it was."""
    op.create_table(
        "channels",
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("mode", Word, nullable=False),
        sa.Column("audience", Word, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("no_answer", sa.Text),
        sa.Column("updated_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace_id", "channel_id", name="pk_channels"),
    )


def first_review_items() -> None:
    """Make the table of items as it was."""
    op.create_table(
        "review_items",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("audience", Word, nullable=False),
        sa.Column("status", Word, nullable=False),
        sa.Column("assignee", sa.Text),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("askers", sa.Integer, nullable=False),
        sa.Column("nearest", Json, nullable=False),
        sa.Column("resolution", Word),
        sa.Column("resolved_by", sa.Text),
        sa.Column("resolved_at", Time),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_items"),
    )


def first_deliveries() -> None:
    """Make the table of messages as it was."""
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dedupe_key", sa.Text, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("thread_id", sa.Text),
        sa.Column("content", Json, nullable=False),
        sa.Column("status", Word, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_try_at", Time, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("sent_at", Time),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("dedupe_key", name="uq_deliveries_dedupe_key"),
    )
    op.create_index("ix_deliveries_status_next_try_at", "deliveries", ["status", "next_try_at"])
