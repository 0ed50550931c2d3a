"""Add how much the bot says in a channel."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_COLUMNS = ("cooldown", "repeat_minutes", "replies_per_minute")


def upgrade() -> None:
    """Add the columns; everywhere the settings for all channels count."""
    for column in _COLUMNS:
        op.add_column("channels", sa.Column(column, sa.Integer))


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("channels") as table:
        for column in _COLUMNS:
            table.drop_column(column)
