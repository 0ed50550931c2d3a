"""Make room for threads that nobody writes in any more, and for when a channel has them asked about."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

_WAITS = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    """Add the column and the table; no channel has anything asked about."""
    op.add_column("channels", sa.Column("stale_days", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "stale_threads",
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("message_id", sa.Text),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("question_id", name="pk_stale_threads"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_stale_threads_question_id_questions", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_stale_threads_due", "stale_threads", ["due_at"], sqlite_where=_WAITS, postgresql_where=_WAITS)


def downgrade() -> None:
    """Drop both; what was asked about is not closed any more."""
    op.drop_table("stale_threads")
    with op.batch_alter_table("channels") as table:
        table.drop_column("stale_days")
