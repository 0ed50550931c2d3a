"""Store when moderators were reminded that somebody who asked for a person still waits."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody was reminded of anything yet."""
    op.add_column("review_items", sa.Column("reminded_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table("review_items") as table:
        table.drop_column("reminded_at")
