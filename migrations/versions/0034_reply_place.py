"""Store where replies stand: in a thread, or in the channel itself."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; all replies stand in threads."""
    op.add_column("channels", sa.Column("reply", sa.String(16), nullable=False, server_default="thread"))
    op.add_column("questions", sa.Column("beside", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Remove them; replies that stand in a channel itself are no longer changed on Discord."""
    for name, column in (("questions", "beside"), ("channels", "reply")):
        with op.batch_alter_table(name) as table:
            table.drop_column(column)
