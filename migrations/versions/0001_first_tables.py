"""Make the first tables."""

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Word = sa.String(16)
Time = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables, and the one row of `meta`."""
    entries()
    phrases()
    entry_revisions()
    channels()
    review_items()
    questions()
    feedback()
    deliveries()
    audit_log()
    meta()


def downgrade() -> None:
    """Drop the tables, those that refer to others first."""
    for table in (
        "meta",
        "audit_log",
        "deliveries",
        "feedback",
        "questions",
        "review_items",
        "channels",
        "entry_revisions",
        "phrases",
        "entries",
    ):
        op.drop_table(table)


def entries() -> None:
    """Make the table of stored answers."""
    op.create_table(
        "entries",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("staff_note", sa.Text),
        sa.Column("audience", Word, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("status", Word, nullable=False),
        sa.Column("source_title", sa.Text),
        sa.Column("source_url", sa.Text),
        sa.Column("source_published", sa.Date),
        sa.Column("source_updated", sa.Date),
        sa.Column("source_views", sa.BigInteger),
        sa.Column("owner", sa.Text),
        sa.Column("review_by", sa.Date),
        sa.Column("passages", Json, nullable=False),
        sa.Column("import_source", sa.Text),
        sa.Column("import_digest", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content_version", sa.Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("updated_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
    )
    op.create_index("ix_entries_content_version", "entries", ["content_version"])


def phrases() -> None:
    """Make the table of phrasings: each belongs to one entry per audience and locale."""
    op.create_table(
        "phrases",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("normalised", sa.Text, nullable=False),
        sa.Column("audience", Word, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("origin", Word, nullable=False),
        sa.Column("approved_by", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_phrases"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_phrases_entry_id_entries", ondelete="CASCADE"),
        sa.UniqueConstraint("normalised", "audience", "locale", name="uq_phrases_normalised_audience_locale"),
    )
    op.create_index("ix_phrases_entry_id", "phrases", ["entry_id"])


def entry_revisions() -> None:
    """Make the table of earlier versions."""
    op.create_table(
        "entry_revisions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("replaced_by", sa.Text, nullable=False),
        sa.Column("replaced_at", Time, nullable=False),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_entry_revisions"),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name="fk_entry_revisions_entry_id_entries", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("entry_id", "version", name="uq_entry_revisions_entry_id_version"),
    )


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
        sa.Column("updated_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace_id", "channel_id", name="pk_channels"),
    )


def review_items() -> None:
    """Make the table of groups that moderators work on."""
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


def questions() -> None:
    """Make the log: the place of a message is unique, since both platforms deliver some twice."""
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("thread_id", sa.Text),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("surface", Word, nullable=False),
        sa.Column("audience", Word, nullable=False),
        sa.Column("asked_at", Time, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("normalised", sa.Text),
        sa.Column("decision", Word),
        sa.Column("ignore_reason", Word),
        sa.Column("entry_id", sa.Text),
        sa.Column("confidence", sa.Double),
        sa.Column("offered", Json),
        sa.Column("candidates", Json),
        sa.Column("scorer_version", sa.Text),
        sa.Column("content_version", sa.Integer),
        sa.Column("sent_message_id", sa.Text),
        sa.Column("resolution", Word),
        sa.Column("resolved_by", sa.Text),
        sa.Column("resolved_at", Time),
        sa.Column("resolved_entry_id", sa.Text),
        sa.Column("resolution_reason", sa.Text),
        sa.Column("review_item_id", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_questions_entry_id_entries"),
        sa.ForeignKeyConstraint(["resolved_entry_id"], ["entries.id"], name="fk_questions_resolved_entry_id_entries"),
        sa.ForeignKeyConstraint(
            ["review_item_id"], ["review_items.id"], name="fk_questions_review_item_id_review_items"
        ),
        sa.UniqueConstraint(
            "platform", "workspace_id", "message_id", name="uq_questions_platform_workspace_id_message_id"
        ),
    )
    op.create_index("ix_questions_review_item_id", "questions", ["review_item_id"])
    unresolved = sa.text("decision = 'unanswered' AND resolution IS NULL")
    op.create_index(
        "ix_questions_open", "questions", ["asked_at"], sqlite_where=unresolved, postgresql_where=unresolved
    )


def feedback() -> None:
    """Make the table of verdicts: one per question and author."""
    op.create_table(
        "feedback",
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("verdict", Word, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("given_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("question_id", "author", name="pk_feedback"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_feedback_question_id_questions", ondelete="CASCADE"
        ),
    )


def deliveries() -> None:
    """Make the table of messages to be sent, once each."""
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


def audit_log() -> None:
    """Make the table of who did what."""
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("before", Json),
        sa.Column("after", Json),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_at", "audit_log", ["at"])
    op.create_index("ix_audit_log_object", "audit_log", ["object"])


def meta() -> None:
    """Make the one row that is true of the whole installation; its key hashes the ids of authors."""
    table = op.create_table(
        "meta",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("content_version", sa.Integer, nullable=False),
        sa.Column("author_key", sa.Text, nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meta"),
        sa.CheckConstraint("id = 1", name=op.f("ck_meta_one_row")),
    )
    row = {"id": 1, "content_version": 0, "author_key": secrets.token_hex(32), "created_at": datetime.now(UTC)}
    op.bulk_insert(table, [row])
