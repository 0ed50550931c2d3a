"""Store where helpers wrote last, and which questions they answered."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and add the time; of what helpers wrote before, nothing is known."""
    op.create_table(
        "visits",
        sa.Column("platform", sa.Text, nullable=False),
        sa.Column("workspace_id", sa.Text, nullable=False),
        sa.Column("channel_id", sa.Text, nullable=False),
        sa.Column("thread_id", sa.Text, nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("platform", "workspace_id", "channel_id", "thread_id", name="pk_visits"),
    )
    op.create_index("ix_visits_visited_at", "visits", ["visited_at"])
    op.add_column("questions", sa.Column("helped_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Forget both."""
    op.drop_column("questions", "helped_at")
    op.drop_index("ix_visits_visited_at", "visits")
    op.drop_table("visits")
