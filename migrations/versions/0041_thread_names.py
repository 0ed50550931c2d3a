"""Make room for threads whose names are to go, since the questions that they have them of were erased."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; of what was erased before, no place is known any more."""
    op.create_table(
        "thread_names",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_thread_names"),
    )
    op.create_index("ix_thread_names_due_at", "thread_names", ["due_at"])


def downgrade() -> None:
    """Drop it; threads that were not renamed yet keep their names."""
    op.drop_table("thread_names")
