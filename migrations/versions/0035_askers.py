"""Add whom the bot answers in a channel."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; everybody is answered."""
    op.add_column("channels", sa.Column("askers", sa.Text))


def downgrade() -> None:
    """Remove it; everybody is answered again."""
    with op.batch_alter_table("channels") as table:
        table.drop_column("askers")
