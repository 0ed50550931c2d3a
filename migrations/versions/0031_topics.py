"""Add the categories that a channel answers from."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; channels answer from all categories."""
    op.add_column("channels", sa.Column("topics", sa.Text))


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table("channels") as table:
        table.drop_column("topics")
