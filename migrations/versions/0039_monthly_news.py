"""Add when a channel is told each month what is new."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; no channel is told."""
    op.add_column("channels", sa.Column("news", sa.Text))


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table("channels") as table:
        table.drop_column("news")
