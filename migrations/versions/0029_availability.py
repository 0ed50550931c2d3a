"""Add to entries hours and channels that they count in, and how long they are not repeated unasked."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; entries count always and everywhere, and are repeated as all are."""
    op.add_column("entries", sa.Column("hours", sa.Text))
    op.add_column("entries", sa.Column("channels", sa.Text))
    op.add_column("entries", sa.Column("cooldown", sa.Integer))


def downgrade() -> None:
    """Drop the columns."""
    with op.batch_alter_table("entries") as table:
        for name in ("cooldown", "channels", "hours"):
            table.drop_column(name)
