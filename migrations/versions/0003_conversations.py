"""Make room for conversations: replies and their leases, edits, calls for a human, choices that were taken."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

Word = sa.String(16)
Time = sa.DateTime(timezone=True)
Json = sa.JSON().with_variant(JSONB(), "postgresql")
DUE = sa.text("reply_until IS NOT NULL")
CALLED = sa.text("called_at IS NOT NULL")
COLUMNS = (
    *("points_above", "called_at", "human_asked_at", "edited_at"),
    *("reply_until", "reply_state", "thresholds"),
)


def upgrade() -> None:
    """Add the columns and the table; questions of before need no reply any more."""
    with op.batch_alter_table("questions") as table:
        table.add_column(sa.Column("thresholds", Json))
        table.add_column(sa.Column("reply_state", Word))
        for name in ("reply_until", "edited_at", "human_asked_at", "called_at"):
            table.add_column(sa.Column(name, Time))
        table.add_column(sa.Column("points_above", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_questions_due", "questions", ["reply_until"], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index("ix_questions_called", "questions", ["called_at"], sqlite_where=CALLED, postgresql_where=CALLED)
    for column in ("thread_id", "sent_message_id"):
        op.create_index(f"ix_questions_{column}", "questions", [column])
    with op.batch_alter_table("feedback") as table:
        table.add_column(sa.Column("moderator", sa.Boolean, nullable=False, server_default=sa.false()))
    for name, column in (("questions", "points_above"), ("feedback", "moderator")):
        with op.batch_alter_table(name) as table:
            table.alter_column(column, existing_type=sa.Boolean, server_default=None)
    choices()


def downgrade() -> None:
    """Remove it again; what was chosen is lost, and which replies were under way."""
    op.drop_table("choices")
    with op.batch_alter_table("feedback") as table:
        table.drop_column("moderator")
    with op.batch_alter_table("questions") as table:
        for index in ("sent_message_id", "thread_id", "called", "due"):
            table.drop_index(f"ix_questions_{index}")
        for column in COLUMNS:
            table.drop_column(column)


def choices() -> None:
    """Make the table of which entries people took of those that they were offered."""
    op.create_table(
        "choices",
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("entry_id", sa.Text, nullable=False),
        sa.Column("chosen_at", Time, nullable=False),
        sa.PrimaryKeyConstraint("question_id", "author", "entry_id", name="pk_choices"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_choices_question_id_questions", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_choices_entry_id_entries"),
    )
